"""The search: it costs nothing until it is used, and then finds statuses by name, alias and meaning."""

from __future__ import annotations

import pytest
from chromium import Chromium
from novastatus import facts
from playwright.sync_api import Page, TimeoutError, expect
from visits import context

STATUSES = facts.read().catalog.statuses
FIRST = (
    "[...document.querySelectorAll('.md-search-result__item h1')].slice(0, 3).map(title => title.textContent)"
)
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


def ask(page: Page, text: str) -> None:
    """Put a text into the box and let go of a key, as the search waits for that."""
    page.locator("[name=query]").fill(text)
    page.locator("[name=query]").dispatch_event("keyup")


def test_every_name_and_alias_of_a_status_finds_its_page_among_the_first_three(page: Page):
    page.locator("[name=query]").focus()
    missed = {}
    for status in STATUSES.values():
        for name in (status.name, *status.aliases):
            ask(page, "qqqqqqqq")  # what was found before is no answer
            expect(page.locator(".md-search-result__item")).to_have_count(0)
            ask(page, name)
            page.locator(".md-search-result__item").first.wait_for()
            try:
                page.wait_for_function(f"name => {FIRST}.includes(name)", arg=status.name, timeout=5000)
            except TimeoutError:
                missed[name] = page.evaluate(FIRST)
    assert missed == {}
