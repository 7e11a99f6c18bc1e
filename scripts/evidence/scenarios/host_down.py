"""A compute host that is down: what its servers show, what each action then does, and the way out by evacuation."""

from __future__ import annotations

import traceback
from collections.abc import Callable

from evidence.scenarios import acts
from evidence.scenarios.faults import failing, no_host
from evidence.scenarios.runner import Runner, Scenario, record
from evidence.scenarios.starts import STARTS, Unreachable
from evidence.scenarios.world import BACKINGS, World

DOWN = "the server's compute host is down"
SOURCE_DOWN = "the host that the server was resized or moved from is down"
# The actions that a boot volume makes a difference to.
OF_VOLUMES = ("delete", "evacuate", "evacuate (2.94)", "shelve", "rebuild")


def collect(runner: Runner, send: Callable[[dict], None]) -> list[dict]:
    """Every start that has a host, with its host down: nothing done, then every action."""
    world, found = runner.world, []
    places: dict[str, list[tuple[str, str]]] = {}
    for start in STARTS:
        for backing in BACKINGS if start in ("ACTIVE", "SHUTOFF") else ("image",):
            try:
                server = runner.starts.bring(start, backing)
            except Unreachable:
                continue
            host = world.row(server)["host"]
            if host:
                places.setdefault(host, []).append((start, backing))
    for host in sorted(places):
        world.stop_host(host)
        for start, backing in places[host]:
            for scenario in scenarios(start):
                if backing == "volume" and scenario.name not in OF_VOLUMES:
                    continue
                result = _one(runner, scenario, backing, host)
                found.extend([result] if result else [])
            send({"done": 1})
        for start, backing in _resized_from(host, places):
            for name in ("confirm-resize", "revert-resize", "delete"):
                scenario = Scenario("action", name, start, conditions=(SOURCE_DOWN,))
                result = _one(runner, scenario, backing, host)
                found.extend([result] if result else [])
        world.restore(world.empty)
        world.start_host(host)
    return [*found, *_comes_back(runner)]


def _resized_from(host: str, places: dict[str, list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """The starts whose server waits on another host for the resize to be confirmed; there are two hosts."""
    return [
        (start, backing)
        for other, starts in sorted(places.items())
        for start, backing in starts
        if other != host and STARTS[start].status == "VERIFY_RESIZE"
    ]


def scenarios(start: str) -> list[Scenario]:
    nothing = Scenario("external", "host down", start, _nothing, conditions=(DOWN,))
    names = [*acts.MOVES, *acts.VARIANTS]
    actions = [Scenario("action", name, start, conditions=(DOWN,)) for name in names]
    nowhere = Scenario(
        "action",
        "evacuate",
        start,
        prepare=no_host,
        conditions=(DOWN,),
        injected="no valid host: every other compute service is disabled",
    )
    spawn = Scenario(
        "action",
        "evacuate",
        start,
        prepare=failing("spawn"),
        conditions=(DOWN,),
        injected="driver.spawn raises on the new host",
    )
    queued = Scenario(
        "action",
        "delete",
        start,
        options={"reclaim_instance_interval": 3600},
        conditions=(DOWN, "reclaim_instance_interval is above 0"),
    )
    return [nothing, *actions, nowhere, spawn, queued]


def _nothing(world: World, server: str) -> None:
    """The host is down and nobody does anything."""


def _one(runner: Runner, scenario: Scenario, backing: str, host: str) -> dict | None:
    world = runner.world
    server = runner.starts.bring(scenario.start, backing)
    world.cloud.force_down(host, True)
    world.drop_messages(host)
    try:
        world.option("rpc_response_timeout", 20)  # nobody answers; a minute by default
        for name, value in scenario.options.items():
            world.option(name, value)
        if scenario.prepare:
            scenario.prepare(world, server)
        start = world.now(server)
        world.begin(server)
        act = scenario.act or (lambda world, server: acts.act(world, server, scenario.name))
        answer = act(world, server)
        code = answer.code if answer is not None else 202
        if 400 <= code < 500:
            return None
        world.settle()
        found = record(world, scenario, backing, server, start)
        # Nobody will work off what waits for the dead host: the server stays as it is now.
        if world.lost_messages(host):
            found |= {"waiting": True, "outcome": "unfinished"}
        return found | ({"answered": code, "outcome": "failure"} if code >= 500 else {})
    except Exception:
        traceback.print_exc()
        raise
    finally:
        world.drop_messages(host)
        world.calm()


def _comes_back(runner: Runner) -> list[dict]:
    """The host is started again after its server was evacuated, and after actions that waited for it."""
    found = []
    cases = [
        ("evacuate", "ACTIVE"),
        ("pause", "ACTIVE"),
        ("stop", "ACTIVE"),
        ("reboot-hard", "ACTIVE"),
        ("delete", "ACTIVE"),
    ]
    for action, start in cases:
        world = runner.world
        server = runner.starts.bring(start, "image")
        host = world.row(server)["host"]
        world.stop_host(host)
        world.cloud.force_down(host, True)
        if acts.act(world, server, action).code < 400:
            world.settle()
            was = world.now(server)
            world.begin(server)
            # In this order: Nova does not take a host back whose evacuated servers it has not cleaned up yet.
            world.start_host(host)
            world.cloud.force_down(host, False)
            world.settle()
            condition = (f"{action} was asked for while the host was down",)
            scenario = Scenario("external", "host comes back", start, conditions=condition)
            found.append({**record(world, scenario, "image", server, was), "backing": "image"})
        else:
            world.restore(world.empty)
            world.start_host(host)
        world.calm()
    return found
