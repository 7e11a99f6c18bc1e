"""The theme's script runs when the reader turns to the page; what it would have set before that is there without it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from visits import context

RAN = "script[src*='javascripts/bundle']"
SWITCH = "[data-md-component=palette] label:not([hidden])"


def page_in(browser: Browser, origin: str, scheme: str):
    page = context(browser, 1440, scheme).new_page()
    page.goto(origin + "/transitions/", wait_until="networkidle")
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
    elif act == "wheel":
        page.evaluate("scrollBy(0, 300)")
    else:
        page.locator("main td a").first.focus()
    expect(page.locator(RAN)).to_have_count(1)
