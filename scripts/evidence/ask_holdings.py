"""Looks up what a server holds in each status of a running Nova. Inside Nova only; see holdings.py."""

from __future__ import annotations

from collections.abc import Callable

from evidence.scenarios import holding
from evidence.scenarios import world as worlds


def run(chunks: list[str], send: Callable[[dict], None]) -> None:
    """The one chunk's result is a list of records, see scenarios.holding.observed."""
    with worlds.world() as world:
        for chunk in chunks:
            send({"chunk": chunk, "result": holding.collect(world, send)})
