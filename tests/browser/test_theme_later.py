"""The theme's script runs when the reader turns to the page; what it would have set before that is there without it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from visits import context

PLACES = """[...document.querySelectorAll(".md-typeset :is(h2, h3, p, summary, table)")]
    .map(element => [element.textContent.slice(0, 20), Math.round(element.getBoundingClientRect().top)])"""
RAN = "script[src*='javascripts/bundle']"
SWITCH = "[data-md-component=palette] label:not([hidden])"


def page_in(browser: Browser, origin: str, scheme: str, width: int = 1440, address: str = "/transitions/"):
    page = context(browser, width, scheme).new_page()
    page.goto(origin + address, wait_until="networkidle")
    return page


@pytest.mark.parametrize(("scheme", "shown"), [("dark", "slate"), ("light", "default")])
def test_the_system_scheme_holds_before_and_after(browser, origin, scheme, shown):
    page = page_in(browser, origin, scheme)
    body = page.locator("body")
    expect(page.locator(RAN)).to_have_count(0)
    expect(body).to_have_attribute("data-md-color-scheme", shown)
    page.mouse.move(200, 200)
    expect(page.locator(RAN)).to_have_count(1)
    expect(page.locator("meta[name=theme-color]")).to_be_attached()
    expect(body).to_have_attribute("data-md-color-scheme", shown)


def test_a_first_touch_of_the_switch_is_not_lost(browser, origin):
    page = page_in(browser, origin, "dark")
    page.locator(SWITCH).dispatch_event("click")  # no pointer comes before it, as with a screen reader
    page.locator(SWITCH).dispatch_event("pointerdown")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    page.reload(wait_until="networkidle")
    expect(page.locator(RAN)).to_have_count(0)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    expect(page.locator(SWITCH)).to_have_attribute("title", "Switch to dark mode")


@pytest.mark.parametrize("act", ["key", "scroll", "focus"])
def test_any_sign_of_the_reader_runs_it(browser, origin, act):
    page = page_in(browser, origin, "light")
    if act == "key":
        page.keyboard.press("Shift")
    elif act == "scroll":
        page.evaluate("scrollBy(0, 300)")
    else:
        page.locator("main td a").first.focus()
    expect(page.locator(RAN)).to_have_count(1)


def test_a_frame_that_scrolls_itself_is_no_reader(browser, origin):
    """On a phone the graph is scrolled to its middle as it is drawn."""
    page = page_in(browser, origin, "light", width=390)
    assert page.locator(".life").evaluate("frame => frame.scrollLeft") > 0
    expect(page.locator(RAN)).to_have_count(0)
    page.evaluate("scrollBy(0, 300)")
    expect(page.locator(RAN)).to_have_count(1)


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("address", ["/statuses/ACTIVE/", "/actions/delete/", "/releases/", "/evidence/"])
def test_nothing_moves_when_it_runs(browser, origin, address, width):
    page = page_in(browser, origin, "light", width, address)
    page.evaluate("document.querySelectorAll('.md-typeset details').forEach(details => details.open = true)")
    page.add_style_tag(content=".md-typeset * { content-visibility: visible !important }")
    before = page.evaluate(PLACES)
    page.mouse.move(200, 200)
    page.locator(".copy-table").first.wait_for(state="attached")
    page.locator(".md-typeset__scrollwrap").first.wait_for(state="attached")
    assert page.evaluate(PLACES) == before


def test_it_finds_the_page_as_if_it_had_come_in_time(browser, origin):
    """What the theme does to the content: a button that copies a command, the section that is read in the contents."""
    page = page_in(browser, origin, "light", address="/statuses/ACTIVE/")
    page.evaluate("document.querySelector('#stuck').scrollIntoView()")
    expect(page.locator("nav.md-code__nav").first).to_be_attached()
    assert page.locator("nav.md-code__nav:not([aria-label])").count() == 0
    expect(page.locator(".md-nav--secondary .md-nav__link--active").last).to_have_attribute("href", "#stuck")
