"""Every checkable leaf of the facts, made wrong: a rule, the comparison or the list of sources must say so.

Each mutant is held against the evidence by the comparers that run for all facts, on a catalog that is
narrowed to what the change touches, as thousands of full runs would take minutes; a sample is run in full.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from mutants import Mutant, mutants
from novastatus import evidence
from novastatus.check import RULES
from novastatus.compare import COMPARERS, FAULTS, Leaf, Record, sourced
from novastatus.compare.leaf import Comparer
from novastatus.load import load
from novastatus.model import Catalog
from novastatus.reader import Loc

SURVIVORS = Path("tests/data/survivors.txt")
"""Mutants that nothing notices, one a line, each with the reason after a hash."""
SECTIONS = ("releases", "options", "statuses", "actions", "triggers", "transitions", "operations")
"""Sections that can be taken away where a mutant is in another one; the rest is needed to read them."""
ALONE = ("actions", "operations", "transitions")
"""Sections whose items are compared each by itself."""
SAMPLE = 301
"""Every so manieth mutant is compared in full too."""


class Judge:
    """What the unchanged facts say, and whether a mutant is noticed beside them."""

    def __init__(self, catalog: Catalog, record: Record) -> None:
        self.catalog, self.record = catalog, record
        self.leaves = [leaf for comparer in COMPARERS for leaf in comparer(catalog, record)]
        self.faults = {(leaf.loc, leaf.message) for leaf in self.leaves if leaf.verdict in FAULTS}
        self.problems = {(loc, message) for rule in RULES for loc, message in rule(catalog)}
        self.sections = {comparer: self._sections(comparer) for comparer in COMPARERS}

    def _sections(self, comparer: Comparer) -> set[str]:
        """The sections that a comparer speaks of, with all facts and with none."""
        bare = self.catalog.model_copy(
            update={key: {} for key in (*SECTIONS, "vm_states", "task_states", "drivers")}
        )
        leaves = [*comparer(self.catalog, self.record), *comparer(bare, self.record)]
        return {str(leaf.loc[0]) for leaf in leaves}

    def noticed_by(self, mutant: Mutant, in_full: bool = False) -> str | None:
        """``comparison``, ``list of sources`` or ``rule``; None: the mutant survives."""
        section = str(mutant.loc[0])
        catalog = mutant.catalog if in_full else _narrowed(mutant)
        comparers = [c for c in COMPARERS if in_full or section in self.sections[c]]
        leaves = [leaf for comparer in comparers for leaf in comparer(catalog, self.record)]
        if self._differs(mutant, leaves):
            return "comparison"
        if _listed(leaves, mutant) != _listed(self.leaves, mutant):
            return "list of sources"
        return "rule" if self._breaks(mutant) else None

    def _differs(self, mutant: Mutant, leaves: Iterable[Leaf]) -> bool:
        faults = (leaf for leaf in leaves if leaf.verdict in FAULTS)
        return any(
            (leaf.loc, leaf.message) not in self.faults and _names(leaf.loc, leaf.message, mutant.loc)
            for leaf in faults
        )

    def _breaks(self, mutant: Mutant) -> bool:
        found = (problem for rule in RULES for problem in rule(mutant.catalog))
        return any(problem not in self.problems and _names(*problem, mutant.loc) for problem in found)


def _listed(leaves: Iterable[Leaf], mutant: Mutant) -> list[str]:
    """The lines at the mutant's place of the list that `test_fidelity` holds the facts to."""
    return sourced(leaf for leaf in leaves if leaf.loc[: len(mutant.loc)] == mutant.loc)


def _narrowed(mutant: Mutant) -> Catalog:
    """The mutant with only what its comparison looks at: triggers that share a row are looked at together."""
    section, item = str(mutant.loc[0]), mutant.loc[1] if len(mutant.loc) > 1 else None
    update = {name: [] if name == "releases" else {} for name in SECTIONS if name != section}
    if section in ALONE:
        held = getattr(mutant.catalog, section)
        mine = held.get(item, ()) if section == "transitions" else ()
        update[section] = {
            name: value
            for name, value in held.items()
            if name == item or (mine and any(row in mine for row in value))
        }
    return mutant.catalog.model_copy(update=update)


def _names(loc: Loc, message: str, wanted: Loc) -> bool:
    """Whether a report is about the wanted place: there, around it, or at the next one beside it.

    A report on a whole section must name the thing in its text.
    """
    shared = 0
    while shared < min(len(loc), len(wanted)) and loc[shared] == wanted[shared]:
        shared += 1
    if len(wanted) <= 2:
        return shared == len(wanted) or (shared == len(loc) and str(wanted[-1]) in message)
    return (
        shared >= len(wanted) - 1
        or (shared == len(loc) and shared >= 2)
        or str(wanted[-1]) in message.split("'")
    )


@cache
def judge() -> Judge:
    return Judge(load().catalog, Record(evidence.read()))


@pytest.fixture(scope="module")
def results() -> dict[str, str | None]:
    return {mutant.name: judge().noticed_by(mutant) for mutant in mutants(judge().catalog)}


def test_every_mutant_is_noticed(results: dict[str, str | None], capsys: pytest.CaptureFixture[str]):
    by = Counter(reason or "nothing" for reason in results.values())
    killed = len(results) - by["nothing"]
    with capsys.disabled():
        told = ", ".join(
            f"{number} by the {reason}" for reason, number in by.most_common() if reason != "nothing"
        )
        print(f"\nmutants: {killed} of {len(results)} noticed ({told})")
    survivors = [name for name, reason in results.items() if reason is None]
    assert survivors == [line.partition(" # ")[0] for line in SURVIVORS.read_text("utf-8").splitlines()]


def test_a_full_comparison_notices_no_less(results: dict[str, str | None]):
    sample = list(mutants(judge().catalog))[::SAMPLE]
    missed = [
        m.name
        for m in sample
        if results[m.name] == "comparison" and judge().noticed_by(m, True) != "comparison"
    ]
    assert missed == []


def test_each_mutant_has_a_name_of_its_own(results: dict[str, str | None]):
    assert len(results) == sum(1 for _ in mutants(judge().catalog))
