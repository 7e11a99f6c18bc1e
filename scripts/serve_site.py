"""Build the site and serve it on this machine, again after every edit: ``serve_site.py PORT``.

An edit that cannot be built is told in the terminal, and the last good site stays.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from serve_static import serving

HOST = "127.0.0.1"
SITE = Path("site")
MARK = "index.html"
SOURCES = ("data", "docs", "overrides", "scripts", "mkdocs.yml")
PAUSE = 1.0  # seconds between two looks at the sources


def main(port: str) -> int:
    """Serve until interrupted; the exit code."""
    if not port.isdecimal() or not 0 < int(port) < 65536:
        return say(f"PORT must be a number from 1 to 65535, not {port!r}")
    if problem := why_not(int(port)):
        return say(problem)
    seen = newest()
    if not is_fresh(SITE) and not build():
        return 1
    with serving(SITE, int(port), cache="no-cache") as address:
        print(f"The site is at {address}/ and follows every edit; Ctrl+C ends it", flush=True)
        follow(seen)
    return 0


def why_not(port: int) -> str | None:
    """Why nothing can be served at the port; None if it can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            return f"port {port} is not for everybody: choose one above 1023, make serve PORT=8001"
        except OSError:
            return f"port {port} is busy: choose another, for example make serve PORT={free_port()}"
    return None


def free_port() -> int:
    """A port that nothing listens at."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def build() -> bool:
    """Build anew; whether there is a site.

    In a process of its own: code that was edited is run as it is now, and what goes wrong ends that one. The new site is as old as the sources it was made from: one that was edited meanwhile is newer.
    """
    print("Building ...", flush=True)
    begin, (read, _) = time.perf_counter(), newest()
    if subprocess.call([sys.executable, "scripts/build_site.py", SITE]) == 0:
        os.utime(SITE / MARK, (read, read))
        print(f"Built in {time.perf_counter() - begin:.1f} s", flush=True)
    elif (SITE / MARK).exists():
        print("The last good site stays until this is mended", file=sys.stderr, flush=True)
    return (SITE / MARK).exists()


def follow(seen: tuple[float, int]) -> None:
    """Build again whenever a source has changed since ``seen``."""
    while True:
        time.sleep(PAUSE)
        if (now := newest()) != seen:
            seen = now
            build()


def newest() -> tuple[float, int]:
    """When a source last changed, and a number for their names: a file taken away or renamed is a change too."""
    found = [path for name in SOURCES for path in [Path(name), *Path(name).rglob("*")]]
    files = [path for path in found if path.is_file() and "__pycache__" not in path.parts]
    return max(path.stat().st_mtime for path in files), hash(frozenset(files))


def is_fresh(site: Path) -> bool:
    """Whether the site was built after the last change of its sources."""
    mark = site / MARK
    return mark.exists() and mark.stat().st_mtime >= newest()[0]


def say(message: str) -> int:
    """Print to stderr; the exit code."""
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except KeyboardInterrupt:
        print()
