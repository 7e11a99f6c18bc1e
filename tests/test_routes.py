"""The fewest actions from one status to another."""

from __future__ import annotations

from novastatus.routes import conditions, routes
from published import catalog
from samples import action, sample


def test_one_action():
    assert routes(sample())["SHUTOFF"]["ACTIVE"] == ["start"]


def test_an_action_of_the_owner_is_preferred_to_one_of_an_admin():
    assert routes(sample())["ACTIVE"]["VERIFY_RESIZE"] == ["resize"]


def test_waiting_costs_nothing_in_a_transitional_status():
    found = routes(sample())
    assert found["BUILD"]["ACTIVE"] == []
    assert found["BUILD"]["SHUTOFF"] == ["stop"]
    assert found["RESIZE"]["VERIFY_RESIZE"] == []


def test_a_stable_status_is_not_waited_out():
    """auto-confirm leads from VERIFY_RESIZE to ACTIVE, if the operator has switched it on."""
    assert routes(sample())["VERIFY_RESIZE"]["ACTIVE"] == ["confirm-resize"]
    assert routes(sample())["ACTIVE"]["SHUTOFF"] == ["stop"]


def test_a_status_on_the_way_is_reached_by_the_action_that_passes_it():
    assert routes(sample())["ACTIVE"]["RESIZE"] == ["resize"]


def test_a_failure_is_no_route():
    """Only reset-state leads to ERROR on purpose."""
    found = routes(sample())
    assert found["ACTIVE"]["ERROR"] == ["reset-state"]
    assert "BUILD" not in found["ACTIVE"]


def test_reset_state_comes_last_even_where_it_is_shorter():
    transitions = {
        "reset-state": [{"from": ["ERROR", "SHUTOFF"], "to": "ACTIVE"}],
        "stop": [{"from": "ERROR", "to": "SHUTOFF"}],
        "start": [{"from": "SHUTOFF", "to": "ACTIVE"}],
    }
    found = routes(sample(transitions=transitions))
    assert found["ERROR"]["ACTIVE"] == ["stop", "start"]


def test_reset_state_where_nothing_else_leads():
    found = routes(sample(transitions={"reset-state": [{"from": "ERROR", "to": "ACTIVE"}]}))
    assert found["ERROR"] == {"ACTIVE": ["reset-state"]}


def test_the_way_on_from_a_passed_status_belongs_to_its_action():
    """Stopping passes RESIZE here, but only resizing leads on to VERIFY_RESIZE."""
    transitions = {
        "stop": [{"from": "ERROR", "through": ["RESIZE"], "to": "SHUTOFF"}],
        "resize": [{"from": "SHUTOFF", "through": ["RESIZE"], "to": "VERIFY_RESIZE"}],
    }
    found = routes(sample(transitions=transitions, actions={"stop": action(), "resize": action()}))
    assert found["ERROR"]["VERIFY_RESIZE"] == ["stop", "resize"]


def test_equal_ways_are_decided_by_the_order_of_the_actions():
    transitions = {
        "start": [{"from": "ERROR", "to": "SHUTOFF"}],
        "stop": [{"from": "ERROR", "to": "SHUTOFF"}],
    }
    assert routes(sample(transitions=transitions))["ERROR"]["SHUTOFF"] == ["stop"]


def test_the_end_leads_nowhere():
    assert routes(sample())["DELETED"] == {}
    assert list(routes(sample())) == list(sample().statuses)


def test_a_stable_status_that_is_only_passed_is_not_reached():
    transitions = {"resize": [{"from": "ACTIVE", "through": ["RESIZE", "SHUTOFF"], "to": "VERIFY_RESIZE"}]}
    assert routes(sample(transitions=transitions))["ACTIVE"] == {
        "RESIZE": ["resize"],
        "VERIFY_RESIZE": ["resize"],
    }


def _deletes(*rows: dict) -> dict:
    """Two last resorts, of which the first in the facts depends on a condition, and what else it does."""
    facts = sample(
        transitions={
            "delete": [{"from": "ACTIVE", "to": "DELETED", "when": "x"}, *rows],
            "force-delete": [{"from": "ACTIVE", "to": "DELETED"}],
        },
        actions={name: action() | {"last_resort": True} for name in ("delete", "force-delete")},
    )
    return routes(facts)["ACTIVE"]


def test_the_condition_of_a_last_resort_counts_only_where_it_may_leave_the_server_where_it_is():
    assert _deletes()["DELETED"] == ["delete"]
    assert _deletes({"from": "ACTIVE", "to": "SHUTOFF", "when": "y"})["DELETED"] == ["delete"]
    assert _deletes({"from": "ACTIVE", "to": "ACTIVE", "fails": "z"})["DELETED"] == ["delete"]
    assert _deletes({"from": "ACTIVE", "to": "ACTIVE", "when": "y"})["DELETED"] == ["force-delete"]


def test_the_data_delete_by_force_only_what_is_deleted_softly():
    found = {status: ways["DELETED"][-1] for status, ways in routes(catalog()).items() if "DELETED" in ways}
    assert {status for status, last in found.items() if last == "force-delete"} == {"SOFT_DELETED"}
    assert {*found.values()} == {"delete", "force-delete"}


def test_a_route_tells_its_condition():
    found = conditions(sample())
    assert found["VERIFY_RESIZE"] == {"SHUTOFF": "confirm-resize: it was off before"}
    assert list(found) == list(sample().statuses)


def _conditions(*rows: dict, **others: list[dict]) -> dict:
    return conditions(sample(transitions={"confirm-resize": list(rows), **others}))["VERIFY_RESIZE"]


OFF = {"from": "VERIFY_RESIZE", "to": "SHUTOFF", "when": "off"}
ON = {"from": "VERIFY_RESIZE", "to": "ACTIVE", "when": "on"}


def test_any_of_several_conditions_will_do_and_none_is_needed_if_it_goes_without():
    assert _conditions(ON, OFF, OFF | {"when": "late"})["SHUTOFF"] == "confirm-resize: off; or late"
    assert "SHUTOFF" not in _conditions(ON, OFF, {"from": "VERIFY_RESIZE", "to": "SHUTOFF"})


def test_what_every_case_passes_needs_no_condition():
    found = _conditions(ON | {"through": ["RESIZE"]}, OFF | {"through": ["RESIZE"]})
    assert [*found] == ["ACTIVE", "SHUTOFF"]


def test_a_condition_counts_only_if_the_next_action_needs_it():
    assert _conditions(ON, OFF, stop=[{"from": "ACTIVE", "to": "ERROR"}])["ERROR"] == "confirm-resize: on"
    assert "ERROR" not in _conditions(ON, OFF, stop=[{"from": ["ACTIVE", "SHUTOFF"], "to": "ERROR"}])


def test_conditions_stand_in_the_order_of_the_route_and_a_wait_has_its_own():
    rows = [ON | {"through": ["RESIZE"]}, OFF | {"through": ["RESIZE"]}]
    facts = sample(
        transitions={
            "confirm-resize": rows,
            "stop": [{"from": "ACTIVE", "to": "ERROR", "when": "x"}, {"from": "ACTIVE", "to": "DELETED"}],
        }
    )
    assert conditions(facts)["RESIZE"] == {
        "ACTIVE": "confirm-resize: on",
        "DELETED": "confirm-resize: on",
        "ERROR": "confirm-resize: on; then stop: x",
    }
