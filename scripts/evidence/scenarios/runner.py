"""Runs one scenario: start, interference, act, rest; returns what was seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from evidence.scenarios import acts
from evidence.scenarios.busy import Busy, begin
from evidence.scenarios.recorder import Seen
from evidence.scenarios.starts import STARTS, Starts
from evidence.scenarios.world import BACKINGS, World


@dataclass(frozen=True)
class Scenario:
    """One trigger from one start.

    kind: "action", "internal", "periodic" or "external". name: the action or the trigger. act(world, server) does
    it and may return an Answer; by default the action of that name is asked for. begin(world, backing) is for
    scenarios without a start: it creates the server. prepare(world, server) interferes before. options: {name:
    value} of the [DEFAULT] group. injected: what was made to fail, in words. guest: what the hypervisor reports.
    busy: work that is held while the action comes; stay: it is not let go before the end. shown: the end is what the API shows, not the row.
    """

    kind: str
    name: str
    start: str
    act: Callable | None = None
    prepare: Callable | None = None
    options: dict = field(default_factory=dict)
    conditions: tuple[str, ...] = ()
    injected: str | None = None
    backings: tuple[str, ...] = BACKINGS
    begin: Callable | None = None
    guest: str | None = None
    busy: Busy | None = None
    shown: bool = False
    stay: bool = False


class Runner:
    def __init__(self, world: World) -> None:
        self.world, self.starts = world, Starts(world)
        # A server at held work that the last action left as it was, so that the next action can be tried on it.
        self._held: tuple | None = None
        # The start (and its server) that still is as it was brought, because the last action was refused.
        self._untouched: tuple | None = None

    def run(self, scenario: Scenario, backing: str) -> dict | None:
        """Runs it; None when Nova refused the action. Raises Unreachable."""
        world = self.world
        refused = False
        try:
            server, start = self._start(scenario, backing)
            if scenario.begin:
                answer = scenario.begin(world, backing)
                server, start = answer.body["server"]["id"], world.started
            else:
                answer = (scenario.act or _plain(scenario.name))(world, server)
            code = answer.code if answer is not None else 202
            refused = 400 <= code < 500
            found = None if refused else self._end(scenario, backing, server, start)
            return {**found, "answered": code, "outcome": "failure"} if found and code >= 500 else found
        finally:
            self._untouched = None
            if not (refused and scenario.busy):
                self._held = None
                world.calm()
            if refused and not scenario.busy and not world.recorder.path(server, start):
                self._untouched = (scenario.start, backing, server)

    def _start(self, scenario: Scenario, backing: str) -> tuple[str | None, Seen | None]:
        world = self.world
        if self._held and self._held[0] != (scenario.busy, backing):
            self._held = None
            world.calm()
        if self._held:
            return self._held[1], self._held[2]
        if self._untouched and self._untouched[:2] == (scenario.start, backing):
            server = self._untouched[2]
        else:
            server = self.starts.bring(scenario.start, backing)
        for name, value in scenario.options.items():
            world.option(name, value)
        if scenario.busy:
            server = begin(world, scenario.busy, server, backing)
        if scenario.prepare:
            scenario.prepare(world, server)
        start = world.now(server) if server else None
        if scenario.busy:
            self._held = ((scenario.busy, backing), server, start)
        world.begin(server)
        return server, start

    def _end(self, scenario: Scenario, backing: str, server: str, start: Seen | None) -> dict | None:
        world = self.world
        world.settle()
        if scenario.injected and not (world.hit or world.faults.raised):
            return None  # the action never comes to what was made to fail
        if scenario.busy and not scenario.stay:
            world.let_go(scenario.busy.method)
            world.settle()
        return record(world, scenario, backing, server, start)


def _plain(action: str) -> Callable:
    return lambda world, server: acts.act(world, server, action)


def record(world: World, scenario: Scenario, backing: str, server: str, start: Seen | None) -> dict:
    """What was seen, as in `transitions.json` before image and volume are merged."""
    path = world.recorder.path(server, start)
    shown = world.shown(server)
    end = path[-1] if path else start
    noted = world.noted_errors(server) > world.noted_before
    was = STARTS[scenario.start].was if scenario.start in STARTS else None
    found = {
        "trigger": {"kind": scenario.kind, "name": scenario.name},
        "from": start._asdict() if start else None,
        "backing": backing,
        "conditions": ([was] if was else []) + list(scenario.conditions),
        "injected": scenario.injected,
        "path": [pair._asdict() for pair in path],
        "to": (shown or end.status) if scenario.shown else end.status if shown else "DELETED",
        "gone": shown is None,
        "outcome": outcome(start, path, end, noted, scenario.name),
        "noted_error": noted,
    }
    found |= {"guest": scenario.guest} if scenario.guest else {}
    return found | ({"then": "; ".join(world.said)} if world.said else {})


def outcome(start: Seen | None, path: list[Seen], end: Seen, noted: bool, name: str) -> str:
    """ "failure": it newly ends in ERROR, or ends where it began and Nova noted an error for the request."""
    if name.startswith("reset-state"):
        return "success" if path else "no change"
    if end.status == "ERROR" and (start is None or start.status != "ERROR"):
        return "failure"
    if noted and (start is None or end.status == start.status):
        return "failure"
    return "success" if path else "no change"
