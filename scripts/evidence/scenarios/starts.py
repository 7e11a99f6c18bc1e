"""Brings a server to each status from which actions start, the way a user or operator would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from evidence.scenarios import acts
from evidence.scenarios.world import World


class Unreachable(Exception):
    """Nova refused a step on the way to a start; the text names it."""


@dataclass(frozen=True)
class Start:
    """steps: actions, or functions of (world, server). options: set while the steps run. was: a condition."""

    status: str
    steps: tuple = ()
    options: dict = field(default_factory=dict)
    was: str | None = None
    create: Callable | None = None


def _spawn_failed(world: World, backing: str):
    world.faults.fail("spawn")
    return acts.create(world, backing)


def _nowhere(world: World, backing: str):
    for host in world.case.computes:
        world.disable(host)
    return acts.create(world, backing)


SHELVED = {"shelved_offload_time": -1}
OFFLOADED = {"shelved_offload_time": 0}
QUEUED = {"reclaim_instance_interval": 3600}
STARTS: dict[str, Start] = {
    "ACTIVE": Start("ACTIVE"),
    "PAUSED": Start("PAUSED", ("pause",)),
    "SUSPENDED": Start("SUSPENDED", ("suspend",)),
    "SHUTOFF": Start("SHUTOFF", ("stop",)),
    "RESCUE": Start("RESCUE", ("rescue",)),
    "RESCUE, stable device": Start("RESCUE", ("rescue (stable device)",), was="rescued with a stable device"),
    "RESCUE, was SHUTOFF": Start(
        "RESCUE", ("stop", "rescue"), was="the server was SHUTOFF before the rescue"
    ),
    "VERIFY_RESIZE": Start("VERIFY_RESIZE", ("resize",)),
    "VERIFY_RESIZE, was SHUTOFF": Start(
        "VERIFY_RESIZE", ("stop", "resize"), was="the server was SHUTOFF before the resize"
    ),
    "VERIFY_RESIZE, after migrate": Start("VERIFY_RESIZE", ("migrate",), was="moved by a cold migration"),
    "SHELVED": Start("SHELVED", ("shelve",), SHELVED),
    "SHELVED, was SHUTOFF": Start(
        "SHELVED", ("stop", "shelve"), SHELVED, was="the server was SHUTOFF before"
    ),
    "SHELVED_OFFLOADED": Start("SHELVED_OFFLOADED", ("shelve",), OFFLOADED),
    "SHELVED_OFFLOADED, was SHUTOFF": Start(
        "SHELVED_OFFLOADED", ("stop", "shelve"), OFFLOADED, was="the server was SHUTOFF before"
    ),
    "SOFT_DELETED": Start("SOFT_DELETED", ("delete",), QUEUED),
    "SOFT_DELETED, was SHUTOFF": Start(
        "SOFT_DELETED", ("stop", "delete"), QUEUED, was="the server was SHUTOFF before"
    ),
    "ERROR": Start("ERROR", ("reset-state (error)",), was="set by reset-state, the guest runs"),
    "ERROR, spawn failed": Start("ERROR", create=_spawn_failed, was="the build failed on every host"),
    "ERROR, never scheduled": Start("ERROR", create=_nowhere, was="no host was found for the build"),
}
# The starts without a story: one for each status.
MAIN = [name for name in STARTS if "," not in name]


class Starts:
    """Reaches each start once for each kind of boot disk, and puts a copy back from then on."""

    def __init__(self, world: World, after_create: Callable | None = None) -> None:
        self._world, self._after_create = world, after_create
        self._kept: dict[tuple[str, str], tuple] = {}
        self._unreachable: dict[tuple[str, str], Unreachable] = {}

    def bring(self, name: str, backing: str) -> str | None:
        """Puts Nova into the state right after the start was reached; returns the server's id.

        The start "" is a Nova without servers, and gives None. Raises Unreachable.
        """
        if not name:
            self._world.restore(self._world.empty)
            return None
        key = (name, backing)
        if key in self._unreachable:
            raise self._unreachable[key]
        if key not in self._kept:
            try:
                server = self._reach(STARTS[name], backing)
            except Unreachable as problem:
                self._world.calm()
                self._unreachable[key] = problem
                raise
            self._kept[key] = (server, self._world.cloud.snapshot(), self._world.memory())
        server, snapshot, memory = self._kept[key]
        self._world.restore(snapshot, memory)
        return server

    def _reach(self, start: Start, backing: str) -> str:
        world = self._world
        world.restore(world.empty)
        for name, value in start.options.items():
            world.option(name, value)
        answer = (start.create or acts.create)(world, backing)
        _expect(answer, "create")
        server = answer.body["server"]["id"]
        world.settle()
        if self._after_create:
            self._after_create(world, server)
        for step in start.steps:
            _expect(acts.act(world, server, step), step)
            world.settle()
        world.calm()
        shown = world.shown(server)
        if shown != start.status:
            raise Unreachable(f"{start}: shows {shown}")
        return server


def _expect(answer, what: str) -> None:
    if answer.code >= 400:
        raise Unreachable(f"{what}: {answer.code} {answer.message}")
