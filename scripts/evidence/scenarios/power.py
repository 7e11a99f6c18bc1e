"""The periodic synchronisation of power states, with guests that changed behind Nova's back."""

from __future__ import annotations

from nova.compute import power_state

from evidence.scenarios.periodic import IMAGE, WITHOUT_HOST, task_of
from evidence.scenarios.runner import Scenario
from evidence.scenarios.starts import MAIN
from evidence.scenarios.world import World

# What the hypervisor reports about a guest, in words.
GUESTS: dict[str, int | None] = {
    "running": power_state.RUNNING,
    "paused": power_state.PAUSED,
    "off": power_state.SHUTDOWN,
    "crashed": power_state.CRASHED,
    "suspended": power_state.SUSPENDED,
    "gone": None,
}


def scenarios() -> list[Scenario]:
    """Power synchronisation from every start that has a host, for each thing the hypervisor may report."""
    found = []
    for start in MAIN:
        if not start.startswith(WITHOUT_HOST):
            for word, power in GUESTS.items():
                act, change = task_of("_sync_power_states"), _change_guest(power)
                found.append(
                    Scenario("periodic", "power sync", start, act, change, guest=word, backings=IMAGE)
                )
    for state in ("off", "crashed"):
        act, change = task_of("_sync_power_states"), _change_and_fail(GUESTS[state])
        text = "driver.power_off raises"
        found.append(
            Scenario(
                "periodic", "power sync", "ACTIVE", act, change, guest=state, injected=text, backings=IMAGE
            )
        )
    return found


def _change_guest(power: int | None):
    return lambda world, server: world.guest(server, power)


def _change_and_fail(power: int | None):
    def prepare(world: World, server: str) -> None:
        world.guest(server, power)
        world.faults.fail("power_off")

    return prepare
