"""Releases, vm_states and task_states: the names that Nova itself uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Catalog
from .leaf import Leaf, Verdict, compared, differs, unreached
from .record import Record


def version(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """The version that the facts were verified on is the one that was asked."""
    yield compared(("nova",), "releases", catalog.nova, record.nova, "harvest/releases.json nova")


def releases(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """Number, series, last version and day of each release."""
    known = {entry["release"]: entry for entry in record.all("releases", "releases")}
    for i, release in enumerate(catalog.releases):
        where = f"harvest/releases.json {release.number}"
        entry = known.get(release.number)
        if entry is None:
            yield differs(
                ("releases", i, "number"),
                "releases",
                release.number,
                "must be a release that was read (`make evidence` reads it)",
            )
            continue
        yield compared(("releases", i, "number"), "releases", release.number, entry["release"], where)
        series = f"{entry['series']} {entry['nickname']}" if entry["nickname"] else entry["series"]
        for field, found in (("series", series), ("version", entry["version"]), ("date", entry["date"])):
            says = getattr(release, field)
            says = says.isoformat() if field == "date" and says else says
            yield compared(("releases", i, field), "releases", says, found, where)
    yield from _missing(("releases",), "releases", (r.number for r in catalog.releases), known)


def states(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """vm_states and task_states are all of Nova's and no others."""
    probed = record.probed("derivation")
    for section, known in (("vm_states", record.vm_states), ("task_states", record.task_states[1:])):
        harvested = f"harvest/task_states.json {section}"
        names = getattr(catalog, section)
        for name in names:
            if name not in known:
                yield differs((section, name), "names", name, "must be one of Nova's own", harvested)
            elif name in probed.get(section, ()):
                where = record.where("derivation", section)
                yield Leaf((section, name), "names", Verdict.OBSERVED, where, value=name)
            else:
                yield Leaf((section, name), "names", Verdict.HARVESTED, harvested, value=name)
        yield from _missing((section,), "names", names, known)


def _missing(
    loc: tuple[str, ...], group: str, names: Iterable[object], known: Iterable[object]
) -> Iterator[Leaf]:
    lost = [name for name in known if name not in set(names)] if (names := list(names)) else []
    for name in lost:
        yield differs(loc, group, None, f"must list {name!r}, which Nova has")


def options(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """Group, default, unit and file of each configuration option."""
    known = {entry["option"]: entry for entry in record.now("options", "options")}
    for option in catalog.options.values():
        entry, where = known.get(option.name), f"harvest/options.json {option.name}"
        source = f"{option.source} (Nova {catalog.nova})"
        for field in ("group", "default", "unit", "source"):
            at, says = ("options", option.name, field), getattr(option, field)
            if entry is None:
                yield unreached(at, "options", says, source)
            elif field == "unit":
                yield _unit(at, option.unit, entry.get("unit"), entry, where, source)
            else:
                yield compared(at, "options", says, entry["file" if field == "source" else field], where)


def _unit(at: tuple[str, ...], says: str, found: str | None, entry: dict, where: str, source: str) -> Leaf:
    """A number's unit; the code's help names it for times alone, and only its first word can be held to it."""
    if entry["type"] != "int":
        return compared(at, "options", says, "", f"{where} (type {entry['type']})")
    if found is None:
        return unreached(at, "options", says, source)
    if says == found or says.startswith(f"{found} per "):
        return Leaf(
            at,
            "options",
            Verdict.HARVESTED if says == found else Verdict.SOURCED,
            where if says == found else source,
            value=repr(says),
        )
    return compared(at, "options", says, found, where)


COMPARERS = (version, releases, states, options)
