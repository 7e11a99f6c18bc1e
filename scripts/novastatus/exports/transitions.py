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
                "transitions": flat(catalog, trigger=trigger.name),
                "sources": [plain(source) for source in trigger.sources],
            }
            for trigger in catalog.triggers.values()
        ]
    }


def flat(
    catalog: Catalog, *, trigger: str | None = None, source: str | None = None, target: str | None = None
) -> list[dict[str, Any]]:
    """Transitions with one source each, in the order of the data; only those of a trigger, source or target."""
    return [
        _one(catalog, name, row, start)
        for name, rows in catalog.transitions.items()
        if trigger in (None, name)
        for row in rows
        if target in (None, row.to)
        for start in row.source
        if source in (None, start)
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
