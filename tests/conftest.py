"""What many tests need: the project's folder, a quiet environment, and one built site for all of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
os.environ.update(NO_MKDOCS_2_WARNING="1", DISABLE_MKDOCS_2_WARNING="true", SOURCE_DATE_EPOCH="0")


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one of the project's scripts with this Python, its output kept."""
    return subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once, strictly; a warning fails every test that uses it."""
    out = tmp_path_factory.mktemp("build") / "site"
    done = run("scripts/build_site.py", out)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    return out


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site's source in a plain folder."""
    out = tmp_path_factory.mktemp("export") / "tree"
    done = run("scripts/export_site.py", out)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    return out
