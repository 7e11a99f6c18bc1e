"""``transitions.json`` and ``triggers.json``."""

from __future__ import annotations

from typing import Any

from ..graph import trigger_kind
from ..model import Catalog, Transition
from ..render import plain
from .common import text


def every(catalog: Catalog) -> dict[str, Any]:
    """All transitions."""
    return {"transitions": flat(catalog)}


def triggers(catalog: Catalog) -> dict[str, Any]:
    """All triggers that are no API call, each with its transitions."""
    moves = flat(catalog)
    return {
        "triggers": [
            {
                "name": trigger.name,
                "kind": trigger.kind,
                "title": plain(trigger.title),
                "summary": plain(trigger.summary),
                "meaning": plain(trigger.meaning),
                "url": f"/triggers/#{trigger.name}",
                "option": trigger.option,
                "transitions": [move for move in moves if move["trigger"]["name"] == trigger.name],
                "sources": [plain(source) for source in trigger.sources],
            }
            for trigger in catalog.triggers.values()
        ]
    }


def flat(catalog: Catalog) -> list[dict[str, Any]]:
    """Transitions with one source each, in the order of the data."""
    return [
        _one(catalog, name, row, source)
        for name, rows in catalog.transitions.items()
        for row in rows
        for source in row.source
    ]


def _one(catalog: Catalog, trigger: str, row: Transition, source: str | None) -> dict[str, Any]:
    return {
        "source": source,
        "target": row.to,
        "trigger": {"kind": trigger_kind(catalog, trigger), "name": trigger},
        "through": row.through,
        "outcome": "failure" if row.fails else "success",
        "fails": text(row.fails),
        "when": text(row.when),
        "rests_on": text(row.rests_on),
    }
