"""The wire between a driver program and the code that runs inside a Nova environment.

Outside, `run()` starts a script of this folder under the environment's Python and yields its messages. Inside,
`open_channel()` keeps the real standard output for messages (one JSON object a line) and sends everything that
Nova and its libraries print to a log file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from evidence import environment


class InsideFailed(Exception):
    """The code inside the Nova environment ended with an error; the text names the log."""


def open_channel(log_path: str) -> Callable[[dict], None]:
    """Call first inside, before Nova is imported. Returns the function that sends one message outside."""
    Path(log_path).parent.mkdir(parents=True, exist_ok=True)
    wire = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    log = os.open(log_path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    sys.stdout.flush()
    sys.stderr.flush()
    os.dup2(log, 1)
    os.dup2(log, 2)

    def send(message: dict) -> None:
        wire.write(json.dumps(message) + "\n")

    return send


def run(release: int, script: str, task: dict, name: str) -> Iterator[dict]:
    """Runs `scripts/evidence/<script>` inside Nova `release` and yields its messages as they come.

    The task is JSON and given as the one argument, with the path of the log added as "log". Raises InsideFailed.
    """
    python = environment.ensure(release)
    log = environment.CACHE / "logs" / f"{name}-{release}.log"
    path = Path(__file__).with_name(script)
    command = [str(python), "-I", str(path), json.dumps({**task, "log": str(log)})]
    # Colours, locale and the caller's Nova settings must not reach the answers.
    variables = {"PATH": os.environ.get("PATH", ""), "HOME": os.environ.get("HOME", ""), "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=variables) as process:
        try:
            for line in process.stdout:
                yield json.loads(line)
        except BaseException:
            process.terminate()
            raise
    if process.returncode:
        shown = log.relative_to(environment.ROOT)
        raise InsideFailed(
            f"Nova {release} stopped with code {process.returncode}; the last lines of {shown} say why"
        )
