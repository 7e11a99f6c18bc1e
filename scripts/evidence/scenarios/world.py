"""A running Nova in which scenarios happen: brings a server to a start, acts on it, waits, puts everything back."""

from __future__ import annotations

import contextlib
import datetime
import threading
from collections.abc import Iterator

import fixtures
import nova.conf
from nova import context as nova_context
from nova.scheduler.client import query
from oslo_utils import timeutils

from evidence import running
from evidence.scenarios import hypervisor, recorder, traffic
from evidence.scenarios.hosts import Hosts

CONF = nova.conf.CONF
MICROVERSION = "2.95"
BACKINGS = ("image", "volume")
SCHEDULER = "select_destinations"


class World(Hosts):
    """One Nova; `server` is the id of the one server that the current scenario is about."""

    def __init__(self, cloud: running.Cloud, interference: hypervisor.Interference) -> None:
        self.cloud, self.case, self.faults = cloud, cloud.case, interference
        self.recorder = recorder.Recorder(self.case)
        self.traffic = traffic.Traffic(self.case)
        self.dead: tuple[str, ...] = ()
        self.down = None  # the fixture of an unreachable cell, while one is in place
        self._options: list[tuple[str | None, str, object]] = []
        self._patches: list = []
        self.noted_before = 0
        # Where a scenario begins that creates its server itself; None: before the server.
        # Requests that are not answered yet.
        self.requests: list[threading.Thread] = []
        # What a scenario has seen beside the pairs, in words.
        self.said: list[str] = []
        self.started: recorder.Seen | None = None
        self.hit = False  # True once what a scenario injects has come to pass
        # Cinder writes the image to the volume of a rebuilt server and tells Nova; the stand-in does not.
        self.reimaged = "completed"
        self.case.useFixture(fixtures.MonkeyPatch("nova.volume.cinder.API.reimage_volume", self._reimage))
        self.case.useFixture(fixtures.MonkeyPatch("nova.volume.cinder.API.get", self._volume))
        self.empty, self.empty_memory = cloud.snapshot(), self.memory()

    def _reimage(self, context, volume_id: str, image_id: str, reimage_reserved: bool = False) -> None:
        event = {"name": "volume-reimaged", "tag": volume_id, "status": self.reimaged}
        rows = self.cloud.sql(
            "SELECT instance_uuid FROM block_device_mapping WHERE volume_id = ?", (volume_id,)
        )
        events = [{**event, "server_uuid": rows[-1][0]}]
        self.ask("POST", "/os-server-external-events", {"events": events})

    def _volume(self, context, volume_id: str, microversion: str | None = None) -> dict:
        """A volume of the stand-in, with the description that it lacks and an image of a volume asks for."""
        return {"display_description": ""} | self.case.cinder.fake_get(context, volume_id, microversion)

    # Configuration and patches of one scenario

    def option(self, name: str, value: object, group: str | None = None) -> None:
        place = CONF[group] if group else CONF
        self._options.append((group, name, place[name]))
        CONF.set_override(name, value, group)

    def patch(self, name: str, value: object) -> None:
        patch = fixtures.MonkeyPatch(name, value)
        patch.setUp()
        self._patches.append(patch)

    def hold_scheduler(self) -> hypervisor.Hold:
        """Stops the scheduler in the middle of its work, as Interference.hold does with the driver."""
        hold = self.faults.hold(SCHEDULER)
        select = query.SchedulerQueryClient.select_destinations

        def held(*args, **kwargs):
            hold(None, SCHEDULER)
            return select(*args, **kwargs)

        self.patch("nova.scheduler.client.query.SchedulerQueryClient.select_destinations", held)
        return hold

    def let_go(self, method: str) -> None:
        """Held work goes on; waits for the answers that it kept back."""
        self.faults.before[method].go.set()
        while self.requests:
            self.requests.pop().join()

    def calm(self) -> None:
        """Ends what the last scenario put in the way, and lets Nova come to rest."""
        self.faults.clear()
        while self.requests:
            self.requests.pop().join()
        self.hit = False
        self.started = None
        self.said.clear()
        self.reimaged = "completed"
        if self.down is not None:
            self.down.cleanUp()
            self.down = None
        while self._patches:
            self._patches.pop().cleanUp()
        while self._options:
            group, name, value = self._options.pop()
            CONF.set_override(name, value, group)
        self.settle()

    # What a caller does

    def ask(
        self, method: str, path: str, body: dict | None = None, microversion: str = MICROVERSION, who="admin"
    ):
        return getattr(self.cloud, who).ask(method, path, body, microversion)

    def settle(self) -> None:
        """Waits until Nova rests; while something is held in the driver, until nothing else moves."""
        if any(
            isinstance(action, hypervisor.Hold) and action.holding() for action in self.faults.before.values()
        ):
            self.traffic.settle_around_hold(self.dead)
        else:
            self.traffic.settle(self.dead)

    def row(self, server: str) -> dict:
        names = ["vm_state", "task_state", "host", "power_state", "deleted", "id"]
        for database in ("cell1", "cell0"):
            found = self.cloud.frozen.databases[database].execute(
                f"SELECT {', '.join(names)} FROM instances WHERE uuid = ?", (server,)
            )
            for values in found:
                return dict(zip(names, values, strict=True))
        return {}

    def now(self, server: str) -> recorder.Seen:
        """The pair in the database and its status; before there is a row, what the API shows."""
        row = self.row(server)
        if row:
            return recorder.seen(row["vm_state"], row["task_state"], bool(row["deleted"]))
        shown = self.ask("GET", f"/servers/{server}").body["server"]
        return recorder.seen(shown["OS-EXT-STS:vm_state"], shown["OS-EXT-STS:task_state"])

    def shown(self, server: str) -> str | None:
        """The status that the API shows the administrator; None when it answers 404."""
        answer = self.ask("GET", f"/servers/{server}")
        return answer.body["server"]["status"] if answer.code == 200 else None

    def begin(self, server: str | None) -> None:
        """What happens from now on is looked at."""
        self.recorder.clear()
        self.noted_before = self.noted_errors(server) if server else 0

    def noted_errors(self, server: str) -> int:
        """How many faults, failed requests and failed migrations Nova itself has noted about the server."""
        faults = "SELECT count(*) FROM instance_faults WHERE instance_uuid = ?"
        failed = "SELECT count(*) FROM instance_actions WHERE instance_uuid = ? AND message = 'Error'"
        moves = "SELECT count(*) FROM migrations WHERE instance_uuid = ? AND status IN ('error', 'failed')"
        databases = [self.cloud.frozen.databases[name] for name in ("cell1", "cell0")]
        return sum(
            one.execute(query, (server,)).fetchone()[0]
            for one in databases
            for query in (faults, failed, moves)
        )

    def manager(self, host: str):
        return self.case.computes[host].manager

    def driver_of(self, server: str):
        return self.manager(self.row(server)["host"]).driver

    def guest(self, server: str, power: int | None) -> None:
        """Changes the guest behind Nova's back: another power state, or None to take it away."""
        guests = self.driver_of(server).instances
        if power is None:
            guests.pop(server)
        else:
            guests[server].state = power

    def periodic(self, server: str, task: str, later: int = 86400) -> None:
        """Runs a periodic task on the server's host as if `later` seconds had gone by."""
        manager = self.manager(self.row(server)["host"])
        admin = nova_context.get_admin_context()
        timeutils.set_time_override(timeutils.utcnow() + datetime.timedelta(seconds=later))
        try:
            getattr(manager, task)(admin)
            self.settle()
        finally:
            timeutils.clear_time_override()


@contextlib.contextmanager
def world() -> Iterator[World]:
    """Starts Nova with the probe's driver and gives its World."""
    interference = hypervisor.Interference()
    driver = hypervisor.install(interference)
    # Services need not report that they live: nothing looks, and it costs a fifth of the time.
    with running.nova(options={(None, "compute_driver"): driver, (None, "report_interval"): 10**7}) as cloud:
        from evidence.scenarios import acts

        found = World(cloud, interference)
        acts.add_images(found)
        found.empty, found.empty_memory = cloud.snapshot(), found.memory()
        found.images = len(found.case.glance.images)
        yield found
