"""No page asks another origin for anything: what the HTML and the style sheets name, without running them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

FETCHED = {"src", "srcset", "poster", "data", "action", "background"}
LINKS_FETCHED = {
    "stylesheet",
    "icon",
    "shortcut",
    "preload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "manifest",
}
ELSEWHERE = re.compile(r"^\s*(https?:)?//", re.IGNORECASE)
IN_CSS = re.compile(r"""(?:url\(|@import)\s*['"]?\s*((?:https?:)?//[^'")\s]+)""", re.IGNORECASE)


class Fetches(HTMLParser):
    """Collects what a browser would fetch from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        fetched = [values[name] for name in FETCHED & values.keys()]
        if tag == "link" and LINKS_FETCHED & set(values.get("rel", "").lower().split()):
            fetched.append(values.get("href", ""))
        if tag in ("image", "use"):
            fetched += [values.get("href", ""), values.get("xlink:href", "")]
        if values.get("http-equiv", "").lower() == "refresh":
            fetched.append(values.get("content", "").partition("=")[2])
        self.found += filter(ELSEWHERE.match, fetched)
        self.found += IN_CSS.findall(values.get("style", ""))


def fetches(html: str) -> list[str]:
    """The addresses elsewhere that a page fetches from."""
    parser = Fetches()
    parser.feed(html)
    return parser.found


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="//fonts.example/css">',
        '<link rel="preconnect" href="https://fonts.example">',
        '<img srcset="https://img.example/a.png 2x">',
        '<p style="background: url(https://img.example/a.png)">',
        '<meta http-equiv="refresh" content="0; url=https://example.org">',
    ],
)
def test_the_scan_sees(html: str):
    assert len(fetches(html)) == 1


def test_links_to_elsewhere_are_no_fetches():
    assert (
        fetches(
            '<a href="https://docs.openstack.org/">x</a><link rel="canonical" href="https://example.org/">'
        )
        == []
    )


def test_pages_fetch_nothing_from_elsewhere(site: Path):
    found = {str(page.relative_to(site)): fetches(page.read_text("utf-8")) for page in site.rglob("*.html")}
    assert {page: urls for page, urls in found.items() if urls} == {}


def test_style_sheets_fetch_nothing_from_elsewhere(site: Path):
    found = {
        str(sheet.relative_to(site)): IN_CSS.findall(sheet.read_text("utf-8"))
        for sheet in site.rglob("*.css")
    }
    assert {sheet: urls for sheet, urls in found.items() if urls} == {}
