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
        (
            "Instance 8d7c in vm_state stopped. Cannot suspend while the instance is in this state.",
            "suspend refused while vm_state is stopped",
        ),
        (
            "Instance 8d7c is in an invalid state for 'suspend' (HTTP 409)",
            "suspend refused without a reason",
        ),
        ("Policy doesn't allow os_compute_api:os-evacuate to be performed.", "evacuate not allowed to you"),
        ("Cannot 'constructor' instance 8d7c while it is in vm_state active", "ACTIVE what the server shows"),
        (
            "Cannot 'start' instance 8d7c while it is in vm_state constructor",
            "start refused while vm_state is constructor",
        ),
        ("409", "Action by status where Nova answers 409"),
        ("HTTP 409 Conflict", "Action by status where Nova answers 409"),
        ("quota exceeded", "create may answer 403"),
        ("Quota exceeded for cores: Requested 4, but already used 20 of 20 cores", "create may answer 403"),
        ("Compute service of host is unavailable", "Host failed trigger"),
        ("No valid host was found. There are not enough hosts available.", "No valid host trigger"),
        ("memory saved", "SUSPENDED status"),
        ("saves memory", "SUSPENDED status"),
        ("transitions", "Transitions page"),
    ],
)
def test_the_finder(page, origin, text, first):
    page.goto(origin + "/")
    assert first_of(page, text) == first


def test_a_failed_fetch_is_told_and_tried_again(page, origin):
    page.route("**/finder.json", lambda route: route.fulfill(status=503, body="busy"))
    page.goto(origin + "/")
    page.locator("#finder").fill("SHUTOFF")
    expect(page.locator("[data-finder] li")).to_contain_text("could not be fetched")
    expect(page.locator("[data-finder] [role=status]")).to_contain_text("could not be fetched")
    page.unroute("**/finder.json")
    page.locator("#finder").fill("PAUSED")
    expect(page.locator("[data-finder] li").first).to_contain_text("PAUSED status")


def test_the_finder_by_key(page, origin):
    page.goto(origin + "/")
    first_of(page, "suspend")
    said = page.locator("[data-finder] [role=status]")
    expect(said).to_have_text("5 results")
    expect(page.locator("[data-finder] ul")).not_to_have_attribute("aria-live", "polite")
    links = page.locator("[data-finder] li a")
    before = page.evaluate("scrollY")
    page.locator("#finder").press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#finder")).to_be_focused()
    assert page.evaluate("scrollY") == before
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator("#finder")).to_be_focused()
    expect(page.locator("#finder")).to_have_value("")
    expect(links).to_have_count(0)
    expect(said).to_have_text("")
    page.locator("#finder").press("ArrowDown")  # nothing to go to: the page stays where it is
    assert page.evaluate("scrollY") == before


def test_a_refusal_leads_to_the_way_out(page, origin):
    page.goto(origin + "/")
    first_of(page, "Cannot 'suspend' instance 8d7c while it is in vm_state stopped")
    page.keyboard.press("Enter")
    page.wait_for_url("**/actions/suspend/#accepted")
    row = page.locator("tr", has_text="SHUTOFF").first
    assert "first start" in row.inner_text()


@pytest.mark.parametrize(
    ("lost", "found"),
    [
        ("/statuses/suspended/#stuck", "/statuses/SUSPENDED/#stuck"),
        ("/statuses/Suspended/#stuck", "/statuses/SUSPENDED/#stuck"),
        ("/statuses/hibernated/#stuck", "/statuses/SUSPENDED/#stuck"),
        ("/statuses/suspended/index.html", "/statuses/SUSPENDED/"),
        ("/statuses/suspended.html", "/statuses/SUSPENDED/"),
        ("/statuses/powered%20off/", "/statuses/SHUTOFF/"),
        ("/Statuses/ACTIVE", "/statuses/ACTIVE/"),
        ("/Transitions/", "/transitions/"),
        ("/Support/", "/support/"),
        ("/Actions/Matrix/#x", "/actions/matrix/#x"),
        ("/runbooks/build/", "/statuses/BUILD/#stuck"),
    ],
)
def test_another_case_or_an_alias_reaches_the_page(page, origin, lost, found):
    page.goto(origin + lost)
    page.wait_for_url(origin + found)


@pytest.mark.parametrize(
    ("lost", "offered"),
    [
        ("/errors/no-valid-host/", "No valid host trigger"),
        ("/errors/409/", "Action by status where Nova answers 409"),
        ("/errors/", "Action by status page"),
        ("/runbooks/", "Statuses page"),
        ("/runbooks/stuck-in-build/", "BUILD status"),
        ("/support/libvirt-kvm/", "libvirt"),
    ],
)
def test_an_address_that_is_not_there_yet_is_answered_with_what_is_meant(page, origin, lost, offered):
    page.goto(origin + lost)
    expect(page.locator("[data-lost] li").first).to_contain_text(offered)


@pytest.mark.parametrize(
    "nonsense", ["/qqqqqqqqqq/", "/statuses/qqqqqqqqqq/", "/statuses/%E0%A4%A/", "/statuses/constructor/"]
)
def test_nonsense_is_answered_with_no_status(page, origin, nonsense):
    thrown = []
    page.on("pageerror", lambda error: thrown.append(str(error)))
    with page.expect_response("**/finder.json"):
        page.goto(origin + nonsense)
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-lost]")).to_be_hidden()
    assert page.locator("[data-lost] li").count() == 0 and thrown == []


def test_no_entry_is_offered_twice(page, origin):
    for lost in ("/reboot/", "/statuses/rebootin/", "/suspended/", "/errors/suspended/"):
        page.goto(origin + lost)
        expect(page.locator("[data-lost] li").first).to_be_visible()
        offered = page.locator("[data-lost] li").all_inner_texts()
        assert len(offered) == len(set(offered)), lost


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
    expect(page.get_by_role("button", name="Copied: Statuses")).to_be_visible()
    expect(page.locator("[role=status]", has_text="Copied: Statuses")).to_be_attached()
    text = page.evaluate("navigator.clipboard.readText()")
    assert "SHUTOFF\tstable\t" in text


@pytest.mark.parametrize("address", ["/statuses/ACTIVE/", "/support/", "/actions/shelve/", "/evidence/"])
def test_the_copy_buttons_have_names_of_their_own(page, origin, address):
    page.goto(origin + address)
    turn_to(page, ".copy-table")
    names = page.evaluate(
        "[...document.querySelectorAll('.copy-table button')].map(button => button.ariaLabel)"
    )
    assert len(names) > 1 and len(names) == len(set(names))
    assert all(name.startswith("Copy table: ") and "¶" not in name for name in names)


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
