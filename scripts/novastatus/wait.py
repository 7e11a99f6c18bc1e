"""Wait plans: what a client that polls a server sees after an action, worked out of the transitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .guards import verdict
from .model import Catalog, Kind, Transition


@dataclass(frozen=True)
class Plan:
    """What to wait through and for, from one status or, with no source, from any."""

    source: str | None
    """The status in which the action is asked for; None: there is no server yet."""
    pending: tuple[str, ...]
    """Statuses seen while Nova works: where it started (task_state changes first), then what it passes."""
    target: tuple[str, ...]
    """Statuses that a success ends in."""
    failure: tuple[str, ...]
    """Statuses that show a failure."""
    undecided: tuple[str, ...]
    """Statuses that a failure ends in, but that a success or a server not yet touched shows as well."""
    passes_stable: tuple[str, ...]
    """Stable statuses that a success passes on its way: one may show with no task and yet be no end."""
    gone: bool
    """Whether the server's disappearance (404) is a success."""

    @property
    def by_task_state(self) -> bool:
        """Whether the status tells nothing before task_state is null: an end looks like something pending."""
        return bool({*self.target, *self.failure} & {*self.pending})


def plans(catalog: Catalog, action: str) -> list[Plan]:
    """One plan for each status that the action starts from; none if there is nothing to wait for."""
    rows = catalog.transitions.get(action, [])
    sources = _unique(source for row in rows for source in row.source)
    if rows:
        return [_plan(catalog, action, source) for source in sources]
    if not catalog.actions[action].tasks:
        return []
    # Only the task_state moves: the end looks like the start, whether it went well or not.
    answers = (verdict(catalog, catalog.actions[action], status) for status in catalog.statuses)
    held = [answer.status for answer in answers if answer.accepts]
    return [Plan(status, (status,), (status,), (), (status,), (), False) for status in held]


def plan(catalog: Catalog, action: str) -> Plan | None:
    """The plan for a client that does not know where the server started; None: nothing to wait for."""
    found = plans(catalog, action)
    if not found:
        return None
    target = _unique(status for each in found for status in each.target)
    passes = _unique(status for each in found for status in each.passes_stable)
    failed = _unique(status for each in found for status in (*each.failure, *each.undecided))
    unclear = {status for each in found for status in each.undecided}
    unclear |= {*target, *passes, *_untouched(catalog, action, [each.source for each in found])}
    return Plan(
        source=None,
        pending=_unique(status for each in found for status in each.pending),
        target=target,
        failure=tuple(status for status in failed if status not in unclear),
        undecided=tuple(status for status in failed if status in unclear),
        passes_stable=passes,
        gone=any(each.gone for each in found),
    )


def _plan(catalog: Catalog, action: str, source: str | None) -> Plan:
    rows = [row for row in catalog.transitions[action] if source in row.source]
    steps = list(_followed(catalog, rows, set()))
    passed = [status for row in steps for status in row.through]
    between = [row.to for row in steps if not row.fails and _moves_on(catalog, row.to)]
    ends = _unique(row.to for row in steps if not row.fails and row.to not in between)
    failed = _unique(row.to for row in steps if row.fails)
    passes = _unique(
        status
        for row in steps
        for status in row.through
        if not row.fails and catalog.statuses[status].kind is Kind.STABLE
    )
    unclear = {*ends, *passes, *_untouched(catalog, action, [source])}
    return Plan(
        source=source,
        pending=_unique([*([source] if source else []), *passed, *between]),
        target=ends,
        failure=tuple(status for status in failed if status not in unclear),
        undecided=tuple(status for status in failed if status in unclear),
        passes_stable=passes,
        gone=any(catalog.statuses[status].kind is Kind.FINAL for status in ends),
    )


def _untouched(catalog: Catalog, action: str, sources: list[str | None]) -> list[str | None]:
    """Where a server that nothing has happened to yet looks like one that failed and is back.

    Nowhere, if the action sets a task_state: it is there before the request is answered.
    """
    return [] if catalog.actions[action].tasks else sources


def _followed(catalog: Catalog, rows: Iterable[Transition], seen: set[str]) -> Iterator[Transition]:
    """The rows, and what Nova does next by itself where one of them ends in a status that does not last."""
    for row in rows:
        yield row
        if not row.fails and row.to not in seen and _moves_on(catalog, row.to):
            seen.add(row.to)
            onward = (
                step
                for name in catalog.triggers
                for step in catalog.transitions.get(name, [])
                if row.to in step.source and not _tells_nothing(catalog, step.to)
            )
            yield from _followed(catalog, list(onward), seen)


def _moves_on(catalog: Catalog, status: str) -> bool:
    return catalog.statuses[status].kind is Kind.TRANSITIONAL


def _tells_nothing(catalog: Catalog, status: str) -> bool:
    """UNKNOWN is no end: Nova cannot tell for now, and a poller asks again."""
    return catalog.statuses[status].kind is Kind.UNKNOWN


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
