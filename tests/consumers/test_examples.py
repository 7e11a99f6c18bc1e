"""The examples on the schema page, taken from its template and run against a server of the published files."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from novastatus import exports
from novastatus.model import Kind, Transition
from novastatus.render import environment
from novastatus.wait import Plan, plan, plans
from published import ROOT, catalog
from tools import need, succeed

BLOCK = re.compile(r'^```\w+ title="([^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)
EXAMPLE_SITE = "http://127.0.0.1:8000"
FAULTS = [status.name for status in catalog().statuses.values() if status.kind is Kind.FAULT]


def _examples() -> dict[str, str]:
    template = environment(catalog()).get_template("schema.md.j2")
    return dict(BLOCK.findall(template.render(contract=exports.contents(catalog()))))


def _write(name: str, folder: Path, site: str = EXAMPLE_SITE) -> Path:
    path = folder / name
    path.write_text(_examples()[name].replace(EXAMPLE_SITE, site), "utf-8")
    return path


def test_all_examples_are_tried_here():
    tried = {
        "ask.sh",
        "check_server.py",
        "check_file.py",
        "wait.py",
        "check_server.mjs",
        "generate.sh",
        "icon.ts",
    }
    assert set(_examples()) == tried


def test_the_shell_asks(tmp_path: Path, published_site: str):
    need("curl"), need("jq")
    script = _write("ask.sh", tmp_path, published_site)
    said = succeed(need("bash"), "-euo", "pipefail", script, cwd=tmp_path)
    assert "ACTIVE\tstable\t" in said
    assert "unshelve: " in said
    assert said.endswith("unshelve, then pause\n")


@pytest.mark.parametrize("name", ["check_server.py", "check_file.py"])
def test_python_checks(name: str, tmp_path: Path, published_site: str):
    said = succeed(sys.executable, _write(name, tmp_path, published_site), cwd=tmp_path)
    assert said in ("", f"20 statuses of Nova {catalog().nova}\n")


def test_javascript_checks(node_folder: Path, published_site: str):
    script = _write("check_server.mjs", node_folder, published_site)
    assert succeed(need("node"), script, cwd=node_folder).split() == ["true", "false", "true"]


def test_code_is_generated_and_typescript_compiles(node_folder: Path, published_site: str):
    need("curl"), need("datamodel-codegen")
    script = _write("generate.sh", node_folder, published_site)
    succeed(need("bash"), "-euo", "pipefail", script, cwd=node_folder)
    succeed(sys.executable, "-c", "import server_status, dataset", cwd=node_folder)
    _write("icon.ts", node_folder)
    succeed(need("tsc"), "--noEmit", "--strict", "--types", "", "icon.ts", cwd=node_folder)


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory, published_site: str) -> ModuleType:
    """The example of waiting, as a module."""
    path = _write("wait.py", tmp_path_factory.mktemp("wait"), published_site)
    spec = importlib.util.spec_from_file_location("wait_example", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _server(status: str, task_state: str | None) -> dict:
    return {"status": status, "OS-EXT-STS:task_state": task_state}


def test_waiting_takes_the_plan_of_the_status(waiting: ModuleType):
    assert waiting.plan_for("reboot-hard", "SHUTOFF")["pending"] == ["SHUTOFF"]
    assert waiting.plan_for("create", None)["pending"] == ["BUILD"]


def _outcomes(waiting: ModuleType, seen: list[dict | None], plan: Plan) -> list:
    """What the example makes of each answer in turn, up to the first that decides."""
    fields = {**asdict(plan), "faults": FAULTS}
    found = []
    for before, server in pairwise([None, *seen]):
        found.append(waiting.outcome(server, fields, before))
        if found[-1] is not None:
            break
    return found


def _told(rows: list[Transition], row: Transition, source: str | None, tasks: list[str]) -> object:
    """What the facts say of a way to its end, given all ways from its source."""
    if row.fails is None and catalog().statuses[row.to].kind is Kind.TRANSITIONAL:
        return None  # create: Nova goes on by itself
    shared = {each.fails is None for each in rows if each.to == row.to} == {True, False}
    stable = catalog().statuses[row.to].kind is Kind.STABLE
    passed = stable and any(row.to in each.through for each in rows if each.fails is None)
    untouched = row.to == source and not tasks
    return "undecided" if shared or (row.fails and (passed or untouched)) else row.fails is None


def test_waiting_decides_every_transition_as_it_ends(waiting: ModuleType):
    wrong = []
    walks = 0
    for name, action in catalog().actions.items():
        every = catalog().transitions.get(name, [])
        whole = plan(catalog(), name)
        for own in plans(catalog(), name):
            rows = [row for row in every if own.source in row.source]
            for row in rows:
                way = [_server(status, "working") for status in (own.source, *row.through) if status]
                seen = [*way, _server(row.to, None), _server(row.to, None)]
                expected = _told(rows, row, own.source, action.tasks)
                sharp, blunt = _outcomes(waiting, seen, own), _outcomes(waiting, seen, whole)
                walks += 1
                if (
                    len(sharp) <= len(way)
                    or sharp[-1] != expected
                    or blunt[-1] not in (expected, "undecided")
                ):
                    wrong.append((name, own.source, row.to, sharp, blunt))
    assert walks > 100
    assert wrong == []


def _recorded() -> list[dict]:
    """What running Nova showed after an action that can be waited for."""
    told = json.loads((ROOT / "data/evidence/probe/34/transitions.json").read_text("utf-8"))
    runs = [run for run in [*told["runs"], *told["host_down"]] if run["trigger"]["kind"] == "action"]
    return [run for run in runs if _action_of(run) in catalog().actions and plan(catalog(), _action_of(run))]


def _action_of(run: dict) -> str:
    return run["trigger"]["name"].partition(" (")[0]


def _seen(run: dict) -> list[dict | None]:
    """The answers to a poller that misses nothing: each step once, the end, or a 404, twice."""
    steps = [_server(each["status"], each["task_state"]) for each in run["path"] or [run["from"]]]
    last = None if run.get("gone") else steps[-1]
    return [*steps, last, last]


HANGS = {("delete/VERIFY_RESIZE [driver.destroy raises]", "any")}
"""It ends in ERROR with a task that stays for good; a plan for any status must take that for a server at work."""


def _right(run: dict, found: list, tasks: list[str]) -> bool:
    """Whether the last outcome is the recorded one, and a success did not come before the end."""
    if run.get("waiting"):
        return found[-1] is None
    # What sets no task is done at once, whatever else goes on; a soft-deleted server is gone for its user.
    early = len(found) < len(run["path"]) and tasks and not run["id"].startswith("delete/SOFT_DELETED")
    allowed = {"success": (True, "undecided"), "failure": (False, "undecided")}
    return found[-1] in allowed.get(run["outcome"], (True, False, "undecided")) and not (found[-1] and early)


def test_waiting_decides_every_recorded_run_as_it_ended(waiting: ModuleType):
    wrong = set()
    runs = _recorded()
    for run in runs:
        name, source = _action_of(run), run["from"] and run["from"]["status"]
        tasks = catalog().actions[name].tasks
        own = [("own", each) for each in plans(catalog(), name) if each.source == source]
        for label, each in [*own, ("any", plan(catalog(), name))]:
            if not _right(run, _outcomes(waiting, _seen(run), each), tasks):
                wrong.add((run["id"], label))
    assert len(runs) > 300
    assert wrong == HANGS


def test_a_server_that_passes_a_stable_status_has_not_ended_there(waiting: ModuleType):
    """As recorded of a rebuild and of an evacuation: idle in ACTIVE for a moment, then switched off."""
    for name, source in (("rebuild", None), ("evacuate", "ACTIVE")):
        found = waiting.plan_for(name, source)
        passing, on = _server("ACTIVE", None), _server("ACTIVE", "powering-off")
        assert waiting.outcome(passing, found, _server("REBUILD", "rebuild_spawning")) is None
        assert waiting.outcome(passing, found, on) is None
        assert waiting.outcome(passing, found, passing) is not None


@pytest.mark.parametrize("name", [name for name in catalog().actions if plan(catalog(), name)])
def test_an_idle_fault_is_a_failure_of_every_plan_but_something_new_is_none(waiting: ModuleType, name: str):
    for each in [*plans(catalog(), name), plan(catalog(), name)]:
        error = _server("ERROR", None)
        found = _outcomes(waiting, [error, error], each)
        if "ERROR" not in (*each.pending, *each.target):
            assert found == [False]
        new = _server("PAINTING", None)
        assert _outcomes(waiting, [new, new], each) == [None, None]


def test_there_is_no_plan_where_nothing_is_to_be_waited_for(waiting: ModuleType):
    assert waiting.plan_for("lock", "ACTIVE") is None


def test_waiting_ends_with_success_failure_404_or_the_deadline(waiting: ModuleType):
    plan = waiting.plan_for("reboot-hard", "SHUTOFF")
    seen = iter([_server("SHUTOFF", "rebooting_hard"), _server("SHUTOFF", "reboot_started_hard")] * 2)
    assert waiting.wait_for(lambda: next(seen, _server("ACTIVE", None)), plan, pause=0) is True
    assert waiting.wait_for(lambda: _server("ERROR", "reboot_started_hard"), plan, pause=0) is False
    unclear = waiting.plan_for("live-migrate", "ACTIVE")
    assert waiting.wait_for(lambda: _server("ACTIVE", None), unclear, pause=0) == "undecided"
    assert waiting.wait_for(lambda: None, waiting.plan_for("delete", "ACTIVE"), pause=0) is True
    with pytest.raises(TimeoutError):
        waiting.wait_for(lambda: _server("SHUTOFF", "rebooting_hard"), plan, seconds=0.01, pause=0)


def test_waiting_goes_on_when_it_sees_something_new(waiting: ModuleType, capsys: pytest.CaptureFixture[str]):
    seen = iter([_server("PAINTING", None)])
    plan = waiting.plan_for("pause", "ACTIVE")
    assert waiting.wait_for(lambda: next(seen, _server("PAUSED", None)), plan, pause=0) is True
    assert "PAINTING" in capsys.readouterr().out
