"""``states.json``, ``routes.json``, ``options.json`` and ``releases.json``."""

from __future__ import annotations

from typing import Any

from ..model import Catalog, Kind
from ..render import plain
from ..routes import routes as fewest
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
    """The fewest actions, from status to status."""
    return {"routes": fewest(catalog)}


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
