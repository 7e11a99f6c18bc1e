"""What comes from outside: guest events of the hypervisor, events of other services, an unreachable cell."""

from __future__ import annotations

from nova.compute import power_state
from nova.tests import fixtures as nova_fixtures
from nova.virt import event as virt_event

from evidence.scenarios.periodic import WITHOUT_HOST
from evidence.scenarios.runner import Scenario
from evidence.scenarios.starts import MAIN
from evidence.scenarios.world import World

# event: its number, and the power state that the hypervisor reports when Nova looks.
LIFECYCLE: dict[str, tuple[int, int]] = {
    "started": (virt_event.EVENT_LIFECYCLE_STARTED, power_state.RUNNING),
    "stopped": (virt_event.EVENT_LIFECYCLE_STOPPED, power_state.SHUTDOWN),
    "paused": (virt_event.EVENT_LIFECYCLE_PAUSED, power_state.PAUSED),
    "resumed": (virt_event.EVENT_LIFECYCLE_RESUMED, power_state.RUNNING),
    "suspended": (virt_event.EVENT_LIFECYCLE_SUSPENDED, power_state.SUSPENDED),
}
IMAGE = ("image",)


def lifecycle() -> list[Scenario]:
    """Each guest event from every start that has a host; and once with a guest that says otherwise."""
    found = []
    for start in MAIN:
        if start.startswith(WITHOUT_HOST):
            continue
        for name, (number, power) in LIFECYCLE.items():
            act = _event(number, power)
            found.append(Scenario("external", f"guest {name}", start, act, guest=name, backings=IMAGE))
    late = _event(virt_event.EVENT_LIFECYCLE_STOPPED, power_state.RUNNING)
    conditions = ("the event is late: the guest runs again",)
    found.append(
        Scenario(
            "external",
            "guest stopped",
            "ACTIVE",
            late,
            conditions=conditions,
            guest="stopped",
            backings=IMAGE,
        )
    )
    return found


def _event(number: int, power: int):
    def act(world: World, server: str) -> None:
        world.guest(server, power)
        manager = world.manager(world.row(server)["host"])
        manager.handle_events(virt_event.LifecycleEvent(server, number))

    return act


def scenarios() -> list[Scenario]:
    found = []
    for start in MAIN:
        for tag in ("POWER_ON", "POWER_OFF"):
            act = _external("power-update", tag)
            conditions = ("the driver is Ironic's in this",)
            name = f"power-update {tag}"
            found.append(Scenario("external", name, start, act, _with_ironic, {}, conditions, backings=IMAGE))
    for name in ("network-changed", "volume-extended"):
        found.append(Scenario("external", name, "ACTIVE", _external(name, None), backings=IMAGE))
    text = "the driver cannot do this, as all but Ironic's"
    for tag, start in (("POWER_ON", "SHUTOFF"), ("POWER_OFF", "ACTIVE")):
        act = _external("power-update", tag)
        found.append(
            Scenario("external", f"power-update {tag}", start, act, None, {}, (text,), backings=IMAGE)
        )
    return found + [_cell_down(start) for start in MAIN] + _host_boots()


def _host_boots() -> list[Scenario]:
    """The compute service starts again after its host did, with the guests off: are they brought back?"""

    def off(fails: bool):
        def prepare(world: World, server: str) -> None:
            world.guest(server, power_state.SHUTDOWN)
            if fails:
                world.faults.fail("resume_state_on_host_boot")

        return prepare

    def restart(world: World, server: str) -> None:
        world.start_host(world.row(server)["host"], new=True)

    found = []
    for value in (True, False):
        options, conditions = (
            {"resume_guests_state_on_host_boot": value},
            (f"resume_guests_state_on_host_boot is {value}",),
        )
        for fails in (False, True) if value else (False,):
            text = "driver.resume_state_on_host_boot raises" if fails else None
            found.append(
                Scenario(
                    "internal",
                    "restart of the compute service",
                    "ACTIVE",
                    restart,
                    off(fails),
                    options,
                    conditions,
                    text,
                    IMAGE,
                    guest="off",
                )
            )
    return found


def _external(name: str, tag: str | None):
    def act(world: World, server: str):
        event = {"name": name, "server_uuid": server, "tag": tag}
        body = {"events": [{key: value for key, value in event.items() if value}]}
        return world.ask("POST", "/os-server-external-events", body)

    return act


def _with_ironic(world: World, server: str) -> None:
    """Ironic's driver answers a power update: its own code, on a driver object without Ironic behind it."""
    from nova.virt.ironic import driver as ironic

    def power_update_event(self, instance, target_power_state):
        ironic.IronicDriver.power_update_event(self, instance, target_power_state)

    world.patch("nova.virt.fake.ProbeDriver.power_update_event", power_update_event)


def _cell_down(start: str) -> Scenario:
    """The cell's database does not answer: the API shows what it keeps itself."""

    def act(world: World, server: str) -> None:
        fixture = nova_fixtures.DownCellFixture()
        fixture.setUp()
        world.down = fixture

    return Scenario("external", "cell down", start, act, backings=IMAGE, shown=True)
