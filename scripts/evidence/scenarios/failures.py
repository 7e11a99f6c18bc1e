"""Actions during which something goes wrong outside the driver: in scheduling, Cinder, Neutron or Glance; and builds."""

from __future__ import annotations

from nova import exception
from nova.compute import utils as compute_utils

from evidence.scenarios import acts
from evidence.scenarios.faults import failing, no_host, patching
from evidence.scenarios.runner import Scenario
from evidence.scenarios.world import World


def scenarios() -> list[Scenario]:
    return [*_creations(), *_nowhere(), *_claims(), *_volumes(), *_migrations()]


def _creations() -> list[Scenario]:
    def abort() -> Exception:
        return exception.BuildAbortException(instance_uuid="x", reason="injected")

    cases = [
        (failing("spawn", times=1), "driver.spawn raises on the first host, the second host builds it"),
        (failing("spawn"), "driver.spawn raises on every host"),
        (failing("spawn", abort), "driver.spawn raises BuildAbortException"),
        (no_host, "no valid host: every compute service is disabled"),
        (
            patching("nova.network.neutron.API.allocate_for_instance", _no_network),
            "Neutron refuses the port",
        ),
        (
            patching("nova.volume.cinder.API.attachment_update", _no_volume),
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
        Scenario("action", action, start, prepare=no_host, injected=text)
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
    refuse = patching(
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
            prepare=patching(name, no_room),
            injected=text,
            begin=None if start else acts.create,
        )
        for name, action, start, text in cases
    ]


def _volumes() -> list[Scenario]:
    """Cinder fails while a volume is taken away from, or brought back to, a server that boots from a volume."""

    def broken(method: str):
        return patching(f"nova.volume.cinder.API.{method}", _no_volume)

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
