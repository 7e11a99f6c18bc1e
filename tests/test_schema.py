"""The published schemas, the schema of the YAML file, and the promise that v1 keeps."""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from novastatus import schema
from novastatus.model import Catalog
from novastatus.reader import Lines
from novastatus.reader import read as read_yaml
from novastatus.schema.server import TASK_STATE, VM_STATE
from novastatus.states import status_of
from promises import kept, promised
from published import DATASET, ROOT, catalog, files, payloads, read

STATUS = "schema/v1/server-status.schema.json"
SERVER = "schema/v1/server.schema.json"


@cache
def _validator(path: str, entry: str = "") -> Draft202012Validator:
    whole = read(path)
    return Draft202012Validator({"$defs": whole["$defs"], "$ref": f"#{entry}"} if entry else whole)


@pytest.mark.parametrize("path", [path for path in files() if path.startswith("schema/")])
def test_published_schemas_are_schemas_with_names_of_their_own(path: str):
    found = read(path)
    Draft202012Validator.check_schema(found)
    assert found["$id"].startswith("urn:nova-server-status:schema:v1:")
    assert "tolerate" in found["description"]


@pytest.mark.parametrize("path", payloads())
def test_every_file_fits_its_own_entry(path: str):
    """And the whole; that is left to `consumers/test_ajv.py`, which is faster."""
    payload = read(path)
    _validator(DATASET, payload["$schema"].partition("#")[2]).validate(payload)


def test_every_entry_for_a_file_is_used():
    used = {read(path)["$schema"].partition("#/$defs/")[2] for path in payloads()}
    assert {each["$ref"].removeprefix("#/$defs/") for each in read(DATASET)["anyOf"]} == used


@pytest.mark.parametrize(
    ("path", "break_it"),
    [
        ("api/v1/statuses.json", lambda p: p["statuses"][0].pop("kind")),
        ("api/v1/statuses.json", lambda p: p["statuses"][0].update(name="STOPPED")),
        ("api/v1/statuses.json", lambda p: p["statuses"][0].update(kind="stabel")),
        ("api/v1/states.json", lambda p: p["pairs"][0].update(task_state="")),
        ("api/v1/actions.json", lambda p: p["actions"][0]["accepted"][0].update(task_states="all")),
        ("api/v1/actions/suspend.json", lambda p: p["wait"].update(pending="ACTIVE")),
        ("api/v1/transitions.json", lambda p: p["transitions"][0].update(outcome="maybe")),
        ("api/v1/routes.json", lambda p: p["routes"].update(STOPPED={})),
        ("api/v1/support.json", lambda p: p["support"][0]["levels"][0].update(since=15)),
        ("api/v1/releases.json", lambda p: p.pop("nova")),
        ("api/v1/index.json", lambda p: p.update(schema_version=2)),
    ],
)
def test_a_broken_file_is_refused(path: str, break_it: Any):
    payload = copy.deepcopy(read(path))
    break_it(payload)
    assert not _validator(DATASET).is_valid(payload)


def test_fields_may_be_added():
    payload = copy.deepcopy(read("api/v1/statuses.json"))
    payload["statuses"][0]["new"] = payload["new"] = 1
    _validator(DATASET, "/$defs/Statuses").validate(payload)


def test_the_status_schema_takes_the_statuses_and_nothing_else():
    validator = _validator(STATUS)
    assert all(validator.is_valid(name) for name in catalog().statuses)
    for wrong in ("STOPPED", "active", "", None, 1):
        assert not validator.is_valid(wrong)
    assert (
        [each["const"] for each in read(STATUS)["oneOf"]] == read(STATUS)["enum"] == list(catalog().statuses)
    )


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_a_server_fits_with_its_status_and_with_no_other(data: st.DataObject):
    """A sample; `consumers/test_ajv.py` tries every pair with every status."""
    (vm_state, task_state), claims = data.draw(st.sampled_from([*status_of(catalog()).items()]))
    server = {VM_STATE: vm_state, TASK_STATE: task_state}
    fitting = [name for name in catalog().statuses if _validator(SERVER).is_valid({**server, "status": name})]
    assert fitting == claims


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_what_a_server_leaves_out_may_be_anything_that_fits(data: st.DataObject):
    """A server without vm_state, task_state or both fits if some value of what is missing would."""
    claims = status_of(catalog())
    status = data.draw(st.sampled_from([*catalog().statuses]))
    vm_state, task_state = data.draw(st.sampled_from([*claims]))
    full = {"status": status, VM_STATE: vm_state, TASK_STATE: task_state}
    kept_fields = data.draw(st.sets(st.sampled_from([VM_STATE, TASK_STATE])))
    server = {"status": status, "extra": 1, **{field: full[field] for field in kept_fields}}
    fits = any(
        found == [status]
        for (vm, task), found in claims.items()
        if (VM_STATE not in kept_fields or vm == vm_state)
        and (TASK_STATE not in kept_fields or task == task_state)
    )
    unknown = status == "UNKNOWN" and VM_STATE not in kept_fields
    assert _validator(SERVER).is_valid(server) == (fits or unknown)


@settings(deadline=None, max_examples=40)
@given(st.text(), st.one_of(st.none(), st.text()))
def test_a_vm_state_that_nova_does_not_know_is_unknown(vm_state: str, task_state: str | None):
    if vm_state in catalog().vm_states:
        return
    server = {VM_STATE: vm_state, TASK_STATE: task_state}
    fitting = [name for name in catalog().statuses if _validator(SERVER).is_valid({**server, "status": name})]
    assert fitting == ["UNKNOWN"]


@pytest.mark.parametrize("vm_state", catalog().vm_states)
def test_a_task_state_that_nova_does_not_map_counts_as_any_other(vm_state: str):
    server = {VM_STATE: vm_state, TASK_STATE: "painting"}
    fitting = [name for name in catalog().statuses if _validator(SERVER).is_valid({**server, "status": name})]
    assert fitting == status_of(catalog())[vm_state, None]


def test_whole_answers_have_entries_of_their_own():
    server = {"status": "ACTIVE", VM_STATE: "active", TASK_STATE: None}
    wrong = {**server, "status": "ERROR"}
    answer, listing = (
        Draft202012Validator({"$ref": f"{read(SERVER)['$id']}#/$defs/{name}", "$defs": {"s": read(SERVER)}})
        for name in ("ServerAnswer", "ServerListAnswer")
    )
    assert answer.is_valid({"server": server})
    assert not answer.is_valid({"server": wrong})
    assert not answer.is_valid(server)
    assert listing.is_valid({"servers": [server]})
    assert not listing.is_valid({"servers": [server, wrong]})
    assert not _validator(SERVER).is_valid({"server": server})


def test_the_schema_of_the_yaml_file_is_up_to_date():
    checked_in = ROOT / schema.EDITOR_PATH
    assert checked_in.exists() and checked_in.read_bytes() == schema.editor_schema(catalog()), (
        f"{schema.EDITOR_PATH} is not what the data and the model say; mend it with: make schema"
    )


@cache
def _yaml() -> Any:
    return _as_json(
        read_yaml((ROOT / "data/statuses.yaml").read_text("utf-8"), Lines("data/statuses.yaml"))[0]
    )


@cache
def _editor() -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema.editor_schema(catalog())))


def _as_json(part: Any) -> Any:
    """YAML data as an editor sees them: keys are text, days are text."""
    if isinstance(part, dict):
        return {str(key): _as_json(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_as_json(value) for value in part]
    return part.isoformat() if hasattr(part, "isoformat") else part


def test_the_yaml_file_fits_its_schema():
    Draft202012Validator.check_schema(_editor().schema)
    errors = [f"{error.json_path}: {error.message}" for error in _editor().iter_errors(_yaml())]
    assert errors == []


SHORT_FORMS = [
    (("transitions", "pause", 0, "from"), "ACTIVE"),
    (("transitions", "pause", 0, "from"), ["ACTIVE", "ERROR"]),
    (("transitions", "pause", 0, "from"), None),
    (("operations", "pause", "support", "ironic"), "missing"),
    (("operations", "pause", "support", "ironic"), {"level": "missing", "note": "x"}),
    (
        ("operations", "pause", "support", "ironic"),
        [{"level": "missing"}, {"since": 18, "level": "complete"}],
    ),
]
WRONG = [
    (("transitions", "pause", 0, "from"), "ACTIV"),
    (("transitions", "pause", 0, "to"), None),
    (("transitions", "pause", 0, "too"), "ACTIVE"),
    (("transitions", "pauze"), []),
    (("operations", "pause", "support", "ironic"), "none"),
    (("operations", "pause", "support", "irnic"), "missing"),
    (("statuses", "ACTIVE", "kind"), "stabel"),
    (("statuses", "ACTIVE", "states"), {"activ": "any"}),
    (("statuses", "ACTIVE", "states"), {"active": "every"}),
    (("statuses", "ACTIVE", "states"), {"active": ["sleeping"]}),
    (("statuses", "ACTIVE", "holds", "guest"), "on"),
    (("statuses", "ACTIVE", "holds", "notes"), {"gest": "x"}),
    (("actions", "pause", "accepted"), {"idle": ["activ"]}),
    (("actions", "pause", "tasks"), ["pauzing"]),
    (("actions", "pause", "operation"), "pauze"),
]


def _changed(loc: tuple, value: Any) -> Any:
    part = data = copy.deepcopy(_yaml())
    for step in loc[:-1]:
        part = part[step]
    part[loc[-1]] = value
    return data


@pytest.mark.parametrize(("loc", "value"), SHORT_FORMS)
def test_editor_and_model_take_the_short_forms(loc: tuple, value: Any):
    data = _changed(loc, value)
    assert _editor().is_valid(data)
    Catalog.model_validate(data)


@pytest.mark.parametrize(("loc", "value"), WRONG)
def test_an_editor_marks_what_is_wrong(loc: tuple, value: Any):
    assert not _editor().is_valid(_changed(loc, value))


def test_the_editor_explains_the_fields():
    fields = _editor().schema["$defs"]["Status"]["properties"]
    assert "vm_state to task_states" in fields["states"]["description"]


def test_v1_keeps_its_promises():
    broken = sorted(promised() - kept(read(DATASET)))
    assert broken == [], "v1 promised these; it may only add: publish what breaks a promise as v2"


def test_what_v1_adds_is_promised_from_now_on():
    new = sorted(kept(read(DATASET)) - promised())
    assert new == [], "v1 grew: promise it with: python tests/promises.py"
