"""Wait plans."""

from __future__ import annotations

import json

import pytest
from novastatus.wait import plan, plans
from published import ROOT, catalog
from samples import action, sample, status


def _one(name: str, source: str | None, facts=None):
    (found,) = [each for each in plans(facts or sample(), name) if each.source == source]
    return found


def test_create_waits_for_what_nova_does_next_by_itself():
    found = _one("create", None)
    assert (found.pending, found.target, found.failure) == (("BUILD",), ("ACTIVE",), ("ERROR",))
    assert not found.by_task_state


def test_a_server_shows_where_it_started_before_it_shows_what_it_passes():
    found = _one("resize", "ACTIVE")
    assert found.pending == ("ACTIVE", "RESIZE")
    assert found.target == ("VERIFY_RESIZE",)
    assert found.failure == ("ERROR",)


def test_each_source_has_its_own_plan_and_all_together_one():
    assert [each.source for each in plans(sample(), "resize")] == ["ACTIVE", "SHUTOFF"]
    whole = plan(sample(), "resize")
    assert whole is not None
    assert whole.pending == ("ACTIVE", "RESIZE", "SHUTOFF")


def _moving(rows: list[dict], tasks: list[str]) -> object:
    return sample(actions={"a": {**action(), "tasks": tasks}}, transitions={"a": rows})


def test_a_target_that_equals_the_start_is_judged_by_the_task_state():
    facts = _moving([{"from": "ACTIVE", "through": ["RESIZE"], "to": "ACTIVE"}], ["resizing"])
    found = _one("a", "ACTIVE", facts)
    assert found.target == ("ACTIVE",)
    assert found.by_task_state


def test_a_failure_that_leads_back_is_judged_by_the_task_state():
    rows = [{"from": "ACTIVE", "to": "SHUTOFF"}, {"from": "ACTIVE", "to": "ACTIVE", "fails": "x"}]
    found = _one("a", "ACTIVE", _moving(rows, ["resizing"]))
    assert found.failure == ("ACTIVE",)
    assert found.by_task_state


def test_a_failure_that_leads_back_is_undecided_where_no_task_state_tells():
    rows = [{"from": "ACTIVE", "to": "SHUTOFF"}, {"from": "ACTIVE", "to": "ACTIVE", "fails": "x"}]
    found = _one("a", "ACTIVE", _moving(rows, []))
    assert (found.failure, found.undecided) == ((), ("ACTIVE",))
    assert not found.by_task_state


def test_an_end_that_success_and_failure_share_is_undecided():
    rows = [{"from": "ACTIVE", "to": "SHUTOFF"}, {"from": "ACTIVE", "to": "SHUTOFF", "fails": "x"}]
    found = _one("a", "ACTIVE", _moving(rows, ["resizing"]))
    assert (found.target, found.failure, found.undecided) == (("SHUTOFF",), (), ("SHUTOFF",))


def test_what_fails_from_one_status_and_succeeds_from_another_is_undecided_where_the_start_is_unknown():
    rows = [
        {"from": "ACTIVE", "to": "SHUTOFF"},
        {"from": "ACTIVE", "to": "ACTIVE", "fails": "x"},
        {"from": "SHUTOFF", "to": "ACTIVE"},
    ]
    facts = _moving(rows, ["resizing"])
    assert (_one("a", "ACTIVE", facts).failure, _one("a", "ACTIVE", facts).undecided) == (("ACTIVE",), ())
    whole = plan(facts, "a")
    assert whole is not None
    assert (whole.failure, whole.undecided) == ((), ("ACTIVE",))


def test_what_fails_from_one_status_and_is_passed_from_another_is_undecided_where_the_start_is_unknown():
    rows = [
        {"from": "ACTIVE", "to": "DELETED"},
        {"from": "ACTIVE", "to": "ACTIVE", "fails": "x"},
        {"from": "VERIFY_RESIZE", "through": ["ACTIVE"], "to": "DELETED"},
        {"from": "RESIZE", "through": ["ERROR"], "to": "DELETED"},
        {"from": "VERIFY_RESIZE", "to": "ERROR", "fails": "x"},
    ]
    whole = plan(_moving(rows, ["resizing"]), "a")
    assert whole is not None
    assert (whole.failure, whole.undecided) == (("ERROR",), ("ACTIVE",))


def test_a_server_not_touched_yet_is_no_failure_where_the_start_is_unknown():
    rows = [
        {"from": "ACTIVE", "to": "VERIFY_RESIZE"},
        {"from": "ACTIVE", "to": "SHUTOFF", "fails": "x"},
        {"from": "SHUTOFF", "to": "VERIFY_RESIZE"},
    ]
    for tasks, expected in (([], ((), ("SHUTOFF",))), (["resizing"], (("SHUTOFF",), ()))):
        whole = plan(_moving(rows, tasks), "a")
        assert whole is not None
        assert (whole.failure, whole.undecided) == expected


def test_only_a_stable_status_on_the_way_to_success_may_look_like_an_end():
    rows = [
        {"from": "SHUTOFF", "through": ["RESIZE", "ACTIVE"], "to": "SHUTOFF"},
        {"from": "SHUTOFF", "through": ["RESIZE", "VERIFY_RESIZE"], "to": "ERROR", "fails": "x"},
        {"from": "ACTIVE", "through": ["ERROR"], "to": "ACTIVE"},
    ]
    facts = _moving(rows, ["resizing"])
    assert _one("a", "SHUTOFF", facts).passes_stable == ("ACTIVE",)
    assert _one("a", "ACTIVE", facts).passes_stable == ()
    whole = plan(facts, "a")
    assert whole is not None
    assert whole.passes_stable == ("ACTIVE",)


def test_a_deleted_server_is_gone():
    assert _one("delete", "ACTIVE").gone
    assert not _one("stop", "ACTIVE").gone


def test_an_action_that_moves_only_the_task_state_ends_where_it_starts():
    facts = sample(
        vm_states={"active": {"summary": "x"}, "stopped": {"summary": "x"}},
        actions={"image": {**action(), "tasks": ["resizing"]}},
        transitions={"power-sync": [{"from": "ACTIVE", "to": "SHUTOFF"}]},
    )
    (found,) = plans(facts, "image")
    assert (found.source, found.pending, found.target) == ("ACTIVE", ("ACTIVE",), ("ACTIVE",))
    assert found.by_task_state
    assert found.undecided == ("ACTIVE",)  # a failure ends there too


def test_an_action_that_moves_nothing_has_no_plan():
    facts = sample(
        actions={"lock": action()}, transitions={"power-sync": [{"from": "ACTIVE", "to": "SHUTOFF"}]}
    )
    assert plan(facts, "lock") is None
    assert plans(facts, "lock") == []


def test_unknown_is_no_end():
    cell_down = {"from": ["ACTIVE", "BUILD"], "to": "UNKNOWN"}
    facts = sample(
        transitions={
            "create": [{"from": None, "to": "BUILD"}],
            "build-finished": [{"from": "BUILD", "to": "ACTIVE"}],
            "power-sync": [cell_down],
        }
    )
    assert _one("create", None, facts).target == ("ACTIVE",)


def test_a_circle_of_transitional_statuses_ends():
    facts = sample(
        statuses={name: status("transitional", **{name.lower(): "any"}) for name in ("A", "B")},
        actions={"go": action()},
        transitions={
            "go": [{"from": None, "to": "A"}],
            "build-finished": [{"from": "A", "to": "B"}, {"from": "B", "to": "A"}],
        },
    )
    (found,) = plans(facts, "go")
    assert (found.pending, found.target) == (("A", "B"), ())


@pytest.mark.parametrize("name", catalog().actions)
def test_the_data_give_every_plan_a_target_that_is_no_failure(name: str):
    for found in plans(catalog(), name):
        assert found.target, found
        assert not {*found.target} & {*found.failure}


def test_the_data_make_create_wait_from_build_to_active():
    found = plan(catalog(), "create")
    assert found is not None
    assert (found.pending, found.target, found.failure) == (("BUILD",), ("ACTIVE",), ("ERROR",))


@pytest.mark.parametrize("name", ["create-image", "create-backup"])
def test_the_data_leave_an_image_undecided(name: str):
    for found in [*plans(catalog(), name), plan(catalog(), name)]:
        assert found is not None
        assert found.undecided == found.target


def test_the_data_call_no_status_that_a_delete_passes_a_failure():
    found = plan(catalog(), "delete")
    assert found is not None
    assert found.failure == ("ERROR",)
    assert {"ACTIVE", "SHUTOFF"} <= {*found.undecided} & {*found.passes_stable}


def test_all_that_running_nova_showed_idle_on_the_way_to_success_is_passed():
    """BUILD alone shows with no task before the end though Nova is at work: it is transitional."""
    told = json.loads((ROOT / "data/evidence/probe/34/transitions.json").read_text("utf-8"))
    idle = set()
    for run in [*told["runs"], *told["host_down"]]:
        name = run["trigger"]["name"].partition(" (")[0]
        if run["outcome"] == "success" and name in catalog().actions and catalog().actions[name].tasks:
            idle |= {(name, step["status"]) for step in run["path"][:-1] if step["task_state"] is None}
    passed = {(name, status) for name, status in idle if status in plan(catalog(), name).passes_stable}
    assert idle - passed == {("create", "BUILD")}
    assert ("evacuate", "ACTIVE") in passed
