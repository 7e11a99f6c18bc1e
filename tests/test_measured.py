"""What running Novas of neighbouring releases answered: told where it changed, and never over a gap."""

from __future__ import annotations

import copy
from dataclasses import replace

from novastatus import facts
from novastatus.evidence import Evidence, read
from novastatus.states import pairs_of
from novastatus.views.measured import Difference, lines, measured, unchanged
from novastatus.views.releases import release_changes

RECORDED = read()
CATALOG = facts.read().catalog


def probes(*numbers: int) -> dict[str, dict]:
    """Records as of release 34, said to be of these releases."""
    newest = RECORDED.probe["34"]
    return {
        str(number): {
            part: {**copy.deepcopy(newest[part]), "nova": f"{number}.0.0"}
            for part in ("guards", "derivation")
        }
        for number in numbers
    }


def asked(found: dict[str, dict]) -> Evidence:
    return replace(RECORDED, probe=found)


def test_alike_over_all_that_follow_each_other():
    found = measured(asked(probes(30, 32, 33, 34)))
    assert [step.after for step in found.guards] == ["34.0.0", "33.0.0"]
    assert unchanged(found.guards) == unchanged(found.derivation) == ("32.0.0", "34.0.0")


def test_a_changed_answer_is_told_and_ends_what_is_unchanged():
    found = probes(32, 33, 34)
    rows = found["32"]["guards"]["actions"]["suspend"]["answers"]["admin"]
    accepted = next(row for row in rows if row["code"] == 202)
    assert accepted["vm_states"] == ["active"]
    accepted["vm_states"] = ["active", "stopped"]
    steps = measured(asked(found)).guards
    assert steps[0].changes == ()
    assert Difference("suspend", ("stopped", None), "202", "409") in steps[1].changes
    assert any(
        "[suspend](/actions/suspend/): 202 became 409 in `stopped`" in line for line in lines(steps[1])
    )
    shutoff, paused = set(pairs_of(CATALOG, "SHUTOFF")), set(pairs_of(CATALOG, "PAUSED"))
    assert unchanged(steps, lambda change: change.pair in shutoff) == ("33.0.0", "34.0.0")
    assert unchanged(steps, lambda change: change.pair in paused) == ("32.0.0", "34.0.0")
    told = {
        change.release.number: change.sections
        for change in release_changes(CATALOG, asked(found), measured(asked(found)))
    }
    assert any(
        "suspend" in line for section in told[33] for line in section.lines if "asked" in section.title
    )


def test_a_changed_status_is_told():
    found = probes(33, 34)
    found["33"]["derivation"]["shown"]["paused"][0]["status"] = "ACTIVE"
    (step,) = measured(asked(found)).derivation
    (change,) = step.changes
    assert (change.pair[0], change.before, change.after) == ("paused", "ACTIVE", "MIGRATING")
    assert unchanged([step]) is None


def test_what_was_recorded_reads_as_one_chain():
    """Every release that the probe can ask is there, without a gap."""
    numbers = sorted(int(name) for name, parts in RECORDED.probe.items() if "derivation" in parts)
    assert numbers == list(range(numbers[0], 35))
