"""The generated pages: their addresses, anchors and links, and what stands on them."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

import pytest
from novastatus import facts, links
from novastatus.addresses import STATUS_ANCHORS, addresses
from novastatus.addresses import files as promised_files
from novastatus.build import build
from novastatus.edit import line_of
from novastatus.guards import verdict
from novastatus.pages import Page, pages
from novastatus.site import Site
from novastatus.views.action import accepted_pairs
from novastatus.views.status import failing, onward
from novastatus.views.unseen import unseen_sources


@cache
def site() -> Site:
    return Site(facts.read())


@cache
def made() -> dict[str, Page]:
    return {page.address: page for page in pages(site())}


@cache
def files() -> dict[str, bytes]:
    return build(site().loaded)


def test_every_promised_address_is_made_and_no_other():
    assert list(made()) and set(made()) == set(addresses(site().catalog))


def test_every_promised_file_is_made_and_every_file_for_tools_is_promised():
    promised = {address.lstrip("/") for address in promised_files(site().catalog)}
    assert promised - set(files()) == set()
    assert {path for path in files() if path.startswith(("api/", "schema/v1/"))} <= promised


def test_every_anchor_of_the_matrix_is_promised():
    """The page tells that each cell has an address; the sources are left out: their lines move."""
    promised = addresses(site().catalog)
    for address in ("/support/", "/actions/", "/states/", "/triggers/"):
        assert set(links.anchors(made()[address].markdown)) == set(promised[address]), address


@pytest.mark.parametrize("address", addresses(facts.read().catalog))
def test_the_promised_anchors_stand_on_the_page(address):
    missing = set(addresses(site().catalog)[address]) - set(links.anchors(made()[address].markdown))
    assert missing == set()


def test_a_status_page_has_its_anchors_in_their_order():
    for name in site().catalog.statuses:
        here = [a for a in links.anchors(made()[f"/statuses/{name}/"].markdown) if a in STATUS_ANCHORS]
        assert here == list(STATUS_ANCHORS), name


def test_every_link_leads_to_a_page_a_file_and_an_anchor_that_are_there():
    lost = []
    for page in made().values():
        for address, anchor, _ in links.targets(page.markdown):
            if address in made():
                found = not anchor or anchor in links.anchors(made()[address].markdown)
            else:
                found = address.lstrip("/") in files()
            if not found:
                lost.append(f"{page.address} -> {address}#{anchor}")
    assert lost == []


def test_no_link_is_absolute_once_published():
    for path, content in files().items():
        if path.endswith(".md"):
            text = content.decode()
            assert not list(links.targets(text)), path


def test_nothing_of_python_or_jinja_shows():
    for page in made().values():
        for word in ("`None`", "| None |", "Undefined", "{{", "{%", "Kind.", "Level.", "<novastatus"):
            assert word not in page.markdown, (page.address, word)


def test_every_page_has_a_title_and_a_description_of_its_own():
    heads = {page.address: page.markdown.split("---\n")[1] for page in made().values()}
    assert all("title: " in head and "description: " in head for head in heads.values())
    assert len(set(heads.values())) == len(heads)


def test_a_status_page_offers_what_nova_accepts_and_refuses_the_rest():
    page = made()["/statuses/SHUTOFF/"].markdown
    can, refused = page.split('??? failure "Refused')[:2]
    start = '[start<span class="sr"> action</span>](/actions/start/)'
    assert f"| {start} | `openstack server start <server>` |" in can
    assert f"| [suspend](/actions/suspend/) | 409 | first {start} |" in refused


def test_no_route_advises_what_destroys():
    last_resort = [action.name for action in site().catalog.actions.values() if action.last_resort]
    assert "delete" in last_resort
    for page in made().values():
        for name in last_resort:
            assert f"| first [{name}]" not in page.markdown, (page.address, name)


@pytest.mark.parametrize(
    ("address", "starts"),
    [
        ("/statuses/", "statuses:"),
        ("/actions/matrix/", "actions:"),
        ("/actions/suspend/", "  suspend:"),
        ("/transitions/", "transitions:"),
        ("/triggers/", "triggers:"),
        ("/states/", "vm_states:"),
        ("/support/", "operations:"),
        ("/support/vmware/", "  vmware:"),
        ("/releases/", "releases:"),
    ],
)
def test_every_page_ends_with_a_link_to_its_line(address, starts):
    line = line_of(site().loaded, address)
    assert site().loaded.text.splitlines()[line - 1] == starts
    assert f"#L{line}){{ .edit }}" in made()[address].markdown.rstrip().splitlines()[-1]


def test_what_is_accepted_in_part_is_told_by_vm_state_where_that_decides():
    def told(action: str, status: str) -> str:
        catalog = site().catalog
        return accepted_pairs(catalog, verdict(catalog, catalog.actions[action], status))

    assert told("set-metadata", "REBUILD") == "not while the vm_state is `error`"
    assert told("attach-share", "RESIZE") == "only while the vm_state is `stopped`"
    assert told("evacuate", "MIGRATING") == "only while the vm_state is `active`"
    assert told("reboot-hard", "REBOOT").startswith("only while") or told("reboot-hard", "SHUTOFF")


def test_what_only_ends_another_action_sends_nobody_round():
    catalog, page = site().catalog, made()["/actions/resume/"].markdown
    row = next(line for line in page.splitlines() if line.startswith("|") and "/statuses/ERROR/" in line)
    assert "nothing to do: it is for after a" in row and "/actions/suspend/" in row
    evacuate = made()["/statuses/PAUSED/"].markdown
    assert "nothing works without its host: see [stuck](/statuses/PAUSED/#stuck)" in evacuate
    assert all(name in catalog.actions for a in catalog.actions.values() for name in a.follows)


def test_edit_links_point_at_the_line_of_the_fact():
    page = made()["/statuses/SUSPENDED/"].markdown
    line = next(i for i, text in enumerate(site().loaded.text.splitlines(), 1) if text == "  SUSPENDED:")
    assert f"](/source/statuses/#L{line})" in page
    assert f'<li id="L{line}">  SUSPENDED:</li>' in made()["/source/statuses/"].markdown


def test_the_source_is_shown_whole_and_as_it_stands_in_the_file():
    pages = [page for address, page in made().items() if address.startswith("/source/")]
    shown = re.findall(r'<li id="L(\d+)">(.*?)</li>', "".join(page.content for page in pages))
    lines = {int(number): unescape(line).replace("\xa0", "") for number, line in shown}
    assert [lines[number] for number in sorted(lines)] == site().loaded.text.splitlines()
    assert len(shown) == len(lines)


def test_two_builds_of_the_same_facts_are_the_same():
    assert build(facts.read()) == files()


def sections(markdown: str) -> dict[str, str]:
    """The text below each second heading, by its anchor; what stands above the first is ``""``."""
    top, *rest = re.split(r"^## .*\{#([\w-]+)\}$", markdown, flags=re.MULTILINE)
    return {"": top} | dict(zip(rest[::2], rest[1::2], strict=True))


ALWAYS_MARKED = {
    "statuses": (
        "",
        "meaning",
        "what-you-can-do",
        "what-happens-next",
        "what-it-holds",
        "derived-from",
        "history",
    ),
    "actions": ("", "accepted", "request"),
    "support": ("", "operations", "statuses"),
}


@pytest.mark.parametrize("section", ALWAYS_MARKED)
def test_every_group_of_facts_says_how_it_is_known(section):
    named = {"statuses": "statuses", "actions": "actions", "support": "drivers"}[section]
    for name in getattr(site().catalog, named):
        found = sections(made()[f"/{section}/{name}/"].markdown)
        bare = [anchor for anchor in ALWAYS_MARKED[section] if 'class="mark' not in found[anchor]]
        assert bare == [], name
        tables = [anchor for anchor, text in found.items() if "\n| ---" in text and 'class="mark' not in text]
        assert tables == [], name


def test_a_transition_that_no_run_showed_says_so():
    """On the page of what starts it, in the table of all, and nowhere else."""
    known = site().unseen
    assert known, "if every transition was seen, this test and the mark can go"
    ways = [(name, way) for name, found in site().catalog.transitions.items() for way in found]
    marked = [unseen_sources(known, name, way, way.source) for name, way in ways]
    assert sum(map(len, marked)) == len(known)
    table = made()["/transitions/"].markdown
    assert table.count("not seen in a run") == sum(map(bool, marked))
    for name in {name for name, *_ in known}:
        address = f"/actions/{name}/" if name in site().catalog.actions else "/triggers/"
        assert "not seen in a run" in made()[address].markdown, name
    for status in site().catalog.statuses:
        shown = any(not edge.seen for edge in onward_and_failing(status))
        assert ("not seen in a run" in made()[f"/statuses/{status}/"].markdown) is shown, status


def onward_and_failing(status: str):
    edges = site().edges
    return [*onward(edges, site().catalog.statuses[status]), *failing(edges, status)]


@pytest.mark.parametrize(
    ("name", "undecided", "passed"),
    [
        ("live-migrate", ["ACTIVE", "PAUSED"], []),
        ("create-image", ["ACTIVE", "SHUTOFF", "PAUSED", "SUSPENDED"], []),
        ("rebuild", [], ["ACTIVE"]),
        ("delete", ["ACTIVE", "SHUTOFF"], ["ACTIVE", "SOFT_DELETED", "SHUTOFF"]),
        ("pause", [], []),
    ],
)
def test_an_action_page_tells_where_a_failure_looks_like_a_success_and_what_is_passed(
    name: str, undecided: list[str], passed: list[str]
):
    lines = made()[f"/actions/{name}/"].markdown.splitlines()
    failing = [line for line in lines if line.startswith("A failure can end in ")]
    passing = [line for line in lines if "may also be passed on the way" in line]
    assert [re.findall(r"/statuses/(\w+)/", line) for line in failing] == ([undecided] if undecided else [])
    assert all("`openstack server event list <server>`" in line for line in failing)
    assert [re.findall(r"/statuses/(\w+)/", line) for line in passing] == ([passed] if passed else [])


def test_the_way_to_a_refused_action_tells_its_condition_if_that_matters():
    page = made()["/statuses/VERIFY_RESIZE/"].markdown
    assert "| first [confirm-resize](/actions/confirm-resize/) (leads there if the guest is off) |" in page
    row = next(line for line in page.splitlines() if line.lstrip().startswith("| [rebuild]"))
    assert row.endswith(
        "| first [confirm-resize](/actions/confirm-resize/) |"
    )  # ACTIVE or SHUTOFF: both will do
