"""check-jsonschema on the YAML file, as a pre-commit hook or an editor would check it."""

from __future__ import annotations

from pathlib import Path

import pytest
from novastatus.load import DEFAULT_PATH
from novastatus.schema import editor_schema
from published import ROOT, catalog, files
from tools import need, run, succeed


@pytest.fixture
def schema_file(tmp_path: Path) -> Path:
    path = tmp_path / "statuses.schema.json"
    path.write_bytes(editor_schema(catalog()))
    return path


def test_the_yaml_file_fits(schema_file: Path, tmp_path: Path):
    succeed(need("check-jsonschema"), "--schemafile", schema_file, ROOT / DEFAULT_PATH, cwd=tmp_path)


def test_a_wrong_name_is_told_with_its_place(schema_file: Path, tmp_path: Path):
    text = (ROOT / DEFAULT_PATH).read_text("utf-8")
    broken = tmp_path / "broken.yaml"
    broken.write_text(text.replace("{from: ACTIVE, to: PAUSED}", "{from: ACTIVE, to: PAUSE}"), "utf-8")
    done = run(need("check-jsonschema"), "--schemafile", schema_file, broken, cwd=tmp_path)
    assert done.returncode == 1
    assert "transitions.pause" in done.stdout
    assert "'PAUSE' is not one of" in done.stdout


def test_every_schema_is_one(published_folder: Path):
    schemas = [path for path in files() if path.startswith("schema/")]
    succeed(need("check-jsonschema"), "--check-metaschema", *schemas, cwd=published_folder)
