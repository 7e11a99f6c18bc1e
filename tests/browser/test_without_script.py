"""The site without JavaScript: the same content, only the interactive tools are missing."""

from __future__ import annotations

from pathlib import Path

import page_kinds
from chromium import Chromium
from visits import context

WORDS_LOST = 0.05  # what a script may add to a page: labels of its own controls


def words(browser: Chromium, origin: str, address: str, script: bool) -> set[str]:
    """The words that a reader sees in the page's main part."""
    with context(browser, 1440, "light", script) as window:
        page = window.new_page()
        page.goto(origin + address, wait_until="load")
        return set(page.locator("main").inner_text().split())


def test_content_is_there_without_script(browser: Chromium, origin: str, site: Path):
    lost = {}
    kinds = page_kinds.kinds(site)
    del kinds["not found"]  # its suggestions are a tool, and its text names the pages without them
    for address in kinds.values():
        with_script = words(browser, origin, address, True)
        missing = with_script - words(browser, origin, address, False)
        if len(missing) > WORDS_LOST * len(with_script):
            lost[address] = sorted(missing)[:20]
    assert lost == {}
