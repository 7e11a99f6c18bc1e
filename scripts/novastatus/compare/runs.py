"""Recorded runs of Nova, told as ways between statuses under the names of this project."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ..states import Pair

Run = Mapping[str, Any]
SECTIONS = ("runs", "power_sync", "lifecycle", "host_down")
NAMES = {
    "shelve offload timer": "shelve-offload-timer",
    "rescue timeout": "rescue-timeout",
    "build timeout": "build-timeout",
    "host down": "host-failure",
    "host comes back": "init-host",
    "restart of the compute service": "init-host",
    "cell down": "cell-down",
    "auto-confirm": "auto-confirm",
    "reclaim": "reclaim",
    "running deleted": "running-deleted",
}
"""The probe's triggers that have another name here; an action keeps its own."""
OF_BUILDS = ("build-finished", "build-failed", "no-valid-host")
"""Triggers that end what a create began."""
INVENTED = "no run comes to this pair"
STAYS = "the status stays as it is"
LATE = "the build ends after all"


@dataclass(frozen=True)
class Move:
    """One recorded way of a server."""

    trigger: str | None
    """The action or trigger that started it; None: the facts have no name for it."""
    kind: str
    """``action``, ``internal``, ``periodic`` or ``external``, as the probe calls it."""
    source: str | None
    through: tuple[str, ...]
    to: str
    outcomes: frozenset[str]
    """``success``, ``failure`` or both: an injected fault of which Nova notes nothing may be called either."""
    key: str
    """The record that shows it."""
    beside: str = ""
    """Why the facts need not tell it: two things at once, a pair that no run comes to … Empty: they must."""
    tasks: tuple[str, ...] = ()
    """The task_states on the way, in order."""
    stirred: bool = True
    """Whether anything was done: an action, a write, or a report of the hypervisor. A timer may not have fired."""
    plain: bool = True
    """Whether it began with no task running and nothing was made to fail."""
    conditions: tuple[str, ...] = ()

    @property
    def way(self) -> str:
        """The statuses in one line."""
        return " → ".join((self.source or "no server", *self.through, self.to))


def moves(document: Mapping[str, Any], shown: Mapping[Pair, str], file: str) -> Iterator[Move]:
    """Every way in a ``transitions.json``; nothing if there is none."""
    runs = [run for section in SECTIONS for run in document.get(section, [])]
    unhindered: dict[object, set[str]] = defaultdict(set)
    for run in runs:
        if run["injected"] is None:
            unhindered[_setting(run)].add(run["to"])
    for run in runs:
        yield from _moves(run, f"{file} {run['id']}", unhindered.get(_setting(run), {run["to"]}))
    yield from _restarts(document, shown, file)


def statuses(run: Run) -> list[str | None]:
    """The statuses that one sees in a run, in order, none twice in a row."""
    start = run["from"]["status"] if run["from"] else None
    return [status for status, _ in groupby([start, *(pair["status"] for pair in run["path"]), run["to"]])]


def tasks_of(path: list[Mapping[str, Any]]) -> tuple[str, ...]:
    """The task_states of a path, in order, none twice in a row."""
    return tuple(task for task, _ in groupby(pair["task_state"] for pair in path) if task)


def _setting(run: Run) -> tuple[object, ...]:
    """What was done, from where and under which conditions; the kind of boot disk aside."""
    conditions = tuple(text for text in run["conditions"] if not text.endswith("-backed"))
    start = run["from"]["status"] if run["from"] else None
    return run["trigger"]["name"], start, run.get("guest"), conditions


def _moves(run: Run, key: str, unhindered: set[str]) -> Iterator[Move]:
    """``unhindered``: where runs of the same setting end with nothing made to fail."""
    name = run["trigger"]["name"]
    if run.get("waiting"):
        return  # no end: what is asked for waits for a dead host
    seen = statuses(run)
    if run["from"] is None and name == "create":
        yield _move(run, key, "create", seen[:2], frozenset({"success"}))
        yield _move(run, key, _end_of_build(run), seen[1:], _outcomes(run, unhindered))
        return
    if LATE in run["conditions"] and len(seen) > 2:
        yield _move(run, key, "build-timeout", seen[:2], frozenset({"failure"}))
        yield _move(run, key, "build-finished", seen[1:], frozenset({"success"}))
        return
    if name.startswith("reset-state") and _at_work(run) and run["path"]:
        # It writes the record at once; what comes after is the work that was under way.
        yield _move(run, key, "reset-state", [seen[0], run["path"][0]["status"]], frozenset({"success"}))
        return
    yield _move(run, key, trigger_of(run), seen, _outcomes(run, unhindered))


def _at_work(run: Run) -> bool:
    """Whether Nova was at other work when the run began."""
    return any(condition.startswith("during ") for condition in run["conditions"])


def _move(run: Run, key: str, trigger: str | None, seen: list[str | None], outcomes: frozenset[str]) -> Move:
    seen = seen if len(seen) > 1 else [seen[0], seen[0]]
    start = run["from"] or {"task_state": None}
    return Move(
        trigger,
        "internal" if trigger in OF_BUILDS else run["trigger"]["kind"],
        seen[0],
        tuple(filter(None, seen[1:-1])),
        str(seen[-1]),
        outcomes,
        key,
        _beside(run, seen, outcomes),
        tasks_of(run["path"]),
        run["trigger"]["kind"] == "action"
        or bool(run["path"] or run.get("guest") or run["injected"])
        or seen[0] != seen[-1],
        start["task_state"] is None and run["injected"] is None,
        tuple(run["conditions"]),
    )


def trigger_of(run: Run) -> str | None:
    """The name of a run's action or trigger here.

    >>> trigger_of({"trigger": {"kind": "action", "name": "rescue (stable device)"}, "conditions": []})
    'rescue'
    """
    kind, name = run["trigger"]["kind"], run["trigger"]["name"]
    if kind == "action":
        return re.sub(r" \(.*\)$", "", name)
    if name == "power sync":
        return "power-sync-started" if run.get("guest") in ("running", "paused") else "power-sync-stopped"
    if "resume_guests_state_on_host_boot is True" in run["conditions"]:
        return "resume-guests"
    if name.startswith("guest "):
        return "guest-event"
    return "power-update" if name.startswith("power-update") else NAMES.get(name)


def _end_of_build(run: Run) -> str:
    if run["to"] != "ERROR":
        return "build-finished"
    return "no-valid-host" if str(run["injected"]).startswith("no valid host") else "build-failed"


def _outcomes(run: Run, unhindered: set[str]) -> frozenset[str]:
    """What the run may be called.

    Nova may note nothing of a fault that was injected. If the run still ends where one without the fault does, it
    may be called either; if not, it failed. That nothing can be told of a server (UNKNOWN) is no success.
    """
    hindered = run["injected"] and (run["to"] not in unhindered or not run["path"])
    if run["outcome"] == "failure" or run["to"] == "UNKNOWN" or hindered:
        return frozenset({"failure"})
    return frozenset({"success", "failure"} if run["injected"] else {"success"})


def _beside(run: Run, seen: list[str | None], outcomes: frozenset[str]) -> str:
    name = run["trigger"]["name"]
    if name == "cell down" and run.get("gone"):
        return "the API answers 404 as long as the cell is down"
    if name == "running deleted":
        return "the move is the delete that comes before it"
    if name == "host comes back":
        return "what waited for the host is worked off"
    return "" if len(set(seen)) > 1 or outcomes == {"failure"} else STAYS


def _restarts(document: Mapping[str, Any], shown: Mapping[Pair, str], file: str) -> Iterator[Move]:
    reached = _pairs_reached(document)
    for row in document.get("restart", []):
        pair = (row["vm_state"], row["task_state"])
        way = row.get("path") or [row["becomes"]]
        path = [shown.get(pair), *(one["status"] for one in way)]
        path.append("DELETED" if row.get("gone") else row["becomes"]["status"])
        seen = [status for status, _ in groupby(path)]
        seen = seen if len(seen) > 1 else [seen[0], seen[0]]
        failed = seen[-1] == "ERROR" != seen[0]
        beside = "" if pair in reached else INVENTED
        guests = row["guests"] if row["guests"] == "any" else ", ".join(row["guests"])
        key = f"{file} restart {row['vm_state']}/{row['task_state'] or 'null'} (guest: {guests})"
        yield Move(
            "init-host",
            "internal",
            seen[0],
            tuple(filter(None, seen[1:-1])),
            str(seen[-1]),
            frozenset({"failure" if failed else "success"}),
            key,
            beside if len(set(seen)) > 1 else STAYS,
            tasks_of(way),
            (row["becomes"]["vm_state"], row["becomes"]["task_state"]) != pair,
            row["task_state"] is None,
        )


def _pairs_reached(document: Mapping[str, Any]) -> set[Pair]:
    """The pairs that a server comes to in any run, from which a restart is no invention."""
    runs = [run for section in SECTIONS for run in document.get(section, [])]
    pairs = [pair for run in runs for pair in [*run["path"], *([run["from"]] if run["from"] else [])]]
    return {(pair["vm_state"], pair["task_state"]) for pair in pairs}


def ends(document: Mapping[str, Any], file: str) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """By status, the first run that shows it as an end with no task left, on the way, or gone from the API."""
    resting: dict[str, str] = {}
    passed: dict[str, str] = {}
    gone: dict[str, str] = {}
    for run in (run for section in SECTIONS for run in document.get(section, [])):
        key = f"{file} {run['id']}"
        for pair in run["path"]:
            passed.setdefault(pair["status"], key)
        last = run["path"][-1] if run["path"] else run["from"]
        if run.get("gone") and run["trigger"]["name"] != "cell down":
            gone.setdefault(run["to"], key)
        elif last and last["task_state"] is None and last["status"] == run["to"]:
            resting.setdefault(run["to"], key)
    return resting, passed, gone
