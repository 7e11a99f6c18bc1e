"""A server that Nova is at work on: the work is begun and held in the middle, in the driver or in the scheduler."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from evidence.scenarios import acts
from evidence.scenarios.world import SCHEDULER, World


@dataclass(frozen=True)
class Busy:
    """A server at work: `action` from `start`, held where the driver is asked for `method`, or the scheduler."""

    status: str
    action: str
    start: str
    method: str


def during(busy: Busy) -> str:
    who = "the scheduler chooses a host" if busy.method == SCHEDULER else f"the driver is at {busy.method}"
    return f"during {busy.action}, while {who}"


def begin(world: World, busy: Busy, server: str | None, backing: str) -> str:
    """Starts the work and waits until it is held; returns the server's id. Raises RuntimeError if it never is."""
    hold = world.hold_scheduler() if busy.method == SCHEDULER else world.faults.hold(busy.method)
    answers = []
    if server is None:
        answers.append(acts.create(world, backing))
        server = answers[0].body["server"]["id"]
    else:
        # Some requests are answered only when the driver is done, hence not before it is let go.
        request = threading.Thread(target=lambda: answers.append(acts.act(world, server, busy.action)))
        request.start()
        world.requests.append(request)
    # The work may also end without coming to the place where it was to be held.
    while not hold.reached.wait(0.2):
        if answers and world.traffic.busy(world.dead) <= 0 and not hold.reached.is_set():
            raise RuntimeError(f"{busy}: the work was never held; answers: {[one.code for one in answers]}")
    world.settle()
    return server
