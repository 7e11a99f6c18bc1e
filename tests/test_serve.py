"""`make serve` shows an edit of the data at once, and lives through a wrong one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import serve_site
from project import ROOT
from serve_site import free_port

PATIENCE = 180  # seconds; a build takes some ten of them on a busy machine
SENTENCE = "A sentence that no page had before."


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the project that may be edited."""
    for name in ("data", "docs", "overrides", "scripts", "mkdocs.yml"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    return tmp_path


@pytest.fixture
def served(copy: Path) -> Iterator[str]:
    """The address at which the copy is served; what is said goes to ``said.txt``."""
    port = free_port()
    with (copy / "said.txt").open("w") as said:
        command = [sys.executable, "scripts/serve_site.py", str(port)]
        process = subprocess.Popen(command, cwd=copy, stdout=said, stderr=subprocess.STDOUT)
        yield f"http://127.0.0.1:{port}"
        process.terminate()
        process.wait(20)


def wait_for(condition: Callable[[], bool], what: str) -> None:
    """Ask again until it holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.5)


def read(address: str) -> str:
    """The text of a page; empty while nothing answers."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return answer.read().decode()
    except (urllib.error.URLError, OSError):
        return ""


def test_edits_are_shown_and_mistakes_are_survived(copy: Path, served: str):
    page, facts, log = f"{served}/statuses/SUSPENDED/", copy / "data/statuses.yaml", copy / "said.txt"
    wait_for(lambda: "SUSPENDED" in read(page), "the first build")
    text = facts.read_text("utf-8")

    facts.write_text(text.replace("kind: stable", "kind: stabel", 1), "utf-8")
    wait_for(lambda: "'stabel'" in log.read_text(), "the message")
    assert "SUSPENDED" in read(page)

    before, name, after = text.partition("\n  SUSPENDED:\n")
    facts.write_text(before + name + re.sub(r"summary: .*", f"summary: {SENTENCE}", after, count=1), "utf-8")
    wait_for(lambda: SENTENCE in read(page), "the page with the new sentence")
    assert f"The site is at {served}/" in log.read_text()
    assert "Traceback" not in log.read_text()


def test_a_site_as_new_as_its_sources_is_not_built_again(copy: Path, monkeypatch):
    monkeypatch.chdir(copy)
    assert not serve_site.is_fresh(Path("site"))
    Path("site").mkdir()
    (page := Path("site/index.html")).touch()
    os.utime(page, (later := time.time() + 60, later))
    assert serve_site.is_fresh(Path("site"))
    os.utime("data/statuses.yaml", (later + 60, later + 60))
    assert not serve_site.is_fresh(Path("site"))


def test_an_edit_while_a_build_runs_is_built_next(copy: Path, monkeypatch):
    monkeypatch.chdir(copy)

    def build_and_edit(command: list) -> int:
        (site := Path("site")).mkdir()
        edited = serve_site.newest()[0] + 5
        os.utime("data/statuses.yaml", (edited, edited))
        (site / "index.html").touch()
        os.utime(site / "index.html", (edited + 5, edited + 5))
        return 0

    monkeypatch.setattr(serve_site.subprocess, "call", build_and_edit)
    assert serve_site.build()
    assert not serve_site.is_fresh(Path("site"))
