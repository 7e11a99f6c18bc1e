"""Rows of the probe and of the harvest laid out by vm_state and task_state."""

from __future__ import annotations

from typing import Any

from ..states import Pair

Entry = dict[str, Any]
Tasks = str | list[str | None]


def lets(pair: Pair, guard: Entry) -> bool:
    """Whether a decorator of the compute API lets a pair through."""
    vm_state, task = pair
    vm_states, tasks = guard["vm_state"], guard["task_state"]
    if guard["guard"] == "reject_instance_state":
        return vm_state not in vm_states and task not in tasks
    return (vm_states == "any" or vm_state in vm_states) and (tasks == "any" or task in tasks)


def gathered(rows: list[Entry], vm_states: list[str]) -> dict[str, list[Entry]]:
    """The rows of a section of the probe by vm_state; ``all`` and ``others`` as in `unfolded`."""
    named = {vm_state for row in rows if isinstance(row["vm_states"], list) for vm_state in row["vm_states"]}
    found: dict[str, list[Entry]] = {}
    for row in rows:
        held = row["vm_states"]
        for vm_state in held if isinstance(held, list) else [name for name in vm_states if name not in named]:
            found.setdefault(vm_state, []).append(row)
    return found


def unfolded(rows: list[Entry], asked: list[str | None]) -> dict[str | None, Entry]:
    """The rows of one vm_state of the probe as task_state to answer.

    ``all`` stands for every task_state asked, ``others`` for those that no other row names.
    """
    named = {task for row in rows if isinstance(row["task_states"], list) for task in row["task_states"]}
    found: dict[str | None, Entry] = {}
    for row in rows:
        tasks: Tasks = row["task_states"]
        for task in tasks if isinstance(tasks, list) else [task for task in asked if task not in named]:
            found[task] = row
    return found
