"""Asks a running Nova which status it shows for each pair, and how UNKNOWN comes about. Inside Nova only."""

from __future__ import annotations

from collections.abc import Callable

from nova.api.openstack import common
from nova.objects import fields
from nova.tests import fixtures as nova_fixtures

from evidence import running

VM_STATES = list(fields.InstanceState.ALL)
TASK_STATES = [None, *fields.InstanceTaskState.ALL]


def statuses() -> list[str]:
    """Every status that Nova's code can show, UNKNOWN included."""
    return sorted({"UNKNOWN", *(status for shown in common._STATE_MAP.values() for status in shown.values())})


def run(chunks: list[str], send: Callable[[dict], None]) -> None:
    """Sends one result: {"vm_states", "task_states", "pairs": [[vm_state, task_state, status]], "odd": [...]}."""
    with running.nova() as cloud:
        server = cloud.create_server("derived")
        cloud.drop_casts = True
        pairs = [
            [vm_state, task_state, shown(cloud, server, vm_state, task_state)["status"]]
            for vm_state in VM_STATES
            for task_state in TASK_STATES
        ]
        result = {
            "vm_states": VM_STATES,
            "task_states": TASK_STATES,
            "pairs": pairs,
            "odd": odd(cloud, server),
        }
        send({"chunk": "derivation", "result": result | {"statuses": statuses()}})


def shown(cloud: running.Cloud, server: str, vm_state: str | None, task_state: str | None) -> dict:
    """The server as the API shows it with this pair in its database row."""
    cloud.write_state(server, vm_state, task_state)
    answer = cloud.admin.ask("GET", f"/servers/{server}", microversion="2.1")
    if answer.code != 200:
        raise RuntimeError(f"{vm_state} + {task_state}: {answer.code} {answer.message}")
    return answer.body["server"]


def odd(cloud: running.Cloud, server: str) -> list[dict]:
    """What the API shows where the database holds no known pair, and where the cell cannot be reached."""
    rows = []
    cases = (
        ("a vm_state that Nova does not know", "unheard-of", None),
        ("a vm_state that Nova does not know, with a task_state it knows", "unheard-of", "rebooting"),
        ("no vm_state", None, None),
        ("a task_state that Nova does not know", "active", "unheard-of"),
    )
    for case, vm_state, task_state in cases:
        found = shown(cloud, server, vm_state, task_state)
        rows.append({"case": case, "vm_state": vm_state, "task_state": task_state, "status": found["status"]})
    cloud.write_state(server, "active", None)
    return rows + _cell_down(cloud, server)


def _cell_down(cloud: running.Cloud, server: str) -> list[dict]:
    """The cell's database does not answer: from microversion 2.69 on a part of the server is shown."""
    rows = []
    with nova_fixtures.DownCellFixture():
        for microversion in ("2.68", "2.69"):
            one = cloud.admin.ask("GET", f"/servers/{server}", microversion=microversion)
            many = cloud.admin.ask("GET", "/servers/detail", microversion=microversion)
            listed = [found.get("status") for found in (many.body or {}).get("servers", [])]
            row = {"case": "the cell's database does not answer", "microversion": microversion}
            row |= {"show_code": one.code, "list_code": many.code, "listed": listed}
            if one.code == 200:
                row |= {"status": one.body["server"]["status"], "shown_keys": sorted(one.body["server"])}
            rows.append(row)
    return rows
