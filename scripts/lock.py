"""Pin the newest versions that fit together, with hashes, into ``requirements/*.lock``.

One lock serves all Python versions and systems: where a package's newest version would differ between
them, the older one is taken, so that the site is the same everywhere. The locks name no index.
"""

from __future__ import annotations

import subprocess
import sys

UV = "uv==0.13.9"
OPTIONS = [
    *("--universal", "--python-version", "3.11", "--fork-strategy", "fewest", "--upgrade", "--quiet"),
    *("--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header"),
]


def main() -> int:
    """Write the locks; the exit code. The site's comes first: the tests' is bound to it."""
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV]
    if code := subprocess.call(install):
        return code
    for name in ("site", "test"):
        files = [f"requirements/{name}.in", "--output-file", f"requirements/{name}.lock"]
        if code := subprocess.call([sys.executable, "-m", "uv", "pip", "compile", *OPTIONS, *files]):
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
