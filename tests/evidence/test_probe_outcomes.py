"""What an answer says, and grouping without loss."""

from __future__ import annotations

import pytest
from evidence import outcomes
from hypothesis import given
from hypothesis import strategies as st

SERVER = "946134ce-9250-4182-b754-9ed3ab9932f3"
TASKS = [None, *(f"task{number}" for number in range(12))]
VM_STATES = [f"vm{number}" for number in range(8)]


@pytest.mark.parametrize(
    ("code", "message", "names"),
    [
        (409, f"Cannot 'stop' instance {SERVER} while it is in vm_state stopped", "vm_state"),
        (409, f"Cannot 'pause' instance {SERVER} while it is in task_state pausing", "task_state"),
        (409, f"Instance {SERVER} is locked", "locked"),
        (409, f"Instance {SERVER} is not ready", "host"),
        (403, "Policy doesn't allow os_compute_api:os-evacuate to be performed.", "policy"),
        (404, f"Instance {SERVER} could not be found.", "not_found"),
    ],
)
def test_a_refusal_names_what_it_is_about(code, message, names):
    assert outcomes.outcome(code, message, []) == {"code": code, "names": names}


def test_an_acceptance_is_its_code_alone():
    assert outcomes.outcome(202, "", ["RemoteError"]) == {"code": 202}


def test_a_message_that_says_nothing_is_explained_by_its_exception():
    found = outcomes.outcome(409, f"Instance {SERVER} is in an invalid state for 'pause'", [], "launched_at")
    assert found == {"code": 409, "names": "launched_at", "unsaid": True}


def test_a_refusal_that_the_api_did_not_foresee_is_still_one():
    message = "Unexpected API Error. <class 'nova.exception.InstanceInvalidState'>"
    found = outcomes.outcome(500, message, [], "task_state")
    assert found == {"code": 500, "names": "task_state", "unsaid": True}


def test_a_refusal_by_the_compute_host_is_told_apart():
    found = outcomes.outcome(500, "Unexpected API Error. Please contact us", ["MessagingTimeout"])
    assert found == {"code": 500, "names": "other", "reason": "unexpected-error", "from": "compute"}


def test_ids_are_no_part_of_a_message():
    message = f"Instance {SERVER} failed (req-{SERVER})"
    assert outcomes.normalised(message) == "Instance <id> failed (<request>)"
    assert SERVER[:8] not in outcomes.slug(message)


ANSWER = st.sampled_from(
    [{"code": 202}, {"code": 409, "names": "vm_state"}, {"code": 409, "names": "task_state"}]
)


@given(st.lists(ANSWER, min_size=len(TASKS), max_size=len(TASKS)))
def test_folding_loses_nothing(answers):
    rows = outcomes.folded(list(zip(TASKS, answers, strict=True)))
    assert outcomes.unfolded(rows, TASKS) == dict(zip(TASKS, answers, strict=True))


@given(st.lists(ANSWER, min_size=len(VM_STATES), max_size=len(VM_STATES)))
def test_spreading_loses_nothing(answers):
    by_vm_state = {
        name: outcomes.folded([(task, answer) for task in TASKS])
        for name, answer in zip(VM_STATES, answers, strict=True)
    }
    assert outcomes.gathered(outcomes.spread(by_vm_state, VM_STATES), VM_STATES) == by_vm_state


def test_many_alike_are_the_others():
    rows = outcomes.folded([(task, {"code": 202 if task is None else 409}) for task in TASKS])
    assert rows == [{"task_states": [None], "code": 202}, {"task_states": "others", "code": 409}]


def test_one_vm_state_alone_is_named():
    rows = outcomes.spread({"vm3": [{"task_states": [None], "code": 404}]}, VM_STATES)
    assert rows == [{"vm_states": ["vm3"], "task_states": [None], "code": 404}]
