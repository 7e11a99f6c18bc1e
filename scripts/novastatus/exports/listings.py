"""``states.json``, ``routes.json``, ``options.json`` and ``releases.json``."""

from __future__ import annotations

from typing import Any

from .. import routes as ways
from ..model import Catalog, Kind
from ..render import plain
from ..states import status_of


def states(catalog: Catalog) -> dict[str, Any]:
    """The status of every pair; a pair that no status claims is left out (`check` reports it)."""
    unknown = next((name for name, status in catalog.statuses.items() if status.kind is Kind.UNKNOWN), None)
    return {
        "other_vm_states": unknown,
        "pairs": [
            {"vm_state": vm_state, "task_state": task_state, "status": claims[0]}
            for (vm_state, task_state), claims in status_of(catalog).items()
            if claims
        ],
    }


def routes(catalog: Catalog) -> dict[str, Any]:
    """The fewest actions, from status to status, and what they depend on."""
    return {
        "routes": ways.routes(catalog),
        "conditions": {
            status: {target: plain(text) for target, text in found.items()}
            for status, found in ways.conditions(catalog).items()
        },
    }


def options(catalog: Catalog) -> dict[str, Any]:
    """All options, in the order of the data."""
    return {
        "options": [
            {
                "name": option.name,
                "group": option.group,
                "default": option.default,
                "unit": option.unit or None,
                "summary": plain(option.summary),
            }
            for option in catalog.options.values()
        ]
    }


def releases(catalog: Catalog) -> dict[str, Any]:
    """All releases, oldest first."""
    ordered = sorted(catalog.releases, key=lambda release: release.number)
    return {
        "releases": [
            {
                "number": each.number,
                "series": each.series,
                "version": each.version,
                "date": each.date and each.date.isoformat(),
            }
            for each in ordered
        ]
    }
