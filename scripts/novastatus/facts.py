"""The facts as every command wants them: read, checked, and refused as a whole if anything is wrong."""

from __future__ import annotations

from pathlib import Path

from .check import check
from .check.published import PERMALINKS
from .load import DEFAULT_PATH, Loaded, load
from .problems import DataError


def read(path: str | Path = DEFAULT_PATH, permalinks: str | Path = PERMALINKS) -> Loaded:
    """The facts at ``path``, held to the addresses promised in the file ``permalinks`` if it is there.

    Raises `DataError` with every problem.
    """
    loaded = load(path)
    promised = Path(permalinks)
    problems = check(loaded, promised.read_text("utf-8") if promised.exists() else None)
    if problems:
        raise DataError(problems)
    return loaded
