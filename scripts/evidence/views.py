"""The derivation and the lists of one release as small documents: assembling, comparing. Pure functions, no Nova.

derivation.json: {"nova", "method", "statuses": [...], "shown": {vm_state: [{"task_states", "status"}]}, "odd": [...]}
lists.json: {"nova", "method", "statuses", "servers": [...], "answers": {caller: [{"query", "microversion", "code",
"servers" or "message"}]}}; a server is "vm_state + task_state = status".
"""

from __future__ import annotations

from evidence import outcomes

DERIVATION_METHOD = (
    "vm_state and task_state are written into the database row of a server that was really built, and GET "
    "/servers/{server} is asked as admin. `odd` are values that Nova itself never writes, and a cell whose database "
    "does not answer."
)
LISTS_METHOD = (
    "One server is built for each pair below, its pair is written into its database row, and one more is really "
    "deleted; then GET /servers/detail is asked with each query. All servers are in the caller's project."
)


def assemble(part: str, version: str, found: dict) -> dict:
    return {"derivation": derivation, "lists": lists}[part](version, found)


def derivation(version: str, found: dict) -> dict:
    """found: what ask_derivation sends."""
    shown = {}
    for vm_state in found["vm_states"]:
        cells = [(task, {"status": status}) for vm, task, status in found["pairs"] if vm == vm_state]
        shown[vm_state] = outcomes.folded(cells)
    return {
        "nova": version,
        "method": DERIVATION_METHOD,
        "statuses": found["statuses"],
        "vm_states": found["vm_states"],
        "task_states": found["task_states"],
        "shown": shown,
        "odd": found["odd"],
    }


def lists(version: str, found: dict) -> dict:
    """found: what ask_lists sends."""
    answers: dict[str, list] = {}
    for caller, query, microversion, code, message, listed in found["answers"]:
        row = {"query": query, "microversion": microversion, "code": code}
        if listed is None:
            row["message"] = outcomes.normalised(message)
        else:
            row["servers"] = [label(server) for server in listed]
            row["other_statuses"] = other_statuses(query, listed)
            row = {key: value for key, value in row.items() if key != "other_statuses" or value}
        answers.setdefault(caller, []).append(row)
    return {
        "nova": version,
        "method": LISTS_METHOD,
        "statuses": found["statuses"],
        "servers": [label(server) for server in found["servers"]],
        "answers": answers,
    }


def label(server: list) -> str:
    """A server in a few words.

    >>> label(["active", "rebooting", "REBOOT"])
    'active + rebooting = REBOOT'
    """
    vm_state, task_state, status, *gone = server
    return f"{vm_state} + {task_state or 'no task'} = {status}" + (f" ({gone[0]})" if gone else "")


def other_statuses(query: str, listed: list[list]) -> list[str]:
    """The statuses shown by servers that a query for statuses returned without having been asked for."""
    wanted = {part.partition("=")[2].upper() for part in query.split("&") if part.startswith("status=")}
    return sorted({server[2] for server in listed} - wanted) if wanted else []


def differences(recorded: dict, seen: dict) -> list[str]:
    """Readable lines for either document."""
    return _shown_differences(recorded, seen) if "shown" in recorded else _list_differences(recorded, seen)


def _shown_differences(recorded: dict, seen: dict) -> list[str]:
    before, now = _flat(recorded), _flat(seen)
    return [
        f"{vm_state} + {task_state or 'no task'} is now shown as {now.get((vm_state, task_state))}, "
        f"was {before.get((vm_state, task_state))}"
        for vm_state, task_state in sorted(set(before) | set(now), key=str)
        if before.get((vm_state, task_state)) != now.get((vm_state, task_state))
    ]


def _flat(document: dict) -> dict[tuple, str]:
    return {
        (vm_state, task_state): row["status"]
        for vm_state, rows in document["shown"].items()
        for task_state, row in outcomes.unfolded(rows, document["task_states"]).items()
    }


def _list_differences(recorded: dict, seen: dict) -> list[str]:
    lines = []
    before, now = _queries(recorded), _queries(seen)
    for place in sorted(set(before) | set(now)):
        old, new = before.get(place, {}), now.get(place, {})
        caller, query, _ = place
        if old.get("code") != new.get("code"):
            lines.append(f"{caller} ?{query} is now answered {new.get('code')}, was {old.get('code')}")
        for word, some, others in (("now", new, old), ("no longer", old, new)):
            for server in some.get("servers", []):
                if server not in others.get("servers", []):
                    lines.append(f"{caller} ?{query} {word} returns {server}")
    return lines


def _queries(document: dict) -> dict[tuple, dict]:
    return {
        (caller, row["query"], row["microversion"]): row
        for caller, rows in document["answers"].items()
        for row in rows
    }
