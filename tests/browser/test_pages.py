"""Every kind of page, in a wide and a narrow window, light and dark."""

from __future__ import annotations

from pathlib import Path

import page_kinds
import pytest
from chromium import Chromium
from visits import Visit, context, visit

VARIANTS = [(width, scheme) for width in (1440, 390) for scheme in ("light", "dark")]


@pytest.fixture(scope="module", params=VARIANTS, ids=lambda variant: f"{variant[0]}-{variant[1]}")
def visits(request, browser: Chromium, origin: str, site: Path) -> dict[str, Visit]:
    """A visit to each kind of page, by its address."""
    with context(browser, *request.param) as window:
        return {address: visit(window, origin, address) for address in page_kinds.kinds(site).values()}


def test_axe_finds_no_violation(visits):
    assert [f"{address}: {found}" for address, seen in visits.items() for found in seen.violations] == []


def test_no_request_leaves_the_origin(visits):
    assert {address: seen.elsewhere for address, seen in visits.items() if seen.elsewhere} == {}


def test_the_console_stays_silent(visits):
    assert {address: seen.console for address, seen in visits.items() if seen.console} == {}


def test_no_page_is_wider_than_the_window(visits):
    assert {address: seen.overflow for address, seen in visits.items() if seen.overflow > 0} == {}


def test_every_page_says_something(visits):
    assert [address for address, seen in visits.items() if len(seen.text) < 80] == []
