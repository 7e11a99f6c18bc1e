"""Which status Nova shows for each (vm_state, task_state) pair."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from .model import Catalog

Pair = tuple[str, str | None]
"""(vm_state, task_state); None: no task runs."""
TaskStates = Literal["any"] | list[str | None]


def task_states(catalog: Catalog) -> list[str | None]:
    """Every task_state in the order of the data; None, no task, comes first."""
    return [None, *catalog.task_states]


def pairs_of(catalog: Catalog, status: str) -> list[Pair]:
    """The pairs that the status claims, in the order of the data; names that the data lacks are left out."""
    claimed = catalog.statuses[status].states
    return [
        (vm_state, task_state)
        for vm_state in catalog.vm_states
        if vm_state in claimed
        for task_state in _tasks(catalog, status, vm_state)
    ]


def _tasks(catalog: Catalog, status: str, vm_state: str) -> list[str | None]:
    claim = catalog.statuses[status].states[vm_state]
    if claim == "any":
        return task_states(catalog)
    if claim == "others":
        named = _named_elsewhere(catalog, status, vm_state)
        return [task for task in task_states(catalog) if task not in named]
    return [task for task in task_states(catalog) if task in claim]


def _named_elsewhere(catalog: Catalog, status: str, vm_state: str) -> set[str | None]:
    """The task_states that other statuses list for the vm_state."""
    lists = (other.states.get(vm_state) for name, other in catalog.statuses.items() if name != status)
    return {task for tasks in lists if isinstance(tasks, list) for task in tasks}


def status_of(catalog: Catalog) -> dict[Pair, list[str]]:
    """The statuses that claim each pair of the data's vm_states and task_states.

    Sound data give exactly one each; `check` reports pairs with none or several.
    """
    claims: dict[Pair, list[str]] = {
        (vm_state, task): [] for vm_state in catalog.vm_states for task in task_states(catalog)
    }
    for status in catalog.statuses:
        for pair in pairs_of(catalog, status):
            claims[pair].append(status)
    return claims


def fold(catalog: Catalog, pairs: Iterable[Pair]) -> dict[str, TaskStates]:
    """Pairs as vm_state to its task_states, in the order of the data; all of them become ``"any"``.

    Takes the pairs of a status or those that a guard lets through.
    """
    wanted = set(pairs)
    every = task_states(catalog)
    folded = {vm: [task for task in every if (vm, task) in wanted] for vm in catalog.vm_states}
    return {vm: "any" if tasks == every else tasks for vm, tasks in folded.items() if tasks}


def expand(catalog: Catalog, status: str) -> dict[str, TaskStates]:
    """A status' vm_states, each with ``"any"`` or the list of its task_states: ``others`` spelled out."""
    return fold(catalog, pairs_of(catalog, status))
