"""Drivers and their support levels, against the support matrix and the drivers' own code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from ..model import FIRST_RELEASE, Catalog, Driver, Level, Operation, Support
from ..reader import Loc
from .leaf import Leaf, Verdict, compared, differs, shown
from .record import Record

CODE = "code"
"""What the harvest calls a driver's method that does something."""
MAYBE = "code, where the host can"
"""Such a method where Nova first asks for a capability that depends on the host."""
ASKED_FIRST = {"mount_share": "supports_virtio_fs"}
"""Methods, with the capability that the API asks for before it has them called."""
RANK = (Level.COMPLETE.value, Level.PARTIAL.value, Level.UNKNOWN.value, Level.MISSING.value)
"""Levels from the best on, for an operation that stands in several rows of the matrix."""


def drivers(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """Each driver's column and folder, and the releases that have them; no column forgotten."""
    owners = Counter(driver.column for driver in catalog.drivers.values())
    for driver in catalog.drivers.values():
        at: Loc = ("drivers", driver.name)
        spans = record.columns.get((driver.column,))
        where = f"harvest/support_matrix.json {driver.column}"
        if spans is None or owners[driver.column] > 1:
            yield differs(
                (*at, "column"),
                "lifetime",
                driver.column,
                "must be a column of the support matrix of its own",
                where,
            )
            continue
        yield Leaf((*at, "column"), "lifetime", Verdict.HARVESTED, where, value=driver.column)
        added = min(spans) if min(spans) > FIRST_RELEASE else None
        removed = max(spans) + 1 if max(spans) < record.release else None
        yield compared((*at, "added_in"), "lifetime", driver.added_in, added, where)
        yield compared((*at, "removed_in"), "lifetime", driver.removed_in, removed, where)
        yield _folder(record, driver, set(spans))
    for (column,) in record.columns:
        if column not in owners:
            yield differs(("drivers",), "lifetime", None, f"must list a driver for the column {column!r}")


def _folder(record: Record, driver: Driver, spans: set[int]) -> Leaf:
    at, where = ("drivers", driver.name, "virt"), f"harvest/drivers.json {driver.virt}"
    there = set(record.folders.get((driver.virt,), {}))
    gone = sorted(spans - there)
    if gone:
        return differs(
            at,
            "lifetime",
            driver.virt,
            f"must be a folder of nova/virt in all its releases, is none in {gone}",
            where,
        )
    own = driver.column.partition("-")[0]
    prefixes = {column.partition("-")[0] for (column,) in record.columns}
    if own != driver.virt and ((own,) in record.folders or driver.virt in prefixes):
        return differs(
            at,
            "lifetime",
            driver.virt,
            f"must be the folder of its column, {own!r}, not {driver.virt!r}",
            where,
        )
    if driver.virt != own and there != spans:
        return differs(
            at, "lifetime", driver.virt, f"must be the folder of a driver of {shown(sorted(spans))}", where
        )
    return Leaf(at, "lifetime", Verdict.HARVESTED, where, value=driver.virt)


def levels(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """Each level over the releases in which it holds; rows of the matrix by their names."""
    rows = {operation for operation, _ in record.levels}
    for operation in catalog.operations.values():
        if operation.row is not None:
            at, where = ("operations", operation.name, "row"), "harvest/support_matrix.json"
            own = f"operation.{operation.name}"
            if operation.row in rows and (own not in rows or operation.row == own):
                yield Leaf(at, "levels", Verdict.HARVESTED, f"{where} {operation.row}", value=operation.row)
            else:
                yield differs(at, "levels", operation.row, "must be its row of the support matrix", where)
        for name, entries in operation.support.items():
            driver = catalog.drivers.get(name)
            for i, entry in enumerate(entries) if driver else ():
                yield _level(record, operation, driver, entries, i, entry)


def _level(
    record: Record, operation: Operation, driver: Driver, entries: list[Support], i: int, entry: Support
) -> Leaf:
    at = ("operations", operation.name, "support", driver.name, i)
    span = _span(record, driver, entries, i)
    says = entry.level.value
    value = f"{says} since {entry.since or driver.added_in or FIRST_RELEASE}"
    found, where = _found(record, operation, driver, span)
    if flags := re.findall(r"supports_\w+", entry.note or ""):
        return _flagged(record, driver, flags, at, entry, span, value)
    wrong = {release: level for release, level in found.items() if not _fits(says, level)}
    if wrong:
        told = ", ".join(f"{release}: {level or 'nothing'}" for release, level in wrong.items())
        message = f"({value}) must be as {where} has it: {told}"
        return differs(at, "levels", value, message, where, len(span))
    if not span:
        return differs(at, "levels", value, f"({value}) must hold in some release", where)
    if {CODE, MAYBE} & set(found.values()) and says != Level.COMPLETE:
        source = f"{operation.source or where} (Nova {record.nova}){': ' + entry.note if entry.note else ''}"
        return Leaf(at, "levels", Verdict.SOURCED, source, value=value, cells=len(span))
    return Leaf(at, "levels", Verdict.HARVESTED, where, value=value, cells=len(span))


def _span(record: Record, driver: Driver, entries: list[Support], i: int) -> range:
    """The releases in which a level holds: up to the next one's, or the driver's last."""
    first = entries[i].since or driver.added_in or FIRST_RELEASE
    last = (driver.removed_in or record.release + 1) - 1
    following = entries[i + 1].since if i + 1 < len(entries) else None
    return range(first, min(last, following - 1 if following else last) + 1)


def _found(
    record: Record, operation: Operation, driver: Driver, span: range
) -> tuple[dict[int, str | None], str]:
    """By release the matrix' level; where no row tells, whether the driver implements the method."""
    rows = [operation.row] if operation.row else _rows(operation)
    if rows:
        cells = [record.levels.get((row, driver.column), {}) for row in rows]
        where = f"harvest/support_matrix.json {' '.join(rows)}/{driver.column}"
        return {release: _best([c[release] for c in cells if release in c]) for release in span}, where
    method = operation.source.rpartition(": ")[2]
    made = record.driver_methods.get((driver.virt, method), {})
    said = {r: made[r]["behaviour"] if r in made else Level.MISSING.value for r in span}
    said = {r: Level.MISSING.value if level.startswith("raises") else level for r, level in said.items()}
    flags = record.flags.get((driver.virt, ASKED_FIRST.get(method, "")), {})
    said = {
        r: MAYBE if level == CODE and flags.get(r, {}).get("value") == "depends" else level
        for r, level in said.items()
    }
    return dict(said), f"harvest/drivers.json {driver.virt}.{method}"


def _rows(operation: Operation) -> list[str]:
    named = re.fullmatch(r"doc/source/user/support-matrix\.ini: (.+)", operation.source)
    return [row.strip() for row in named[1].split(",")] if named else []


def _best(found: list[str]) -> str | None:
    return min(found, key=RANK.index) if found else None


def _fits(says: str, level: str | None) -> bool:
    """Whether a level is what was found; where the matrix has no row yet, nothing is known."""
    if level == MAYBE:
        return says in (Level.PARTIAL, Level.UNKNOWN)
    return says != Level.MISSING if level == CODE else says == (level or Level.UNKNOWN)


def _flagged(
    record: Record, driver: Driver, flags: list[str], at: Loc, entry: Support, span: range, value: str
) -> Leaf:
    """A level that the drivers' code corrects: it must say what the named capability says in each release.

    One that got another name is given by both.
    """
    said: dict[int, Any] = {}
    for flag in flags:
        for owner in ("(default)", driver.virt):
            said |= {r: entry["value"] for r, entry in record.flags.get((owner, flag), {}).items()}
    where = f"harvest/drivers.json {driver.virt} {' '.join(flags)}"
    supports = entry.level is not Level.MISSING
    wrong = [release for release in span if said.get(release) is not supports]
    if (before := span.start - 1) >= (driver.added_in or FIRST_RELEASE) and said.get(before) is supports:
        wrong.append(before)  # the flag says it a release earlier too
    if wrong or entry.level is Level.UNKNOWN:
        message = f"({value}) must be as the flag {' or '.join(flags)} of nova/virt/{driver.virt} says, in {shown(wrong)} it does not"
        return differs(at, "levels", value, message, where, len(span))
    return Leaf(at, "levels", Verdict.HARVESTED, where, value=value, cells=len(span))


COMPARERS = (drivers, levels)
