"""The facts as every command wants them: read, checked, and refused as a whole if anything is wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from . import evidence
from .check import check
from .check.published import PERMALINKS
from .compare import Record, drivers, names
from .compare import problems as differing
from .load import DEFAULT_PATH, Loaded, load
from .problems import DataError, Problem
from .reader import decode


def read(path: str | Path = DEFAULT_PATH, permalinks: str | Path | None = PERMALINKS) -> Loaded:
    """The facts at ``path`` with the recorded evidence, held to the addresses promised in ``permalinks``.

    Releases and the lifetimes of the drivers are held against the evidence here already: much follows from them.
    Raises `DataError` with every problem.
    """
    loaded = replace(load(path), evidence=evidence.read())
    problems = [*_spans(loaded)]
    try:
        promised = decode(Path(permalinks).read_bytes(), str(permalinks)) if permalinks else None
    except (OSError, DataError) as error:
        problems += _unread(permalinks, error)
        promised = None
    problems += check(loaded, promised)
    if problems:
        raise DataError(problems)
    return loaded


def _spans(loaded: Loaded) -> list[Problem]:
    """Releases that were not read, and drivers that came or went in another; none where nothing was harvested."""
    if not loaded.evidence.harvest:
        return []
    catalog, record = loaded.catalog, Record(loaded.evidence)
    return differing(loaded, [*names.releases(catalog, record), *drivers.drivers(catalog, record)])


def _unread(path: str | Path | None, error: OSError | DataError) -> list[Problem]:
    if isinstance(error, DataError):
        return error.problems
    found = f"must list every published address, but cannot be read: {error.strerror}; take it from the repository"
    return [Problem(str(path), 1, found)]
