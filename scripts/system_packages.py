"""Programs that the tests use and no lock can bring: installed with the system's package manager, if it lets us."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

COMMANDS = {
    "apt-get": [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq"]],
    "dnf": [["dnf", "install", "-y", "-q"]],
    "apk": [["apk", "add", "-q"]],
    "pacman": [["pacman", "-S", "--noconfirm", "-q"]],
    "zypper": [["zypper", "-n", "-q", "install"]],
}
NGINX = {name: ("nginx-light",) if name == "apt-get" else ("nginx",) for name in COMMANDS}


def install(what: str, packages: dict[str, tuple[str, ...]]) -> None:
    """Install the packages, named by package manager; what goes wrong is printed, and left at that."""
    manager = next(filter(shutil.which, COMMANDS), None)
    prefix = become_root()
    if manager is None or prefix is None:
        return
    print(f"Installing {what} with {manager} (once) ...", file=sys.stderr, flush=True)
    *before, last = COMMANDS[manager]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in [*before, [*last, *packages[manager]]]:
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


if __name__ == "__main__":
    if not shutil.which("nginx"):
        install("nginx", NGINX)
