"""Every address that the site publishes, worked out of the facts: address to its fixed anchors.

What is listed here is a promise: `data/permalinks.txt` remembers it, and `check` refuses to let one go.
What stands in the files under ``/api/v1/`` is promised by their schemas.
"""

from __future__ import annotations

from collections.abc import Iterator

from . import pieces
from .model import Catalog

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
ERRATA_ANCHORS = ("vm-states-page", "api-reference", "statuses", "support-matrix")
LISTINGS = (
    "index",
    "statuses",
    "states",
    "actions",
    "transitions",
    "routes",
    "support",
    "triggers",
    "options",
    "releases",
)
SCHEMAS = ("server-status", "server", "dataset")
DRAWINGS = ("life-cycle.dot", "life-cycle.svg", "transitions.graphml")


def addresses(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """All addresses of pages made from the facts, with the anchors that other sites may link to."""
    pages: dict[str, tuple[str, ...]] = {
        "/": HOME_ANCHORS,
        "/statuses/": (),
        "/actions/": tuple(dict.fromkeys(action.group for action in catalog.actions.values())),
        "/actions/matrix/": (),
    }
    pages |= {f"/statuses/{name}/": STATUS_ANCHORS for name in catalog.statuses}
    pages |= {f"/actions/{name}/": ACTION_ANCHORS for name in catalog.actions}
    pages["/triggers/"] = tuple(catalog.triggers)
    pages["/transitions/"] = ("graph", "table", "downloads")
    pages["/states/"] = ("table", "vm-states", "task-states", "options")
    pages["/support/"] = ("matrix", "removed", "operations", *_rows_and_cells(catalog))
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
    pages["/errata/"] = ERRATA_ANCHORS
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


def _rows_and_cells(catalog: Catalog) -> Iterator[str]:
    """The anchors of the operations, and those of their cells in the matrix."""
    for operation in catalog.operations:
        yield operation
        yield from (f"{operation}-{driver}" for driver in catalog.drivers)


def files(catalog: Catalog) -> list[str]:
    """The addresses of all files made from the facts that tools may fetch."""
    return [
        *(f"/api/v1/{name}.json" for name in LISTINGS),
        *(f"/api/v1/statuses/{name}.json" for name in catalog.statuses),
        *(f"/api/v1/actions/{name}.json" for name in catalog.actions),
        *(f"/schema/v1/{name}.schema.json" for name in SCHEMAS),
        *(f"/assets/{name}" for name in DRAWINGS),
    ]


def permalinks(catalog: Catalog) -> list[str]:
    """The lines of ``data/permalinks.txt`` that these facts call for, sorted."""
    found = addresses(catalog)
    anchored = (f"{page}#{anchor}" for page, anchors in found.items() for anchor in anchors)
    return sorted([*found, *anchored, *files(catalog)])
