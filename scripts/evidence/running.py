"""Real Nova in this process: API, conductor, scheduler, two computes and placement, over SQLite in memory.

Import it only inside a Nova environment, and before any other part of Nova: Nova's functional tests patch the
standard library when they are imported. The hypervisor is Nova's fake virt driver; Neutron, Cinder and Glance are
the stand-ins of Nova's own test fixtures, which never refuse.
"""

from __future__ import annotations

import contextlib
import gc
import json
import logging
import sys
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# isort: off
# First of all Nova: importing it patches threads and sockets.
from nova.tests.functional import integrated_helpers
from nova import context
from nova import exception
from nova import rpc
from nova.tests import fixtures as nova_fixtures
import fixtures
import nova.conf
from neutronclient.common import exceptions as neutron_exceptions
from oslo_messaging import MessagingTimeout
import oslo_messaging.rpc.client as messaging_client
# isort: on

from evidence import frozen

CONF = nova.conf.CONF
HOSTS = ("host1", "host2")
# Casts go out of the process's messaging layer here, whichever class prepared them.
_CALL_CONTEXT = messaging_client._BaseCallContext


@dataclass(frozen=True)
class Answer:
    """code: HTTP status. body: the decoded JSON, or None. message: the text of an error, or ""."""

    code: int
    body: dict | None
    message: str


class Client:
    """HTTP as one caller. The path is relative to the versioned endpoint, as in "/servers/ID/action"."""

    def __init__(self, client) -> None:
        self._client = client

    def ask(self, method: str, path: str, body: dict | None = None, microversion: str = "2.1") -> Answer:
        self._client.microversion = microversion
        options = {"body": json.dumps(body)} if body is not None else {}
        response = self._client.api_request(path.lstrip("/"), method=method, **options)
        try:
            decoded = response.json() if response.content else None
        except ValueError:
            decoded = None
        return Answer(response.status_code, decoded, error_message(decoded) or "")


def error_message(body: object) -> str | None:
    """The message of an API error body such as {"conflictingRequest": {"code": 409, "message": "..."}}."""
    if isinstance(body, dict) and len(body) == 1:
        inner = next(iter(body.values()))
        if isinstance(inner, dict) and "message" in inner:
            return str(inner["message"])
    return None


def _find_resource(client, resource, name_or_id, *_, **__):
    """As the Neutron client library: the one resource with this name or id."""
    for found in getattr(client.fixture, f"_{resource}s").values():
        if name_or_id in (found["id"], found["name"]):
            return found
    raise neutron_exceptions.NotFound(message=f"no {resource} {name_or_id}")


def _casts_stay(_case) -> fixtures.Fixture:
    """In the place of Nova's fixture that turns casts into calls."""
    return fixtures.Fixture()


class _Case(integrated_helpers._IntegratedTestBase):
    """Nova's own base for such runs, used as a set of fixtures and not as a test."""

    CAST_AS_CALL = False
    options: typing.ClassVar[dict] = {}

    def setUp(self) -> None:
        # Nova's stand-in for Neutron does not know this call of the client library; security groups need it.
        _client = sys.modules["nova.tests.fixtures.neutron"]._FakeNeutronClient
        _client.find_resource = _find_resource
        if not hasattr(integrated_helpers._IntegratedTestBase, "CAST_AS_CALL"):
            # Nova 27 has no such switch: there every cast becomes a call, and a request would run to its end.
            self.useFixture(fixtures.MonkeyPatch("nova.tests.fixtures.CastAsCallFixture", _casts_stay))
        super().setUp()

    def runTest(self) -> None:
        """Needed to make an instance; never called."""

    def _setup_services(self) -> None:
        # The wheel installs this file under the environment, the fixture looks beside the package.
        self.flags(api_paste_config=str(Path(sys.prefix) / "etc/nova/api-paste.ini"), group="wsgi")
        self.flags(compute_driver="fake.FakeDriver")
        # The databases are put back in time again and again: a service must not look dead because of that.
        self.flags(service_down_time=10**8)
        with contextlib.suppress(Exception):  # 33 on; the test fixtures' "error" would turn oddities into 500
            self.flags(response_validation="ignore", group="api")
        for (group, name), value in self.options.items():
            self.flags(**{name: value}, **({"group": group} if group else {}))
        rpc.LegacyValidatingNotifier.fatal = False
        if hasattr(nova_fixtures, "ManilaFixture"):
            self.manila = self.useFixture(nova_fixtures.ManilaFixture())
        super()._setup_services()

    def _setup_compute_service(self):
        for host in HOSTS:
            self._start_compute(host)
        return self.computes[HOSTS[0]]


class Cloud:
    """A running Nova. `admin`, `owner` (project member) and `reader` are HTTP clients of one project."""

    def __init__(self, case: _Case) -> None:
        self.case = case
        # While True no RPC cast leaves: a request that Nova accepts changes nothing afterwards. Set it after the
        # servers are built; the names of what was dropped are kept until the next `restore`.
        self.drop_casts = False
        self.dropped: list[str] = []
        # Hosts whose compute service does not answer calls, and the exceptions that calls ended with.
        self.silent_hosts: set[str] = set()
        self.failed_calls: list[str] = []
        # What the last refusal for a state was about: "vm_state", "task_state", "launched_at", "locked".
        self.hint: str | None = None
        fixture = case.api_fixture
        self.admin, self.owner = Client(fixture.admin_api), Client(fixture.api)
        self.reader = Client(fixture.reader_api if hasattr(fixture, "reader_api") else _reader(fixture))
        self._cell = context.get_admin_context()
        context.set_target_cell(self._cell, case.cell_mappings["cell1"])
        self.frozen = frozen.Frozen(_databases(case), _stand_ins(case))

    def sql(self, statement: str, parameters: tuple = ()) -> list[tuple]:
        """Runs one statement on the cell's database, past Nova; returns the rows."""
        return self.frozen.databases["cell1"].execute(statement, parameters).fetchall()

    def write_state(self, server: str, vm_state: str, task_state: str | None) -> None:
        """Writes the pair straight into the database, as no API call could."""
        self.sql(
            "UPDATE instances SET vm_state = ?, task_state = ? WHERE uuid = ?", (vm_state, task_state, server)
        )

    def create_server(self, name: str, **more) -> str:
        """Creates a server as the owner on one port, waits until it is ACTIVE, returns its id."""
        network = {"uuid": self.case.neutron.network_1["id"]}
        body = {"name": name, "imageRef": self.image(), "flavorRef": "1", "networks": [network], **more}
        answer = self.owner.ask("POST", "/servers", {"server": body}, "2.1")
        if answer.code != 202:
            raise RuntimeError(f"creating {name}: {answer.code} {answer.message}")
        server = answer.body["server"]["id"]
        self.wait_for(server, "ACTIVE")
        return server

    def image(self) -> str:
        """The id of an image of the Glance stand-in that boots on the fake hypervisor."""
        return self.case.glance.auto_disk_config_enabled_image["id"]

    def wait_for(self, server: str, status: str, seconds: float = 180.0) -> dict:
        """Waits until the server shows the status and no task; returns it as the API shows it."""
        import time

        end = time.monotonic() + seconds
        while True:
            shown = self.admin.ask("GET", f"/servers/{server}", microversion="2.1").body["server"]
            if shown["status"] == status and shown["OS-EXT-STS:task_state"] is None:
                return shown
            if time.monotonic() > end:
                raise TimeoutError(f"the server shows {shown['status']} and not {status}")
            time.sleep(0.05)

    def force_down(self, host: str, down: bool) -> None:
        """Marks a compute service as dead, or takes that back, as an operator does before an evacuation."""
        body = {"host": host, "binary": "nova-compute", "forced_down": down}
        answer = self.admin.ask("PUT", "/os-services/force-down", body, "2.11")
        if answer.code != 200:
            raise RuntimeError(f"force-down: {answer.code} {answer.message}")

    def cell_context(self):
        """A Nova context aimed at the cell's database, for Nova's own objects."""
        return self._cell

    def host_of(self, server: str) -> str:
        return self.sql("SELECT host FROM instances WHERE uuid = ?", (server,))[0][0]

    def snapshot(self) -> frozen.Snapshot:
        """The state of every database and of the stand-ins, to be put back by `restore`."""
        return self.frozen.take()

    def restore(self, snapshot: frozen.Snapshot) -> None:
        self.case.notifier.reset()
        self.dropped.clear()
        self.failed_calls.clear()
        self.hint = None
        self.frozen.put_back(snapshot)


def _reader(fixture):
    from nova.tests.functional.api import client

    return client.TestOpenStackClient(
        "reader", fixture.base_url, project_id=fixture.project_id, roles=["reader"]
    )


def _databases(case) -> dict:
    """The raw SQLite connections by name. Each database is one connection, so a copy of it is complete."""
    from nova.db.api import api as api_db
    from placement import db_api as placement_db

    engines = {
        "api": api_db.get_engine(),
        "placement": placement_db.placement_context_manager.writer.get_engine(),
    }
    for name, mapping in case.cell_mappings.items():
        target = context.get_admin_context()
        context.set_target_cell(target, mapping)
        engines[name] = target.db_connection.writer.get_engine()
    return {name: engine.raw_connection().driver_connection for name, engine in engines.items()}


def _stand_ins(case) -> dict:
    """The objects outside the databases that a request may change: stand-ins and the drivers' guests."""
    found = {"neutron": case.neutron, "cinder": case.cinder, "glance": case.glance}
    if hasattr(case, "manila"):
        found["manila"] = case.manila
    return found | {host: compute.manager.driver for host, compute in case.computes.items()}


@contextlib.contextmanager
def nova(options: dict | None = None) -> Iterator[Cloud]:
    """Starts Nova, gives a Cloud, stops it. options: {(group or None, option): value} set before services start."""
    case_class = type("Case", (_Case,), {"options": options or {}})
    case = case_class()
    _enforce_new_policies()
    case.setUp()
    _log_to_stderr()
    _save_time()
    try:
        cloud = Cloud(case)
        with _watched_messages(cloud), _watched_refusals(cloud):
            yield cloud
    finally:
        case.doCleanups()


@contextlib.contextmanager
def _watched_messages(cloud: Cloud) -> Iterator[None]:
    """Lets the cloud drop casts, silence hosts and note calls that failed."""
    original_cast, original_call = _CALL_CONTEXT.cast, _CALL_CONTEXT.call

    def cast(self, ctxt, method, **arguments):
        if cloud.drop_casts:
            cloud.dropped.append(method)
        else:
            original_cast(self, ctxt, method, **arguments)

    def call(self, ctxt, method, **arguments):
        try:
            if self.target.server in cloud.silent_hosts:
                raise MessagingTimeout(f"no answer to {method}")
            return original_call(self, ctxt, method, **arguments)
        except Exception as error:
            cloud.failed_calls.append(type(error).__name__)
            raise

    _CALL_CONTEXT.cast, _CALL_CONTEXT.call = cast, call
    try:
        yield
    finally:
        _CALL_CONTEXT.cast, _CALL_CONTEXT.call = original_cast, original_call


@contextlib.contextmanager
def _watched_refusals(cloud: Cloud) -> Iterator[None]:
    """Notes what Nova's exception for a wrong state is about, which some messages leave out."""
    kind = exception.InstanceInvalidState
    original = kind.__init__

    def noting(self, *args, **kwargs):
        locked = isinstance(self, exception.InstanceIsLocked)
        cloud.hint = "locked" if locked else kwargs.get("attr")
        original(self, *args, **kwargs)

    kind.__init__ = noting
    try:
        yield
    finally:
        kind.__init__ = original


def _enforce_new_policies() -> None:
    """Only today's default policies count, as in a deployment: the reader role reads and no more.

    Placement, being in the same process, would switch this off; and Nova mixes the old rules in when it first reads
    its policies, so it has to be set before.
    """
    from oslo_policy import opts

    opts._register(CONF)
    CONF.set_override("enforce_new_defaults", True, group="oslo_policy")


def _save_time() -> None:
    """A fifth of every request would go into looking for garbage."""
    # The heap of a running Nova is large and stays; searching it for garbage again and again is of no use.
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000)


def _log_to_stderr() -> None:
    """Warnings and worse go to standard error (a log file, see channel.py); nothing is kept in memory."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        root.removeHandler(handler)
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(levelname)s [%(name)s] %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
