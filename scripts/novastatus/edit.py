"""Where a generated page is edited: the line of the facts that it is about."""

from __future__ import annotations

from pathlib import PurePosixPath

from .load import Loaded

SECTIONS = {"statuses": "statuses", "actions": "actions", "support": "drivers", "triggers": "triggers"}


def edit_path(loaded: Loaded, file: str) -> str:
    """The file and line to edit for the page ``file`` (``statuses/ACTIVE.md``), as seen from the docs folder."""
    folder, name = PurePosixPath(file).parent.name, PurePosixPath(file).stem
    section = SECTIONS.get(folder) or SECTIONS.get(name)
    line = loaded.lines.at((section, name)) if section else 1
    return f"../{loaded.lines.path}#L{line}"
