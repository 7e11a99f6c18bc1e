"""The built site in the system's Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import GONE, LIMIT, Chromium, ended_after
from playwright.sync_api import expect, sync_playwright
from serve_static import serving
from visits import PATIENCE

expect.set_options(timeout=PATIENCE)
HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def origin(site: Path) -> Iterator[str]:
    """Where the built site is served."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Chromium]:
    """Chromium; the tests fail without one, since `make test` brings it."""
    with sync_playwright() as playwright:
        yield Chromium(playwright)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test whose Chromium had to be ended is run once more; no other failure is."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=[GONE]))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item):
    """Making what a test stands on has an end."""
    with ended_after(LIMIT):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item):
    """So has the test."""
    with ended_after(LIMIT):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item):
    """And leaving it."""
    with ended_after(LIMIT):
        return (yield)
