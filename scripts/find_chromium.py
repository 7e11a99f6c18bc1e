"""Print where the system's Chromium is; with ``--install``, install it if there is none and the system lets us."""

from __future__ import annotations

import os
import shutil
import sys

from system_packages import install

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
IN_MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
# A font with the glyphs of the tables comes along where a bare system would have none.
PACKAGES = {
    "apt-get": ("chromium", "fonts-dejavu-core"),
    "dnf": ("chromium", "dejavu-sans-fonts"),
    "apk": ("chromium", "font-dejavu"),
    "pacman": ("chromium", "ttf-dejavu"),
    "zypper": ("chromium", "dejavu-fonts"),
}
# What keeps the browser from asking the network for anything of its own.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str | None:
    """The path of the browser; CHROMIUM= names one that stands elsewhere."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or (IN_MACOS if os.path.exists(IN_MACOS) else None)


def main(*options: str) -> int:
    """Print the path; the exit code."""
    if not chromium() and "--install" in options:
        install("Chromium", PACKAGES)
    path = chromium()
    if path:
        print(path)
        return 0
    print(
        "The browser tests need Chromium, and there is none. Install it (Debian: sudo apt-get install chromium), "
        "or name one: CHROMIUM=/path/to/chrome",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
