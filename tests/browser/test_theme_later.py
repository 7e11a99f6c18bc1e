"""The theme's script runs when the reader turns to the page; what it would have set before that is there without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from chromium import Chromium
from playwright.sync_api import Page, expect
from visits import context, insist, turn_to

PLACES = """[...document.querySelectorAll(".md-typeset :is(h2, h3, p, summary, table)")]
    .map(element => [element.textContent.slice(0, 20), Math.round(element.getBoundingClientRect().top)])"""
RAN = "script[src*='javascripts/bundle']"
SWITCH = "[data-md-component=palette] label:not([hidden])"


@pytest.fixture
def page_in(browser: Chromium, origin: str) -> Iterator[Callable[..., Page]]:
    """Opens a page in a window of its own."""
    with ExitStack() as windows:

        def opened(scheme: str, width: int = 1440, address: str = "/transitions/") -> Page:
            page = windows.enter_context(context(browser, width, scheme)).new_page()
            page.goto(origin + address, wait_until="networkidle")
            return page

        yield opened


@pytest.mark.parametrize(("scheme", "shown"), [("dark", "slate"), ("light", "default")])
def test_the_system_scheme_holds_before_and_after(page_in, scheme, shown):
    page = page_in(scheme)
    body = page.locator("body")
    expect(page.locator(RAN)).to_have_count(0)
    expect(body).to_have_attribute("data-md-color-scheme", shown)
    turn_to(page, RAN)
    expect(page.locator("meta[name=theme-color]")).to_be_attached()
    expect(body).to_have_attribute("data-md-color-scheme", shown)


def test_a_first_touch_of_the_switch_is_not_lost(page_in):
    page = page_in("dark")
    page.locator(SWITCH).dispatch_event("click")  # no pointer comes before it, as with a screen reader
    page.locator(SWITCH).dispatch_event("pointerdown")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    page.reload(wait_until="networkidle")
    expect(page.locator(RAN)).to_have_count(0)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    expect(page.locator(SWITCH)).to_have_attribute("title", "Switch to dark mode")


SIGNS = {
    "key": lambda page: page.keyboard.press("Shift"),
    "scroll": lambda page: page.evaluate("scrollBy(0, 30)"),
    "focus": lambda page: page.locator("main td a").first.focus(),
}


@pytest.mark.parametrize("sign", SIGNS)
def test_any_sign_of_the_reader_runs_it(page_in, sign):
    page = page_in("light")
    insist(lambda: SIGNS[sign](page), page.locator(RAN))


def test_a_frame_that_scrolls_itself_is_no_reader(page_in):
    """On a phone the graph is scrolled to its middle as it is drawn."""
    page = page_in("light", width=390)
    assert page.locator(".life").evaluate("frame => frame.scrollLeft") > 0
    expect(page.locator(RAN)).to_have_count(0)
    page.evaluate("scrollBy(0, 300)")
    expect(page.locator(RAN)).to_have_count(1)


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("address", ["/statuses/ACTIVE/", "/actions/delete/", "/releases/", "/evidence/"])
def test_nothing_moves_when_it_runs(page_in, address, width):
    page = page_in("light", width, address)
    page.evaluate("document.querySelectorAll('.md-typeset details').forEach(details => details.open = true)")
    page.add_style_tag(content=".md-typeset * { content-visibility: visible !important }")
    before = page.evaluate(PLACES)
    turn_to(page, ".copy-table")
    page.locator(".md-typeset__scrollwrap").first.wait_for(state="attached")
    assert page.evaluate(PLACES) == before


def test_a_table_that_is_too_wide_can_be_scrolled_by_key(page_in):
    page = page_in("light", address="/evidence/")
    turn_to(page, ".md-typeset__scrollwrap")
    frames = page.locator(".md-typeset__scrollwrap")
    expect(frames.first).not_to_have_attribute("tabindex", "0")
    page.add_style_tag(content=".md-typeset table { font-size: 3rem !important }")
    expect(frames.first).to_have_attribute("tabindex", "0")


def test_it_finds_the_page_as_if_it_had_come_in_time(page_in):
    """What the theme does to the content: a button that copies a command, the section that is read in the contents."""
    page = page_in("light", address="/statuses/ACTIVE/")
    page.evaluate("document.querySelector('#stuck').scrollIntoView()")
    expect(page.locator("nav.md-code__nav").first).to_be_attached()
    assert page.locator("nav.md-code__nav:not([aria-label])").count() == 0
    expect(page.locator(".md-nav--secondary .md-nav__link--active").last).to_have_attribute("href", "#stuck")
