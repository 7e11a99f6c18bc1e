"""The recorded harvest: valid, about the releases it names, and in agreement with itself."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from evidence.harvesting.jsonfile import dump
from evidence.harvesting.releases import LATEST, RELEASES
from evidence.harvesting.spans import releases_list
from evidence.harvesting.topics import TOPICS

DATA = Path(__file__).resolve().parents[2] / "data" / "evidence"
NAMES = [*(topic.name for topic in TOPICS), "releases"]
ALL = f"{RELEASES[0].number}-{LATEST.number}"


def load(name: str) -> dict:
    return json.loads((DATA / "harvest" / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_each_file_is_valid_and_written_by_us(name):
    schema = json.loads((DATA / "schema" / "harvest.schema.json").read_text("utf-8"))
    content = load(name)
    jsonschema.Draft202012Validator(schema).validate(content)
    assert content["topic"] == name
    assert content["nova"] == [release.last for release in RELEASES]
    assert (DATA / "harvest" / f"{name}.json").read_text("utf-8") == dump(content)


def test_there_is_no_other_file():
    assert sorted(path.stem for path in (DATA / "harvest").glob("*.json")) == sorted(NAMES)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_every_list_is_read_in_the_newest_release_and_the_method_is_told(topic):
    content = load(topic.name)
    assert content["method"] == topic.method
    for name in topic.by:
        if name in ("status_gaps",):  # the lists of statuses have been complete since 17
            continue
        assert any(LATEST.number in releases_list(entry["releases"]) for entry in content[name]), name


def test_the_schema_of_responses_names_the_statuses_of_the_map():
    mapped = {entry["status"] for entry in load("state_map")["statuses"] if entry["releases"] == ALL}
    assert mapped == {entry["status"] for entry in load("responses")["status_enum"]}
    assert len(mapped) == 20


def test_guards_name_known_states_only():
    content = load("task_states")
    known = {kind: {entry["value"] for entry in content[kind]} for kind in ("vm_states", "task_states")}
    for guard in load("guards")["guards"]:
        for field, kind in (("vm_state", "vm_states"), ("task_state", "task_states")):
            if guard[field] != "any":
                assert set(guard[field]) - {None} <= known[kind]


def test_a_column_of_the_matrix_and_its_driver_live_equally_long():
    folders = {"hyperv": "hyperv", "ironic": "ironic", "powervm": "powervm", "vmware": "vmwareapi"}
    folders |= {"xenserver": "xenapi", "zvm": "zvm", "libvirt-kvm-x86": "libvirt"}
    columns = {entry["driver"]: entry["releases"] for entry in load("support_matrix")["drivers"]}
    drivers = {entry["driver"]: entry["releases"] for entry in load("drivers")["drivers"]}
    assert {column: columns[column] for column in folders} == {c: drivers[f] for c, f in folders.items()}
