"""The transitions of one release as a small document: assembling, comparing. Pure functions, no Nova.

Shape of transitions.json:
    {"nova", "method", "added_to_the_fake_driver", "runs": [run], "power_sync": [run], "lifecycle": [run],
     "host_down": [run], "restart": [restart]}
A run: {"id", "trigger": {"kind", "name"}, "from": pair or null, "conditions": [text], "injected": text or null,
"guest" (where the hypervisor's report matters), "path": [pair], "to": status, "outcome", "gone" (true once the API
answers 404), "noted_error" (true when Nova noted a fault or an error for the request), "answered" (the HTTP code,
where it was 500), "waiting" (true when a message for the dead host is left), "then" (what else was seen, in words)}. A pair is {"vm_state", "task_state", "status"} as Nova wrote it; `path` leaves out the start, and its
last element is the end. A run without "image-backed" or "volume-backed" among its conditions was the same with both.
A restart: {"vm_state", "task_state", "guests" (what the hypervisor reports: a list, or "any"), "on_host" (false where
the row named no host), "path" (where it is more than the end), "becomes": pair, "gone"}.
"""

from __future__ import annotations

METHOD = (
    "Nova's API, conductor, scheduler, two computes and placement run in one process with Nova's functional-test "
    "fixtures and SQLite. A server is brought to each start by requests, as a user would; then the trigger is done for "
    "real and every write of vm_state and task_state is recorded where Nova writes instances to its database. Periodic "
    "tasks are called on the compute service with the clock put forward. Neutron, Cinder and Glance are stand-ins. An "
    "action that Nova refuses from a start has no run. Failures are injected into the driver, Cinder, Neutron, Glance, "
    "the resource tracker or the scheduler, as each run says. A failure is a run that newly ends in ERROR, or that "
    "ends where it began while Nova noted an error for the request, or whose request was answered with 500 or more; "
    "one that waits for a host that is down is unfinished."
)
ADDED = [
    "a paused guest is reported as paused, a suspended one as off; resume, unpause and rescue make it run",
    "a guest that was resized away is off on its source; a live-migrated one is gone from its source and keeps its "
    "power state",
    "soft delete and restore are left to Nova, which powers the guest off and on",
    "a snapshot goes through image_pending_upload and image_uploading",
    "rescue of a volume-backed server is supported",
    "Cinder's report that an image was written to the volume of a rebuilt server",
]
# Where the runs of a family belong in the document.
SECTIONS = {"power_sync": "power_sync", "lifecycle": "lifecycle", "host_down": "host_down"}
BACKED = {"image": "image-backed", "volume": "volume-backed"}


def assemble(version: str, results: dict[str, list[dict]]) -> dict:
    """results: {family: records of scenarios.runner.record, or of scenarios.restart for "restart/..."}."""
    sections: dict[str, list[dict]] = {"runs": [], "power_sync": [], "lifecycle": [], "host_down": []}
    restart: list[dict] = []
    for family in sorted(results):
        if family.startswith("restart"):
            restart.extend(results[family])
        else:
            sections[SECTIONS.get(family, "runs")].extend(results[family])
    found = {name: finished(records) for name, records in sections.items()}
    return {
        "nova": version,
        "method": METHOD,
        "added_to_the_fake_driver": ADDED,
        **found,
        "restart": merged_guests(restart),
    }


def finished(records: list[dict]) -> list[dict]:
    """Both kinds of boot disk merged where they agree, ids given, sorted by id."""
    runs = sorted((with_id(run) for run in merged_backings(records)), key=lambda run: run["id"])
    seen: set[str] = set()
    for run in runs:
        if run["id"] in seen:
            raise ValueError(f"two different runs have the id {run['id']!r}")
        seen.add(run["id"])
    return runs


def merged_backings(records: list[dict]) -> list[dict]:
    """One run for records that differ in "backing" alone; otherwise the backing becomes a condition."""
    groups: dict[str, dict[str, dict]] = {}
    for record in records:
        rest = {key: value for key, value in record.items() if key != "backing"}
        key = repr({name: rest[name] for name in ("trigger", "from", "conditions", "injected")}) + str(
            rest.get("guest")
        )
        groups.setdefault(key, {})[record["backing"]] = rest
    found = []
    for group in groups.values():
        variants = list(group.values())
        if len(variants) == len(BACKED) and variants[0] == variants[1]:
            found.append(variants[0])
        else:
            for backing, run in group.items():
                found.append({**run, "conditions": [BACKED[backing], *run["conditions"]]})
    return found


def with_id(run: dict) -> dict:
    """The run with an id made of all that tells it from others, and no field that says nothing."""
    start = run["from"]["status"] if run["from"] else "none"
    task = run["from"]["task_state"] if run["from"] else None
    more = [f"{run['from']['vm_state']} + {task}"] if task else []
    more += ([f"guest {run['guest']}"] if "guest" in run else []) + run["conditions"]
    more += [run["injected"]] if run["injected"] else []
    name = f"{run['trigger']['name']}/{start}" + (f" [{'; '.join(more)}]" if more else "")
    kept = {
        key: value for key, value in run.items() if value or key not in ("gone", "noted_error", "waiting")
    }
    return {"id": name, **kept}


def merged_guests(records: list[dict]) -> list[dict]:
    """Restart records of one pair that agree become one; "guests" is "any" where all of them do.

    `path` is left out where it is no more than the end, `on_host` where it is true.
    """
    groups: dict[tuple, dict[str, list[dict]]] = {}
    for record in records:
        key = (record["vm_state"], record["task_state"] or "", not record["on_host"])
        end = repr((record["path"], record["becomes"], record.get("gone")))
        groups.setdefault(key, {}).setdefault(end, []).append(record)
    found = []
    for key in sorted(groups):
        for alike in sorted(groups[key].values(), key=lambda group: min(record["guest"] for record in group)):
            guests = sorted(record["guest"] for record in alike)
            found.append(_restart_row(alike[0], "any" if len(groups[key]) == 1 else guests))
    return found


def _restart_row(record: dict, guests: list[str] | str) -> dict:
    row = {"vm_state": record["vm_state"], "task_state": record["task_state"], "guests": guests}
    row |= {} if record["on_host"] else {"on_host": False}
    row |= {"path": record["path"]} if len(record["path"]) > 1 else {}
    row["becomes"] = record["becomes"]
    return row | ({"gone": True} if record.get("gone") else {})


def differences(recorded: dict, seen: dict) -> list[str]:
    """Readable lines: "suspend/ACTIVE: now ends in ERROR, was SUSPENDED"."""
    lines = []
    for section in ("runs", "power_sync", "lifecycle", "host_down"):
        before = {run["id"]: run for run in recorded.get(section, [])}
        now = {run["id"]: run for run in seen.get(section, [])}
        for name in sorted(set(before) | set(now)):
            if before.get(name) != now.get(name):
                lines.append(f"{name}: {_changed(before.get(name), now.get(name))}")
    before, now = ({_place(row): row for row in document.get("restart", [])} for document in (recorded, seen))
    for place in sorted(set(before) | set(now)):
        if before.get(place) != now.get(place):
            lines.append(f"restart in {place}: {_became(now.get(place))}, was {_became(before.get(place))}")
    return lines


def _place(row: dict) -> str:
    guests = row["guests"] if isinstance(row["guests"], str) else " or ".join(row["guests"])
    host = "" if row.get("on_host", True) else ", on no host"
    return f"{row['vm_state']} + {row['task_state'] or 'no task'} (guest {guests}{host})"


def _became(row: dict | None) -> str:
    return (
        "not tried"
        if row is None
        else f"{row['becomes']['vm_state']} + {row['becomes']['task_state'] or 'no task'}"
    )


def _changed(before: dict | None, now: dict | None) -> str:
    if before is None:
        return f"new, ends in {now['to']}"
    if now is None:
        return "no longer seen"
    if before["to"] != now["to"]:
        return f"now ends in {now['to']}, was {before['to']}"
    if before["outcome"] != now["outcome"]:
        return f"now a {now['outcome']}, was a {before['outcome']}"
    return f"now passes {_through(now)}, passed {_through(before)}"


def _through(run: dict) -> str:
    return (
        ", ".join(f"{pair['vm_state']}+{pair['task_state'] or 'no task'}" for pair in run["path"])
        or "nothing"
    )
