"""Records each (vm_state, task_state) that Nova writes for a server, in order, where it enters the database."""

from __future__ import annotations

from typing import NamedTuple

import fixtures
from nova import objects
from nova.api.openstack import common
from nova.db.main import api as db_api


class Seen(NamedTuple):
    """One pair as written, and the status that the API shows for it."""

    vm_state: str
    task_state: str | None
    status: str


def seen(vm_state: str, task_state: str | None, deleted: bool = False) -> Seen:
    """A deleted row shows DELETED whatever its pair is, as the API's own view does."""
    status = "DELETED" if deleted else common.status_from_state(vm_state, task_state)
    return Seen(vm_state, task_state, status)


class Recorder:
    """Keeps every write of every server until `clear`; `path` gives one server's writes without repeats."""

    def __init__(self, case) -> None:
        self._writes: list[tuple[str, Seen]] = []
        create, destroy = db_api.instance_create, db_api.instance_destroy
        update = db_api.instance_update_and_get_original
        request = objects.BuildRequest.create

        def recorded_create(context, values):
            row = create(context, values)
            self._note(row["uuid"], row)
            return row

        def recorded_update(context, uuid, *args, **kwargs):
            old, row = update(context, uuid, *args, **kwargs)
            self._note(uuid, row)
            return old, row

        def recorded_destroy(context, uuid, *args, **kwargs):
            row = destroy(context, uuid, *args, **kwargs)
            self._writes.append((uuid, seen(row["vm_state"], row["task_state"], deleted=True)))
            return row

        def recorded_request(build_request):
            # Until the conductor has made the row, the API shows the server out of this request.
            request(build_request)
            self._note(build_request.instance.uuid, build_request.instance)

        for name, function in (
            ("nova.db.main.api.instance_create", recorded_create),
            ("nova.db.main.api.instance_update_and_get_original", recorded_update),
            ("nova.db.main.api.instance_destroy", recorded_destroy),
            ("nova.objects.BuildRequest.create", recorded_request),
        ):
            case.useFixture(fixtures.MonkeyPatch(name, function))

    def _note(self, uuid: str, row) -> None:
        self._writes.append((uuid, seen(row["vm_state"], row["task_state"])))

    def clear(self) -> None:
        self._writes.clear()

    def path(self, server: str, start: Seen | None) -> list[Seen]:
        """What the server went through since `clear`: no pair twice in a row, the start itself left out."""
        found: list[Seen] = []
        last = start
        for uuid, now in self._writes:
            if uuid == server and now != last:
                found.append(now)
                last = now
        return found
