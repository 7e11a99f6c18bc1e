"""On paper: in the light colours, with all columns, with all that is folded away, and the graph on the first sheet."""

from __future__ import annotations

import pytest
from chromium import Chromium
from page_kinds import addresses
from visits import context, turn_to

CM = 96 / 2.54  # CSS pixels
PORTRAIT, LANDSCAPE = (18 * CM, 26.7 * CM), (26.7 * CM, 18 * CM)
"""What the margins leave of a sheet of A4."""

COLOURS = """[...document.querySelectorAll(".md-typeset, .md-typeset *")].map(element => {
  const style = getComputedStyle(element);
  return [element.tagName, style.color, style.backgroundColor, style.fill, style.borderTopColor].join(" ");
})"""
CUT = """[...document.querySelectorAll(".matrix :is(th, td)")].filter(cell => {
  const { left, right } = cell.getBoundingClientRect();
  const words = document.createRange();
  words.selectNodeContents(cell);
  const inside = words.getBoundingClientRect();
  return left < 0 || right > innerWidth + 1 || inside.right > right + 1 || inside.left < left - 1;
}).map(cell => cell.textContent)"""
CLIPPED = """[...document.querySelectorAll(".matrix")].filter(frame =>
  getComputedStyle(frame).contain !== "none" || getComputedStyle(frame).overflow !== "visible").length"""
FOLDED = """[...document.querySelectorAll(".md-typeset details:not([open]) > :not(summary)")]
  .filter(part => getComputedStyle(part).display !== "none")
  .filter(part => !part.checkVisibility({contentVisibilityAuto: true}) || part.getBoundingClientRect().height < 5)
  .map(part => part.textContent.slice(0, 40))"""
GRAPH_ENDS = "document.querySelector('.near').getBoundingClientRect().bottom"


def on_paper(page, sheet: tuple[float, float]) -> None:
    page.set_viewport_size({"width": int(sheet[0]), "height": int(sheet[1])})
    page.emulate_media(media="print")


def colours(browser: Chromium, address: str, scheme: str) -> list[str]:
    with context(browser, 1440, scheme) as window:
        page = window.new_page()
        page.goto(address, wait_until="load")
        turn_to(page, "meta[name=theme-color]")  # the theme's script has run
        page.emulate_media(media="print")
        return sorted(set(page.evaluate(COLOURS)))


@pytest.mark.parametrize("address", ["/statuses/VERIFY_RESIZE/", "/states/", "/support/", "/transitions/"])
def test_the_dark_scheme_prints_in_the_light_colours(browser, origin, address):
    assert colours(browser, origin + address, "dark") == colours(browser, origin + address, "light")


@pytest.mark.parametrize("sheet", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
@pytest.mark.parametrize("address", ["/states/", "/support/", "/actions/matrix/"])
def test_every_column_of_a_matrix_is_on_the_sheet(browser, origin, address, sheet):
    with context(browser, 1440, "light") as window:
        page = window.new_page()
        page.goto(origin + address, wait_until="load")
        on_paper(page, sheet)
        assert page.evaluate(CUT) == []
        assert page.evaluate(CLIPPED) == 0


def test_what_is_folded_away_is_printed_without_script_too(browser, origin):
    with context(browser, 1440, "light", script=False) as window:
        page = window.new_page()
        for address in ("/statuses/SHUTOFF/", "/evidence/"):
            page.goto(origin + address, wait_until="load")
            assert page.locator(".md-typeset details:not([open])").count()
            assert page.evaluate(FOLDED) != []
            page.emulate_media(media="print")
            assert page.evaluate(FOLDED) == []
            page.emulate_media(media="screen")


def test_the_graph_of_a_status_ends_on_the_first_sheet(browser, origin, site):
    below = {}
    with context(browser, 1440, "light") as window:
        page = window.new_page()
        on_paper(page, PORTRAIT)
        for address in addresses(site):
            if address.startswith("/statuses/") and address != "/statuses/":
                page.goto(origin + address, wait_until="load")
                if (end := page.evaluate(GRAPH_ENDS)) > PORTRAIT[1]:
                    below[address] = end
    assert below == {}
