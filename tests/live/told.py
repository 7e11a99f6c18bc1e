"""What Nova answered against what the facts tell: pure, every difference a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from novastatus.compare.guards import accepted
from novastatus.compare.runs import Move, moves
from novastatus.guards import accepts
from novastatus.model import Action, Catalog

Outcome = Mapping[str, Any]
"""As of evidence.outcomes: ``{"code": 202}``, or ``{"code": 409, "names": "vm_state"}``."""


def guard_differences(action: Action, answers: Mapping[str, Outcome]) -> list[str]:
    """The vm_states in which Nova, while no task runs, answers otherwise than the facts tell.

    ``answers`` is by vm_state. A refusal must have the code that the facts tell, too.
    """
    return [
        f"{action.name}: vm_state {vm_state}: Nova {_said(answer)}, the facts tell {_told(action, vm_state)}"
        for vm_state, answer in answers.items()
        if _said(answer) != _told(action, vm_state)
    ]


def _said(answer: Outcome) -> str:
    passed = accepted(answer)
    if passed is None:
        return f"answers {dict(answer)}, which is not about the server's states"
    return "accepts" if passed else f"refuses with {answer['code']}"


def _told(action: Action, vm_state: str) -> str:
    if accepts(action, (vm_state, None)):
        return "accepts"
    return f"refuses with {action.refused_in.get(vm_state, action.refused_with)}"


def life_differences(catalog: Catalog, runs: list[Mapping[str, Any]]) -> list[str]:
    """The ways between statuses, and the task_states on them, that a life went and the facts do not tell."""
    found: list[str] = []
    for run in runs:
        for move in moves({"runs": [run]}, {}, "live"):
            # What is injected makes the building fail, not the request.
            outcome = "failure" if run["injected"] and move.trigger != "create" else "success"
            found += [f"{run['id']}: {text}" for text in _differences(catalog, move, outcome)]
    return found


def _differences(catalog: Catalog, move: Move, outcome: str) -> Iterator[str]:
    if outcome not in move.outcomes:
        yield f"was a {'/'.join(sorted(move.outcomes))} and not a {outcome}: {move.way}"
    rows = catalog.transitions.get(str(move.trigger), [])
    ways = [
        (source, *row.through, row.to)
        for row in rows
        for source in row.source
        if ("failure" if row.fails else "success") == outcome
    ]
    if (move.source, *move.through, move.to) not in ways:
        near = [" → ".join(map(str, way)) for way in ways if way[0] == move.source]
        yield f"Nova went {move.way}, the facts tell of {move.trigger}: {', '.join(near) or 'nothing'}"
    if move.plain and move.trigger in ("build-finished", *catalog.actions):
        action = catalog.actions["create" if move.trigger == "build-finished" else str(move.trigger)]
        if not _in_order(move.tasks, action.tasks):
            yield f"Nova showed the tasks {list(move.tasks)}, the facts tell of {action.tasks}"


def _in_order(seen: tuple[str, ...], told: list[str]) -> bool:
    rest = iter(told)
    return all(task in rest for task in seen)
