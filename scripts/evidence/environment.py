"""The virtual environments in which real Nova runs: one per Nova release, made from a lock with hashes.

Standard library only, so that any Python >= 3.11 can run it. Nothing else of the project needs Nova installed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "evidence"
# The last version of each Nova release that the probe can ask.
VERSIONS = {
    27: "27.5.1",
    28: "28.3.1",
    29: "29.4.0",
    30: "30.3.0",
    31: "31.3.1",
    32: "32.2.1",
    33: "33.0.2",
    34: "34.0.0",
}


class EnvironmentFailed(Exception):
    """The environment of a release cannot be made; the text says why and where the log is."""


def lock_path(release: int) -> Path:
    return ROOT / "requirements" / "evidence" / f"nova-{release}.lock"


def environment_path(release: int) -> Path:
    return ROOT / f".venv-evidence-{release}"


def python_path(release: int) -> Path:
    return environment_path(release) / "bin" / "python"


def lock_digest(lock: bytes) -> str:
    """The name of a lock's content, kept in the environment to see whether it is still the right one."""
    return hashlib.sha256(lock).hexdigest()


def is_ready(release: int) -> bool:
    """True if the environment exists and was made from the lock as it is now."""
    stamp = environment_path(release) / "lock.sha256"
    return stamp.is_file() and stamp.read_text().strip() == lock_digest(lock_path(release).read_bytes())


def ensure(release: int, say=lambda text: print(text, file=sys.stderr)) -> Path:
    """Makes the environment of a release if it is missing or out of date; returns its Python.

    Raises EnvironmentFailed, whose text names the log of the installer.
    """
    if release not in VERSIONS or not lock_path(release).is_file():
        known = ", ".join(str(number) for number in sorted(VERSIONS))
        raise EnvironmentFailed(f"no lock for Nova {release}; known releases: {known}")
    if not is_ready(release):
        say(f"Making the environment of Nova {VERSIONS[release]} (a few minutes, once).")
        _make(release)
    return python_path(release)


def _make(release: int) -> None:
    place = environment_path(release)
    shutil.rmtree(place, ignore_errors=True)
    # Taken first: a lock that changes meanwhile must not be taken for the one that was installed.
    digest = lock_digest(lock_path(release).read_bytes())
    log = CACHE / "logs" / f"install-{release}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    options = ("--no-deps", "--require-hashes", "-r")
    steps = [
        [sys.executable, "-m", "venv", str(place)],
        # The lock is complete, so the installer need not (and shall not) look for more.
        [str(python_path(release)), "-m", "pip", "install", *options, str(lock_path(release))],
    ]
    with log.open("wb") as output:
        for step in steps:
            done = subprocess.run(step, stdout=output, stderr=subprocess.STDOUT, env=_clean_variables())
            if done.returncode:
                raise EnvironmentFailed(
                    f"Nova {release} could not be installed ({last_line(log)}); see {log.relative_to(ROOT)}"
                )
    (place / "lock.sha256").write_text(digest + "\n")


def last_line(log: Path) -> str:
    """What the installer said last, which is why it gave up."""
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")


def _clean_variables() -> dict[str, str]:
    """The caller's variables without those that would mix in another Python."""
    return {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
