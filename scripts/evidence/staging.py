"""A server with everything an action can be about, and the preparations that some actions need. Inside Nova only."""

from __future__ import annotations

import time

from nova import objects

from evidence.running import HOSTS, Cloud

METADATA = {"purpose": "probe"}


class Stage:
    """`server` with a port, two volumes, metadata and tags. `values` fills the placeholders of the requests."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.server = cloud.create_server("staged", metadata=METADATA)
        self.values = {"server": self.server, "migration": "0"} | self._values()
        self._attach_volumes()
        self._ask("PUT", "/tags", {"tags": ["probe"]}, 200)
        self.host = cloud.host_of(self.server)
        self.other_host = next(host for host in HOSTS if host != self.host)
        self.values["port"] = self._ask("GET", "/os-interface", None, 200)["interfaceAttachments"][0][
            "port_id"
        ]
        cloud.drop_casts = True
        self._prepare()

    def _values(self) -> dict[str, str]:
        cinder, case = self.cloud.case.cinder, self.cloud.case
        return {
            "volume": "11111111-1111-4111-8111-111111111111",
            "free_volume": "22222222-2222-4222-8222-222222222222",
            "old_volume": cinder.SWAP_OLD_VOL,
            "new_volume": cinder.SWAP_NEW_VOL,
            "network": case.neutron.network_1["id"],
            "image": self.cloud.image(),
            "flavor": "2",
            "share": "33333333-3333-4333-8333-333333333333",
        }

    def _ask(self, method: str, rest: str, body: dict | None, code: int) -> dict | None:
        answer = self.cloud.owner.ask(method, f"/servers/{self.server}{rest}", body, "2.60")
        if answer.code != code:
            raise RuntimeError(f"staging {method} {rest}: {answer.code} {answer.message}")
        return answer.body

    def _attach_volumes(self) -> None:
        for name in ("volume", "old_volume"):
            body = {"volumeAttachment": {"volumeId": self.values[name]}}
            self._ask("POST", "/os-volume_attachments", body, 200)
            self._wait_attached(name)

    def _wait_attached(self, name: str) -> None:
        """The compute service attaches after the answer; the row then has its connection."""
        for _ in range(3000):
            query = "SELECT connection_info FROM block_device_mapping WHERE volume_id = ? AND deleted = 0"
            rows = self.cloud.sql(query, (self.values[name],))
            if rows and rows[0][0] and rows[0][0] != "null":
                return
            time.sleep(0.05)
        raise TimeoutError(f"{name} was not attached")

    def _prepare(self) -> None:
        """One snapshot for each of the preparations named in action_requests.Request.needs."""
        cloud = self.cloud
        self.snapshots = {"": cloud.snapshot()}
        self.migrations = {}
        self.migrations["resized"] = self._migration("finished", "resize")
        self._remember_old_flavor()
        self._keep("resized")
        self.migrations["live-migrating"] = self._migration("running", "live-migration")
        self._keep("live-migrating")
        self.host_down(self.host)
        self._keep("host-down")

    def _keep(self, needs: str) -> None:
        self.snapshots[needs] = self.cloud.snapshot()
        self.cloud.restore(self.snapshots[""])

    def _migration(self, status: str, kind: str) -> str:
        """A migration record as Nova would have left it; for a resize the server is where it was moved to."""
        resize = kind == "resize"
        record = objects.Migration(
            self.cloud.cell_context(),
            instance_uuid=self.server,
            status=status,
            migration_type=kind,
            source_compute=self.other_host if resize else self.host,
            source_node=self.other_host if resize else self.host,
            dest_compute=self.host if resize else self.other_host,
            old_instance_type_id=1,
            new_instance_type_id=1,
        )
        record.create()
        return str(record.id)

    def _remember_old_flavor(self) -> None:
        server = objects.Instance.get_by_uuid(
            self.cloud.cell_context(), self.server, expected_attrs=["flavor"]
        )
        server.old_flavor = server.flavor
        server.new_flavor = server.flavor
        server.save()

    def restore(self, needs: str) -> dict[str, str]:
        """Puts the server back as staged with a preparation; returns the values for the placeholders."""
        self.cloud.silent_hosts = {self.host} if needs == "host-down" else set()
        self.cloud.restore(self.snapshots[needs])
        return self.values | {"migration": self.migrations.get(needs, "0")}

    def write(self, columns: dict[str, object]) -> None:
        """Sets columns of the server's row, past Nova. Within a chunk these must always be the same columns."""
        names = ", ".join(f"{name} = ?" for name in columns)
        statement = f"UPDATE instances SET {names} WHERE uuid = ?"
        values = (*columns.values(), self.server)
        self.cloud.frozen.equal_after("cell1", lambda: self.cloud.sql(statement, values))

    def host_down(self, host: str) -> None:
        """As if the operator had forced the service down and the host did not answer any more."""
        self.cloud.sql(
            'UPDATE services SET forced_down = 1 WHERE host = ? AND "binary" = ?', (host, "nova-compute")
        )
        self.cloud.silent_hosts.add(host)

    def really_delete(self) -> None:
        """Deletes the server through the API and waits until it is gone."""
        self.cloud.drop_casts = False
        self._ask("DELETE", "", None, 204)
        for _ in range(3000):
            if self.cloud.admin.ask("GET", f"/servers/{self.server}").code == 404:
                break
            time.sleep(0.05)
        else:
            raise TimeoutError("the server was not deleted")
        self.cloud.drop_casts = True
