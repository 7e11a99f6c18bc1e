"""Wait plans."""

from __future__ import annotations

import pytest
from novastatus.wait import plan, plans
from published import catalog
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
