"""The facts against what was recorded from Nova: nothing differs, nothing is exempt silently."""

from __future__ import annotations

from pathlib import Path

import pytest
from novastatus import evidence
from novastatus.compare import Leaf, Verdict, compare, marks, problems, sourced, summary
from novastatus.guards import on_servers
from novastatus.load import Loaded, load

SOURCED = Path("tests/data/sourced.txt")
RENEW = "python scripts/check_data.py --sourced > tests/data/sourced.txt"
UNPROVEN: list[str] = []
"""Places that neither evidence nor a source reaches."""


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load()


@pytest.fixture(scope="module")
def leaves(loaded: Loaded) -> list[Leaf]:
    return compare(loaded.catalog, evidence.read())


def test_nothing_differs_from_what_nova_does(loaded: Loaded, leaves: list[Leaf]):
    differing = [leaf for leaf in leaves if leaf.verdict is Verdict.DIFFERS]
    assert [str(problem) for problem in problems(loaded, differing)] == []


def test_what_is_unproven_is_told(loaded: Loaded, leaves: list[Leaf]):
    unproven = [leaf for leaf in leaves if leaf.verdict is Verdict.UNPROVEN]
    assert [str(problem) for problem in problems(loaded, unproven)] == UNPROVEN


def test_what_rests_on_a_source_alone_is_listed(leaves: list[Leaf]):
    """The list is for review: a line more or less is a fact that evidence no longer, or newly, reaches."""
    assert sourced(leaves) == SOURCED.read_text("utf-8").splitlines(), f"if that is right: {RENEW}"


def test_every_cell_of_the_guards_is_compared(loaded: Loaded, leaves: list[Leaf]):
    catalog = loaded.catalog
    cells = sum(leaf.cells for leaf in leaves if leaf.group == "guard")
    assert cells == len(catalog.vm_states) * (len(catalog.task_states) + 1) * len(on_servers(catalog))
    assert len(catalog.vm_states) == 12


def test_every_pair_is_compared(loaded: Loaded, leaves: list[Leaf]):
    cells = sum(leaf.cells for leaf in leaves if leaf.group == "states")
    assert cells == 12 * (len(loaded.catalog.task_states) + 1)


def test_every_guard_was_answered_by_a_running_nova_or_read_from_its_code(leaves: list[Leaf]):
    assert {leaf.verdict for leaf in leaves if leaf.group == "guard"} <= {Verdict.OBSERVED, Verdict.HARVESTED}


def test_each_thing_has_one_mark_for_each_group_of_its_facts(loaded: Loaded, leaves: list[Leaf]):
    found = marks(leaves)
    for section in ("statuses", "actions", "drivers"):
        for name in getattr(loaded.catalog, section):
            assert found[section, name], name
            assert all(mark.evidence for group in found[section, name].values() for mark in group), name


def test_counts_add_up(leaves: list[Leaf], capsys: pytest.CaptureFixture[str]):
    counts = summary(leaves)
    assert sum(count.leaves for count in counts) == len(leaves)
    assert all(sum(count.by_verdict.values()) == count.leaves for count in counts)
    totals = {verdict: sum(count.by_verdict[verdict] for count in counts) for verdict in Verdict}
    told = ", ".join(f"{number} {verdict}" for verdict, number in totals.items())
    with capsys.disabled():
        print(f"\nfidelity: {len(leaves)} leaves, {sum(leaf.cells for leaf in leaves)} comparisons: {told}")
