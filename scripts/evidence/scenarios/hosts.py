"""The compute hosts of a running Nova: stopping and starting them, and putting their memory back."""

from __future__ import annotations

import copy


class Hosts:
    """A part of world.World. `dead`: the names of the hosts that are down."""

    dead: tuple[str, ...]

    def disable(self, host: str) -> None:
        """Takes a host out of scheduling, as an operator does before maintenance."""
        services = self.ask("GET", f"/os-services?binary=nova-compute&host={host}").body["services"]
        self.ask("PUT", f"/os-services/{services[0]['id']}", {"status": "disabled"})

    def stop_host(self, host: str) -> None:
        """Stops a compute service; messages for it wait on its queue."""
        self.case.computes[host].stop()
        self.dead = (*self.dead, host)

    def start_host(self, host: str, new: bool = False) -> None:
        """Starts a compute service anew, with the guests that its hypervisor still has. `new`: it still runs."""
        if not new:
            self.dead = tuple(other for other in self.dead if other != host)
        old = self.case.computes[host]
        self.case.computes[host] = self.case.restart_compute_service(old)

    def lost_messages(self, host: str) -> int:
        """How many messages wait for a host that is down."""
        return self.traffic.waiting_for(host)

    def drop_messages(self, host: str) -> None:
        self.traffic.drop(host)

    def restore(self, snapshot, memory: dict | None = None) -> None:
        """Puts databases and stand-ins back, and what the compute services keep in memory about them."""
        self.cloud.restore(snapshot)
        for host, kept in (memory or self.empty_memory).items():
            manager = self.case.computes[host].manager
            manager.rt.tracked_instances = set(kept["instances"])
            manager.rt.tracked_migrations = dict(kept["migrations"])
            tree = manager.reportclient._provider_tree
            tree.roots_by_uuid, tree.roots_by_name = copy.deepcopy(kept["providers"])
            manager.reportclient._association_refresh_time = copy.deepcopy(kept["refreshed"])

    def memory(self) -> dict:
        """What each compute service keeps in memory about servers and about placement, to be put back."""
        kept = {}
        for host, compute in self.case.computes.items():
            tracker, client = compute.manager.rt, compute.manager.reportclient
            kept[host] = {
                "instances": set(tracker.tracked_instances),
                "migrations": dict(tracker.tracked_migrations),
                "providers": copy.deepcopy(_roots(client._provider_tree)),
                "refreshed": copy.deepcopy(client._association_refresh_time),
            }
        return kept


def _roots(tree) -> tuple[dict, dict]:
    return tree.roots_by_uuid, tree.roots_by_name
