"""The facts held against the recorded evidence: one leaf for every value that can be checked.

A comparer looks at one kind of fact and yields a `Leaf` for each value, whatever the verdict; what the
evidence shows and the facts lack is a leaf that differs, at the nearest place.
"""

from __future__ import annotations

from ..evidence import Evidence
from ..load import Loaded
from ..model import Catalog
from ..problems import Problem
from . import answers, drivers, guards, holdings, names, requests, shown, transitions, visibility, work
from .leaf import FAULTS, Comparer, Leaf, Verdict
from .record import Record
from .totals import marks, overall, sourced, summary

__all__ = [
    "COMPARERS",
    "FAULTS",
    "Leaf",
    "Record",
    "Verdict",
    "compare",
    "marks",
    "overall",
    "problems",
    "sourced",
    "summary",
]

MODULES = (names, shown, visibility, holdings, guards, requests, answers, work, transitions, drivers)
COMPARERS: tuple[Comparer, ...] = tuple(comparer for module in MODULES for comparer in module.COMPARERS)


def compare(catalog: Catalog, evidence: Evidence) -> list[Leaf]:
    """Every checkable leaf of the facts with its verdict; nothing where nothing was harvested."""
    if not evidence.harvest:
        return []
    record = Record(evidence)
    return [leaf for comparer in COMPARERS for leaf in comparer(catalog, record)]


def problems(loaded: Loaded, leaves: list[Leaf]) -> list[Problem]:
    """The leaves that differ or are unproven, as ``path:line: message``, in the order of the lines."""
    return sorted({loaded.lines.problem(leaf.loc, _said(leaf)) for leaf in leaves if leaf.verdict in FAULTS})


def _said(leaf: Leaf) -> str:
    return f"{leaf.message} [{leaf.evidence}]" if leaf.evidence else leaf.message
