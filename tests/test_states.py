"""Which status each (vm_state, task_state) pair has."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from novastatus.states import expand, fold, pairs_of, status_of, task_states
from published import ROOT, catalog
from samples import sample, status

WORDS = {"summary": "x"}
STATES = {
    "vm_states": {"active": WORDS, "stopped": WORDS},
    "task_states": {"resizing": WORDS, "rebooting": WORDS},
}


def _with(**statuses: dict) -> object:
    return sample(statuses=statuses, **STATES)


def test_any_claims_every_task_and_none():
    made = _with(SHUTOFF=status("stable", stopped="any"))
    assert pairs_of(made, "SHUTOFF") == [("stopped", None), ("stopped", "resizing"), ("stopped", "rebooting")]


def test_others_are_the_tasks_that_no_other_status_lists_for_the_vm_state():
    made = _with(
        ACTIVE=status("stable", active="others"),
        RESIZE=status("transitional", active=["resizing"]),
        REBOOT=status("transitional", stopped=["rebooting"]),
    )
    assert pairs_of(made, "ACTIVE") == [("active", None), ("active", "rebooting")]


def test_a_pair_may_be_claimed_twice_or_by_nobody():
    made = _with(A=status("stable", active=[None]), B=status("stable", active=[None, "resizing"]))
    claims = status_of(made)
    assert claims["active", None] == ["A", "B"]
    assert claims["active", "resizing"] == ["B"]
    assert claims["stopped", None] == []


def test_two_statuses_that_want_the_others_both_claim_them():
    made = _with(A=status("stable", active="others"), B=status("stable", active="others"))
    assert status_of(made)["active", None] == ["A", "B"]


def test_names_that_the_data_lack_claim_nothing():
    made = _with(A=status("stable", activ="any", stopped=["resizng", None]))
    assert pairs_of(made, "A") == [("stopped", None)]


def test_expand_spells_others_out_and_says_any_for_all():
    made = _with(
        ACTIVE=status("stable", active="others", stopped="others"),
        RESIZE=status("transitional", active=["resizing"]),
    )
    assert expand(made, "ACTIVE") == {"active": [None, "rebooting"], "stopped": "any"}


@settings(deadline=None)
@given(st.data())
def test_folding_loses_no_pair(data: st.DataObject):
    facts = catalog()
    every = [(vm, task) for vm in facts.vm_states for task in task_states(facts)]
    pairs = data.draw(st.sets(st.sampled_from(every)))
    folded = fold(facts, pairs)
    assert {
        (vm, task)
        for vm, tasks in folded.items()
        for task in (task_states(facts) if tasks == "any" else tasks)
    } == pairs


def test_the_data_give_every_pair_exactly_one_status():
    facts = catalog()
    claims = status_of(facts)
    assert len(claims) == len(facts.vm_states) * (len(facts.task_states) + 1)
    assert {pair: found for pair, found in claims.items() if len(found) != 1} == {}


def test_the_data_agree_with_novas_own_map():
    """`data/evidence/harvest/state_map.json`: Nova's table, where ``default`` is any task that it does not list."""
    harvest = json.loads((ROOT / "data/evidence/harvest/state_map.json").read_text("utf-8"))
    newest = str(max(release.number for release in catalog().releases))
    rows = {
        (row["vm_state"], row["task_state"]): row["status"]
        for row in harvest["pairs"]
        if row["releases"].split("-")[-1] == newest
    }
    ours = status_of(catalog())
    expected = {(vm, task): [rows.get((vm, task), rows.get((vm, "default")))] for vm, task in ours}
    assert ours == expected
