"""The system's Chromium, with an end to waiting: one that no longer answers is ended, and a new one started.

Most calls of a browser driver end by their own timeouts; evaluating a script and moving the pointer do not,
and a renderer that never comes back would hold the whole run.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
from find_chromium import FLAGS, chromium
from playwright.sync_api import Browser, BrowserContext, Playwright

LIMIT = 420  # seconds for one test, or what it stands on: a loaded machine took 150
ENDS = 3  # hangs that may be accidents; after one more the rest of the tests fail at once
GONE = "has been closed|Connection closed"  # what the driver says of calls to a browser that went away


class Chromium:
    """Gives windows; starts Chromium when the first is asked for, and again when the last one was ended."""

    def __init__(self, playwright: Playwright) -> None:
        path = chromium()
        assert path, "no Chromium: `make test` installs it, or says what to install"
        self._type, self._path = playwright.chromium, path
        self._browser: Browser | None = None
        self._starts = 0

    def new_context(self, **options) -> BrowserContext:
        """A window with nothing in it; ``options`` are Playwright's."""
        if not (self._browser and self._browser.is_connected()):
            assert self._starts <= ENDS, f"Chromium had to be ended {self._starts} times: it does not answer"
            self._browser = self._type.launch(executable_path=self._path, args=list(FLAGS))
            self._starts += 1
        return self._browser.new_context(**options)


@contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """End every Chromium of this process if the block is not over in time; calls that wait for it then fail."""
    timer = threading.Timer(seconds, _end, [seconds])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _end(seconds: float) -> None:
    print(f"Chromium gave no answer for {seconds} s and was ended", file=sys.__stderr__)
    for process in psutil.Process().children(recursive=True):
        try:
            if process.name().startswith(("chrom", "google-chrome", "Google Chrome")):
                process.kill()
        except psutil.NoSuchProcess:
            pass  # its parent took it along
