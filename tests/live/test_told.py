"""The comparison with a running Nova can fail, and says what is wrong; Nova itself is not needed for most of this."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from evidence import environment, live
from missing_nova import unavailable
from novastatus.guards import accepts, on_servers
from novastatus.model import Action, Catalog, Guard, Transition
from told import guard_differences, life_differences

ACTIVE = {"vm_state": "active", "task_state": None, "status": "ACTIVE"}
SUSPENDING = {"vm_state": "active", "task_state": "suspending", "status": "ACTIVE"}
SUSPENDED = {"vm_state": "suspended", "task_state": None, "status": "SUSPENDED"}
ERROR = {"vm_state": "error", "task_state": None, "status": "ERROR"}


def a_run(*path: dict, outcome: str = "success") -> dict:
    return {
        "id": "a life: suspend",
        "trigger": {"kind": "action", "name": "suspend"},
        "from": ACTIVE,
        "conditions": [],
        "injected": None,
        "path": list(path),
        "to": path[-1]["status"],
        "outcome": outcome,
    }


def as_told(action: Action, catalog: Catalog) -> dict[str, dict]:
    """The answers of a Nova that does just what the facts tell."""
    return {
        vm_state: {"code": 202}
        if accepts(action, (vm_state, None))
        else {"code": action.refused_in.get(vm_state, action.refused_with), "names": "vm_state"}
        for vm_state in catalog.vm_states
    }


def wrong_guards(action: Action, catalog: Catalog) -> Iterator[tuple[str, Action]]:
    """Copies of an action, each with the opposite answer in one vm_state while no task runs."""
    for vm_state in catalog.vm_states:
        idle = {vm for vm in catalog.vm_states if accepts(action, (vm, None))} ^ {vm_state}
        yield vm_state, action.model_copy(update={"accepted": Guard(idle=sorted(idle))})


def test_no_difference_where_nova_does_as_told(catalog: Catalog):
    for action in on_servers(catalog):
        assert guard_differences(action, as_told(action, catalog)) == []


def test_each_wrong_cell_of_a_guard_is_named_and_no_other(catalog: Catalog):
    for action in on_servers(catalog):
        for vm_state, wrong in wrong_guards(action, catalog):
            (line,) = guard_differences(wrong, as_told(action, catalog))
            assert line.startswith(f"{action.name}: vm_state {vm_state}: ")


@pytest.mark.live
def test_nova_contradicts_each_wrong_cell_of_a_guard(answers: live.Answers, catalog: Catalog):
    for action in on_servers(catalog):
        for vm_state, wrong in wrong_guards(action, catalog):
            (line,) = guard_differences(wrong, answers.guards[action.name])
            assert line.startswith(f"{action.name}: vm_state {vm_state}: ")


@pytest.mark.live
def test_nova_contradicts_each_end_that_is_taken_away(answers: live.Answers, catalog: Catalog):
    """Without the transitions of a step, and with another end for them, the life that takes it differs."""
    for life in answers.lives.values():
        for name in {run["trigger"]["name"] for run in life["runs"]}:
            rows = catalog.transitions[name]
            elsewhere = [row.model_copy(update={"to": "UNKNOWN"}) for row in rows]
            for instead in ([], elsewhere):
                wrong = catalog.model_copy(update={"transitions": {**catalog.transitions, name: instead}})
                assert life_differences(wrong, life["runs"])


def test_a_wrong_code_of_a_refusal_is_named(catalog: Catalog):
    action = catalog.actions["suspend"]
    wrong = action.model_copy(update={"refused_with": 400})
    lines = guard_differences(wrong, as_told(action, catalog))
    assert "suspend: vm_state stopped: Nova refuses with 409, the facts tell refuses with 400" in lines


def test_an_answer_that_tells_nothing_of_the_states_is_a_difference(catalog: Catalog):
    answers = {"active": {"code": 404, "names": "not_found"}}
    (line,) = guard_differences(catalog.actions["suspend"], answers)
    assert "not about the server's states" in line


def test_a_refusal_of_the_compute_host_is_no_guard(catalog: Catalog):
    answers = {"active": {"code": 409, "names": "other", "from": "compute"}}
    assert guard_differences(catalog.actions["suspend"], answers) == []


def test_a_way_as_told_is_no_difference(catalog: Catalog):
    assert life_differences(catalog, [a_run(SUSPENDING, SUSPENDED)]) == []


def test_another_end_is_named_with_what_is_told(catalog: Catalog):
    (line,) = life_differences(
        catalog, [a_run({**SUSPENDING, "status": "ACTIVE"}, {**SUSPENDED, "status": "PAUSED"})]
    )
    assert line.startswith(
        "a life: suspend: Nova went ACTIVE → PAUSED, the facts tell of suspend: ACTIVE → SUSPENDED"
    )


def test_another_way_is_named(catalog: Catalog):
    rows = [Transition.model_validate({"from": "ACTIVE", "through": ["RESIZE"], "to": "SUSPENDED"})]
    wrong = catalog.model_copy(update={"transitions": {"suspend": rows}})
    (line,) = life_differences(wrong, [a_run(SUSPENDING, SUSPENDED)])
    assert line.endswith("the facts tell of suspend: ACTIVE → RESIZE → SUSPENDED")


def test_a_step_that_fails_is_named_though_the_facts_tell_of_such_failures(catalog: Catalog):
    assert any(
        "was a failure" in line for line in life_differences(catalog, [a_run(ERROR, outcome="failure")])
    )


def test_a_task_that_is_not_told_is_named(catalog: Catalog):
    lines = life_differences(catalog, [a_run({**SUSPENDING, "task_state": "pausing"}, SUSPENDED)])
    assert lines == ["a life: suspend: Nova showed the tasks ['pausing'], the facts tell of ['suspending']"]


def test_without_nova_a_test_is_skipped_and_says_why():
    problem = environment.EnvironmentFailed("no package index")
    with pytest.raises(pytest.skip.Exception, match="no package index"):
        unavailable(problem, {})


def test_with_ci_a_missing_nova_is_a_failure():
    problem = environment.EnvironmentFailed("no package index")
    with pytest.raises(pytest.fail.Exception, match="no package index"):
        unavailable(problem, {"CI": "true"})
