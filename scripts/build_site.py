"""Build the site into a folder: ``build_site.py site``. The last good site stays until a new one is whole."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import check_data


def build(out: Path) -> int:
    """Exit code 0 when ``out`` holds a new site; otherwise ``out`` is as it was."""
    if check_data.main():
        return 1
    fresh = out.with_name(f".{out.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    code = mkdocs(fresh)
    if code == 0:
        swap(fresh, out)
    shutil.rmtree(fresh, ignore_errors=True)
    return code


def mkdocs(out: Path) -> int:
    """Let mkdocs build into ``out``; the exit code. Warnings are shown, and are errors; progress is not shown."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(out)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if not line.startswith("INFO")]
    if lines:
        print("\n".join(lines), file=sys.stderr)
    return done.returncode


def swap(fresh: Path, out: Path) -> None:
    """Put ``fresh`` in the place of ``out``."""
    old = out.with_name(f".{out.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    fresh.rename(out)
    shutil.rmtree(old, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(build(Path(sys.argv[1])))
