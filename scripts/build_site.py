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
    code = subprocess.call([sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(fresh)])
    if code == 0:
        swap(fresh, out)
    shutil.rmtree(fresh, ignore_errors=True)
    return code


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
