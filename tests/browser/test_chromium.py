"""A Chromium that hangs does not hold the run."""

from __future__ import annotations

import re

import pytest
from chromium import GONE, Chromium, ended_after
from playwright.sync_api import Error

NEVER = "() => new Promise(() => {})"


def test_a_chromium_that_hangs_is_ended_and_the_next_window_has_a_new_one(browser: Chromium):
    page = browser.new_context().new_page()
    with pytest.raises(Error) as failed, ended_after(1):
        page.evaluate(NEVER)
    assert re.search(GONE, str(failed.value)), "such a failure is what the test is run again for"
    with browser.new_context() as window:
        assert window.new_page().evaluate("1 + 1") == 2
