"""Actions during which an operation of the driver fails."""

from __future__ import annotations

from collections.abc import Callable

from nova import exception

from evidence.scenarios.faults import failing
from evidence.scenarios.runner import Scenario
from evidence.scenarios.world import BACKINGS

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
    return [*_driver(), *_special()]


def _backings(action: str) -> tuple[str, ...]:
    return BACKINGS if action in OF_VOLUMES else ("image",)


def _driver() -> list[Scenario]:
    return [
        Scenario(
            "action",
            action,
            start,
            prepare=failing(method),
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
            prepare = failing(method, error)
            found.append(
                Scenario("action", action, start, prepare=prepare, injected=text, backings=_backings(action))
            )
    queued = {"reclaim_instance_interval": 3600}
    for start in ("ACTIVE", "SHUTOFF"):
        prepare, text = failing("power_off"), "driver.power_off raises"
        condition = ("reclaim_instance_interval is above 0",)
        found.append(Scenario("action", "delete", start, None, prepare, queued, condition, text))
    return found
