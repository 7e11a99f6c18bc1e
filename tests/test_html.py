"""Every built page is valid HTML."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from project import ROOT
from set_up_node import NODE, environment

HOME = ROOT / "tests/node"
VALIDATE = HOME / "node_modules/html-validate/bin/html-validate.mjs"
CONFIG = HOME / "htmlvalidate.config.mjs"


def faults(folder: Path) -> list[str]:
    """What html-validate finds wrong in the pages below a folder, as file:line: message."""
    # Into a file: through a pipe, a long report is cut where the program ends.
    report = folder.with_name(f"{folder.name}-faults.json")
    command = [NODE, VALIDATE, "--config", CONFIG, "--formatter", f"json={report}", f"{folder}/**/*.html"]
    done = subprocess.run(command, cwd=HOME, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        pytest.fail(done.stderr)
    return [
        f"{Path(page['filePath']).relative_to(folder)}:{found['line']}: {found['ruleId']}: {found['message']}"
        for page in json.loads(report.read_text() or "[]")
        for found in page["messages"]
    ]


def test_the_validator_sees(tmp_path: Path):
    (tmp_path / "bad.html").write_text(
        '<!doctype html><html lang="en"><head><title>x</title></head><body><p><div></div></p></body></html>'
    )
    assert faults(tmp_path)


def test_every_page_is_valid_html(site: Path):
    found = faults(site)
    assert not found, "\n".join(found)
