"""Download of Nova's wheels and source distributions by pip, into a cache that git ignores."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

NOT_THERE = ("No matching distribution found", "Could not find a version")


class FetchError(Exception):
    """pip could not bring a distribution, for a reason other than its absence from the index."""


def cached(folder: Path, version: str, kind: str) -> Path | None:
    """The distribution of `version` in `folder` (kind: "wheel" or "sdist"), or None."""
    pattern = f"nova-{version}-*.whl" if kind == "wheel" else f"nova-{version}.tar.gz"
    found = sorted(folder.glob(pattern))
    return found[0] if found else None


def fetch(folder: Path, version: str, kind: str) -> Path | None:
    """Like `cached`, but downloads what is missing; None when the index has no such distribution."""
    found = cached(folder, version, kind)
    if found:
        return found
    folder.mkdir(parents=True, exist_ok=True)
    choice = "--only-binary" if kind == "wheel" else "--no-binary"
    # Old releases refuse new Pythons: nothing of them is run here, so that does not matter.
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--ignore-requires-python"]
    command += ["--dest", str(folder), choice, "nova", f"nova=={version}"]
    done = subprocess.run(command, capture_output=True, text=True)
    # pip also asks an sdist for its metadata, with pbr in an environment of its own. If only that fails, the file
    # may be there all the same.
    found = cached(folder, version, kind)
    if found:
        return found
    if any(words in done.stderr for words in NOT_THERE):
        return None
    last = (done.stderr.strip().splitlines() or ["no message"])[-1]
    raise FetchError(f"pip could not download the {kind} of nova {version}: {last}")
