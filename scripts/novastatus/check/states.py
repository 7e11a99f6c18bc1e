"""Every (vm_state, task_state) pair must be shown as exactly one status."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Catalog
from ..reader import Loc
from ..states import status_of


def pairs(catalog: Catalog) -> Iterator[tuple[Loc, str]]:
    """Pairs that two statuses claim, and pairs that none does: one message for each vm_state and its claimants."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (vm_state, task_state), claims in status_of(catalog).items():
        if len(claims) != 1:
            found.setdefault((vm_state, tuple(claims)), []).append(task_state or "null")
    for (vm_state, claims), tasks in found.items():
        these = f"({vm_state}, {_few(tasks)})"
        if claims:
            at: Loc = ("statuses", claims[-1], "states", vm_state)
            who = " and ".join(map(repr, claims))
            yield at, f"a pair must be shown as one status, {these} is claimed by {who}"
        else:
            yield (
                _near(catalog, vm_state),
                f"every pair must be shown as a status, {these} is claimed by none",
            )


def _few(tasks: list[str]) -> str:
    """Some task_states, the first three by name."""
    more = f" and {len(tasks) - 3} more" if len(tasks) > 3 else ""
    return ", ".join(tasks[:3]) + more


def _near(catalog: Catalog, vm_state: str) -> Loc:
    """Where to mend a gap: at the first status that claims something of the vm_state, else at the vm_state."""
    claiming = (status.name for status in catalog.statuses.values() if vm_state in status.states)
    name = next(claiming, None)
    return ("statuses", name, "states", vm_state) if name else ("vm_states", vm_state)


RULES = (pairs,)
