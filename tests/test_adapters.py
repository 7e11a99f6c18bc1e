"""Both adapters hand over exactly what `build` returns, and the site is the same however it is built."""

from __future__ import annotations

import runpy
from html.parser import HTMLParser
from pathlib import Path

import mkdocs_gen_files
import page_kinds
import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import Files
from project import ROOT, run

SECTIONS = "Home, Statuses, Actions, Transitions, Hypervisors or Data"


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def same(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The paths at which two trees differ."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


@pytest.fixture
def generated(tmp_path: Path, monkeypatch) -> Path:
    """What mkdocs-gen-files is handed."""
    monkeypatch.chdir(ROOT)
    with mkdocs_gen_files.FilesEditor(Files([]), load_config(str(ROOT / "mkdocs.yml")), str(tmp_path)):
        runpy.run_path("scripts/gen_pages.py")
    return tmp_path


def test_both_adapters_write_the_same_bytes(generated: Path, exported: Path):
    assert same(tree(ROOT / "docs") | tree(generated), tree(exported / "docs")) == []


def test_every_page_is_edited_at_its_line_of_the_facts(generated: Path, monkeypatch):
    from novastatus import facts
    from novastatus.edit import edit_path

    monkeypatch.chdir(ROOT)
    loaded = facts.read()
    path, _, line = edit_path(loaded, "statuses/SUSPENDED.md").partition("#L")
    assert path == "../data/statuses.yaml"
    assert loaded.text.splitlines()[int(line) - 1].strip() == "SUSPENDED:"


def test_nav_names_every_page_and_no_other(exported: Path):
    in_nav = set(leaves(load_config(str(ROOT / "mkdocs.yml")).nav))
    pages = {path for path in tree(exported / "docs") if path.endswith(".md")}
    missing, gone = sorted(pages - in_nav), sorted(in_nav - pages)
    advice = [f"add to nav in mkdocs.yml, under {SECTIONS}:      - {page}" for page in missing]
    advice += [f"take out of nav in mkdocs.yml:      - {page}" for page in gone]
    assert advice == []


def leaves(nav) -> list[str]:
    """The pages in a nav of mkdocs.yml."""
    if isinstance(nav, str):
        return [nav]
    return [page for item in (nav.values() if isinstance(nav, dict) else nav) for page in leaves(item)]


def test_two_builds_are_byte_identical(site: Path, tmp_path: Path):
    done = run("scripts/build_site.py", tmp_path / "site", PYTHONHASHSEED="7", TZ="Asia/Tokyo", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert same(tree(site), tree(tmp_path / "site")) == []


class Outline(HTMLParser):
    """The first heading of a page, and the anchors in its main part."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = 0
        self.in_title = False
        self.title = ""
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside += tag == "article"
        name = dict(attrs).get("id")
        # The themes number what they make themselves: code blocks, tabs, footnotes.
        if self.inside and name and not name.startswith("__"):
            self.anchors.add(name)
        self.in_title = tag == "h1" or (self.in_title and tag != "a")

    def handle_endtag(self, tag: str) -> None:
        self.inside -= tag == "article"
        self.in_title = self.in_title and tag != "h1"

    def handle_data(self, data: str) -> None:
        self.title += data.strip() if self.in_title else ""


def outlines(site: Path) -> dict[str, tuple[str, list[str]]]:
    """Address of every page to its first heading and its anchors."""
    result = {}
    for address in page_kinds.addresses(site):
        outline = Outline()
        outline.feed((site / address.lstrip("/") / "index.html").read_text("utf-8"))
        result[address] = (outline.title, sorted(outline.anchors))
    return result


def test_zensical_makes_the_same_pages(site: Path, exported: Path):
    done = run("-m", "zensical", "build", cwd=exported)
    assert done.returncode == 0, done.stderr
    assert "No issues found" in done.stdout + done.stderr, done.stdout + done.stderr
    ours, theirs = outlines(site), outlines(exported / "site")
    assert sorted(ours) == sorted(theirs)
    assert {
        address: (ours[address], theirs[address]) for address in ours if ours[address] != theirs[address]
    } == {}
