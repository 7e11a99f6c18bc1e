"""The built site in the system's Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from find_chromium import FLAGS, chromium
from playwright.sync_api import Browser, expect, sync_playwright
from serve_static import serving
from visits import PATIENCE

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def origin(site: Path) -> Iterator[str]:
    """Where the built site is served."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; the tests fail without one, since `make test` brings it."""
    path = chromium()
    assert path, "no Chromium: `make test` installs it, or says what to install"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=list(FLAGS))
