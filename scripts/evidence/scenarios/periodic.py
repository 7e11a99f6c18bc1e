"""The periodic tasks of the compute service, run as if their time had come."""

from __future__ import annotations

from nova.compute import power_state

from evidence.scenarios import acts
from evidence.scenarios.busy import Busy, during
from evidence.scenarios.runner import Scenario
from evidence.scenarios.world import World

HUNG = Busy("REBOOT", "reboot-soft", "ACTIVE", "reboot")
IMAGE = ("image",)
WITHOUT_HOST = ("SHELVED_OFFLOADED", "ERROR, spawn failed", "ERROR, never scheduled")


def scenarios() -> list[Scenario]:
    return [*_timers(), *_builds(), *_others()]


def task_of(task: str, later: int = 86400):
    return lambda world, server: world.periodic(server, task, later)


def _timers() -> list[Scenario]:
    """(trigger, task, option, value, start): once before the time is up, once after."""
    cases = [
        ("auto-confirm", "_poll_unconfirmed_resizes", "resize_confirm_window", "VERIFY_RESIZE"),
        ("auto-confirm", "_poll_unconfirmed_resizes", "resize_confirm_window", "VERIFY_RESIZE, was SHUTOFF"),
        (
            "auto-confirm",
            "_poll_unconfirmed_resizes",
            "resize_confirm_window",
            "VERIFY_RESIZE, after migrate",
        ),
        ("reclaim", "_reclaim_queued_deletes", "reclaim_instance_interval", "SOFT_DELETED"),
        ("shelve offload timer", "_poll_shelved_instances", "shelved_offload_time", "SHELVED"),
        ("rescue timeout", "_poll_rescued_instances", "rescue_timeout", "RESCUE"),
        ("rescue timeout", "_poll_rescued_instances", "rescue_timeout", "RESCUE, was SHUTOFF"),
    ]
    found = []
    for trigger, task, option, start in cases:
        for later, when in ((60, "the time is not up"), (86400, "the time is up")):
            options, conditions = {option: 3600}, (f"{option} is 3600", when)
            found.append(
                Scenario("periodic", trigger, start, task_of(task, later), None, options, conditions)
            )
        for off in (0, -1) if option == "shelved_offload_time" else (0,):
            options, conditions = {option: off}, (f"{option} is {off}",)
            found.append(Scenario("periodic", trigger, start, task_of(task), None, options, conditions))
    return found + _failing_timers()


def _failing_timers() -> list[Scenario]:
    def fail(method: str):
        return lambda world, server: world.faults.fail(method)

    cases = [
        ("reclaim", "_reclaim_queued_deletes", "reclaim_instance_interval", "SOFT_DELETED", "destroy"),
        ("shelve offload timer", "_poll_shelved_instances", "shelved_offload_time", "SHELVED", "destroy"),
        (
            "auto-confirm",
            "_poll_unconfirmed_resizes",
            "resize_confirm_window",
            "VERIFY_RESIZE",
            "confirm_migration",
        ),
        ("rescue timeout", "_poll_rescued_instances", "rescue_timeout", "RESCUE", "unrescue"),
    ]
    return [
        Scenario(
            "periodic",
            trigger,
            start,
            task_of(task),
            fail(method),
            {option: 3600},
            (f"{option} is 3600", "the time is up"),
            f"driver.{method} raises",
        )
        for trigger, task, option, start, method in cases
    ]


def _builds() -> list[Scenario]:
    """A build that hangs in the driver, seen before and after the build timeout, and ending after it."""

    def hang(world: World, backing: str):
        hold = world.faults.hold("spawn")
        answer = acts.create(world, backing)
        hold.reached.wait(120)
        server = answer.body["server"]["id"]
        world.started = world.now(server)
        world.begin(server)
        world.periodic(server, "_check_instance_build_time")
        return answer

    def late(world: World, backing: str):
        answer = hang(world, backing)
        world.faults.before["spawn"].go.set()
        return answer

    options = {"instance_build_timeout": 3600}
    text = ("instance_build_timeout is 3600", "the time is up", "the server is building on a host")
    off = {"instance_build_timeout": 0}
    return [
        Scenario("periodic", "build timeout", "", None, None, options, text, begin=hang),
        Scenario(
            "periodic",
            "build timeout",
            "",
            None,
            None,
            options,
            (*text, "the build ends after all"),
            begin=late,
        ),
        Scenario(
            "periodic", "build timeout", "", None, None, off, ("instance_build_timeout is 0",), begin=hang
        ),
    ]


def _others() -> list[Scenario]:
    """Periodic tasks that leave a server as it is, hung reboots, and guests whose server is deleted."""
    found = []
    for task in ("update_available_resource", "_heal_instance_info_cache", "_poll_volume_usage"):
        for start in ("ACTIVE", "SHUTOFF", "ERROR"):
            name = task.strip("_").replace("_", " ")
            found.append(Scenario("periodic", name, start, task_of(task), backings=IMAGE))
    for value in ("reap", "shutdown", "log", "noop"):
        option = "running_deleted_instance_action"
        found.append(
            Scenario(
                "periodic",
                "running deleted",
                "ACTIVE",
                _running_deleted,
                _delete_but_keep_guest,
                {option: value, "running_deleted_instance_timeout": 0},
                (f"{option} is {value}", "the server was deleted, its guest is still there"),
                backings=IMAGE,
            )
        )
    for value in (3600, 0):
        found.append(
            Scenario(
                "periodic",
                "reboot timeout",
                "ACTIVE",
                _hung_reboot,
                None,
                {"reboot_timeout": value},
                (f"reboot_timeout is {value}", during(HUNG)),
                backings=IMAGE,
                busy=HUNG,
                stay=True,
            )
        )
    return found


def _hung_reboot(world: World, server: str) -> None:
    def told(driver, method: str, arguments: tuple, _) -> None:
        world.said.append(f"the driver is told of {len(arguments[1])} hung reboots")

    world.faults.before["poll_rebooting_instances"] = told
    world.periodic(server, "_poll_rebooting_instances")


def _delete_but_keep_guest(world: World, server: str) -> None:
    guests = world.manager(world.row(server)["host"]).driver.instances
    guest = guests[server]
    acts.act(world, server, "delete")
    world.settle()
    guests[server] = guest


def _running_deleted(world: World, server: str) -> None:
    world.periodic(server, "_cleanup_running_deleted_instances")
    guest = world.manager(world.row(server)["host"]).driver.instances.get(server)
    running = guest is not None and guest.state == power_state.RUNNING
    world.said.append(
        "the guest still runs" if running else "the guest is off" if guest else "the guest is gone"
    )
