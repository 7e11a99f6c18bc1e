"""The comparison on small evidence: what proves what, and what it says where facts and evidence part."""

from __future__ import annotations

import pytest
from novastatus.compare import Leaf, Record, Verdict, compare, marks, overall, sourced, summary
from novastatus.compare.drivers import levels
from novastatus.compare.guards import accepted, guards, launched, locks, refusals
from novastatus.compare.holdings import holdings
from novastatus.compare.leaf import cited, shown, weakest
from novastatus.compare.runs import moves, trigger_of
from novastatus.compare.shown import kind_of, pairs
from novastatus.compare.transitions import completeness, transitions
from novastatus.compare.unfold import gathered, unfolded
from novastatus.evidence import Evidence
from samples import action, sample, status

HARVEST = {
    "releases": {"nova": ["33.0.0", "34.0.0"], "releases": []},
    "task_states": {
        "vm_states": [{"value": "active", "releases": "15-34"}],
        "task_states": [{"value": "resizing", "releases": "15-34"}, {"value": "gone", "releases": "15-20"}],
    },
    "state_map": {
        "pairs": [
            {"vm_state": "active", "task_state": "default", "status": "ACTIVE", "releases": "15-34"},
            {"vm_state": "active", "task_state": "resizing", "status": "RESIZE", "releases": "15-34"},
        ]
    },
}
SECTIONS = {
    "admin": {"caller": "admin", "task_states": "all"},
    "locked_owner": {"caller": "owner", "task_states": [None]},
    "never_launched": {"caller": "admin", "task_states": [None]},
}
OK, BY_VM_STATE = {"code": 202}, {"code": 409, "names": "vm_state"}


def pair(vm_state: str, task_state: str | None, name: str) -> dict:
    return {"vm_state": vm_state, "task_state": task_state, "status": name}


ACTIVE, ERROR, SHUTOFF = (
    pair("active", None, "ACTIVE"),
    pair("error", None, "ERROR"),
    pair("stopped", None, "SHUTOFF"),
)


def run(name: str, start: dict | None, *path: dict, **more) -> dict:
    """A recorded run, as the probe writes it."""
    kind = "action" if name in ("stop", "create", "delete") else "periodic"
    end = path[-1]["status"] if path else start["status"]
    text = f"{name}/{start['status'] if start else 'none'} {more.get('injected') or ''}".strip()
    found = {
        "id": text,
        "trigger": {"kind": kind, "name": name},
        "from": start,
        "conditions": [],
        "injected": None,
        "path": list(path),
        "to": end,
        "outcome": "success" if path else "no change",
    }
    return {**found, **more}


def record(harvest: dict | None = None, **probe) -> Record:
    return Record(Evidence({**HARVEST, **(harvest or {})}, {"34": probe}))


def asked(name: str, **answers) -> dict:
    """A ``guards.json`` with the answers to one action by section."""
    entry = {"request": {"method": "POST", "path": "/x", "microversion": "2.95"}, "answers": answers}
    return {
        "vm_states": ["active"],
        "task_states": [None, "resizing"],
        "sections": SECTIONS,
        "actions": {name: entry},
        "messages": {},
    }


def row(answer: dict, tasks: object = "all", vm_states: object = "all") -> dict:
    return {"vm_states": vm_states, "task_states": tasks, **answer}


def verdicts(leaves) -> dict:
    return {".".join(map(str, leaf.loc)): leaf.verdict for leaf in leaves}


def one_action(**more):
    """A catalog with the one action ``stop``."""
    return sample(actions={"stop": {**action(), **more}})


WAYS = {
    "stop": [
        {"from": ["ACTIVE", "ERROR"], "to": "SHUTOFF"},
        {"from": "ACTIVE", "to": "ERROR", "fails": "x"},
    ]
}
SEEN = {
    "status": "ACTIVE",
    "vm_state": "active",
    "task_state": None,
    "backing": "image",
    "on_host": True,
    "allocations": [{"consumer": "server", "host": "own", "resources": {}}],
    "quota": {"instances": 1},
    "ports": [{"bindings": [{"host": "own", "status": "ACTIVE"}]}],
    "volumes": {"data": ["attached"]},
    "guests": [{"host": "own", "power_state": "running"}],
    "disks_removed": [],
    "images_in_store": 0,
}


class TestEvidenceLaidOut:
    def test_rows_of_the_probe_are_unfolded(self):
        rows = [{"task_states": [None], "code": 1}, {"task_states": "others", "code": 2}]
        found = unfolded(rows, [None, "a", "b"])
        assert {task: answer["code"] for task, answer in found.items()} == {None: 1, "a": 2, "b": 2}

    def test_others_are_the_vm_states_that_no_other_row_names(self):
        found = gathered([row(OK, vm_states=["a"]), row(BY_VM_STATE, vm_states="others")], ["a", "b"])
        assert {vm_state: [r["code"] for r in rows] for vm_state, rows in found.items()} == {
            "a": [202],
            "b": [409],
        }

    def test_only_what_holds_in_the_newest_release_counts(self):
        assert record().task_states == [None, "resizing"]

    def test_pairs_come_from_the_code_where_no_nova_was_asked(self):
        assert record().shown == {("active", None): "ACTIVE", ("active", "resizing"): "RESIZE"}


class TestGuards:
    @pytest.mark.parametrize(
        ("answer", "told"),
        [
            (OK, True),
            (BY_VM_STATE, False),
            ({"code": 409, "names": "host"}, False),
            ({"code": 409, "names": "other", "from": "compute"}, True),
            ({"code": 403, "names": "policy"}, None),
            (None, None),
        ],
    )
    def test_what_an_answer_tells_of_the_guard(self, answer, told):
        assert accepted(answer) is told

    def test_a_guard_as_nova_answers_it_is_observed(self):
        answers = asked("stop", admin=[row(OK, [None]), row(BY_VM_STATE, "others")])
        (leaf,) = guards(one_action(), record(guards=answers))
        assert (leaf.verdict, leaf.cells) == (Verdict.OBSERVED, 2)
        assert leaf.evidence == "probe/34/guards.json stop/active"

    def test_a_wrong_guard_says_what_nova_does(self):
        (leaf,) = guards(one_action(), record(guards=asked("stop", admin=[row(OK)])))
        assert leaf.verdict is Verdict.DIFFERS
        assert leaf.message == (
            "actions.stop.accepted.active must accept the task_states [resizing], as Nova does, but refuses them"
        )

    def test_without_an_answer_the_code_tells(self):
        code = {
            "methods": [{"method": "stop", "releases": "15-34"}],
            "guards": [
                {
                    "method": "stop",
                    "guard": "check_instance_state",
                    "vm_state": ["active"],
                    "task_state": [None],
                    "must_have_launched": True,
                    "releases": "15-34",
                }
            ],
        }
        catalog = one_action(sources=["nova/compute/api.py: stop"])
        (leaf,) = guards(catalog, record({"guards": code}))
        assert leaf.verdict is Verdict.HARVESTED

    def test_without_either_it_rests_on_its_source(self):
        (leaf,) = guards(one_action(), record())
        assert (leaf.verdict, leaf.evidence) == (Verdict.SOURCED, "nova (Nova 34.0.0), for [null, resizing]")

    def test_lock_and_launch(self):
        locked, young = {"code": 409, "names": "locked"}, {"code": 409, "names": "launched_at"}
        answers = asked("stop", locked_owner=[row(locked)], never_launched=[row(young)])
        catalog = one_action(lock=False, launched=True)
        found = record(guards=answers)
        assert verdicts(locks(catalog, found)) == {"actions.stop.lock": Verdict.DIFFERS}
        assert verdicts(launched(catalog, found)) == {"actions.stop.launched": Verdict.OBSERVED}

    def test_the_code_of_a_refusal(self):
        answers = asked(
            "stop", admin=[row({"code": 500, "names": "task_state"}, ["resizing"]), row(OK, [None])]
        )
        (leaf,) = refusals(one_action(), record(guards=answers))
        assert leaf.message == (
            "actions.stop.refused_with must be 500, as probe/34/guards.json stop has it, not 409"
        )


class TestStatuses:
    catalog = sample(
        statuses={
            "ACTIVE": status("stable", active="others"),
            "RESIZE": status("stable", active=["resizing"]),
        }
    )

    def test_pairs(self):
        found = verdicts(pairs(self.catalog, record()))
        assert found["statuses.ACTIVE.states.active"] is Verdict.HARVESTED

    def test_a_pair_that_nova_shows_otherwise(self):
        catalog = sample(statuses={"ACTIVE": status("stable", active="any")})
        leaf = next(leaf for leaf in pairs(catalog, record()) if leaf.verdict is Verdict.DIFFERS)
        assert leaf.message == (
            "statuses.ACTIVE.states.active must not claim [resizing], which Nova shows otherwise"
        )

    @pytest.mark.parametrize(
        ("name", "kind"), [("ACTIVE", "stable"), ("RESIZE", "transitional"), ("UNKNOWN", "unknown")]
    )
    def test_kinds_are_read_from_the_runs(self, name, kind):
        runs = [run("resize", ACTIVE, pair("active", "resizing", "RESIZE"), ACTIVE)]
        found, _ = kind_of(record(transitions={"runs": runs}), name)
        assert found.value == kind

    def test_no_run_no_kind(self):
        assert kind_of(record(), "ACTIVE") == (None, "")


class TestTransitions:
    def leaves(self, *runs, rows=None):
        catalog = sample(transitions=rows or WAYS)
        found = record(transitions={"runs": list(runs)})
        return [*transitions(catalog, found), *completeness(catalog, found)]

    def test_a_way_that_was_seen_is_observed_another_is_not(self):
        assert verdicts(self.leaves(run("stop", ACTIVE, SHUTOFF))) == {
            "transitions.stop.0.from.ACTIVE": Verdict.OBSERVED,
            "transitions.stop.0.from.ERROR": Verdict.UNPROVEN,
            "transitions.stop.1.from.ACTIVE": Verdict.UNPROVEN,
        }

    def test_a_way_that_nova_goes_otherwise_differs(self):
        found = self.leaves(run("stop", ERROR, ACTIVE, SHUTOFF))
        assert verdicts(found)["transitions.stop.0.from.ERROR"] is Verdict.DIFFERS
        assert found[-1].message == (
            "transitions.stop must tell the success 'ERROR → ACTIVE → SHUTOFF', which Nova was seen to go"
        )

    def test_a_source_in_the_place_of_a_run(self):
        rows = {"stop": [{"from": "ACTIVE", "to": "SHUTOFF", "rests_on": "nova/x.py: y"}]}
        assert self.leaves(rows=rows)[0].verdict is Verdict.SOURCED
        assert "needs no rests_on" in self.leaves(run("stop", ACTIVE, SHUTOFF), rows=rows)[0].message

    def test_a_source_for_a_row_that_runs_show_in_part_only(self):
        rows = {"stop": [{"from": ["ACTIVE", "ERROR"], "to": "SHUTOFF", "rests_on": "nova/x.py: y"}]}
        found = self.leaves(run("stop", ACTIVE, SHUTOFF), rows=rows)
        assert [leaf.verdict for leaf in found] == [Verdict.OBSERVED, Verdict.SOURCED]

    def test_a_source_must_be_a_file_of_nova(self):
        rows = {"stop": [{"from": "ACTIVE", "to": "SHUTOFF", "rests_on": "hearsay"}]}
        assert "must rest on a file of Nova" in self.leaves(rows=rows)[0].message

    def test_a_way_is_told_once(self):
        rows = {
            "stop": [{"from": "ACTIVE", "to": "SHUTOFF"}, {"from": "ACTIVE", "to": "SHUTOFF", "when": "x"}]
        }
        first, second = self.leaves(run("stop", ACTIVE, SHUTOFF), rows=rows)
        assert (first.verdict, second.verdict) == (Verdict.OBSERVED, Verdict.DIFFERS)

    def test_a_fault_after_which_all_is_as_without_it_may_be_called_either(self):
        plain, fault = run("stop", ACTIVE, SHUTOFF), run("stop", ACTIVE, SHUTOFF, injected="x")
        other = run("stop", ACTIVE, ACTIVE, injected="y")
        found = list(moves({"runs": [plain, fault, other]}, {}, "f"))
        assert [sorted(move.outcomes) for move in found] == [["success"], ["failure", "success"], ["failure"]]

    def test_a_create_is_told_as_a_create_and_the_end_of_a_build(self):
        building = pair("building", "spawning", "BUILD")
        found = list(moves({"runs": [run("create", None, building, ACTIVE)]}, {}, "f"))
        assert [(move.trigger, move.way) for move in found] == [
            ("create", "no server → BUILD"),
            ("build-finished", "BUILD → ACTIVE"),
        ]

    @pytest.mark.parametrize(
        ("change", "name"),
        [
            ({"trigger": {"kind": "action", "name": "evacuate (2.94)"}}, "evacuate"),
            ({"trigger": {"kind": "periodic", "name": "power sync"}, "guest": "off"}, "power-sync-stopped"),
            (
                {"trigger": {"kind": "periodic", "name": "power sync"}, "guest": "running"},
                "power-sync-started",
            ),
            ({"trigger": {"kind": "external", "name": "guest stopped"}}, "guest-event"),
            ({"trigger": {"kind": "external", "name": "something new"}}, None),
        ],
    )
    def test_the_names_of_triggers(self, change, name):
        assert trigger_of({"conditions": [], **change}) == name

    def test_what_waits_for_a_dead_host_has_no_end(self):
        assert list(moves({"runs": [run("stop", ACTIVE, ACTIVE, waiting=True)]}, {}, "f")) == []

    def test_a_restart_from_a_pair_that_no_run_comes_to_proves_nothing(self):
        restart = {"vm_state": "active", "task_state": None, "guests": "any", "becomes": ERROR}
        invented, reached = ({**restart, "task_state": "resizing"}, restart)
        shown_as = {("active", None): "ACTIVE", ("active", "resizing"): "RESIZE"}
        document = {"runs": [run("stop", ACTIVE, SHUTOFF)], "restart": [invented, reached]}
        found = [move for move in moves(document, shown_as, "f") if move.trigger == "init-host"]
        assert [bool(move.beside) for move in found] == [True, False]


class TestHoldings:
    def leaves(self, *seen):
        catalog = sample(statuses={"ACTIVE": status("stable", active="any")})
        return {leaf.loc[-1]: leaf for leaf in holdings(catalog, record(holdings={"holdings": list(seen)}))}

    def test_what_was_looked_up_is_observed(self):
        assert {leaf.verdict for leaf in self.leaves(SEEN).values()} == {Verdict.OBSERVED}

    def test_what_differs_from_case_to_case_must_vary(self):
        found = self.leaves(SEEN, {**SEEN, "quota": {"instances": 0}})
        assert "must be 'varies'" in found["quota"].message

    def test_a_server_that_nova_is_at_work_on_does_not_count_for_a_status_that_waits(self):
        found = self.leaves(SEEN, {**SEEN, "task_state": "deleting", "guests": []})
        assert found["guest"].verdict is Verdict.OBSERVED


class TestLevels:
    def leaf(self, support: object, **harvest):
        operations = {"o": {"title": "O", "summary": "x", "row": "r", "support": {"d": support}}}
        cells = {"support": [{"operation": "r", "driver": "x", "level": "missing", "releases": "15-34"}]}
        catalog = sample(operations=operations)
        return list(levels(catalog, record({"support_matrix": cells, **harvest})))[-1]

    def test_a_level_of_the_matrix(self):
        assert self.leaf("missing").verdict is Verdict.HARVESTED
        assert self.leaf("missing").cells == 20
        assert "must be as harvest/support_matrix.json r/x has it" in self.leaf("complete").message

    def test_a_level_that_the_code_corrects_must_name_the_flag(self):
        flags = [{"driver": "x", "flag": "supports_o", "value": True, "releases": "15-34"}]
        note = {"level": "complete", "note": "the code says so: supports_o"}
        assert self.leaf(note, drivers={"capabilities": flags}).verdict is Verdict.HARVESTED
        assert self.leaf(note, drivers={"capabilities": []}).verdict is Verdict.DIFFERS


class TestTotals:
    def leaves(self):
        return list(guards(one_action(), record()))

    def test_counts(self):
        (count,) = summary(self.leaves())
        assert (count.group, count.leaves, count.cells, count.by_verdict[Verdict.SOURCED]) == (
            "guard",
            1,
            2,
            1,
        )
        assert overall([count, count]) == {Verdict.SOURCED: 2}, "what no leaf has is no column"

    def test_marks_tell_every_way_in_which_a_group_is_known(self):
        observed = Leaf(("actions", "stop", "accepted"), "guard", Verdict.OBSERVED, "probe/34/guards.json")
        found = marks([*self.leaves(), observed, observed])["actions", "stop"]["guard"]
        assert [(mark.verdict, mark.leaves) for mark in found] == [
            (Verdict.OBSERVED, 2),
            (Verdict.SOURCED, 1),
        ]
        assert weakest([Verdict.OBSERVED, Verdict.SOURCED]) is Verdict.SOURCED

    def test_the_list_of_sources(self):
        assert sourced(self.leaves()) == [
            "actions.stop.accepted.active = [null] <- nova (Nova 34.0.0), for [null, resizing]"
        ]

    def test_nothing_harvested_nothing_compared(self):
        assert compare(sample(), Evidence()) == []

    def test_values_and_sources_in_words(self):
        assert [shown(value) for value in (None, True, ["a", None], "x", 1)] == [
            "null",
            "true",
            "[a, null]",
            "'x'",
            "1",
        ]
        assert cited(["a.py: b", "c.ini: d (in 25)"], "34.0.0") == "a.py: b (Nova 34.0.0); c.ini: d (in 25)"
