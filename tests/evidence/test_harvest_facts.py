"""Facts put together over releases, written as JSON and compared."""

from __future__ import annotations

import json

import pytest
from evidence.harvesting.difference import differences
from evidence.harvesting.jsonfile import WIDTH, dump
from evidence.harvesting.spans import merge, releases_list, releases_text
from evidence.harvesting.text import digest, quote


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ([15], "15"),
        ([16, 15, 17], "15-17"),
        ([15, 16, 18], ["15-16", "18"]),
        ([15, 17, 19], ["15", "17", "19"]),
    ],
)
def test_releases_are_told_as_runs(numbers, text):
    assert releases_text(numbers) == text
    assert releases_list(text) == sorted(numbers)


def test_a_fact_that_stays_is_one_entry():
    assert merge({15: [{"a": 1}], 16: [{"a": 1}]}, ("a",)) == [{"a": 1, "releases": "15-16"}]


def test_a_fact_that_changes_is_two_entries():
    assert merge({15: [{"a": 1, "b": 1}], 16: [{"a": 1, "b": 2}]}, ("a",)) == [
        {"a": 1, "b": 1, "releases": "15"},
        {"a": 1, "b": 2, "releases": "16"},
    ]


def test_a_line_number_is_no_part_of_the_fact_and_the_newest_stays():
    merged = merge({15: [{"a": 1, "last_line": 7}], 16: [{"a": 1, "last_line": 9}]}, ("a",))
    assert merged == [{"a": 1, "last_line": 9, "releases": "15-16"}]


def test_the_same_fact_twice_in_a_release_is_told_once():
    assert merge({15: [{"a": 1}, {"a": 1}]}, ("a",)) == [{"a": 1, "releases": "15"}]


def test_null_and_text_sort_together():
    assert [e["a"] for e in merge({15: [{"a": "x"}, {"a": None}]}, ("a",))] == ["x", None]


def test_json_is_valid_and_leaves_stand_on_one_line():
    value = {"list": [{"a": 1, "b": None}], "long": ["x" * 30] * 12, "empty": [], "words": ["a b"] * 60}
    text = dump(value)
    assert json.loads(text) == value
    assert '    {"a": 1, "b": null}\n' in text
    assert max(len(line) for line in text.splitlines()) <= WIDTH


def test_a_quotation_is_cut_after_25_words():
    assert quote("one  two\nthree") == "one two three"
    assert quote("w " * 26) == " ".join(["w"] * 25) + " …"


def test_a_digest_ignores_line_breaks_only():
    assert digest("a\nb") == digest("a b") != digest("a c")


def content(entries):
    return {"topic": "guards", "nova": ["34.0.0"], "method": "m", "guards": entries, "unread": []}


def guard(vm_states, releases):
    return {"method": "suspend", "vm_state": vm_states, "releases": releases}


def test_no_difference():
    assert differences(content([guard(["active"], "15-34")]), content([guard(["active"], "15-34")])) == []


def test_a_guard_that_changes_is_told_with_its_releases():
    old, new = (
        content([guard(["active"], "15-34")]),
        content([guard(["active"], "15-33"), guard(["active", "stopped"], "34")]),
    )
    assert differences(old, new) == [
        'guards.guards: + method=suspend vm_state=["active", "stopped"]  [34]',
        'guards.guards: - method=suspend vm_state=["active"]  [34]',
    ]


def test_a_changed_method_is_told():
    new = content([])
    assert differences({**new, "method": "older"}, new) == ["guards.method: was older, now m"]


def test_a_line_that_moved_is_told_as_such():
    old, new = ({**guard([], "34"), "last_line": n} for n in (1, 2))
    assert differences(content([old]), content([new])) == [
        "guards.guards: only line numbers or the order of entries differ"
    ]


def test_a_topic_seen_for_the_first_time():
    assert differences(None, content([])) == ["guards: recorded for the first time"]
