"""The commands, as a newcomer meets them: what they list, and what they say when something is wrong."""

from __future__ import annotations

import ast
import builtins
import fcntl
import os
import re
import shutil
import socket
import subprocess
from pathlib import Path

import build_site
import export_site
import list_permalinks
import pytest
import serve_site
import set_up
from project import ROOT, run

INTERNAL = {"site-env", "test-env", "node"}
NEEDED = ("data", "docs", "overrides", "scripts", "mkdocs.yml")


def test_help_lists_every_command():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(" ".join(re.findall(r"^\.PHONY:(.*)$", makefile, re.MULTILINE)).split()) - INTERNAL
    shown = subprocess.run(
        ["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert {line.split()[1] for line in shown.splitlines()} == targets
    assert all(len(line.split()) > 3 and len(line) < 90 for line in shown.splitlines())


# --- the environment ---


def test_set_up_can_be_read_by_old_pythons():
    ast.parse((ROOT / "scripts/set_up.py").read_text("utf-8"), feature_version=(3, 6))


def test_an_old_python_is_told_what_to_do():
    assert "3.11 or newer" in (said := set_up.too_old((3, 9, 2), "/usr/bin/python3"))
    assert "/usr/bin/python3 is 3.9.2" in said and "PYTHON=" in said


def test_a_missing_venv_module_is_told_by_its_package(monkeypatch, tmp_path: Path):
    real = builtins.__import__

    def without(name, *rest, **more):
        if name == "ensurepip":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    assert "python3-venv" in set_up.make(str(tmp_path / "venv"))
    assert not (tmp_path / "venv").exists()


def test_set_up_does_nothing_when_the_lock_is_installed(monkeypatch, tmp_path: Path, capsys):
    lock = tmp_path / "site.lock"
    lock.write_text("a==1\n")
    (tmp_path / "site.lock.installed").write_text(set_up.lock_key(str(lock)))
    monkeypatch.setattr(set_up, "works", lambda venv: True)
    monkeypatch.setattr(set_up.subprocess, "call", lambda *_: pytest.fail("installed again"))
    assert set_up.main(str(tmp_path), str(lock)) == 0
    lock.write_text("a==2\n")
    monkeypatch.setattr(set_up.subprocess, "call", lambda *_: 1)
    assert set_up.main(str(tmp_path), str(lock)) == 1
    assert "could not install" in capsys.readouterr().err


# --- the locks ---


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").rglob("*.lock")), ids=lambda path: path.name)
def test_locks_are_hashed_and_name_no_address(lock: Path):
    text = lock.read_text("utf-8")
    assert not re.search(r"://|--index|--find-links", text)
    for requirement in re.split(r"\n(?=\S)", text.strip()):
        assert requirement.startswith("#") or re.match(r"\S+==\S+.*\\\n\s+--hash=sha256:", requirement), (
            requirement
        )


def test_the_tests_run_on_what_the_site_is_built_with():
    site, test = (
        set(re.findall(r"^\S+==\S+", (ROOT / f"requirements/{name}.lock").read_text(), re.M))
        for name in ("site", "test")
    )
    assert site <= test


@pytest.mark.parametrize("lock", ["tests/node/package-lock.json", "bench/package-lock.json"])
def test_node_locks_are_hashed_and_name_no_registry(lock: str):
    text = (ROOT / lock).read_text("utf-8")
    assert '"resolved"' not in text
    assert text.count('"integrity"') == len(re.findall(r'"node_modules/', text))


# --- serving ---


def test_a_busy_port_is_told_with_a_way_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("scripts/serve_site.py", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert re.search(r"^port \d+ is busy: .*make serve PORT=\d+$", done.stderr.strip())


@pytest.mark.parametrize("port", ["", "http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_told(port: str, capsys):
    assert serve_site.main(port) == 1
    assert "PORT must be a number" in capsys.readouterr().err


# --- the data is wrong ---


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A copy of the project with two mistakes in its data, and a site from better days."""
    for name in NEEDED:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    facts = tmp_path / "data/statuses.yaml"
    text = facts.read_text("utf-8")
    assert text.count("kind: stable") > 1
    facts.write_text(text.replace("kind: stable", "kind: stabel", 2), "utf-8")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("the last good site")
    return tmp_path


def problems(text: str) -> list[str]:
    """The lines that point into the data."""
    return re.findall(r"^data/statuses\.yaml:\d+: .*'stabel'; did you mean 'stable'\?$", text, re.MULTILINE)


@pytest.mark.parametrize(
    "command",
    [
        ["scripts/check_data.py"],
        ["scripts/build_site.py", "site"],
        ["-m", "mkdocs", "build"],
        ["scripts/export_site.py", "out"],
    ],
    ids=lambda command: command[-1],
)
def test_wrong_data_stops_every_command(broken: Path, command: list[str]):
    done = run(*command, cwd=broken)
    assert done.returncode == 1
    assert len(problems(done.stdout + done.stderr)) == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    # Bare mkdocs empties its output folder before it asks the data: our commands never do.
    assert "mkdocs" in command or (broken / "site/index.html").read_text() == "the last good site"


def test_a_build_that_fails_leaves_the_last_good_site(monkeypatch, tmp_path: Path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("good")
    monkeypatch.chdir(ROOT)

    def half_built(out: Path) -> int:
        (out / "half.html").touch()
        return 1

    monkeypatch.setattr(build_site, "mkdocs", half_built)
    assert build_site.build(tmp_path / "site") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (tmp_path / "site/index.html").read_text() == "good"


def test_a_good_build_takes_the_place_of_the_last(tmp_path: Path):
    for name, text in (("site", "old"), (".site.new", "new")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(text)
    build_site.swap(tmp_path / ".site.new", tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (tmp_path / "site/index.html").read_text() == "new"


def test_a_site_that_cannot_be_put_in_place_leaves_the_last(tmp_path: Path):
    (tmp_path / "site").mkdir()
    with pytest.raises(FileNotFoundError):
        build_site.swap(tmp_path / "gone", tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_one_build_waits_for_the_other(tmp_path: Path):
    other = os.open(tmp_path, os.O_RDONLY)
    with build_site.alone(tmp_path), pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(other)


# --- export and permalinks ---


def test_export_spares_a_folder_that_holds_something_else(tmp_path: Path, capsys):
    (tmp_path / "thesis.txt").write_text("years of work")
    assert export_site.export(tmp_path) == 1
    assert "holds something else" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_permalinks_are_added_and_never_taken_out(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(ROOT)
    file = tmp_path / "permalinks.txt"
    file.write_text("/statuses/ONCE_UPON_A_TIME/\n")
    assert list_permalinks.main(str(file)) == 0
    found = list_permalinks.lines(file.read_text("utf-8"))
    assert {"/statuses/ONCE_UPON_A_TIME/", "/statuses/SUSPENDED/#stuck"} <= set(found)
    assert found == sorted(found)


def test_the_published_list_knows_every_address():
    made = set(list_permalinks.lines((ROOT / "data/permalinks.txt").read_text("utf-8")))
    from novastatus.addresses import permalinks
    from novastatus.load import load

    new = sorted(set(permalinks(load(ROOT / "data/statuses.yaml").catalog)) - made)
    assert new == [], "run `make permalinks`"
