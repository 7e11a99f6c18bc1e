"""The recorded evidence, as the pages need it. Read only: what stands here, the collectors wrote.

A harvested entry carries ``releases``, the spans in which it holds: ``"15-22"`` or ``["15-20", "23"]``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

DEFAULT_PATH = "data/evidence"


@dataclass(frozen=True)
class Evidence:
    """Topic to its record; empty where nothing was recorded."""

    harvest: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """By topic, over all releases: ``guards``, ``state_map`` …"""
    probe: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}))
    """By release, then topic: ``{"34": {"guards": …}}``."""
    files: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    """The files as they are, by their path below the folder: ``probe/34/guards.json``."""


def read(path: str | Path = DEFAULT_PATH) -> Evidence:
    """The records below ``path``; nothing at all if the folder is not there."""
    root = Path(path)
    found = sorted((root / "probe").glob("*/"), key=lambda folder: folder.name)
    files = {file.relative_to(root).as_posix(): file.read_bytes() for file in sorted(root.rglob("*.json"))}
    return Evidence(_folder(root / "harvest"), {folder.name: _folder(folder) for folder in found}, files)


def _folder(path: Path) -> dict[str, Any]:
    return {file.stem: json.loads(file.read_text("utf-8")) for file in sorted(path.glob("*.json"))}


def releases(spans: str | list[str]) -> list[int]:
    """The releases of some spans, in order.

    >>> releases("15-17"), releases(["15", "20-21"])
    ([15, 16, 17], [15, 20, 21])
    """
    found: list[int] = []
    for span in [spans] if isinstance(spans, str) else spans:
        first, _, last = span.partition("-")
        found.extend(range(int(first), int(last or first) + 1))
    return found
