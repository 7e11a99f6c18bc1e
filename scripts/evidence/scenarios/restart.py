"""A restart of the compute service with servers in every (vm_state, task_state): what each becomes."""

from __future__ import annotations

from collections.abc import Callable

from nova.compute import power_state
from nova.objects import fields

from evidence.scenarios import acts
from evidence.scenarios.recorder import seen
from evidence.scenarios.runner import Runner
from evidence.scenarios.world import World

VM_STATES = sorted(fields.InstanceState.ALL)
TASK_STATES = [None, *sorted(fields.InstanceTaskState.ALL)]
# What the hypervisor reports about the guests when the service comes up. "gone": it does not know them.
GUESTS: dict[str, int | None] = {
    "gone": None,
    "off": power_state.SHUTDOWN,
    "paused": power_state.PAUSED,
    "running": power_state.RUNNING,
}


def collect(runner: Runner, send: Callable[[dict], None]) -> list[dict]:
    """One record for each pair and each kind of guest. shelved_offloaded is also tried without a host."""
    world = runner.world
    servers = _servers(world)
    snapshot, memory = world.cloud.snapshot(), world.memory()
    host = world.row(servers[0])["host"]
    found = []
    for vm_state in VM_STATES:
        places = [(guest, True) for guest in GUESTS]
        places += [("gone", False)] if vm_state == "shelved_offloaded" else []
        for guest, on_host in places:
            world.restore(snapshot, memory)
            found.extend(_restart(world, host, servers, vm_state, guest, GUESTS[guest], on_host))
            send({"done": len(TASK_STATES)})
    world.restore(world.empty)
    world.start_host(host, new=True)
    return found


def _servers(world: World) -> list[str]:
    """One ACTIVE server for each task_state, all on one host."""
    world.restore(world.empty)
    for name in ("instances", "cores", "ram"):
        world.option(name, -1, "quota")
    hosts = sorted(world.case.computes)
    for host in hosts[1:]:
        world.disable(host)
    found = []
    for _ in TASK_STATES:
        found.append(acts.create(world, "image").body["server"]["id"])
        world.settle()
    return found


def _restart(
    world: World, host: str, servers: list[str], vm_state: str, guest: str, power, on_host: bool
) -> list[dict]:
    guests = world.manager(host).driver.instances
    for server, task_state in zip(servers, TASK_STATES, strict=True):
        world.cloud.write_state(server, vm_state, task_state)
        if not on_host:
            world.cloud.sql("UPDATE instances SET host = NULL, node = NULL WHERE uuid = ?", (server,))
        if power is None:
            guests.pop(server, None)
        else:
            guests[server].state = power
    world.recorder.clear()
    world.start_host(host, new=True)
    world.settle()
    return [
        _record(world, server, vm_state, task_state, guest, on_host)
        for server, task_state in zip(servers, TASK_STATES, strict=True)
    ]


def _record(
    world: World, server: str, vm_state: str, task_state: str | None, guest: str, on_host: bool
) -> dict:
    start = seen(vm_state, task_state)
    path = world.recorder.path(server, start)
    end = path[-1] if path else start
    found = {
        "vm_state": vm_state,
        "task_state": task_state,
        "guest": guest,
        "on_host": on_host,
        "path": [pair._asdict() for pair in path],
        "becomes": end._asdict(),
    }
    return found | ({"gone": True} if world.shown(server) is None else {})
