"""``statuses.json`` and ``statuses/<STATUS>.json``."""

from __future__ import annotations

from typing import Any

from ..guards import Answer, Verdict, verdicts
from ..model import Catalog, Status
from ..render import plain
from ..states import pairs_of
from .common import command, states, text
from .transitions import flat


def every(catalog: Catalog) -> dict[str, Any]:
    """All statuses, in the order of the data."""
    return {"statuses": [_short(catalog, status) for status in catalog.statuses.values()]}


def detail(catalog: Catalog, name: str) -> dict[str, Any]:
    """One status with what leads in and out."""
    status = catalog.statuses[name]
    answers = verdicts(catalog, name)
    return {
        **_short(catalog, status),
        "meaning": plain(status.meaning),
        "next": plain(status.next),
        "stuck": [{"sign": plain(way.sign), "look": way.look, "do": plain(way.do)} for way in status.stuck],
        "claims": [
            {"says": plain(claim.says), "where": plain(claim.where), "truth": plain(claim.truth)}
            for claim in status.claims
        ],
        "sources": [plain(source) for source in status.sources],
        "transitions_in": flat(catalog, target=name),
        "transitions_out": flat(catalog, source=name),
        "actions": [_accepted(catalog, each) for each in answers if each.accepts],
        "refused": [
            {"name": each.action.name, "code": each.code} for each in answers if each.answer is Answer.REFUSED
        ],
    }


def _short(catalog: Catalog, status: Status) -> dict[str, Any]:
    holds = status.holds.model_dump()
    return {
        "name": status.name,
        "kind": status.kind,
        "summary": plain(status.summary),
        "advice": plain(status.advice),
        "url": f"/statuses/{status.name}/",
        "states": states(catalog, pairs_of(catalog, status.name)),
        "aliases": status.aliases,
        "seen_by": {
            "show": status.seen_by.show,
            "filter": status.seen_by.filter,
            "note": text(status.seen_by.note),
        },
        "holds": {**holds, "notes": {field: plain(note) for field, note in status.holds.notes.items()}},
        "lasts": {"text": plain(status.lasts.text), "option": status.lasts.option},
        "needs": status.needs,
    }


def _accepted(catalog: Catalog, verdict: Verdict) -> dict[str, Any]:
    return {
        "name": verdict.action.name,
        "answer": verdict.answer.value,
        "accepted": states(catalog, verdict.accepted),
        "effect": plain(verdict.action.effect),
        "cli": command(verdict.action.cli),
        "url": f"/actions/{verdict.action.name}/",
    }
