"""Build the site into a folder: ``build_site.py site``. The last good site stays until a new one is whole."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import check_data

READABLE = 0o755  # a web server of another user reads the site too, whatever the umask


def build(out: Path) -> int:
    """Exit code 0 when ``out`` holds a new site; otherwise ``out`` is as it was."""
    if check_data.main():
        return 1
    out.parent.mkdir(parents=True, exist_ok=True)
    with alone(out.parent), scratch(out) as fresh:
        code = mkdocs(fresh)
        if code == 0:
            swap(fresh, out)
        return code


def mkdocs(out: Path) -> int:
    """Let mkdocs build into ``out``; the exit code. Warnings are shown, and are errors; progress is not shown."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(out)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if not line.startswith("INFO")]
    if lines:
        print("\n".join(lines), file=sys.stderr)
    return done.returncode


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let no other build into ``folder`` go on meanwhile: this one waits, or that one does."""
    place = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(place, fcntl.LOCK_EX)
        yield
    finally:
        os.close(place)


@contextmanager
def scratch(out: Path) -> Iterator[Path]:
    """A new folder beside ``out`` to build in; what is left of it goes away."""
    folder = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    folder.chmod(READABLE)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def swap(fresh: Path, out: Path) -> None:
    """Put ``fresh`` in the place of ``out``."""
    if not out.exists():
        fresh.rename(out)
        return
    with scratch(out) as folder:
        out.rename(old := folder / "old")
        try:
            fresh.rename(out)
        except OSError:
            old.rename(out)
            raise


if __name__ == "__main__":
    os.umask(0o022)
    try:
        sys.exit(build(Path(sys.argv[1])))
    except KeyboardInterrupt:
        sys.exit(130)
