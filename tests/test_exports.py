"""The files under ``/api/v1/``."""

from __future__ import annotations

import json
import posixpath

import pytest
from novastatus import exports, schema
from novastatus.exports.support import levels
from novastatus.exports.transitions import flat
from novastatus.graph import edges
from novastatus.model import Driver, Operation
from novastatus.states import status_of
from published import DATASET, catalog, files, payloads, read


def test_two_runs_give_the_same_bytes():
    assert exports.files(catalog()) == exports.files(catalog())
    assert list(exports.files(catalog())) == list(exports.files(catalog()))


def test_the_index_lists_every_file_once():
    listed = [entry["path"] for entry in read("api/v1/index.json")["files"]]
    assert sorted(listed) == sorted(files())


def test_the_index_names_the_schema_of_every_file():
    for entry in read("api/v1/index.json")["files"]:
        if entry["path"].startswith("schema/"):
            assert entry["schema"] is None
        else:
            here = posixpath.dirname(entry["path"])
            assert posixpath.normpath(posixpath.join(here, read(entry["path"])["$schema"])) == entry["schema"]


@pytest.mark.parametrize("path", payloads())
def test_every_file_carries_the_versions_and_ends_with_a_newline(path: str):
    payload = read(path)
    assert payload["schema_version"] == 1
    assert payload["nova"] == catalog().nova
    assert files()[path].endswith(b"}\n")


@pytest.mark.parametrize("path", payloads())
def test_texts_are_plain(path: str):
    def texts(part):
        if isinstance(part, dict):
            for value in part.values():
                yield from texts(value)
        elif isinstance(part, list):
            for value in part:
                yield from texts(value)
        elif isinstance(part, str):
            yield part

    assert [text for text in texts(read(path)) if "`" in text or "](" in text] == []


def test_statuses_hold_what_the_contract_says():
    statuses = read("api/v1/statuses.json")["statuses"]
    assert [status["name"] for status in statuses] == list(catalog().statuses)
    active = next(status for status in statuses if status["name"] == "ACTIVE")
    assert active["url"] == "/statuses/ACTIVE/"
    assert active["kind"] == "stable"
    assert [row["vm_state"] for row in active["states"]] == ["active"]
    assert None in active["states"][0]["task_states"]
    building = next(status for status in statuses if status["name"] == "BUILD")
    assert building["states"] == [{"vm_state": "building", "task_states": "any"}]


@pytest.mark.parametrize("name", catalog().statuses)
def test_a_status_alone_says_the_same_and_more(name: str):
    alone = read(f"api/v1/statuses/{name}.json")
    among = next(each for each in read("api/v1/statuses.json")["statuses"] if each["name"] == name)
    assert {key: alone[key] for key in among} == among
    assert all(move["target"] == name for move in alone["transitions_in"])
    assert all(move["source"] == name for move in alone["transitions_out"])
    asked = {each["name"] for each in [*alone["actions"], *alone["refused"]]}
    on_servers = {key for key, action in catalog().actions.items() if "{server_id}" in action.request.path}
    assert asked == (on_servers if alone["states"] else set())


@pytest.mark.parametrize("name", catalog().actions)
def test_an_action_alone_says_the_same_and_more(name: str):
    alone = read(f"api/v1/actions/{name}.json")
    among = next(each for each in read("api/v1/actions.json")["actions"] if each["name"] == name)
    assert {key: alone[key] for key in among} == among
    assert all(move["trigger"] == {"kind": "action", "name": name} for move in alone["transitions"])
    for answer in alone["answers"]:
        assert (answer["code"] is None) == (answer["answer"] != "refused")


@pytest.mark.parametrize("name", catalog().actions)
def test_status_files_and_action_files_agree(name: str):
    for answer in read(f"api/v1/actions/{name}.json")["answers"]:
        status = read(f"api/v1/statuses/{answer['status']}.json")
        accepted = {each["name"]: each["answer"] for each in status["actions"]}
        assert accepted.get(name, "refused" if status["states"] else "unknown") == answer["answer"]


def test_an_action_tells_where_its_refusal_has_another_code():
    found = read("api/v1/actions/evacuate.json")
    assert (found["refused_with"], found["refused_in"]) == (409, {"shelved_offloaded": 400})
    assert read("api/v1/actions/pause.json")["refused_in"] == {}


def test_a_plan_tells_what_is_passed():
    found = read("api/v1/actions/rebuild.json")["wait"]
    assert found["passes_stable"] == ["ACTIVE"]
    assert {each["source"]: each["passes_stable"] for each in found["plans"]} == {
        "ACTIVE": [],
        "ERROR": [],
        "SHUTOFF": ["ACTIVE"],
    }


def test_states_give_every_pair_its_status():
    table = read("api/v1/states.json")
    assert table["other_vm_states"] == "UNKNOWN"
    found = {(pair["vm_state"], pair["task_state"]): [pair["status"]] for pair in table["pairs"]}
    assert found == status_of(catalog())


def test_transitions_are_the_edges_of_the_graph():
    def key(source, target, trigger, kind, through, outcome):
        return (source, target, trigger, kind, tuple(through), outcome)

    ours = [
        key(m["source"], m["target"], m["trigger"]["name"], m["trigger"]["kind"], m["through"], m["outcome"])
        for m in read("api/v1/transitions.json")["transitions"]
    ]
    assert ours == [
        key(e.source, e.target, e.trigger, e.kind, e.through, e.outcome) for e in edges(catalog())
    ]


def test_triggers_hold_all_their_transitions():
    triggers = read("api/v1/triggers.json")["triggers"]
    moves = [move for trigger in triggers for move in trigger["transitions"]]
    inner = [move for move in flat(catalog()) if move["trigger"]["kind"] != "action"]
    assert sorted(map(json.dumps, moves)) == sorted(map(json.dumps, inner))


def test_routes_lead_from_status_to_status_by_actions():
    routes = read("api/v1/routes.json")["routes"]
    assert routes["SHELVED_OFFLOADED"]["ACTIVE"] == ["unshelve"]
    assert list(routes) == list(catalog().statuses)


def test_routes_tell_what_they_depend_on():
    told = read("api/v1/routes.json")
    assert told["conditions"]["VERIFY_RESIZE"]["SHUTOFF"] == "confirm-resize: the guest is off"
    for status, found in told["conditions"].items():
        assert {*found} <= {*told["routes"][status]}


def test_support_has_a_cell_for_every_operation_and_driver():
    matrix = read("api/v1/support.json")
    cells = [(cell["operation"], cell["driver"]) for cell in matrix["support"]]
    assert cells == [
        (operation, driver) for operation in catalog().operations for driver in catalog().drivers
    ]
    for cell in matrix["support"]:
        releases = [int(level["since"]) for level in cell["levels"]]
        assert releases == sorted(set(releases)), cell


def _driver(**lifetime) -> Driver:
    text = dict.fromkeys(("title", "hypervisor", "virt", "column", "summary"), "x")
    return Driver(name="d", **text, **lifetime, sources=["nova"])


def _operation(**support) -> Operation:
    return Operation(name="o", title="x", summary="x", support=support)


def test_a_level_holds_from_the_first_release_of_the_driver():
    assert levels(_operation(d="complete"), _driver()) == [{"since": "15", "level": "complete", "note": None}]
    assert levels(_operation(d="complete"), _driver(added_in=18))[0]["since"] == "18"


def test_a_removed_driver_ends_with_removed():
    found = levels(
        _operation(d=[{"level": "missing"}, {"since": 17, "level": "complete"}]), _driver(removed_in=22)
    )
    assert [(each["since"], each["level"]) for each in found] == [
        ("15", "missing"),
        ("17", "complete"),
        ("22", "removed"),
    ]


def test_what_the_data_do_not_say_is_unknown():
    assert [each["level"] for each in levels(_operation(), _driver())] == ["unknown"]


def test_contents_are_what_is_published():
    contents = {each["path"]: each for each in exports.contents(catalog())}
    assert set(contents) == set(exports.files(catalog())) | set(schema.files(catalog()))
    assert contents["api/v1/statuses.json"]["schema"] == f"{DATASET}#/$defs/Statuses"
    assert all(each["summary"] for each in contents.values())
