"""Actions on a server that Nova is at work on: the driver is held in the middle, the action comes, work goes on."""

from __future__ import annotations

from evidence.scenarios import acts
from evidence.scenarios.busy import Busy, during
from evidence.scenarios.runner import Scenario
from evidence.scenarios.world import SCHEDULER

BUSY = [
    Busy("BUILD", "create", "", SCHEDULER),
    Busy("BUILD", "create", "", "spawn"),
    Busy("REBOOT", "reboot-soft", "ACTIVE", "reboot"),
    Busy("HARD_REBOOT", "reboot-hard", "ACTIVE", "reboot"),
    Busy("PASSWORD", "change-password", "ACTIVE", "set_admin_password"),
    Busy("REBUILD", "rebuild", "ACTIVE", "spawn"),
    Busy("RESIZE", "resize", "ACTIVE", "migrate_disk_and_power_off"),
    Busy("RESIZE", "resize", "ACTIVE", "finish_migration"),
    Busy("REVERT_RESIZE", "revert-resize", "VERIFY_RESIZE", "finish_revert_migration"),
    Busy("VERIFY_RESIZE", "confirm-resize", "VERIFY_RESIZE", "confirm_migration"),
    Busy("MIGRATING", "live-migrate", "ACTIVE", "pre_live_migration"),
    Busy("MIGRATING", "live-migrate", "ACTIVE", "live_migration"),
    Busy("MIGRATING", "live-migrate", "PAUSED", "live_migration"),
    Busy("ACTIVE", "pause", "ACTIVE", "pause"),
    Busy("ACTIVE", "suspend", "ACTIVE", "suspend"),
    Busy("ACTIVE", "stop", "ACTIVE", "power_off"),
    Busy("ACTIVE", "create-image", "ACTIVE", "snapshot"),
    Busy("ACTIVE", "shelve", "ACTIVE", "snapshot"),
    Busy("ACTIVE", "rescue", "ACTIVE", "rescue"),
    Busy("SHUTOFF", "start", "SHUTOFF", "power_on"),
    Busy("SUSPENDED", "resume", "SUSPENDED", "resume"),
    Busy("PAUSED", "unpause", "PAUSED", "unpause"),
    Busy("SHELVED", "shelve", "ACTIVE", "destroy"),
    Busy("SHELVED_OFFLOADED", "unshelve", "SHELVED_OFFLOADED", "spawn"),
    Busy("RESCUE", "unrescue", "RESCUE", "unrescue"),
    Busy("ACTIVE", "delete", "ACTIVE", "destroy"),
]
ACTIONS = [*acts.MOVES, "reset-state (active)", "reset-state (error)"]


def scenarios() -> list[Scenario]:
    return [
        Scenario("action", action, busy.start, busy=busy, backings=("image",), conditions=(during(busy),))
        for busy in BUSY
        for action in ACTIONS
        if action != "evacuate"
    ]
