"""The facts as every command wants them: read, checked, and refused as a whole if anything is wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from . import evidence
from .check import check
from .check.published import PERMALINKS
from .load import DEFAULT_PATH, Loaded, load
from .problems import DataError


def read(path: str | Path = DEFAULT_PATH, permalinks: str | Path = PERMALINKS) -> Loaded:
    """The facts at ``path`` with the recorded evidence, held to the addresses promised in ``permalinks``.

    Raises `DataError` with every problem.
    """
    loaded = load(path)
    promised = Path(permalinks)
    problems = check(loaded, promised.read_text("utf-8") if promised.exists() else None)
    if problems:
        raise DataError(problems)
    return replace(loaded, evidence=evidence.read())
