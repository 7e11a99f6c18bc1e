"""The rules of the data, each broken once."""

from __future__ import annotations

from pathlib import Path

import pytest
from novastatus.check import RULES, check
from novastatus.load import load

HERE = Path(__file__).parent
BROKEN = "tests/data/broken.yaml"
PERMALINKS = "# a comment\n/statuses/ACTIVE/\n/statuses/ACTIVE/#stucked\n\n/statuses/SUSPENDED/\n"


@pytest.fixture(scope="module")
def broken():
    return load(BROKEN)


def test_every_breach_is_reported_at_once_in_the_order_of_the_lines(broken):
    """Run with the new text to see what changed; the file is the list of messages as a person sees it."""
    expected = (HERE / "data/broken.txt").read_text().splitlines()
    assert [str(problem) for problem in check(broken, PERMALINKS)] == expected


@pytest.mark.parametrize(
    "rule", RULES, ids=lambda rule: f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}"
)
def test_the_broken_example_breaks_every_rule(broken, rule):
    assert list(rule(broken.catalog))


def test_the_facts_obey_every_rule():
    permalinks = Path("data/permalinks.txt").read_text()
    assert [str(problem) for problem in check(load(), permalinks)] == []
