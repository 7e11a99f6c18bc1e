"""The examples on the schema page, taken from its template and run against a server of the published files."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from novastatus import exports
from novastatus.render import environment
from novastatus.wait import plans
from published import catalog
from tools import need, succeed

BLOCK = re.compile(r'^```\w+ title="([^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)
EXAMPLE_SITE = "http://127.0.0.1:8000"


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


def _walks():
    """Every way through every transition: action, source, what a poller sees, and how it must be decided."""
    facts = catalog()
    for name, action in facts.actions.items():
        found = {plan.source: plan for plan in plans(facts, name)}
        for row in facts.transitions.get(name, []):
            for source in row.source:
                if row.to in found[source].pending and not action.tasks:
                    continue  # nothing tells the end from the start; the plan says so
                yield name, source, row, found[source]


def test_waiting_decides_every_transition_as_it_ends(waiting: ModuleType):
    wrong = []
    walks = 0
    for name, source, row, plan in _walks():
        fields = {key: getattr(plan, key) for key in ("pending", "target", "failure", "gone")}
        seen = [_server(status, "working") for status in (source, *row.through) if status]
        early = [waiting.outcome(server, fields) for server in seen]
        if row.to in plan.target or row.to in plan.failure:
            expected = row.to in plan.target
            end = waiting.outcome(_server(row.to, None), fields)
        else:
            expected = end = None  # create: Nova goes on by itself
        walks += 1
        if end is not expected or any(each is not None for each in early):
            wrong.append((name, source, row.to, early, end))
    assert walks > 100
    assert wrong == []


def test_waiting_ends_with_success_failure_404_or_the_deadline(waiting: ModuleType):
    plan = waiting.plan_for("reboot-hard", "ACTIVE")
    seen = iter([_server("ACTIVE", "rebooting_hard"), _server("HARD_REBOOT", "reboot_started_hard")] * 2)
    assert waiting.wait_for(lambda: next(seen, _server("ACTIVE", None)), plan, pause=0) is True
    assert waiting.wait_for(lambda: _server("ERROR", "reboot_started_hard"), plan, pause=0) is False
    assert waiting.wait_for(lambda: None, waiting.plan_for("delete", "ACTIVE"), pause=0) is True
    with pytest.raises(TimeoutError):
        waiting.wait_for(lambda: _server("ACTIVE", "rebooting_hard"), plan, seconds=0.01, pause=0)


def test_waiting_goes_on_when_it_sees_something_new(waiting: ModuleType, capsys: pytest.CaptureFixture[str]):
    seen = iter([_server("PAINTING", None)])
    plan = waiting.plan_for("pause", "ACTIVE")
    assert waiting.wait_for(lambda: next(seen, _server("PAUSED", None)), plan, pause=0) is True
    assert "PAINTING" in capsys.readouterr().out
