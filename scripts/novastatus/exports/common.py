"""Small words that several exports use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..model import Catalog
from ..render import plain
from ..states import Pair, fold


def states(catalog: Catalog, pairs: Iterable[Pair]) -> list[dict[str, Any]]:
    """Pairs as ``[{"vm_state", "task_states"}]``."""
    return [{"vm_state": vm, "task_states": tasks} for vm, tasks in fold(catalog, pairs).items()]


def text(value: str | None) -> str | None:
    """Plain text; null where nothing is said."""
    return plain(value) if value else None


def command(value: str) -> str | None:
    """A command or call; null where the data say ``none: why``."""
    return None if value.startswith("none") else value
