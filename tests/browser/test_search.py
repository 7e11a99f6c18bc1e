"""The search: it costs nothing until it is used, and then finds statuses by name, alias and meaning."""

from __future__ import annotations

import pytest
from chromium import Chromium
from playwright.sync_api import Page
from visits import context

INDEX = "/search/search_index.json"


@pytest.fixture
def page(browser: Chromium, origin: str):
    """The home page, and in ``fetched`` what it asked for."""
    with context(browser, 1440, "light") as window:
        page = window.new_page()
        page.fetched = []
        page.on("request", lambda request: page.fetched.append(request.url.removeprefix(origin)))
        page.goto(origin, wait_until="networkidle")
        yield page


def test_the_index_is_fetched_when_the_search_is_used(page: Page):
    assert INDEX not in page.fetched
    with page.expect_response(f"**{INDEX}"):
        page.locator("[name=query]").focus()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("VERIFY_RESIZE", "/statuses/VERIFY_RESIZE/"),
        ("hibernated", "/statuses/SUSPENDED/"),
        ("rescue image", "/statuses/RESCUE/"),
    ],
)
def test_search_finds_statuses(page: Page, wanted: str, found: str):
    page.locator("[name=query]").fill(wanted)
    results = page.locator(".md-search-result__link")
    results.first.wait_for()
    assert any(found in (link.get_attribute("href") or "") for link in results.all()[:5])
