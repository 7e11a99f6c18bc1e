"""The facts against a Nova that runs while the tests do: every guard of an idle server, and five lives of a server.

`pytest -m "not live"` leaves them out.
"""

from __future__ import annotations

import pytest
from evidence import live
from evidence.action_requests import ACTIONS
from novastatus.guards import on_servers
from novastatus.model import Catalog
from told import guard_differences, life_differences

pytestmark = pytest.mark.live
BUDGET = 240
"""Seconds of processor time. Two idle cores need no longer than that by the clock; installing Nova is not in it."""


def test_it_is_the_release_that_the_facts_are_about(answers: live.Answers, catalog: Catalog):
    assert answers.nova == catalog.nova
    assert sorted(answers.vm_states) == sorted(catalog.vm_states)
    assert len(answers.vm_states) == 12


def test_every_action_on_servers_is_asked(catalog: Catalog):
    assert sorted(ACTIONS) == sorted(action.name for action in on_servers(catalog))


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_nova_accepts_the_action_where_the_facts_tell(name: str, answers: live.Answers, catalog: Catalog):
    assert sorted(answers.guards[name]) == sorted(catalog.vm_states)
    assert guard_differences(catalog.actions[name], answers.guards[name]) == []


@pytest.mark.parametrize("name", live.CYCLES)
def test_a_server_lives_as_the_facts_tell(name: str, answers: live.Answers, catalog: Catalog):
    life = answers.lives[name]
    assert life["broken"] == ""
    assert [run["trigger"]["name"] for run in life["runs"]] == list(live.CYCLES[name].steps)
    assert life_differences(catalog, life["runs"]) == []


def test_it_stays_within_its_budget(answers: live.Answers, capsys: pytest.CaptureFixture[str]):
    cells = sum(map(len, answers.guards.values()))
    steps = sum(len(life["runs"]) for life in answers.lives.values())
    with capsys.disabled():
        told = f"{cells} guards asked, {steps} steps of {len(answers.lives)} lives"
        print(f"\nlive: Nova {answers.nova}: {told}, {answers.seconds} s of processor time")
    assert answers.seconds < BUDGET
