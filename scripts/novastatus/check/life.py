"""Statuses, transitions, guards and operations must tell one story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..guards import verdict
from ..model import Action, Catalog, Kind, Transition
from ..reader import Loc
from ..states import pairs_of

Found = Iterator[tuple[Loc, str]]
UNCHANGED = "status unchanged"
"""How the effect of an action begins that moves no server."""


def _transitions(catalog: Catalog) -> Iterator[tuple[str, int, Transition]]:
    for trigger, transitions in catalog.transitions.items():
        for i, transition in enumerate(transitions):
            yield trigger, i, transition


def ways_out(catalog: Catalog) -> Found:
    """A transitional status must end somewhere, both when all goes well and when something fails."""
    for status in catalog.statuses.values():
        if status.kind is not Kind.TRANSITIONAL:
            continue
        leaving = [t for _, _, t in _transitions(catalog) if status.name in (*t.source, *t.through)]
        for outcome, found in (
            ("success", any(t.fails is None for t in leaving)),
            ("failure", any(t.fails is not None for t in leaving)),
        ):
            if not found:
                at = ("statuses", status.name)
                yield at, f"a transitional status must have a way out on {outcome}, {status.name!r} has none"


def ways_in(catalog: Catalog) -> Found:
    """Something must lead to every status."""
    reached = {name for _, _, t in _transitions(catalog) for name in (*t.through, t.to)}
    for name in catalog.statuses:
        if name not in reached:
            yield ("statuses", name), f"something must lead to every status, nothing leads to {name!r}"


def starts(catalog: Catalog) -> Found:
    """An action must not start a transition where its guard refuses it."""
    for name, i, transition in _transitions(catalog):
        action = catalog.actions.get(name)
        for source in transition.source if action else ():
            if source in catalog.statuses and _refused(catalog, action, source):
                at = ("transitions", name, i, "from")
                yield (
                    at,
                    f"{name!r} must be accepted where a transition starts, its guard refuses it in {source!r}",
                )


def moves(catalog: Catalog) -> Found:
    """What changes a status must tell it under ``transitions``, and only that."""
    for action in catalog.actions.values():
        at: Loc = ("actions", action.name, "effect")
        rests = action.effect.startswith(UNCHANGED)
        if rests and action.name in catalog.transitions:
            yield at, f"must not say {UNCHANGED!r}, as transitions tell where {action.name!r} leads"
        if not rests and action.name not in catalog.transitions:
            yield (
                at,
                f"transitions must tell where {action.name!r} leads, or its effect begin with {UNCHANGED!r}",
            )
    for trigger in catalog.triggers.values():
        told = trigger.name in catalog.transitions or trigger.name in catalog.actions
        if trigger.moves is None and not told:
            at = ("triggers", trigger.name)
            yield at, f"transitions must tell where {trigger.name!r} leads, or it say 'moves: nothing'"
        if trigger.moves is not None and told:
            at = ("triggers", trigger.name, "moves")
            yield at, f"must not say 'nothing', as transitions tell where {trigger.name!r} leads"


def successes(catalog: Catalog) -> Found:
    """An action that changes a status must succeed somehow, from every status that takes it at rest."""
    for action in catalog.actions.values():
        ways = catalog.transitions.get(action.name, [])
        told = {source for way in ways if way.fails is None for source in way.source}
        if ways and not told:
            yield ("transitions", action.name), f"{action.name!r} must have a way that succeeds, all fail"
        for status in catalog.statuses.values() if ways else ():
            waits = status.kind in (Kind.STABLE, Kind.FAULT)
            if waits and status.name not in told and _accepted_at_rest(catalog, action, status.name):
                at = ("actions", action.name, "accepted")
                yield (
                    at,
                    f"{action.name!r} is accepted in {status.name!r}, so a transition must tell where it leads",
                )


def once(catalog: Catalog) -> Found:
    """No way twice, and no source twice in one way."""
    for name, ways in catalog.transitions.items():
        seen: set[tuple[object, ...]] = set()
        for i, way in enumerate(ways):
            here = [(source, *way.through, way.to, way.fails, way.when) for source in way.source]
            for source in sorted({str(s) for s, count in Counter(way.source).items() if count > 1}):
                yield ("transitions", name, i, "from"), f"a source must stand once, {source!r} stands twice"
            for source in sorted({str(each[0]) for each in here if each in seen}):
                at = ("transitions", name, i)
                yield at, f"a way must stand once, that from {source!r} to {way.to!r} stands above already"
            seen.update(here)


def _refused(catalog: Catalog, action: Action, status: str) -> bool:
    return bool(pairs_of(catalog, status)) and not verdict(catalog, action, status).accepts


def _accepted_at_rest(catalog: Catalog, action: Action, status: str) -> bool:
    """Whether the action is accepted in the status while no task runs."""
    return any(task is None for _, task in verdict(catalog, action, status).accepted)


def operations(catalog: Catalog) -> Found:
    """Actions and statuses must name the operation whose row of the matrix names them."""
    for action in catalog.actions.values():
        operation = catalog.operations.get(action.operation or "")
        if operation and action.name not in operation.actions:
            at = ("operations", operation.name, "actions")
            yield at, f"must list {action.name!r}, which names this operation as the one it needs"
    for operation in catalog.operations.values():
        for i, name in enumerate(operation.actions):
            named = catalog.actions[name].operation if name in catalog.actions else operation.name
            if named != operation.name:
                at = ("operations", operation.name, "actions", i)
                yield (
                    at,
                    f"lists {name!r}, which must then name {operation.name!r} as its operation, not {named!r}",
                )
    for status in catalog.statuses.values():
        operation = catalog.operations.get(status.needs or "")
        if operation and status.name not in operation.statuses:
            at = ("operations", operation.name, "statuses")
            yield at, f"must list {status.name!r}, which names this operation as the one it needs"
    for operation in catalog.operations.values():
        for i, name in enumerate(operation.statuses):
            named = catalog.statuses[name].needs if name in catalog.statuses else operation.name
            if named != operation.name:
                at = ("operations", operation.name, "statuses", i)
                yield (
                    at,
                    f"lists {name!r}, which must then name {operation.name!r} under 'needs', not {named!r}",
                )


RULES = (ways_out, ways_in, starts, moves, successes, once, operations)
