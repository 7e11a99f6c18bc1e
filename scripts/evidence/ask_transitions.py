"""Runs the scenarios of the transitions in a running Nova. Inside Nova only; see transitions.py for what becomes of it."""

from __future__ import annotations

import traceback
from collections.abc import Callable

from evidence.scenarios import (
    driver_failures,
    events,
    failures,
    held,
    host_down,
    periodic,
    plain,
    power,
    restart,
)
from evidence.scenarios import world as worlds
from evidence.scenarios.runner import Runner
from evidence.scenarios.starts import Unreachable

# family: function that lists its scenarios
FAMILIES: dict[str, Callable] = {
    "plain": plain.scenarios,
    "driver_failures": driver_failures.scenarios,
    "failures": failures.scenarios,
    "periodic": periodic.scenarios,
    "power_sync": power.scenarios,
    "events": events.scenarios,
    "lifecycle": events.lifecycle,
    "held": held.scenarios,
}
# family: function(runner, send) -> records, for what no scenario alone can do
OTHERS: dict[str, Callable] = {"host_down": host_down.collect, "restart": restart.collect}
CHUNKS = [*FAMILIES, *OTHERS]


def run(chunks: list[str], send: Callable[[dict], None]) -> None:
    """Chunk names as in CHUNKS; a result is a list of records, see runner.record and restart.collect."""
    with worlds.world() as world:
        runner = Runner(world)
        for chunk in chunks:
            if chunk in OTHERS:
                send({"chunk": chunk, "result": OTHERS[chunk](runner, send)})
            else:
                send({"chunk": chunk, "result": _family(runner, chunk, send)})


def _family(runner: Runner, family: str, send: Callable[[dict], None]) -> list[dict]:
    found, broken = [], []
    for scenario in FAMILIES[family]():
        for backing in scenario.backings:
            try:
                record = runner.run(scenario, backing)
            except Unreachable:
                continue
            except Exception:
                traceback.print_exc()
                broken.append(f"{scenario.name} from {scenario.start} ({backing}): {scenario.injected}")
                continue
            if record:
                found.append(record)
        send({"done": len(scenario.backings)})
    if broken:
        raise RuntimeError("scenarios that did not run through: " + "; ".join(broken))
    return found
