"""The rules of the data, each broken once."""

from __future__ import annotations

from pathlib import Path

import pytest
from novastatus import facts
from novastatus.check import RULES, check
from novastatus.load import load
from novastatus.problems import DataError

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


NOT_LISTED = "data/permalinks.txt:1: must list every address that is made, it lacks '/support/#suspend-zvm': run `make permalinks`"
GONE = "a published address must stay, '/api/v1/statuses/NEW.json' is no longer made; did you mean '/api/v1/statuses.json'?"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("/support/#suspend-zvm\n", "", NOT_LISTED),
        ("/api/v1/statuses.json\n", "/api/v1/statuses.json\n/api/v1/statuses/NEW.json\n", GONE),
    ],
)
def test_what_is_published_and_what_is_listed_are_the_same(tmp_path: Path, old: str, new: str, message: str):
    listed = tmp_path / "permalinks.txt"
    listed.write_text(Path("data/permalinks.txt").read_text().replace(old, new))
    with pytest.raises(DataError) as error:
        facts.read(permalinks=listed)
    assert [message in str(problem) for problem in error.value.problems] == [True]


def test_the_list_of_addresses_must_be_there(tmp_path: Path):
    with pytest.raises(
        DataError, match=r"none:1: must list every published address, but cannot be read: No such"
    ):
        facts.read(permalinks=tmp_path / "none")
    (tmp_path / "latin").write_bytes(b"/\n\xe9\n")
    with pytest.raises(DataError, match="latin:2: must be UTF-8"):
        facts.read(permalinks=tmp_path / "latin")


def test_the_lifetime_of_a_driver_is_held_against_the_harvest(tmp_path: Path):
    copy = tmp_path / "copy.yaml"
    copy.write_text(load().text.replace("    removed_in: 29\n", ""))
    with pytest.raises(
        DataError, match=r"drivers.hyperv.removed_in must be 29, as harvest/support_matrix.json"
    ):
        facts.read(copy)


def test_the_facts_obey_every_rule():
    permalinks = Path("data/permalinks.txt").read_text()
    assert [str(problem) for problem in check(load(), permalinks)] == []
