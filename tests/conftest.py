"""One built site and one exported tree for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from project import run


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once, strictly; a warning fails every test that uses it."""
    out = tmp_path_factory.mktemp("build") / "site"
    done = run("scripts/build_site.py", out)
    said = done.stdout + done.stderr
    assert done.returncode == 0 and not said, said
    return out


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site's source in a plain folder."""
    out = tmp_path_factory.mktemp("export") / "tree"
    done = run("scripts/export_site.py", out)
    said = done.stdout + done.stderr
    assert done.returncode == 0 and not said, said
    return out
