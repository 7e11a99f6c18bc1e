"""Screenshots of every kind of page, wide and narrow, light and dark: ``take_shots.py shots``."""

from __future__ import annotations

import sys
from pathlib import Path

import build_site
from find_chromium import FLAGS, chromium
from page_kinds import kinds
from playwright.sync_api import sync_playwright
from serve_static import serving

WINDOWS = {1440: 900, 390: 844}
SITE = Path("site")
LAID_OUT = "* { content-visibility: visible !important }"  # what is far below is else not yet drawn


def main(folder: str) -> int:
    """Build the site and write ``KIND-WIDTH-SCHEME.png`` into the folder; the exit code."""
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    if code := build_site.build(SITE):
        return code
    with serving(SITE) as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        for width, height in WINDOWS.items():
            for scheme in ("light", "dark"):
                window = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
                page = window.new_page()
                for kind, address in kinds(SITE).items():
                    page.goto(origin + address, wait_until="networkidle")
                    page.add_style_tag(content=LAID_OUT)
                    page.screenshot(
                        path=out / f"{kind.replace(' ', '-')}-{width}-{scheme}.png", full_page=True
                    )
                window.close()
    print(f"{len(list(out.glob('*.png')))} screenshots in {folder}/")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
