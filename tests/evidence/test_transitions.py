"""The pure parts of the transitions: merging, naming, comparing, and the recorded file against its schema."""

import json
from pathlib import Path

import jsonschema
import pytest
from evidence import transitions

ROOT = Path(__file__).parents[2]
ACTIVE = {"vm_state": "active", "task_state": None, "status": "ACTIVE"}
SUSPENDING = {"vm_state": "active", "task_state": "suspending", "status": "ACTIVE"}
SUSPENDED = {"vm_state": "suspended", "task_state": None, "status": "SUSPENDED"}
ERROR = {"vm_state": "error", "task_state": None, "status": "ERROR"}


def record(backing="image", path=(SUSPENDING, SUSPENDED), **more):
    return {
        "trigger": {"kind": "action", "name": "suspend"},
        "from": ACTIVE,
        "backing": backing,
        "conditions": [],
        "injected": None,
        "path": list(path),
        "to": path[-1]["status"],
        "gone": False,
        "outcome": "success",
        "noted_error": False,
        **more,
    }


def restart(guest, becomes=ACTIVE, **more):
    return {
        "vm_state": "active",
        "task_state": "pausing",
        "guest": guest,
        "on_host": True,
        "path": [becomes],
        "becomes": becomes,
        **more,
    }


def test_both_kinds_of_boot_disk_become_one_run_where_they_agree():
    runs = transitions.finished([record("image"), record("volume")])
    assert [(run["id"], run["conditions"]) for run in runs] == [("suspend/ACTIVE", [])]


def test_boot_disks_that_differ_become_a_condition():
    runs = transitions.finished([record("image"), record("volume", path=[SUSPENDING, ERROR])])
    assert [(run["id"], run["to"]) for run in runs] == [
        ("suspend/ACTIVE [image-backed]", "SUSPENDED"),
        ("suspend/ACTIVE [volume-backed]", "ERROR"),
    ]


def test_a_run_seen_with_one_kind_of_boot_disk_says_so():
    (run,) = transitions.finished([record("image")])
    assert run["conditions"] == ["image-backed"]


def test_the_id_tells_a_task_guest_conditions_and_what_was_injected():
    start = {"vm_state": "active", "task_state": "rebooting", "status": "REBOOT"}
    run = record(**{"from": start}, guest="off", conditions=["one"], injected="driver.suspend raises")
    assert transitions.with_id(run)["id"] == (
        "suspend/REBOOT [active + rebooting; guest off; one; driver.suspend raises]"
    )


def test_fields_that_say_nothing_are_left_out():
    assert {"gone", "noted_error"}.isdisjoint(transitions.with_id(record()))
    assert transitions.with_id(record(gone=True))["gone"] is True


def test_two_different_runs_with_one_id_are_an_error():
    twice = [{**record(), "trigger": {"kind": kind, "name": "suspend"}} for kind in ("action", "periodic")]
    with pytest.raises(ValueError, match="suspend/ACTIVE"):
        transitions.finished(twice)


def test_a_restart_that_ends_alike_whatever_the_guest_does_is_one_row():
    rows = transitions.merged_guests([restart("off"), restart("running"), restart("gone")])
    assert [row["guests"] for row in rows] == ["any"]


def test_a_restart_that_depends_on_the_guest_keeps_its_rows():
    rows = transitions.merged_guests([restart("running"), restart("off", becomes=ERROR), restart("gone")])
    assert [(row["guests"], row["becomes"]["status"]) for row in rows] == [
        (["gone", "running"], "ACTIVE"),
        (["off"], "ERROR"),
    ]


def test_a_restart_shows_its_path_only_where_it_is_more_than_the_end():
    rebooted = restart("off", path=[SUSPENDING, ACTIVE])
    rows = transitions.merged_guests([rebooted, restart("running", on_host=False)])
    assert [row.get("path") for row in rows] == [[SUSPENDING, ACTIVE], None]
    assert [row.get("on_host") for row in rows] == [None, False]


def document(*records, restarts=()):
    return transitions.assemble("34.0.0", {"plain": list(records), "restart": list(restarts)})


@pytest.mark.parametrize(
    ("now", "line"),
    [
        ([record("image", path=[SUSPENDING, ERROR])], "now ends in ERROR, was SUSPENDED"),
        ([record("image", outcome="no change")], "now a no change, was a success"),
        (
            [record("image", path=[SUSPENDED])],
            "now passes suspended+no task, passed active+suspending, suspended+no task",
        ),
        ([], "no longer seen"),
    ],
)
def test_differences_are_readable(now, line):
    known = document(record("image"))
    assert transitions.differences(known, document(*now)) == [f"suspend/ACTIVE [image-backed]: {line}"]


def test_differences_of_restarts():
    known, seen = document(restarts=[restart("off")]), document(restarts=[restart("off", becomes=ERROR)])
    expected = "restart in active + pausing (guest any): error + no task, was active + no task"
    assert transitions.differences(known, seen) == [expected]


def test_nothing_differs_from_itself():
    known = document(record("image"), restarts=[restart("off")])
    assert transitions.differences(known, known) == []


@pytest.mark.parametrize("part", ["transitions", "holdings"])
def test_the_recorded_file_obeys_its_schema(part):
    evidence = ROOT / "data" / "evidence"
    schema = json.loads((evidence / "schema" / f"{part}.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads((evidence / "probe" / "34" / f"{part}.json").read_text()), schema)
