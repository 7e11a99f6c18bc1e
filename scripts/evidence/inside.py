"""Runs inside a Nova environment: one part of the probe, for the pieces of work that are still wanted.

Started by channel.run(); the argument is JSON {"part", "chunks", "log"}. Sends {"chunk", "result"} for each piece
done and {"done": requests} for the progress bar.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from evidence.channel import open_channel

PARTS = {
    "guards": "evidence.ask_guards",
    "derivation": "evidence.ask_derivation",
    "lists": "evidence.ask_lists",
    "transitions": "evidence.ask_transitions",
    "holdings": "evidence.ask_holdings",
    "live": "evidence.ask_live",
}


def main() -> None:
    task = json.loads(sys.argv[1])
    send = open_channel(task["log"])
    # Before any other part of Nova, which must find threads and sockets patched.
    importlib.import_module("evidence.running")
    importlib.import_module(PARTS[task["part"]]).run(task["chunks"], send)


if __name__ == "__main__":
    main()
