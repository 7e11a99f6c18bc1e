"""Visiting pages: what a browser notices of one, in one go."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from chromium import Chromium
from playwright.sync_api import BrowserContext, Locator, Page, TimeoutError

AXE = Path(__file__).parents[1] / "node" / "node_modules" / "axe-core" / "axe.min.js"
RUN_AXE = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"], rules: {"target-size": {enabled: innerWidth < 600}}});
  return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target} (${node.failureSummary})`));
}"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
IDLE = "() => new Promise(done => requestIdleCallback(() => requestIdleCallback(done)))"
PATIENCE = 180_000  # milliseconds: for a machine that has other work too
SIZES = {1440: {"width": 1440, "height": 900}, 390: {"width": 390, "height": 844}}


@dataclass
class Visit:
    """What was seen on one page."""

    violations: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    """Requests to other origins."""
    overflow: int = 0
    """CSS pixels by which the page is wider than the window."""
    text: str = ""


def context(browser: Chromium, width: int, scheme: str, script: bool = True) -> BrowserContext:
    """A fresh window: no cookies, no storage, animations off."""
    window = browser.new_context(
        viewport=SIZES[width], color_scheme=scheme, reduced_motion="reduce", java_script_enabled=script
    )
    window.set_default_timeout(PATIENCE)
    return window


def insist(act: Callable[[], object], shown: Locator) -> None:
    """Do what a reader does until it shows: on a busy machine Chromium drops the first keys and pointer moves."""
    for _ in range(60):
        act()
        with suppress(TimeoutError):
            return shown.first.wait_for(state="attached", timeout=1000)
    raise AssertionError(f"{shown} did not show, however often it was asked for")


def turn_to(page: Page, shown: str) -> None:
    """Move the pointer over the page, as its reader, until that has brought what is to be shown."""
    steps = count(200)
    insist(lambda: page.mouse.move(5, next(steps)), page.locator(shown))


def visit(window: BrowserContext, origin: str, address: str) -> Visit:
    """Open a page and look at it from all sides."""
    page, seen = window.new_page(), Visit()
    _listen(page, origin, seen, missing=address)
    page.goto(origin + address, wait_until="load")
    seen.overflow = page.evaluate(WIDER)
    turn_to(page, "meta[name=theme-color]")  # the theme's script runs
    page.evaluate(IDLE)
    seen.overflow = max(seen.overflow, page.evaluate(WIDER))
    seen.text = page.locator("main").inner_text()
    page.add_script_tag(path=AXE)
    seen.violations = page.evaluate(RUN_AXE)
    page.close()
    return seen


def _listen(page: Page, origin: str, seen: Visit, missing: str) -> None:
    def on_request(request) -> None:
        if not request.url.startswith((origin + "/", "data:", "blob:")):
            seen.elsewhere.append(request.url)

    def on_console(message) -> None:
        # That the page itself is not there is what a visit to the 404 page is about.
        if message.type in ("error", "warning") and not message.location.get("url", "").endswith(missing):
            seen.console.append(f"{message.type}: {message.text}")

    page.on("request", on_request)
    page.on("console", on_console)
    page.on("pageerror", lambda error: seen.console.append(f"uncaught: {error}"))
