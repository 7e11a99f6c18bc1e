"""Nova's fake virt driver with what it lacks: libvirt's power states and snapshot steps, faults and holds.

Added to the fake driver, and said so in the evidence: paused and suspended guests report PAUSED and SHUTDOWN, a
guest that moves is off or gone on its source, soft delete and restore are left to Nova's fallback (power off and
on), a snapshot goes through "pending upload" and "uploading", and a rescue of a volume-backed server is allowed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from nova.compute import power_state, task_states
from nova.virt import fake

NAME = "ProbeDriver"
# Driver operations that a scenario may make fail, hold, or watch.
WATCHED = (
    "spawn",
    "destroy",
    "cleanup",
    "snapshot",
    "reboot",
    "rescue",
    "unrescue",
    "migrate_disk_and_power_off",
    "finish_migration",
    "finish_revert_migration",
    "confirm_migration",
    "power_off",
    "power_on",
    "pause",
    "unpause",
    "suspend",
    "resume",
    "soft_delete",
    "restore",
    "live_migration",
    "pre_live_migration",
    "post_live_migration_at_destination",
    "set_admin_password",
    "attach_volume",
    "detach_volume",
    "trigger_crash_dump",
    "plug_vifs",
    "unplug_vifs",
    "rollback_live_migration_at_destination",
    "poll_rebooting_instances",
    "check_can_live_migrate_destination",
    "check_can_live_migrate_source",
    "attach_interface",
    "detach_interface",
    "resume_state_on_host_boot",
)

HISTORY = ("spawn", "destroy", "cleanup", "finish_revert_migration")


class DriverFailed(Exception):
    """What an injected fault raises; an ordinary error of a hypervisor."""


class Hold:
    """Stops an operation of the driver in the middle. `reached` is set when it got there; `go` lets it on."""

    def __init__(self) -> None:
        self.reached, self.go = threading.Event(), threading.Event()

    def holding(self) -> bool:
        return self.reached.is_set() and not self.go.is_set()

    def __call__(self, driver, method: str, *_args) -> None:
        self.reached.set()
        if not self.go.wait(600):
            raise DriverFailed(f"{method} was held and never let go")


class Interference:
    """What happens before each driver operation: {method: function(driver, method, arguments)}. Also a history."""

    def __init__(self) -> None:
        self.before: dict[str, Callable] = {}
        # (operation, host, uuid, whether disks are to be removed) of all that makes or ends a guest.
        self.history: list[tuple[str, str, str, bool]] = []
        self.raised = 0

    def clear(self) -> None:
        for action in self.before.values():
            if isinstance(action, Hold):
                action.go.set()
        self.before.clear()
        self.raised = 0

    def fail(self, method: str, error: Callable[[], Exception] | None = None, times: int = 10**6) -> None:
        """The next `times` calls of the operation raise `error()`."""
        left = [times]

        def raising(_driver, name: str, *_args) -> None:
            if left[0] > 0:
                left[0] -= 1
                self.raised += 1
                raise error() if error else DriverFailed(f"{name} failed by injection")

        self.before[method] = raising

    def hold(self, method: str) -> Hold:
        held = self.before[method] = Hold()
        return held


def install(interference: Interference) -> str:
    """Makes the driver known to Nova; returns the value of the option compute_driver."""
    cls = _driver_class()
    for name in WATCHED:
        setattr(cls, name, _watched(name, getattr(cls, name), interference))
    setattr(fake, NAME, cls)
    return f"fake.{NAME}"


def _watched(name: str, original, interference: Interference):
    def operation(self, *args, **kwargs):
        if name in interference.before:
            interference.before[name](self, name, args, kwargs)
        result = original(self, *args, **kwargs)
        if name in HISTORY:
            # destroy and cleanup(context, instance, network_info, block_device_info, destroy_disks, ...)
            disks = kwargs.get("destroy_disks", args[4] if len(args) > 4 else True)
            instance = kwargs.get("instance", args[1] if len(args) > 1 else None)
            interference.history.append((name, self._host, instance.uuid, bool(disks)))
        return result

    return operation


def _driver_class() -> type:
    class ProbeDriver(fake.FakeDriver):
        capabilities = dict(fake.FakeDriver.capabilities, supports_bfv_rescue=True)  # noqa: RUF012
        # Guests on the way from one host to another, by uuid: their power state travels with them.
        travelling: dict = {}  # noqa: RUF012

        def set_power(self, instance, state: int) -> None:
            self.instances[instance.uuid].state = state

        def pause(self, instance):
            self.set_power(instance, power_state.PAUSED)

        def unpause(self, instance):
            self.set_power(instance, power_state.RUNNING)

        def suspend(self, context, instance):
            self.set_power(instance, power_state.SHUTDOWN)

        def resume(self, context, instance, *args, **kwargs):
            self.set_power(instance, power_state.RUNNING)

        def rescue(self, context, instance, *args, **kwargs):
            self.set_power(instance, power_state.RUNNING)

        def soft_delete(self, instance):
            raise NotImplementedError

        def restore(self, instance):
            raise NotImplementedError

        def snapshot(self, context, instance, image_id, update_task_state):
            update_task_state(task_state=task_states.IMAGE_PENDING_UPLOAD)
            update_task_state(
                task_state=task_states.IMAGE_UPLOADING, expected_state=task_states.IMAGE_PENDING_UPLOAD
            )

        def migrate_disk_and_power_off(self, context, instance, *args, **kwargs):
            self.set_power(instance, power_state.SHUTDOWN)

        def live_migration(self, context, instance, dest, post_method, recover_method, block, migrate_data):
            # A live migration ends well, is aborted by the user, or fails and is rolled back.
            outcome = self.travelling.pop("outcome", None)
            if outcome == "aborted":
                recover_method(context, instance, dest, migrate_data, migration_status="cancelled")
            elif outcome == "failed":
                recover_method(context, instance, dest, migrate_data)
            else:
                self.travelling[instance.uuid] = self.instances[instance.uuid].state
                post_method(context, instance, dest, block, migrate_data)

        def live_migration_abort(self, instance):
            self.travelling["outcome"] = "aborted"

        def post_live_migration(self, context, instance, block_device_info, migrate_data=None):
            self.instances.pop(instance.uuid, None)

        def post_live_migration_at_destination(self, context, instance, *args, **kwargs):
            super().post_live_migration_at_destination(context, instance, *args, **kwargs)
            self.set_power(instance, self.travelling.pop(instance.uuid, power_state.RUNNING))

    return ProbeDriver
