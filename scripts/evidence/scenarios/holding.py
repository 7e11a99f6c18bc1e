"""What a server holds in each status: looked up in placement, the quota, the stand-ins and the hypervisors."""

from __future__ import annotations

import traceback
from collections.abc import Callable

from nova import context as nova_context
from nova.objects import fields

from evidence.scenarios import acts
from evidence.scenarios.busy import Busy, begin, during
from evidence.scenarios.held import BUSY
from evidence.scenarios.starts import STARTS, Starts, Unreachable
from evidence.scenarios.world import BACKINGS, World

DATA_VOLUME = "22222222-2222-4222-8222-222222222222"
USED = ("vcpus_used", "memory_mb_used", "local_gb_used")


def collect(world: World, send: Callable[[dict], None]) -> list[dict]:
    """One record for each start, and for each kind of work held in the middle, with both kinds of boot disk."""
    found: list[dict] = []
    for backing in BACKINGS:
        for look in (*(_at_start(name) for name in STARTS), *(_at_work(busy) for busy in BUSY), _deleted):
            try:
                found.extend([look(world, backing)])
            except Unreachable:
                pass
            except Exception:
                traceback.print_exc()
                raise
            finally:
                world.calm()
            send({"done": 1})
    return found


def _attach(world: World, server: str) -> None:
    """A second volume, so that a server that boots from an image holds one too; only where Nova accepts it."""
    if acts.act(world, server, "attach-volume").code < 400:
        world.settle()


def _fresh(world: World) -> Starts:
    world.faults.history.clear()
    return Starts(world, after_create=_attach)


def _at_start(name: str):
    def look(world: World, backing: str) -> dict:
        server = _fresh(world).bring(name, backing)
        how = STARTS[name].was or "reached by requests"
        return observed(world, server, backing, how)

    return look


def _at_work(busy: Busy):
    def look(world: World, backing: str) -> dict:
        server = _fresh(world).bring(busy.start, backing)
        try:
            server = begin(world, busy, server, backing)
        except (
            RuntimeError
        ) as problem:  # refused, or the driver has nothing to do with this kind of boot disk
            raise Unreachable(str(problem)) from problem
        return observed(world, server, backing, during(busy))

    return look


def _deleted(world: World, backing: str) -> dict:
    server = _fresh(world).bring("ACTIVE", backing)
    acts.act(world, server, "delete")
    world.settle()
    return observed(world, server, backing, "deleted for good")


def observed(world: World, server: str, backing: str, how: str) -> dict:
    """Everything about the server now. Hosts are told as "own" (where the server is) and "other"."""
    now = world.now(server)
    row = world.row(server) or {"host": None, "power_state": None}
    return {
        **now._asdict(),
        "backing": backing,
        "how": how,
        "on_host": row["host"] is not None,
        "power_state": fields.InstancePowerState.from_index(row["power_state"] or 0),
        "allocations": _allocations(world, server, row["host"]),
        "host_usage": _host_usage(world, row["host"]),
        "quota": _quota(world),
        "ports": _ports(world, server, row["host"]),
        "volumes": _volumes(world, server, backing),
        "guests": _guests(world, server, row["host"]),
        "disks_removed": _removed(world, server, row["host"]),
        "images_in_store": _images(world),
    }


def _place(host: str, own: str | None) -> str:
    return "own" if host == own else "other"


def _allocations(world: World, server: str, own: str | None) -> list[dict]:
    """Allocations of the server and of its migrations in placement, by resource class."""
    migrations = world.cloud.sql("SELECT uuid FROM migrations WHERE instance_uuid = ?", (server,))
    consumers = [("server", server), *(("migration", uuid) for (uuid,) in migrations)]
    providers = {
        one["uuid"]: one["name"]
        for one in world.case.placement.get("/resource_providers").body["resource_providers"]
    }
    found = []
    for kind, consumer in consumers:
        given = world.case.placement.get(f"/allocations/{consumer}").body["allocations"]
        for provider, allocation in given.items():
            resources = dict(sorted(allocation["resources"].items()))
            found.append({"consumer": kind, "host": _place(providers[provider], own), "resources": resources})
    return sorted(found, key=lambda one: (one["consumer"], one["host"]))


def _host_usage(world: World, own: str | None) -> list[dict]:
    """What each host's resource tracker counts as used, after its periodic task, beyond its reserve."""
    admin, found = nova_context.get_admin_context(), []
    for host, compute in world.case.computes.items():
        compute.manager.update_available_resource(admin)
        world.settle()
        columns = ", ".join(USED)
        row = world.cloud.sql(f"SELECT {columns} FROM compute_nodes WHERE hypervisor_hostname = ?", (host,))[
            0
        ]
        used = dict(zip(USED, row, strict=True))
        used["memory_mb_used"] -= 512  # reserved_host_memory_mb, its default
        if any(used.values()):
            found.append({"host": _place(host, own), **used})
    return sorted(found, key=lambda one: one["host"])


def _quota(world: World) -> dict:
    limits = world.ask("GET", "/limits").body["limits"]["absolute"]
    return {
        "cores": limits["totalCoresUsed"],
        "instances": limits["totalInstancesUsed"],
        "ram": limits["totalRAMUsed"],
    }


def _ports(world: World, server: str, own: str | None) -> list[dict]:
    """Ports of the server with the hosts they are bound to.

    The stand-in keeps the former host's binding after a resize, which Neutron replaces; so a binding that is not
    active is told only during a live migration, for which Nova makes it itself.
    """
    neutron, found = world.case.neutron, []
    migrating = world.row(server).get("task_state") == "migrating"
    for uuid, port in neutron._ports.items():
        if port.get("device_id") == server:
            bindings = [
                {"host": _place(host, own) if host else "none", "status": binding["status"]}
                for host, binding in neutron._port_bindings.get(uuid, {}).items()
                if binding["status"] == "ACTIVE" or migrating
            ]
            found.append({"bindings": sorted(bindings, key=str)})
    return found


def _volumes(world: World, server: str, backing: str) -> dict:
    """For each volume of the server its attachments: "attached" has a host's connector, "reserved" has none."""
    cinder, found = world.case.cinder, {}
    names = {DATA_VOLUME: "data"} | ({cinder.IMAGE_BACKED_VOL: "boot"} if backing == "volume" else {})
    for volume, name in names.items():
        attachments = cinder.volume_to_attachment.get(volume, {}).values()
        mine = [one for one in attachments if one["instance_uuid"] == server]
        found[name] = sorted("attached" if one.get("connector") else "reserved" for one in mine)
    return dict(sorted(found.items()))


def _guests(world: World, server: str, own: str | None) -> list[dict]:
    """The hosts whose hypervisor has the guest, with the power state that it reports."""
    found = []
    for host, compute in world.case.computes.items():
        guest = compute.manager.driver.instances.get(server)
        if guest is not None:
            state = fields.InstancePowerState.from_index(guest.state)
            found.append({"host": _place(host, own), "power_state": state})
    return sorted(found, key=str)


def _removed(world: World, server: str, own: str | None) -> list[str]:
    """The hosts on which Nova told the driver to remove the server's local disks and no new guest was made since."""
    removed: set[str] = set()
    for operation, host, uuid, disks in world.faults.history:
        if uuid == server and operation in ("spawn", "finish_revert_migration"):
            removed.discard(host)
        elif uuid == server and disks:
            removed.add(host)
    return sorted({_place(host, own) for host in removed})


def _images(world: World) -> int:
    """How many images the store has beyond those it had at first: the copy of a shelved server."""
    return len(world.case.glance.images) - world.images
