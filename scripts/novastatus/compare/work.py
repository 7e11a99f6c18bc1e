"""What an action does on its way: the task_states it shows, and whether it needs the compute host."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Action, Catalog
from .guards import accepted
from .leaf import Leaf, Verdict, cited, compared, differs, shown, unreached
from .record import Record
from .runs import Move


def tasks(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """Each task_state was seen while the action ran, in this order, and none was left out."""
    for action in catalog.actions.values():
        runs = [move for move in _runs(record, action) if move.plain and not _held(move)]
        seen = {task: move.key for move in reversed(runs) for task in move.tasks}
        written = record.probed("guards").get("actions", {}).get(action.name, {}).get("accepted", {})
        for task in written.get("writes_task_state", []):
            seen.setdefault(task, record.where("guards", f"{action.name} writes_task_state"))
        for i, task in enumerate(action.tasks):
            at = ("actions", action.name, "tasks", i)
            if task in seen:
                yield Leaf(at, "tasks", Verdict.OBSERVED, seen[task], value=task)
            elif runs:
                yield differs(
                    at, "tasks", task, f"must be seen while the action runs, {task!r} was not", runs[0].key
                )
            else:
                yield unreached(at, "tasks", task, cited(action.sources, catalog.nova))
        at_all = ("actions", action.name, "tasks")
        for task in [task for task in seen if task not in action.tasks]:
            yield differs(at_all, "tasks", action.tasks, f"must list {task!r}, which was seen", seen[task])
        yield from _order(action, runs)


def _runs(record: Record, action: Action) -> list[Move]:
    if action.name == "create":
        return record.moves_of.get("build-finished", [])
    return record.moves_of.get(action.name, [])


def _held(move: Move) -> bool:
    return any(condition.startswith("during ") for condition in move.conditions)


def _order(action: Action, runs: list[Move]) -> Iterator[Leaf]:
    """A run must show the tasks in the order in which they are listed."""
    rank = {task: i for i, task in enumerate(action.tasks)}
    for move in runs:
        ranks = [rank[task] for task in move.tasks if task in rank]
        if ranks != sorted(ranks):
            message = f"must stand in the order of {shown(move.tasks)}, as they were seen"
            yield differs(("actions", action.name, "tasks"), "tasks", action.tasks, message, move.key)
            return


def hosts(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """What an action does while the server's compute host is down."""
    for action in catalog.actions.values():
        at = ("actions", action.name, "host_up")
        found, where = host_up(record, action) if "{server_id}" in action.request.path else (None, "")
        if found is None:
            yield unreached(at, "host_up", action.host_up, cited(action.sources, catalog.nova))
        else:
            yield compared(at, "host_up", action.host_up, found, where, Verdict.OBSERVED)


def host_up(record: Record, action: Action) -> tuple[str | None, str]:
    """What the evidence says, with its record.

    must be down: refused while the host is up. needed: refused, or left waiting, while it is down. not needed:
    it came to its end with the host down, or it is accepted and asks nothing of a compute host.
    """
    sections = record.answers.get(action.name, {})
    up = [answer for answer in sections.get("admin", {}).values()]
    down = [*sections.get("host_down", {}).values(), *sections.get("source_host_down", {}).values()]
    asked = record.probed("guards").get("actions", {}).get(action.name, {})
    if asked.get("request", {}).get("needs") == "host-down":
        return "must be down", record.where("guards", action.name)
    refused = [a for a in down if a.get("names") == "host" or a.get("from") == "compute"]
    if refused:
        return "needed", record.where("guards", f"{action.name} host_down")
    runs = [
        run
        for run in record.probed("transitions").get("host_down", [])
        if run["trigger"]["name"] == action.name
    ]
    if runs:
        ended = [run for run in runs if run["outcome"] == "success" and not run.get("waiting")]
        key = f"probe/{record.release}/transitions.json {(ended or runs)[0]['id']}"
        return "not needed" if ended else "needed", key
    casts = asked.get("accepted", {}).get("casts", []) if up else []
    if casts:
        return "needed", record.where("guards", f"{action.name} casts")
    if any(accepted(answer) for answer in down):
        return "not needed", record.where("guards", f"{action.name} host_down")
    return None, ""


COMPARERS = (tasks, hosts)
