"""What changed about a status over the releases: only what the harvest of their code shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..evidence import Evidence, releases
from ..model import FIRST_RELEASE, Catalog
from ..timeline import Change, changes


@dataclass(frozen=True)
class GuardChange:
    """A method of the compute API that came to accept or refuse something else."""

    release: int
    method: str
    action: str | None
    """Our action behind it, if there is one."""
    gained: tuple[str, ...]
    """vm_states that it accepts from this release on."""
    lost: tuple[str, ...]
    tasks: str
    """With which task_states it is accepted now, in words; empty: as before."""

    @property
    def text(self) -> str:
        """The change in one line."""
        gained = "accepted in " + ", ".join(f"`{name}`" for name in self.gained) if self.gained else ""
        lost = "no longer accepted in " + ", ".join(f"`{name}`" for name in self.lost) if self.lost else ""
        return "; ".join(filter(None, (gained, lost, self.tasks and f"accepted {self.tasks}")))


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


def guard_changes(catalog: Catalog, evidence: Evidence) -> list[GuardChange]:
    """Every change of a guard in the code of the compute API, the newest first."""
    guards = evidence.harvest.get("guards", {}).get("guards", [])
    checked = [entry for entry in guards if entry["guard"] == "check_instance_state"]
    last = max((release.number for release in catalog.releases), default=FIRST_RELEASE)
    found = changes(checked, lambda entry: entry["method"], last)
    made = [_guard_change(catalog, change) for change in found if change.before and change.after]
    return sorted(made, key=lambda change: (-change.release, change.method))


def touching(catalog: Catalog, evidence: Evidence, vm_states: Iterable[str]) -> list[GuardChange]:
    """The changes of guards that make a difference in any of the vm_states."""
    touched = set(vm_states)
    return [
        change
        for change in guard_changes(catalog, evidence)
        if touched & {*change.gained, *change.lost}
        or (change.tasks and touched & _accepted(evidence, catalog, change))
    ]


def _accepted(evidence: Evidence, catalog: Catalog, change: GuardChange) -> set[str]:
    """The vm_states in which the method is accepted in the release of the change."""
    guards = evidence.harvest.get("guards", {}).get("guards", [])
    return set().union(
        *(
            _vm_states(catalog, entry)
            for entry in guards
            if entry["method"] == change.method and change.release in releases(entry["releases"])
        )
    )


def _guard_change(catalog: Catalog, change: Change) -> GuardChange:
    before, after = change.before or {}, change.after or {}
    old, new = _vm_states(catalog, before), _vm_states(catalog, after)
    tasks = "" if before["task_state"] == after["task_state"] else _tasks(after["task_state"])
    action = action_of(catalog, change.key)
    return GuardChange(
        change.release, change.key, action, tuple(sorted(new - old)), tuple(sorted(old - new)), tasks
    )


def _vm_states(catalog: Catalog, entry: dict[str, Any]) -> set[str]:
    return set(catalog.vm_states) if entry["vm_state"] == "any" else set(entry["vm_state"])


def _tasks(task_states: str | list[str | None]) -> str:
    if task_states == "any":
        return "whatever task runs"
    if task_states == [None]:
        return "only while no task runs"
    return "while task_state is " + ", ".join(f"`{task or 'null'}`" for task in task_states)


def action_of(catalog: Catalog, method: str) -> str | None:
    """The action behind a method of the compute API: the one whose sources name it, or that is called the same."""
    named = (a.name for a in catalog.actions.values() if method in _api_methods(a.sources))
    same = method.replace("_", "-")
    return next(named, same if same in catalog.actions else None)


def _api_methods(sources: list[str]) -> set[str]:
    """The methods that some sources name: ``nova/compute/api.py: shelve, unshelve``."""
    lists = (
        source.removeprefix("nova/compute/api.py: ") for source in sources if "compute/api.py: " in source
    )
    return {name.strip() for names in lists for name in names.split(",")}
