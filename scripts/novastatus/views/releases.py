"""What changed with each release of Nova, as the harvest of their code shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..evidence import Evidence
from ..model import Catalog, Release
from ..timeline import Change, Entry, changes
from . import measured
from .history import guard_changes
from .measured import Measured

UNASKED = Measured()


@dataclass(frozen=True)
class Section:
    """The changes of one kind in one release, a line each."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class ReleaseChanges:
    """A release, with what it changed."""

    release: Release
    sections: tuple[Section, ...]


def release_changes(catalog: Catalog, evidence: Evidence, asked: Measured = UNASKED) -> list[ReleaseChanges]:
    """The releases, the newest first; empty where nothing was harvested."""
    if not evidence.harvest:
        return []
    found = _by_release(catalog, evidence, asked)
    newest = sorted(catalog.releases, key=lambda release: -release.number)
    return [ReleaseChanges(release, tuple(found.get(release.number, ()))) for release in newest]


def _by_release(catalog: Catalog, evidence: Evidence, asked: Measured) -> dict[int, list[Section]]:
    made: dict[int, list[Section]] = {}
    for title, lines in (*_kinds(catalog, evidence), *_answers(asked)):
        for release in sorted({number for number, _ in lines}):
            here = tuple(line for number, line in lines if number == release)
            made.setdefault(release, []).append(Section(title, here))
    return made


Lines = list[tuple[int, str]]


def _kinds(catalog: Catalog, evidence: Evidence) -> Iterator[tuple[str, Lines]]:
    """Each kind of change: its title, and (release, line) for every change of the kind."""

    def diff(
        topic: str, section: str, key: Callable[[Entry], str], line: Callable[[Change], str | None]
    ) -> Lines:
        entries = evidence.harvest.get(topic, {}).get(section, [])
        last = max(release.number for release in catalog.releases)
        told = ((change.release, line(change)) for change in changes(entries, key, last))
        return [(release, text) for release, text in told if text]

    def pair(entry: Entry) -> str:
        return f"`{entry['vm_state']}` with `{entry['task_state']}`"

    yield "Statuses", diff("state_map", "statuses", lambda e: f"`{e['status']}`", _came)
    yield "Status of a pair", diff("state_map", "pairs", pair, lambda c: _told(c, "status"))
    yield "vm_states", diff("task_states", "vm_states", lambda e: f"`{e['value']}`", _came)
    yield "task_states", diff("task_states", "task_states", lambda e: f"`{e['value']}`", _came)
    yield (
        "Guards",
        [(c.release, f"{_action(c.action, c.method)}: {c.text}") for c in guard_changes(catalog, evidence)],
    )
    yield "Drivers", diff("drivers", "drivers", lambda e: f"`nova/virt/{_folder(e)}`", _came)
    yield (
        "Columns of the support matrix",
        diff("support_matrix", "drivers", lambda e: f"`{e['driver']}`", _came),
    )
    yield "Support levels", diff("support_matrix", "support", _cell, lambda c: _level(catalog, c))
    yield "Default policies", diff("policies", "rules", lambda e: e["rule"], lambda c: _policy(catalog, c))
    yield "Options", diff("options", "options", lambda e: f"`[{e['group']}] {e['option']}`", _option)


def _answers(asked: Measured) -> Iterator[tuple[str, Lines]]:
    """What running Novas answered, each beside the release before it; that nothing changed is told too."""
    for title, steps in (("Answers to actions", asked.guards), ("Status shown", asked.derivation)):
        found = [
            (
                step.release,
                [*measured.lines(step)]
                or [f"Nova {step.before} and {step.after} answered alike, wherever both were asked"],
            )
            for step in steps
        ]
        yield (
            f"{title}, asked of a running Nova",
            [(release, line) for release, told in found for line in told],
        )


def _folder(entry: Entry) -> str:
    return entry["path"].removeprefix("nova/virt/").partition("/")[0]


def _came(change: Change) -> str | None:
    if change.before is None:
        return f"{change.key} is new"
    return f"{change.key} is gone" if change.after is None else None


def _told(change: Change, field: str) -> str | None:
    if change.before is None or change.after is None:
        return _came(change)
    before, after = change.before.get(field), change.after.get(field)
    return None if before == after else f"{change.key}: `{before}` became `{after}`"


def _cell(entry: Entry) -> str:
    return f"{entry['operation']} {entry['driver']}"


def _level(catalog: Catalog, change: Change) -> str | None:
    """A changed cell in a row and a column that were there before, in the rows that this site shows."""
    row, column = change.key.split(" ")
    operation = next((o for o in catalog.operations.values() if o.row == row), None)
    driver = next((d for d in catalog.drivers.values() if d.column == column), None)
    if not (operation and driver and change.before and change.after):
        return None
    before, after = change.before["level"], change.after["level"]
    where = f"[{operation.title}](/support/#{operation.name}), [{driver.title}](/support/{driver.name}/)"
    return None if before == after else f"{where}: {before} became {after}"


def _policy(catalog: Catalog, change: Change) -> str | None:
    names = [action.name for action in catalog.actions.values() if action.policy.rule == change.key]
    if not names:
        return None
    actions = ", ".join(f"[{name}](/actions/{name}/)" for name in names)
    if change.after is None or change.before is None:
        return f"{actions}: {_came(Change(change.release, f'`{change.key}`', change.before, change.after))}"
    before, after = change.before["expanded"], change.after["expanded"]
    return None if before == after else f"{actions}: `{before}` became `{after}`"


def _option(change: Change) -> str | None:
    if change.before is None or change.after is None:
        return _came(change)
    before, after = change.before.get("default"), change.after.get("default")
    return None if before == after else f"{change.key}: the default `{before}` became `{after}`"


def _action(action: str | None, method: str) -> str:
    return f"[{action}](/actions/{action}/)" if action else f"`{method}`"


def count(found: Iterable[ReleaseChanges]) -> dict[str, Any]:
    """How many changes of each kind there are over all releases."""
    counts: dict[str, int] = {}
    for release in found:
        for section in release.sections:
            counts[section.title] = counts.get(section.title, 0) + len(section.lines)
    return counts
