"""``actions.json`` and ``actions/<action>.json``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ..guards import Answer, let_through, verdict
from ..model import Action, Catalog
from ..render import plain
from ..wait import Plan, plan, plans
from .common import command, states, text
from .transitions import flat


def every(catalog: Catalog) -> dict[str, Any]:
    """All actions, in the order of the data."""
    return {"actions": [_short(catalog, action) for action in catalog.actions.values()]}


def detail(catalog: Catalog, name: str) -> dict[str, Any]:
    """One action with the answers in every status and its transitions."""
    action = catalog.actions[name]
    return {
        **_short(catalog, action),
        "answers": [_answer(catalog, action, status) for status in catalog.statuses]
        if _on_server(action)
        else [],
        "transitions": flat(catalog, trigger=name),
    }


def _short(catalog: Catalog, action: Action) -> dict[str, Any]:
    return {
        "name": action.name,
        "group": action.group,
        "summary": plain(action.summary),
        "url": f"/actions/{action.name}/",
        "request": action.request.model_dump(),
        "cli": command(action.cli),
        "called": action.called or action.name,
        "sdk": command(action.sdk),
        "policy": action.policy.model_dump(),
        "accepted": states(catalog, let_through(catalog, action)),
        "needs_launched": action.launched,
        "refused_with": action.refused_with,
        "refused_in": action.refused_in,
        "codes": [{"code": code, "when": plain(when)} for code, when in action.codes.items()],
        "blocked_by_lock": action.lock,
        "host_up": action.host_up,
        "operation": action.operation,
        "microversions": [
            {"since": each.since, "change": plain(each.change)} for each in action.microversions
        ],
        "task_states": action.tasks,
        "effect": plain(action.effect),
        "wait": _wait(catalog, action.name),
        "notes": text(action.notes),
        "sources": [plain(source) for source in action.sources],
    }


def _on_server(action: Action) -> bool:
    return "{server_id}" in action.request.path


def _answer(catalog: Catalog, action: Action, status: str) -> dict[str, Any]:
    found = verdict(catalog, action, status)
    refused = found.answer is Answer.REFUSED
    return {"status": status, "answer": found.answer.value, "code": found.code if refused else None}


def _wait(catalog: Catalog, action: str) -> dict[str, Any] | None:
    whole = plan(catalog, action)
    if whole is None:
        return None
    overall = _plan(whole)
    del overall["source"]
    return {**overall, "plans": [_plan(each) for each in plans(catalog, action)]}


def _plan(found: Plan) -> dict[str, Any]:
    return {**asdict(found), "by_task_state": found.by_task_state}
