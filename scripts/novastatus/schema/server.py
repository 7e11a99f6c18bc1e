"""``server.schema.json``: a server whose status agrees with its vm_state and task_state."""

from __future__ import annotations

from typing import Any

from ..model import Catalog, Kind
from ..states import TaskStates, expand
from . import status
from .common import head

VM_STATE = "OS-EXT-STS:vm_state"
TASK_STATE = "OS-EXT-STS:task_state"
ABOUT = (
    "A server as OpenStack's compute API shows it: the object inside the answer. "
    "Whole answers are $defs/ServerAnswer, {server: …}, and $defs/ServerListAnswer, {servers: […]}. "
    "The status must be the one that Nova works out from vm_state and task_state, as far as these are there. "
    "A task_state that is not listed counts as Nova counts it: as any other."
)


def schema(catalog: Catalog) -> dict[str, Any]:
    """A server object; fields that the status does not depend on are left open."""
    rules = [_agreement(catalog, name) for name in catalog.statuses]
    return {
        **head("server", "Server", ABOUT, catalog),
        "type": "object",
        "required": ["status"],
        "properties": {
            "id": {"type": "string"},
            "status": {"$ref": "#/$defs/ServerStatus"},
            VM_STATE: {
                "type": ["string", "null"],
                "description": "Nova's vm_state.",
                "examples": [*catalog.vm_states],
            },
            TASK_STATE: {
                "type": ["string", "null"],
                "description": "Nova's task_state; null: no task runs.",
                "examples": [None, *catalog.task_states],
            },
        },
        "allOf": rules,
        "$defs": {
            "ServerStatus": {"title": "ServerStatus", **status.values(catalog)},
            "ServerAnswer": {
                "title": "ServerAnswer",
                "type": "object",
                "required": ["server"],
                "properties": {"server": {"$ref": "#"}},
            },
            "ServerListAnswer": {
                "title": "ServerListAnswer",
                "type": "object",
                "required": ["servers"],
                "properties": {"servers": {"type": "array", "items": {"$ref": "#"}}},
            },
        },
    }


def _agreement(catalog: Catalog, name: str) -> dict[str, Any]:
    """If the status is ``name``, then vm_state and task_state are a pair of it, as far as they are given."""
    rows = [_row(catalog, vm_state, tasks) for vm_state, tasks in expand(catalog, name).items()]
    if catalog.statuses[name].kind is Kind.UNKNOWN:
        rows.append({"properties": {VM_STATE: {"not": {"enum": [*catalog.vm_states]}}}})
    return {
        "if": {"required": ["status"], "properties": {"status": {"const": name}}},
        "then": rows[0] if len(rows) == 1 else {"anyOf": rows},
    }


def _row(catalog: Catalog, vm_state: str, tasks: TaskStates) -> dict[str, Any]:
    found: dict[str, Any] = {VM_STATE: {"const": vm_state}}
    if tasks == "any":
        return {"properties": found}
    if None in tasks:
        # The status that an idle server shows is also shown for a task_state that Nova's table lacks.
        found[TASK_STATE] = {"not": {"enum": [task for task in catalog.task_states if task not in tasks]}}
    else:
        found[TASK_STATE] = {"enum": tasks}
    return {"properties": found}
