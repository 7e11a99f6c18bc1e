"""Errata, releases and histories are found by comparing, so a text that is mended or broken must show."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest
from novastatus import facts
from novastatus.evidence import releases
from novastatus.timeline import changes
from novastatus.views import errata, history
from novastatus.views.releases import release_changes

LOADED = facts.read()
CATALOG, EVIDENCE = LOADED.catalog, LOADED.evidence


def part(title: str, evidence=EVIDENCE) -> errata.Part:
    return next(part for part in errata.parts(CATALOG, evidence) if part.title == title)


def with_requirement(command: str, vm_states: list[str]):
    """The evidence, as if the vm-states page asked for other vm_states."""
    texts = copy.deepcopy(EVIDENCE.harvest["official_texts"])
    for entry in texts["requirements"]:
        if entry["command"] == command:
            entry["vm_states"] = vm_states
    return replace(EVIDENCE, harvest={**EVIDENCE.harvest, "official_texts": texts})


def test_thirteen_of_the_twenty_requirements_are_wrong():
    found = part("Requirements of the commands: vm_states")
    assert (len(found.errata), found.compared) == (13, 20)
    assert "stop" in [erratum.about for erratum in found.errata]


def test_a_requirement_that_is_mended_is_no_erratum():
    found = part("Requirements of the commands: vm_states", with_requirement("stop", ["active", "error"]))
    assert len(found.errata) == 12


def test_a_right_requirement_that_is_broken_is_one():
    found = part("Requirements of the commands: vm_states", with_requirement("unpause", ["paused", "active"]))
    assert len(found.errata) == 14


def test_words_that_are_no_status_are_found_in_the_api_reference():
    said = {erratum.does for erratum in part("Names that are no status").errata}
    assert any("BUILDING" in text for text in said) and any("STOPPED" in text for text in said)


def test_suspended_is_answered_for_the_three_hypervisors_that_the_reference_named():
    """The claim stood in the API reference of Nova 15 to 20."""
    found = [e for e in part("Sentences, some of older releases").errata if "XenServer" in e.says]
    assert found and "15 to 20" in found[0].where


def test_spans_are_read_as_releases():
    assert releases("15-17") == [15, 16, 17]
    assert releases(["15", "20-21"]) == [15, 20, 21]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ("15-34", []),
        ("15-20", [(21, True, False)]),
        ("20-34", [(20, False, True)]),
        (["15-16", "18-34"], [(17, True, False), (18, False, True)]),
    ],
)
def test_a_change_stands_where_an_entry_begins_or_ends(spans, expected):
    entries = [{"name": "x", "releases": spans}, {"name": "always", "releases": "15-34"}]
    found = [c for c in changes(entries, lambda e: e["name"], 34) if c.key == "x"]
    assert [(c.release, c.before is not None, c.after is not None) for c in found] == expected


def test_what_changed_in_the_guards():
    found = {(c.release, c.action): c.text for c in history.guard_changes(CATALOG, EVIDENCE)}
    assert found[23, "evacuate"] == "accepted whatever task runs"
    assert found[16, "swap-volume"] == "no longer accepted in `soft-delete`, `stopped`, `suspended`"


def test_every_status_is_derived_as_in_15():
    for status in CATALOG.statuses.values():
        told = history.derivation(EVIDENCE, status.name)
        assert told == "" if status.name == "UNKNOWN" else "in every release from 15 on" in told


def test_releases_tell_when_a_driver_left():
    found = {change.release.number: change for change in release_changes(CATALOG, EVIDENCE)}
    gone = {
        number: [line for s in found[number].sections for line in s.lines if "is gone" in line]
        for number in found
    }
    assert "`nova/virt/xenapi` is gone" in gone[22]
    assert "`nova/virt/powervm` is gone" in gone[26]
    assert "`nova/virt/hyperv` is gone" in gone[29]
    assert found[15].sections == ()
