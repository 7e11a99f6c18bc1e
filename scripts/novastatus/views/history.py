"""What changed about a status over the releases: only what the harvest of their code shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..evidence import Evidence, releases
from ..model import FIRST_RELEASE, Catalog

Guard = tuple[frozenset[str], str]
"""The vm_states that a guard lets through, and the task_states in words."""


@dataclass(frozen=True)
class Change:
    """A method of the compute API that came to accept or refuse something else."""

    release: int
    method: str
    action: str | None
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    tasks: str
    """What became of the task_states, in words; empty: nothing."""


def derivation(evidence: Evidence, status: str) -> str:
    """Since when Nova derives the status as it does now; empty where nothing was harvested."""
    pairs = evidence.harvest.get("state_map", {}).get("pairs", [])
    spans = [releases(pair["releases"]) for pair in pairs if pair["status"] == status]
    if not spans:
        return ""
    first = max(span[0] for span in spans)
    if first == FIRST_RELEASE and all(span == spans[0] for span in spans):
        return f"Derived from the same vm_states and task_states in every release from {FIRST_RELEASE} on."
    return f"Derived as it is now from release {first} on."


def changes(catalog: Catalog, evidence: Evidence, vm_states: Iterable[str]) -> list[Change]:
    """The changes of guards that touch any of the vm_states, the newest first."""
    touched = set(vm_states)
    found = (change for change in _all(catalog, evidence) if change.tasks or touched & {*change.gained, *change.lost})
    return sorted(
        (change for change in found if touched & {*change.gained, *change.lost} or _open(evidence, change, touched)),
        key=lambda change: (-change.release, change.method),
    )


def _open(evidence: Evidence, change: Change, vm_states: set[str]) -> bool:
    """Whether the method lets any of the vm_states through in the release of the change."""
    return any(
        entry["method"] == change.method
        and change.release in releases(entry["releases"])
        and (entry["vm_state"] == "any" or vm_states & set(entry["vm_state"]))
        for entry in _guards(evidence)
    )


def _guards(evidence: Evidence) -> list[dict[str, Any]]:
    guards = evidence.harvest.get("guards", {}).get("guards", [])
    return [entry for entry in guards if entry["guard"] == "check_instance_state"]


def _all(catalog: Catalog, evidence: Evidence) -> Iterator[Change]:
    by_method: dict[str, dict[int, dict[str, Any]]] = {}
    for entry in _guards(evidence):
        for release in releases(entry["releases"]):
            by_method.setdefault(entry["method"], {})[release] = entry
    for method, guards in by_method.items():
        for release in sorted(guards)[1:]:
            before, now = guards.get(release - 1), guards[release]
            if before and before is not now:
                yield _change(catalog, release, method, before, now)


def _change(catalog: Catalog, release: int, method: str, before: dict[str, Any], now: dict[str, Any]) -> Change:
    old, new = (_vm_states(catalog, entry) for entry in (before, now))
    tasks = "" if before["task_state"] == now["task_state"] else _tasks(now["task_state"])
    return Change(release, method, _action(catalog, method), tuple(sorted(new - old)), tuple(sorted(old - new)), tasks)


def _vm_states(catalog: Catalog, entry: dict[str, Any]) -> set[str]:
    return set(catalog.vm_states) if entry["vm_state"] == "any" else set(entry["vm_state"])


def _tasks(task_states: str | list[str | None]) -> str:
    if task_states == "any":
        return "whatever task runs"
    if task_states == [None]:
        return "only while no task runs"
    return "while task_state is " + ", ".join(f"`{task or 'null'}`" for task in task_states)


def _action(catalog: Catalog, method: str) -> str | None:
    """The action behind a method of the compute API: the one whose sources name it, or that is called the same."""
    named = (a.name for a in catalog.actions.values() if any(s.endswith(f"API.{method}") for s in a.sources))
    same = method.replace("_", "-")
    return next(named, same if same in catalog.actions else None)
