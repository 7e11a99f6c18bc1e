"""Asks a running Nova what the tests want to know each time. Inside Nova only; see live.py for the questions."""

from __future__ import annotations

import faulthandler
import time
import traceback
from collections.abc import Callable

from nova import version
from nova.objects import fields

from evidence import ask_guards
from evidence.action_requests import ACTIONS
from evidence.guard_sections import Section
from evidence.scenarios import acts, runner
from evidence.scenarios import world as worlds
from evidence.scenarios.runner import Scenario
from evidence.scenarios.world import World
from evidence.staging import Stage

VM_STATES = list(fields.InstanceState.ALL)
IDLE = Section("live", "admin", "none")
# Where Nova hangs, the process writes to its log what every thread does, and ends. In seconds.
PATIENCE = 1800


def run(cycles: list[dict], send: Callable[[dict], None]) -> None:
    """cycles: live.Cycle as dicts, each with its "name". Sends the fields of live.Answers."""
    faulthandler.dump_traceback_later(PATIENCE, exit=True)
    with worlds.world() as world:
        send({"nova": version.version_string(), "vm_states": VM_STATES})
        send({"lives": {cycle["name"]: live(world, cycle) for cycle in cycles}})
        world.restore(world.empty)
        send({"guards": guards(Stage(world.cloud))})
        send({"seconds": round(time.process_time(), 1)})
    faulthandler.cancel_dump_traceback_later()


def guards(stage: Stage) -> dict[str, dict[str, dict]]:
    """{action: {vm_state: outcome}}, asked by the administrator of a server on which no task runs."""
    return {
        name: {vm_state: ask_guards.ask(stage, IDLE, request, vm_state, None)[0] for vm_state in VM_STATES}
        for name, request in ACTIONS.items()
    }


def live(world: World, cycle: dict) -> dict:
    """One life of a server: a run for each step, up to the first that Nova refuses or that breaks."""
    runs: list[dict] = []
    broken = ""
    world.restore(world.empty)
    for name, value in cycle["options"].items():
        world.option(name, value)
    try:
        server = None
        for action in cycle["steps"]:
            server, record = _step(world, server, action, cycle["failing"])
            runs.append({"id": f"{cycle['name']}: {action}", **record})
    except Exception as problem:  # the other cycles go on
        traceback.print_exc()
        broken = f"{type(problem).__name__}: {problem}"
    world.calm()
    return {"runs": runs, "broken": broken}


def _step(world: World, server: str | None, action: str, failing: str) -> tuple[str, dict]:
    injected = None
    if server is None and failing:
        injected = f"driver.{failing} raises"
        world.faults.fail(failing)
    start = world.now(server) if server else None
    world.begin(server)
    answer = acts.act(world, server, action) if server else acts.create(world, "image")
    if answer.code >= 300:
        raise RuntimeError(f"{action} from {start and start.status}: {answer.code} {answer.message}")
    server = server or answer.body["server"]["id"]
    world.settle()
    scenario = Scenario("action", action, "", injected=injected, shown=True)
    record = runner.record(world, scenario, "image", server, start)
    world.faults.clear()
    return server, record
