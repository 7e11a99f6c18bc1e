"""Visiting pages: what a browser notices of one, in one go."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

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


def context(browser: Browser, width: int, scheme: str, script: bool = True) -> BrowserContext:
    """A fresh window: no cookies, no storage, animations off."""
    window = browser.new_context(
        viewport=SIZES[width], color_scheme=scheme, reduced_motion="reduce", java_script_enabled=script
    )
    window.set_default_timeout(PATIENCE)
    return window


def visit(window: BrowserContext, origin: str, address: str) -> Visit:
    """Open a page and look at it from all sides."""
    page, seen = window.new_page(), Visit()
    _listen(page, origin, seen, missing=address)
    page.goto(origin + address, wait_until="load")
    seen.overflow = page.evaluate(WIDER)
    page.mouse.move(5, 5)  # a reader is there: the theme's script runs
    page.wait_for_selector("meta[name=theme-color]", state="attached")
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
