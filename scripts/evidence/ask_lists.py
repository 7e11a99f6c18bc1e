"""Asks a running Nova for lists filtered by status, over servers prepared in the pairs that matter. Inside Nova."""

from __future__ import annotations

import time
from collections.abc import Callable

from evidence import ask_derivation, running
from evidence.guard_sections import BUSY

MICROVERSION = "2.95"
UNLIMITED = {("quota", name): -1 for name in ("instances", "cores", "ram")}
INVALID = "NOT_A_STATUS"


def run(chunks: list[str], send: Callable[[dict], None]) -> None:
    """Sends {"servers": [[vm_state, task_state, status]], "answers": [...]}; see `answers`."""
    with running.nova(UNLIMITED) as cloud:
        servers = prepare(cloud)
        result = {"servers": sorted(servers.values(), key=str), "answers": answers(cloud, servers)}
        send({"chunk": "lists", "result": result | {"statuses": ask_derivation.statuses()}})


def pairs_that_matter(cloud: running.Cloud, server: str) -> list[list]:
    """For each vm_state: no task, one task for each other status it can show, and one busy task of no status."""
    found = []
    for vm_state in ask_derivation.VM_STATES:
        seen = set()
        for task_state in [None, BUSY, *(task for task in ask_derivation.TASK_STATES[1:] if task != BUSY)]:
            status = ask_derivation.shown(cloud, server, vm_state, task_state)["status"]
            if status not in seen or task_state == BUSY:
                found.append([vm_state, task_state, status])
            seen.add(status)
    cloud.write_state(server, "active", None)
    return found


def prepare(cloud: running.Cloud) -> dict[str, list]:
    """Builds a server for each pair and writes the pair; {server id: [vm_state, task_state, status, "gone"?]}."""
    first = _build(cloud, "first")
    servers = {}
    for vm_state, task_state, status in pairs_that_matter(cloud, first):
        server = _build(cloud, f"{vm_state}-{task_state}")
        servers[server] = [vm_state, task_state, status]
    cloud.admin.ask("DELETE", f"/servers/{first}", microversion=MICROVERSION)
    while cloud.admin.ask("GET", f"/servers/{first}", microversion=MICROVERSION).code != 404:
        time.sleep(0.05)
    for server, (vm_state, task_state, _) in servers.items():
        cloud.write_state(server, vm_state, task_state)
    servers[first] = ["deleted", None, "DELETED", "really deleted"]
    return servers


def _build(cloud: running.Cloud, name: str) -> str:
    body = {"name": name, "imageRef": cloud.image(), "flavorRef": "1", "networks": "none"}
    answer = cloud.owner.ask("POST", "/servers", {"server": body}, MICROVERSION)
    if answer.code != 202:
        raise RuntimeError(f"creating {name}: {answer.code} {answer.message}")
    cloud.wait_for(answer.body["server"]["id"], "ACTIVE")
    return answer.body["server"]["id"]


def queries() -> list[str]:
    """Every status, in lower case too, one that does not exist, and some neighbours of the question."""
    known = ask_derivation.statuses()
    found = [f"status={status}" for status in known]
    found += [f"status={status.lower()}" for status in known]
    found += [
        f"status={INVALID}",
        "status=",
        "status=ACTIVE&status=ERROR",
        f"status=ACTIVE&status={INVALID}",
        "",
    ]
    found += [
        "deleted=true",
        "status=ACTIVE&deleted=true",
        "status=SOFT_DELETED&deleted=true",
        "vm_state=active",
        "task_state=rebooting",
    ]
    return found


def answers(cloud: running.Cloud, servers: dict[str, list]) -> list[list]:
    """[caller, query, microversion, code, message, [[vm_state, task_state, status] ...] or null]."""
    found = []
    for caller in ("admin", "owner"):
        for query in queries():
            # Before 2.38 an invalid status is no error.
            for microversion in ("2.37", MICROVERSION) if INVALID in query else (MICROVERSION,):
                path = "/servers/detail" + (f"?{query}" if query else "")
                answer = getattr(cloud, caller).ask("GET", path, microversion=microversion)
                listed = None
                if answer.code == 200:
                    listed = sorted((servers[one["id"]] for one in answer.body["servers"]), key=str)
                found.append([caller, query, microversion, answer.code, answer.message, listed])
    return found
