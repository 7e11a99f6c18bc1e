"""Rows of the probe and of the harvest laid out by vm_state and task_state."""

from __future__ import annotations

from collections.abc import Container
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


def answers(record: Entry, actions: Container[str] | None = None) -> dict[str, dict[str, dict[Pair, Entry]]]:
    """The guards of the probe: by action and section, the answer in each pair that was asked.

    ``actions``: those alone.
    """
    found: dict[str, dict[str, dict[Pair, Entry]]] = {}
    for action, entry in record.get("actions", {}).items():
        if actions is not None and action not in actions:
            continue
        for section, grouped in entry["answers"].items():
            by_vm_state = gathered(grouped, record["vm_states"])
            asked = record["sections"][section]["task_states"]
            asked = record["task_states"] if asked == "all" else asked
            found.setdefault(action, {})[section] = {
                (vm_state, task): answer
                for vm_state, rows in by_vm_state.items()
                for task, answer in unfolded(rows, asked).items()
            }
    return found


def shown(record: Entry) -> dict[Pair, str]:
    """The derivation of the probe: the status of each pair."""
    return {
        (vm_state, task): row["status"]
        for vm_state, rows in record["shown"].items()
        for task, row in unfolded(rows, record["task_states"]).items()
    }
