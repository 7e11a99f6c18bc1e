"""Statuses, transitions, guards and operations must tell one story."""

from __future__ import annotations

from collections.abc import Iterator

from ..guards import verdict
from ..model import Action, Catalog, Kind, Transition
from ..reader import Loc
from ..states import pairs_of

Found = Iterator[tuple[Loc, str]]


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


def guards_and_transitions(catalog: Catalog) -> Found:
    """An action must not start a transition where its guard refuses, nor be accepted where none is told."""
    for name, i, transition in _transitions(catalog):
        action = catalog.actions.get(name)
        for source in transition.source if action else ():
            if source in catalog.statuses and _refused(catalog, action, source):
                at = ("transitions", name, i, "from")
                yield (
                    at,
                    f"{name!r} must be accepted where a transition starts, its guard refuses it in {source!r}",
                )
    for action in catalog.actions.values():
        told = {
            source for t in catalog.transitions.get(action.name, ()) if t.fails is None for source in t.source
        }
        if not told - {None}:
            continue
        for status in catalog.statuses.values():
            waits = status.kind in (Kind.STABLE, Kind.FAULT)
            if waits and status.name not in told and _accepted_at_rest(catalog, action, status.name):
                at = ("actions", action.name, "accepted")
                yield (
                    at,
                    f"{action.name!r} is accepted in {status.name!r}, so a transition must tell where it leads",
                )


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


RULES = (ways_out, ways_in, guards_and_transitions, operations)
