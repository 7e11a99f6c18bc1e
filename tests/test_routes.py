"""The fewest actions from one status to another."""

from __future__ import annotations

from novastatus.routes import routes
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
