"""Print where the system's Chromium is; with ``--install``, install it if there is none and the system lets us."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
IN_MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
# A font with the glyphs of the tables comes along where a bare system would have none.
INSTALLERS = {
    "apt-get": [
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "chromium", "fonts-dejavu-core"],
    ],
    "dnf": [["dnf", "install", "-y", "-q", "chromium", "dejavu-sans-fonts"]],
    "apk": [["apk", "add", "-q", "chromium", "font-dejavu"]],
    "pacman": [["pacman", "-S", "--noconfirm", "-q", "chromium", "ttf-dejavu"]],
    "zypper": [["zypper", "-n", "-q", "install", "chromium", "dejavu-fonts"]],
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


def install() -> None:
    """Install Chromium with the system's package manager, as far as the system lets us."""
    manager = next(filter(shutil.which, INSTALLERS), None)
    prefix = become_root()
    if manager is None or prefix is None:
        return
    print(f"Installing Chromium with {manager} (once) ...", file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in INSTALLERS[manager]:
        done = subprocess.run(
            [*prefix, *command], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            print((done.stderr or done.stdout)[-2000:], file=sys.stderr)
            return


def become_root() -> list[str] | None:
    """What stands before a command that needs root: nothing, or sudo where it asks for no password."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) == 0:
        return ["sudo", "-n"]
    return None


def main(*options: str) -> int:
    """Print the path; the exit code."""
    if not chromium() and "--install" in options:
        install()
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
