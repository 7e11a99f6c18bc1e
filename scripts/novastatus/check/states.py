"""Every (vm_state, task_state) pair must be shown as exactly one status."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Catalog
from ..reader import Loc
from ..states import status_of


def pairs(catalog: Catalog) -> Iterator[tuple[Loc, str]]:
    """Pairs that two statuses claim, and pairs that none does."""
    for (vm_state, task_state), claims in status_of(catalog).items():
        pair = f"({vm_state}, {task_state or 'null'})"
        if not claims:
            yield ("vm_states", vm_state), f"every pair must be shown as a status, {pair} is claimed by none"
        for later in claims[1:]:
            at = ("statuses", later, "states", vm_state)
            yield at, f"a pair must be shown as one status, {pair} is claimed by {claims[0]!r} and {later!r}"


RULES = (pairs,)
