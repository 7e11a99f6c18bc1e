"""Build the site and serve it on this machine, again after every edit: ``serve_site.py PORT``."""

from __future__ import annotations

import os
import socket
import sys

import check_data

HOST = "127.0.0.1"


def main(port: str) -> int:
    """The exit code, if serving does not begin; otherwise this process becomes mkdocs."""
    if not port.isdecimal() or not 0 < int(port) < 65536:
        return say(f"PORT must be a number from 1 to 65535, not {port!r}")
    problem = why_not(int(port))
    if problem:
        return say(problem)
    if check_data.main():
        return 1
    print(f"Building; in some seconds the site is at http://{HOST}:{port}/ (Ctrl+C ends it)", flush=True)
    os.execv(
        sys.executable, [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", f"{HOST}:{port}"]
    )


def why_not(port: int) -> str | None:
    """Why nothing can be served at the port; None if it can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            return f"port {port} is not for everybody: choose one above 1023, make serve PORT=8001"
        except OSError:
            free = free_port()
            return f"port {port} is busy: choose another, for example make serve PORT={free}"
    return None


def free_port() -> int:
    """A port that nothing listens at."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def say(message: str) -> int:
    """Print to stderr; the exit code."""
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
