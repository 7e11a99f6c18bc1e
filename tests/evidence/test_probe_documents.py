"""The documents of the probe: assembling, comparing, writing, and what is recorded."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path

import jsonschema
import pytest
from evidence import action_requests, guards, outcomes, recording, views

ROOT = Path(__file__).resolve().parents[2]

STATES = {"vm_states": ["active", "stopped"], "task_states": [None, "pausing"]}
RECORDED = sorted((ROOT / "data/evidence/probe").glob("*/*.json"))
MINE = [path for path in RECORDED if path.stem in {"guards", "derivation", "lists"}]


def results() -> dict:
    """Nova as it is for `suspend`; every other action accepted everywhere."""
    cells = []
    for action in action_requests.ACTIONS:
        for vm_state in STATES["vm_states"]:
            for task_state in STATES["task_states"]:
                found = {"code": 202}
                if action == "suspend" and vm_state == "stopped":
                    found = {"code": 409, "names": "vm_state"}
                elif action == "suspend" and task_state:
                    found = {"code": 409, "names": "task_state"}
                more = {"casts": [], "wrote": None} if found["code"] == 202 else {"message": "Cannot"}
                cells.append([action, vm_state, task_state, found, more])
    return {"admin/active": [cell for cell in cells if cell[1] == "active"]} | {
        "admin/stopped": [cell for cell in cells if cell[1] == "stopped"]
    }


@pytest.fixture
def document() -> dict:
    return guards.assemble("34.0.0", STATES, results(), ("admin",))


def test_a_guard_reads_as_rows(document):
    assert document["actions"]["suspend"]["answers"]["admin"] == [
        {"vm_states": ["active"], "task_states": [None], "code": 202},
        {"vm_states": ["active"], "task_states": ["pausing"], "code": 409, "names": "task_state"},
        {"vm_states": ["stopped"], "task_states": "all", "code": 409, "names": "vm_state"},
    ]
    assert [row["at"] for row in document["messages"]["suspend"]] == [
        ["admin", "active", "pausing"],
        ["admin", "stopped", None],
    ]


def test_a_difference_is_told_in_words(document):
    seen = copy.deepcopy(document)
    seen["actions"]["suspend"]["answers"]["admin"][2] = {
        "vm_states": ["stopped"],
        "task_states": "all",
        "code": 202,
    }
    assert guards.differences(document, document) == []
    assert guards.differences(document, seen) == [
        "suspend: stopped + no task is now accepted (202), was refused (409, vm_state)",
        "suspend: stopped + pausing is now accepted (202), was refused (409, vm_state)",
    ]


def test_any_change_counts_as_a_difference(document):
    seen = copy.deepcopy(document)
    seen["actions"]["suspend"]["accepted"]["casts"] = ["something_else"]
    assert recording.compare("guards", document, seen) == [
        "guards: the answers are the same, but actions changed"
    ]


def test_what_is_written_is_read_back(document):
    assert json.loads(recording.written(document)) == document
    assert max(map(len, recording.written(document).splitlines()[3:])) < 400


def test_a_list_shows_the_statuses_that_were_not_asked_for():
    listed = [["active", None, "ACTIVE"], ["active", "rebooting", "REBOOT"]]
    found = {
        "statuses": [],
        "servers": listed,
        "answers": [["admin", "status=active", "2.95", 200, "", listed]],
    }
    row = views.lists("34.0.0", found)["answers"]["admin"][0]
    assert row["other_statuses"] == ["REBOOT"]
    assert row["servers"] == ["active + no task = ACTIVE", "active + rebooting = REBOOT"]


def test_a_changed_status_is_told_in_words():
    found = {
        "statuses": [],
        "odd": [],
        **STATES,
        "pairs": [["active", None, "ACTIVE"], ["active", "pausing", "ACTIVE"]],
    }
    found["pairs"] += [["stopped", None, "SHUTOFF"], ["stopped", "pausing", "SHUTOFF"]]
    before = views.derivation("34.0.0", found)
    found["pairs"][1][2] = "PAUSED"
    now = views.derivation("34.0.0", found)
    assert views.differences(before, now) == ["active + pausing is now shown as PAUSED, was ACTIVE"]


def test_every_placeholder_is_known():
    known = {"server", "volume", "old_volume", "new_volume", "free_volume", "port", "network", "migration"}
    known |= {"image", "flavor", "share"}
    for name, request in action_requests.ACTIONS.items():
        assert action_requests.placeholders(request) <= known, name


@pytest.mark.parametrize("path", MINE, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_is_recorded_follows_its_schema(path):
    schema = json.loads((ROOT / f"data/evidence/schema/{path.stem}.schema.json").read_text(encoding="utf-8"))
    document = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(document)
    assert recording.written(document) == path.read_text(encoding="utf-8")
    assert not re.search(outcomes.UUID, path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "path", [path for path in MINE if path.stem == "guards"], ids=lambda path: path.parent.name
)
def test_every_pair_has_one_answer(path):
    document = json.loads(path.read_text(encoding="utf-8"))
    for action, found in document["actions"].items():
        for section, rows in found["answers"].items():
            asked = document["sections"][section]["task_states"]
            asked = document["task_states"] if asked == "all" else asked
            by_vm_state = outcomes.gathered(rows, document["vm_states"])
            for vm_state, folded in by_vm_state.items():
                assert list(outcomes.unfolded(folded, asked)) == asked, (action, section, vm_state)
