"""The finder, the way back from the 404 page, and the copied table: what the site's own script does."""

from __future__ import annotations

import pytest
from chromium import Chromium
from playwright.sync_api import Page, expect
from visits import context, turn_to


@pytest.fixture
def page(browser: Chromium, origin: str):
    with context(browser, 1440, "light") as window:
        window.grant_permissions(["clipboard-read", "clipboard-write"], origin=origin)
        yield window.new_page()


def first_of(page: Page, text: str) -> str:
    """What the finder offers first for a text."""
    page.locator("#finder").fill(text)
    found = page.locator("[data-finder] li").first
    expect(found).to_be_visible()
    return found.inner_text().splitlines()[0]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("VERIFY_RESIZE", "VERIFY_RESIZE status"),
        ("verify resize", "VERIFY_RESIZE status"),
        ("powered off", "SHUTOFF status"),
        ("hibernated", "SUSPENDED status"),
        ("live-migrate", "live-migrate action"),
        ("suspnd", "suspend action"),
        ("powering-off", "powering-off task_state"),
        ("openstack server resume web-1", "resume action"),
        ("Instance 8d7c is locked", "lock the server is locked"),
        (
            "Cannot 'reboot' instance 8d7c while it is in vm_state stopped",
            "reboot-soft refused while vm_state is stopped",
        ),
        (
            "Cannot 'suspend' instance 8d7c while it is in vm_state stopped (HTTP 409)",
            "suspend refused while vm_state is stopped",
        ),
        (
            "Cannot 'createImage' instance 8d7c while it is in task_state deleting",
            "create-image refused while task_state is deleting",
        ),
    ],
)
def test_the_finder(page, origin, text, first):
    page.goto(origin + "/")
    assert first_of(page, text) == first


def test_a_refusal_leads_to_the_way_out(page, origin):
    page.goto(origin + "/")
    first_of(page, "Cannot 'suspend' instance 8d7c while it is in vm_state stopped")
    page.keyboard.press("Enter")
    page.wait_for_url("**/actions/suspend/#accepted")
    row = page.locator("tr", has_text="SHUTOFF").first
    assert "first start" in row.inner_text()


@pytest.mark.parametrize("lost", ["suspended", "Suspended", "hibernated"])
def test_another_case_or_an_alias_reaches_the_page(page, origin, lost):
    page.goto(f"{origin}/statuses/{lost}/#stuck")
    page.wait_for_url(f"{origin}/statuses/SUSPENDED/#stuck")


def test_a_misspelt_address_is_answered_with_the_nearest(page, origin):
    page.goto(f"{origin}/statuses/suspendet/")
    nearest = page.locator("[data-lost] li a").first
    expect(nearest).to_contain_text("SUSPENDED")
    nearest.click()
    page.wait_for_url("**/statuses/SUSPENDED/")


def test_a_task_state_in_the_place_of_a_status_is_told_as_such(page, origin):
    page.goto(f"{origin}/statuses/powering-off/")
    expect(page.locator("[data-lost] li").first).to_contain_text("powering-off task_state")


def test_a_table_is_copied_with_its_cells(page, origin):
    page.goto(f"{origin}/statuses/")
    turn_to(page, ".copy-table")  # the buttons come with the reader
    page.get_by_role("button", name="Copy table").first.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert "SHUTOFF\tstable\t" in text


@pytest.mark.parametrize(
    ("text", "status"),
    [("SHELVED_OFFLOADED", "SHELVED_OFFLOADED"), ("hibernated", "SUSPENDED"), ("frozen memory", "PAUSED")],
)
def test_the_search_finds_by_name_alias_and_meaning(page, origin, text, status):
    """The theme's own search, from the keyboard; the page is among the first three results."""
    page.goto(origin + "/")
    page.keyboard.press("s")
    page.locator(".md-search__input").fill(text)
    titles = (
        "[...document.querySelectorAll('.md-search-result__item h1')].slice(0, 3).map(h => h.textContent)"
    )
    page.wait_for_function(f"status => {titles}.includes(status)", arg=status)


def test_a_line_of_the_facts_leads_to_the_page_that_shows_it(page, origin):
    page.goto(origin + "/schema/")
    page.goto(origin + "/source/#L412")
    expect(page.locator("#L412:target")).to_be_visible()
    assert page.url == origin + "/source/statuses/#L412"
    page.go_back()
    assert page.url == origin + "/schema/", "the way back leads past the page that only led on"
