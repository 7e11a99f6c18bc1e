"""Code that generators make from the schemas, in Python and in TypeScript."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest
from published import catalog, files
from pydantic import ValidationError
from tools import need, run, succeed

SERVER = {"status": "ACTIVE", "OS-EXT-STS:vm_state": "active", "OS-EXT-STS:task_state": None}


def _python(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module that datamodel-code-generator makes from a published schema."""
    schema = folder / f"{name}.schema.json"
    schema.write_bytes(files()[f"schema/v1/{name}.schema.json"])
    target = folder / f"{name.replace('-', '_')}.py"
    options = ["--input-file-type", "jsonschema", "--output-model-type", "pydantic_v2.BaseModel"]
    succeed(need("datamodel-codegen"), "--input", schema, "--output", target, *options, cwd=folder)
    spec = importlib.util.spec_from_file_location(target.stem, target)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, target.stem, module)  # pydantic looks there for names
    spec.loader.exec_module(module)
    return module


def test_python_has_an_enum_of_the_statuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    statuses = _python(tmp_path, "server-status", monkeypatch).ServerStatus
    assert [status.value for status in statuses] == list(catalog().statuses)
    with pytest.raises(ValueError, match="STOPPED"):
        statuses("STOPPED")


def test_python_has_a_model_of_a_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    server = _python(tmp_path, "server", monkeypatch).Server
    assert server.model_validate(SERVER).status.value == "ACTIVE"
    with pytest.raises(ValidationError):
        server.model_validate({**SERVER, "status": "STOPPED"})


def test_python_reads_every_kind_of_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    module = _python(tmp_path, "dataset", monkeypatch)
    for path, content in files().items():
        if path.startswith("api/"):
            payload = json.loads(content)
            model = getattr(module, payload["$schema"].partition("#/$defs/")[2])
            model.model_validate(payload)
            with pytest.raises(ValidationError):
                model.model_validate({**payload, "nova": None})


CONSUMER = """\
import type {{ ServerStatus }} from "./server-status";
import type {{ Server }} from "./server";
import type {{ Action, StatusFile }} from "./dataset";

export const known: Record<ServerStatus, true> = {{ {known} }};
export const server: Server = {{ status: "{status}", "OS-EXT-STS:task_state": null, "extra": 1 }};
export const pending = (action: Action): ServerStatus[] => action.wait?.pending ?? [];
export const names = (file: StatusFile): string[] => file.actions.map((action) => action.name);
"""


@pytest.fixture
def typed(node_folder: Path) -> Path:
    """A folder with the types that json-schema-to-typescript makes."""
    for name in ("server-status", "server", "dataset"):
        schema = node_folder / f"{name}.schema.json"
        schema.write_bytes(files()[f"schema/v1/{name}.schema.json"])
        succeed(need("json2ts"), "-i", schema, "-o", node_folder / f"{name}.d.ts", cwd=node_folder)
    return node_folder


def _compile(folder: Path, known: list[str], status: str = "ACTIVE"):
    text = CONSUMER.format(known=", ".join(f"{name}: true" for name in known), status=status)
    (folder / "consumer.ts").write_text(text, "utf-8")
    return run(need("tsc"), "--noEmit", "--strict", "--types", "", "consumer.ts", cwd=folder)


def test_typescript_has_a_union_of_the_statuses(typed: Path):
    statuses = list(catalog().statuses)
    done = _compile(typed, statuses)
    assert done.returncode == 0, done.stdout
    forgotten = _compile(typed, statuses[1:])
    assert forgotten.returncode != 0 and statuses[0] in forgotten.stdout
    invented = _compile(typed, [*statuses, "STOPPED"])
    assert invented.returncode != 0 and "STOPPED" in invented.stdout
    wrong = _compile(typed, statuses, "STOPPED")
    assert wrong.returncode != 0 and "STOPPED" in wrong.stdout
