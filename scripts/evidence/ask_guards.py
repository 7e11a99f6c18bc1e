"""Asks a running Nova whether it accepts each action. Inside Nova only; see guards.py for what becomes of it."""

from __future__ import annotations

from collections.abc import Callable

from nova.objects import fields

from evidence import guard_sections, outcomes, running
from evidence.action_requests import ACTIONS, Request, filled
from evidence.staging import Stage

VM_STATES = list(fields.InstanceState.ALL)
TASK_STATES = [None, *fields.InstanceTaskState.ALL]


def run(chunks: list[str], send: Callable[[dict], None]) -> None:
    """Chunk names as in guard_sections.chunks; a result is a list of cells, see `ask`."""
    with running.nova() as cloud:
        stage = Stage(cloud)
        send({"vm_states": VM_STATES, "task_states": TASK_STATES})
        # A deletion cannot be taken back in the compute service's memory, so these come last.
        for chunk in sorted(chunks, key=lambda name: name.startswith("deleted")):
            section = guard_sections.BY_NAME[chunk.partition("/")[0]]
            if section.deleted:
                _delete_for_good(stage)
            send({"chunk": chunk, "result": _ask_chunk(stage, chunk, section, send)})


def _delete_for_good(stage: Stage) -> None:
    """Every preparation becomes the state after the deletion."""
    if "deleted" not in stage.snapshots:
        stage.restore("")
        stage.really_delete()
        gone = stage.cloud.snapshot()
        stage.snapshots = {name: gone for name in [*stage.snapshots, "deleted"]}


def _ask_chunk(stage: Stage, chunk: str, section, send) -> list:
    cells = []
    stage.cloud.frozen.forget()
    for vm_state in guard_sections.vm_states_of(chunk, VM_STATES):
        for task_state in guard_sections.task_states_of(section, TASK_STATES):
            for name, request in ACTIONS.items():
                if section.down == "source" and request.needs != "resized":
                    continue
                cells.append(
                    [name, vm_state, task_state, *_ask_again(stage, section, request, vm_state, task_state)]
                )
            send({"done": len(ACTIONS)})
    return cells


def _ask_again(stage: Stage, section, request: Request, vm_state: str, task_state: str | None) -> tuple:
    """As `ask`. An unexpected error is asked once more: a machine that was held up lets Nova's own clocks run out."""
    found, more = ask(stage, section, request, vm_state, task_state)
    if found["code"] == 500:
        found, more = ask(stage, section, request, vm_state, task_state)
    return found, more


def ask(stage: Stage, section, request: Request, vm_state: str, task_state: str | None) -> tuple[dict, dict]:
    """One request on a server in one pair. Returns (outcome, more).

    more is {"message"} for a refusal; {"casts", "wrote"} for an acceptance: the messages that would have gone to
    conductor or compute, and [vm_state, task_state] as the API itself left them (null for the whole if the row was
    left as it was).
    """
    cloud = stage.cloud
    values = stage.restore(request.needs)
    if not section.deleted:
        stage.write(_columns(stage, section, vm_state, task_state))
    _take_down(stage, section)
    path, body = filled(request.path, values), filled(request.body, values)
    answer = getattr(cloud, section.caller).ask(request.method, path, body, request.microversion)
    found = outcomes.outcome(answer.code, answer.message, cloud.failed_calls, cloud.hint)
    if answer.code < 300:
        return found, {"casts": sorted(set(cloud.dropped)), "wrote": _wrote(stage, vm_state, task_state)}
    return found, {"message": outcomes.normalised(answer.message)}


def _columns(stage: Stage, section, vm_state: str, task_state: str | None) -> dict:
    """What is written into the server's row. A server that is SHELVED_OFFLOADED is on no host."""
    host = None if vm_state == "shelved_offloaded" else stage.host
    return {"vm_state": vm_state, "task_state": task_state, "host": host, "node": host} | section.columns


def _take_down(stage: Stage, section) -> None:
    if section.down == "host":
        stage.host_down(stage.host)
    if section.down == "source":
        stage.host_down(stage.other_host)


def _wrote(stage: Stage, vm_state: str, task_state: str | None) -> list | None:
    rows = stage.cloud.sql("SELECT vm_state, task_state FROM instances WHERE uuid = ?", (stage.server,))
    after = list(rows[0]) if rows else None
    return None if after == [vm_state, task_state] else after
