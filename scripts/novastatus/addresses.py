"""Every address that the site publishes, worked out of the facts: address to its fixed anchors.

What is listed here is a promise: `data/permalinks.txt` remembers it, and `check` refuses to let one go.
Files under ``/api/v1/`` and ``/schema/v1/`` have promises of their own, in their schemas.
"""

from __future__ import annotations

from . import pieces
from .model import Catalog
from .views import errata

STATUS_ANCHORS = (
    "meaning",
    "what-you-can-do",
    "what-happens-next",
    "what-it-holds",
    "stuck",
    "hypervisors",
    "derived-from",
    "history",
    "evidence",
)
ACTION_ANCHORS = ("accepted", "what-happens", "wait", "request", "hypervisors", "evidence")
DRIVER_ANCHORS = ("operations", "statuses", "evidence")
HOME_ANCHORS = ("statuses", "doors")


def addresses(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """All addresses of pages made from the facts, with the anchors that other sites may link to."""
    pages: dict[str, tuple[str, ...]] = {
        "/": HOME_ANCHORS,
        "/statuses/": (),
        "/actions/": (),
        "/actions/matrix/": (),
    }
    pages |= {f"/statuses/{name}/": STATUS_ANCHORS for name in catalog.statuses}
    pages |= {f"/actions/{name}/": ACTION_ANCHORS for name in catalog.actions}
    pages["/triggers/"] = tuple(catalog.triggers)
    pages["/transitions/"] = ("graph", "table", "downloads")
    pages["/states/"] = ("table", "vm-states", "task-states", "options")
    pages["/support/"] = ("matrix", "removed", "operations")
    pages |= {f"/support/{name}/": DRIVER_ANCHORS for name in catalog.drivers}
    pages["/releases/"] = tuple(f"release-{release.number}" for release in catalog.releases)
    pages["/evidence/"] = (
        "observed",
        "harvested",
        "sourced",
        "unproven",
        "counts",
        "not-proven",
        "records",
        "again",
    )
    pages["/errata/"] = tuple(errata.ANCHORS.values())
    pages["/schema/"] = (
        "files",
        "versions",
        "shell",
        "python",
        "waiting",
        "javascript",
        "generated",
        "facts",
    )
    pages |= {"/source/": ()} | {f"/source/{name}/": () for name in pieces.NAMES}
    return pages


def permalinks(catalog: Catalog) -> list[str]:
    """The lines of ``data/permalinks.txt`` that these facts call for, sorted."""
    found = addresses(catalog)
    return sorted([*found, *(f"{page}#{anchor}" for page, anchors in found.items() for anchor in anchors)])
