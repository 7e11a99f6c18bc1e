"""Actions during which something goes wrong: in the driver, in scheduling, in Cinder or in Neutron."""

from __future__ import annotations

from collections.abc import Callable

from nova import exception
from nova.compute import utils as compute_utils

from evidence.scenarios import acts
from evidence.scenarios.runner import Scenario
from evidence.scenarios.world import BACKINGS, World

# What raises, in words: the driver's operation, and the action with the starts from which it is tried.
DRIVER: list[tuple[str, str, tuple[str, ...]]] = [
    ("pause", "pause", ("ACTIVE",)),
    ("unpause", "unpause", ("PAUSED",)),
    ("suspend", "suspend", ("ACTIVE",)),
    ("resume", "resume", ("SUSPENDED",)),
    ("power_off", "stop", ("ACTIVE", "ERROR")),
    ("power_on", "start", ("SHUTOFF",)),
    ("reboot", "reboot-soft", ("ACTIVE",)),
    ("reboot", "reboot-hard", ("ACTIVE", "PAUSED", "SUSPENDED", "SHUTOFF", "ERROR")),
    ("rescue", "rescue", ("ACTIVE", "SHUTOFF", "ERROR")),
    ("power_off", "rescue", ("ACTIVE",)),
    ("unrescue", "unrescue", ("RESCUE",)),
    ("set_admin_password", "change-password", ("ACTIVE",)),
    ("snapshot", "create-image", ("ACTIVE", "SHUTOFF", "PAUSED", "SUSPENDED")),
    ("snapshot", "create-backup", ("ACTIVE", "SHUTOFF")),
    ("snapshot", "shelve", ("ACTIVE", "SHUTOFF")),
    ("power_off", "shelve", ("ACTIVE",)),
    ("destroy", "shelve", ("ACTIVE",)),
    ("destroy", "shelve-offload", ("SHELVED",)),
    ("power_on", "unshelve", ("SHELVED",)),
    ("spawn", "unshelve", ("SHELVED_OFFLOADED",)),
    ("spawn", "rebuild", ("ACTIVE", "SHUTOFF", "ERROR")),
    ("destroy", "rebuild", ("ACTIVE",)),
    ("migrate_disk_and_power_off", "resize", ("ACTIVE", "SHUTOFF")),
    ("migrate_disk_and_power_off", "migrate", ("ACTIVE",)),
    ("finish_migration", "resize", ("ACTIVE", "SHUTOFF")),
    ("finish_migration", "migrate", ("ACTIVE",)),
    ("confirm_migration", "confirm-resize", ("VERIFY_RESIZE", "VERIFY_RESIZE, was SHUTOFF")),
    ("destroy", "revert-resize", ("VERIFY_RESIZE",)),
    ("finish_revert_migration", "revert-resize", ("VERIFY_RESIZE", "VERIFY_RESIZE, was SHUTOFF")),
    ("check_can_live_migrate_destination", "live-migrate", ("ACTIVE",)),
    ("check_can_live_migrate_source", "live-migrate", ("ACTIVE",)),
    ("pre_live_migration", "live-migrate", ("ACTIVE", "PAUSED")),
    ("live_migration", "live-migrate", ("ACTIVE", "PAUSED")),
    ("post_live_migration_at_destination", "live-migrate", ("ACTIVE",)),
    ("power_on", "restore", ("SOFT_DELETED",)),
    ("destroy", "delete", ("ACTIVE", "SHUTOFF", "ERROR", "VERIFY_RESIZE", "SHELVED", "RESCUE")),
    ("destroy", "force-delete", ("ACTIVE", "SOFT_DELETED")),
    ("trigger_crash_dump", "trigger-crash-dump", ("ACTIVE",)),
    ("attach_volume", "attach-volume", ("ACTIVE",)),
]
# Exceptions that Nova treats apart from any other error of the driver.
SPECIAL: list[tuple[str, Callable[[], Exception], str, tuple[str, ...]]] = [
    ("pause", NotImplementedError, "pause", ("ACTIVE",)),
    ("suspend", NotImplementedError, "suspend", ("ACTIVE",)),
    ("rescue", NotImplementedError, "rescue", ("ACTIVE",)),
    ("reboot", NotImplementedError, "reboot-soft", ("ACTIVE",)),
    ("set_admin_password", NotImplementedError, "change-password", ("ACTIVE",)),
    ("snapshot", NotImplementedError, "create-image", ("ACTIVE",)),
    ("migrate_disk_and_power_off", NotImplementedError, "resize", ("ACTIVE",)),
    ("live_migration", NotImplementedError, "live-migrate", ("ACTIVE",)),
    (
        "migrate_disk_and_power_off",
        lambda: exception.InstanceFaultRollback(exception.ResizeError(reason="injected")),
        "resize",
        ("ACTIVE", "SHUTOFF"),
    ),
    (
        "migrate_disk_and_power_off",
        lambda: exception.InstanceFaultRollback(exception.ResizeError(reason="injected")),
        "migrate",
        ("ACTIVE",),
    ),
]

# Actions that a boot volume makes a difference to; the others are tried with a boot disk made from an image.
OF_VOLUMES = (
    "create",
    "create-image",
    "rebuild",
    "resize",
    "shelve",
    "shelve-offload",
    "unshelve",
    "delete",
    "live-migrate",
)


def scenarios() -> list[Scenario]:
    return [*_driver(), *_special(), *_creations(), *_nowhere(), *_claims(), *_volumes(), *_migrations()]


def _backings(action: str) -> tuple[str, ...]:
    return BACKINGS if action in OF_VOLUMES else ("image",)


def _driver() -> list[Scenario]:
    return [
        Scenario(
            "action",
            action,
            start,
            prepare=_failing(method),
            injected=f"driver.{method} raises",
            backings=_backings(action),
        )
        for method, action, starts in DRIVER
        for start in starts
    ]


def _special() -> list[Scenario]:
    found = []
    for method, error, action, starts in SPECIAL:
        text = f"driver.{method} raises {type(error()).__name__}"
        for start in starts:
            prepare = _failing(method, error)
            found.append(
                Scenario("action", action, start, prepare=prepare, injected=text, backings=_backings(action))
            )
    queued = {"reclaim_instance_interval": 3600}
    for start in ("ACTIVE", "SHUTOFF"):
        prepare, text = _failing("power_off"), "driver.power_off raises"
        condition = ("reclaim_instance_interval is above 0",)
        found.append(Scenario("action", "delete", start, None, prepare, queued, condition, text))
    return found


def _failing(method: str, error: Callable[[], Exception] | None = None, times: int = 10**6):
    return lambda world, server: world.faults.fail(method, error, times)


def _patching(name: str, error: Callable[[], Exception]):
    def prepare(world: World, server: str) -> None:
        def raising(*args, **kwargs):
            world.hit = True
            raise error()

        world.patch(name, raising)

    return prepare


def _creations() -> list[Scenario]:
    def abort() -> Exception:
        return exception.BuildAbortException(instance_uuid="x", reason="injected")

    cases = [
        (_failing("spawn", times=1), "driver.spawn raises on the first host, the second host builds it"),
        (_failing("spawn"), "driver.spawn raises on every host"),
        (_failing("spawn", abort), "driver.spawn raises BuildAbortException"),
        (_no_host, "no valid host: every compute service is disabled"),
        (
            _patching("nova.network.neutron.API.allocate_for_instance", _no_network),
            "Neutron refuses the port",
        ),
        (
            _patching("nova.volume.cinder.API.attachment_update", _no_volume),
            "Cinder refuses to attach the volume",
        ),
        (_over_quota_later, "the quota is used up between the API's check and the conductor's"),
    ]
    return [
        Scenario("action", "create", "", begin=acts.create, prepare=prepare, injected=text)
        for prepare, text in cases
    ]


def _over_quota_later(world: World, server: None) -> None:
    """Somebody else uses up the quota between the API's check and the conductor's second one."""
    name = "nova.compute.utils.check_num_instances_quota"
    original = compute_utils.check_num_instances_quota

    def check(*args, **kwargs):
        if kwargs.get("orig_num_req") is not None:  # only the second check says how many were asked for
            world.hit = True
            raise exception.TooManyInstances(overs="instances", req=1, used=1, allowed=1)
        return original(*args, **kwargs)

    world.patch(name, check)


def _no_network() -> Exception:
    return exception.PortNotUsable(port_id="x", instance="y")


def _no_volume() -> Exception:
    return exception.CinderConnectionFailed(reason="injected")


def _no_host(world: World, server: str | None) -> None:
    world.hit = True
    for host in world.case.computes:
        world.disable(host)


def _lose_image(world: World, server: str) -> None:
    world.hit = True
    query = (
        "SELECT value FROM instance_system_metadata WHERE instance_uuid = ? AND \"key\" = 'shelved_image_id'"
    )
    world.case.glance.images.pop(world.cloud.sql(query, (server,))[0][0])


def _nowhere() -> list[Scenario]:
    """Every compute service is disabled, so that the scheduler finds no host."""
    cases = [
        ("resize", ("ACTIVE", "SHUTOFF")),
        ("migrate", ("ACTIVE", "SHUTOFF")),
        ("live-migrate", ("ACTIVE", "PAUSED")),
        ("unshelve", ("SHELVED_OFFLOADED", "SHELVED_OFFLOADED, was SHUTOFF")),
    ]
    text = "no valid host: every compute service is disabled"
    found = [
        Scenario("action", action, start, prepare=_no_host, injected=text)
        for action, starts in cases
        for start in starts
    ]
    found.append(
        Scenario(
            "action",
            "unshelve",
            "SHELVED_OFFLOADED",
            prepare=_lose_image,
            backings=("image",),
            injected="the image of the shelved server is gone from Glance",
        )
    )
    refuse = _patching(
        "nova.scheduler.client.query.SchedulerQueryClient.select_destinations",
        lambda: exception.NoValidHost(reason="injected"),
    )
    text = "no valid host: the scheduler refuses the new image on the server's host"
    for start in ("ACTIVE", "SHUTOFF", "ERROR"):
        found.append(Scenario("action", "rebuild (another image)", start, prepare=refuse, injected=text))
    return found


def _claims() -> list[Scenario]:
    """The host that was chosen has no room after all when the compute service claims its resources."""

    def no_room() -> Exception:
        return exception.ComputeResourcesUnavailable(reason="injected")

    tracker = "nova.compute.resource_tracker.ResourceTracker"
    cases = [
        (f"{tracker}.instance_claim", "create", "", "the claim fails on every host"),
        (f"{tracker}.resize_claim", "resize", "ACTIVE", "the claim in prep_resize fails on every host"),
        (f"{tracker}.resize_claim", "resize", "SHUTOFF", "the claim in prep_resize fails on every host"),
        (f"{tracker}.resize_claim", "migrate", "ACTIVE", "the claim in prep_resize fails on every host"),
        (f"{tracker}.instance_claim", "unshelve", "SHELVED_OFFLOADED", "the claim fails on the chosen host"),
    ]
    return [
        Scenario(
            "action",
            action,
            start,
            prepare=_patching(name, no_room),
            injected=text,
            begin=None if start else acts.create,
        )
        for name, action, start, text in cases
    ]


def _volumes() -> list[Scenario]:
    """Cinder fails while a volume is taken away from, or brought back to, a server that boots from a volume."""

    def broken(method: str):
        return _patching(f"nova.volume.cinder.API.{method}", _no_volume)

    volume = ("volume",)
    found = []
    for action, starts in (
        ("delete", ("ACTIVE", "SHUTOFF", "SHELVED_OFFLOADED", "ERROR, spawn failed")),
        ("force-delete", ("ACTIVE",)),
        ("shelve", ("ACTIVE",)),
        ("rebuild", ("ACTIVE",)),
        ("live-migrate", ("ACTIVE",)),
        ("resize", ("ACTIVE",)),
    ):
        for start in starts:
            text = "Cinder fails to delete the attachment"
            prepare = broken("attachment_delete")
            found.append(Scenario("action", action, start, prepare=prepare, injected=text, backings=volume))
    for action, start in (("unshelve", "SHELVED_OFFLOADED"), ("rebuild", "ACTIVE"), ("resize", "ACTIVE")):
        text, prepare = "Cinder fails to update the attachment", broken("attachment_update")
        found.append(Scenario("action", action, start, prepare=prepare, injected=text, backings=volume))
    text = "Cinder reports that writing the image to the volume failed"
    for start in ("ACTIVE", "SHUTOFF"):
        found.append(
            Scenario("action", "rebuild", start, prepare=_bad_reimage, injected=text, backings=volume)
        )
    return found


def _bad_reimage(world: World, server: str) -> None:
    world.reimaged, world.hit = "failed", True


def _migrations() -> list[Scenario]:
    """A live migration that the hypervisor gives up and rolls back."""

    def roll_back(world: World, server: str) -> None:
        world.driver_of(server).travelling["outcome"], world.hit = "failed", True

    text = "the hypervisor gives the migration up and Nova rolls it back"
    return [
        Scenario("action", "live-migrate", start, prepare=roll_back, injected=text)
        for start in ("ACTIVE", "PAUSED")
    ]
