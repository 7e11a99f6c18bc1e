"""ajv, the validator of JavaScript: every file, and every pair with every status."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from novastatus.states import status_of
from published import catalog, payloads
from tools import need, need_packages, succeed


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory, published_folder: Path) -> dict:
    folder = tmp_path_factory.mktemp("ajv")
    (folder / "node_modules").symlink_to(need_packages(), target_is_directory=True)
    shutil.copy(Path(__file__).with_name("validate.mjs"), folder)
    return json.loads(succeed(need("node"), "validate.mjs", published_folder, cwd=folder))


def test_every_file_fits_its_entry_and_the_whole(found: dict):
    assert found["files"] == {"files": len(payloads()), "wrong": []}


def test_a_server_of_every_pair_fits_with_its_status_and_with_no_other(found: dict):
    tried = len(status_of(catalog())) * len(catalog().statuses)
    assert found["servers"] == {"servers": tried, "wrong": []}


def test_the_status_schema_takes_statuses_only(found: dict):
    assert found["statuses"] == [True, False, False, False]
