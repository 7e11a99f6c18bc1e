"""Which files there are: path, one line on it, its shape, and what fills it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ..model import Catalog
from . import actions, listings, payloads, statuses, support, transitions
from .shapes import Payload

ROOT = "api/v1"
SCHEMAS = {
    "schema/v1/server-status.schema.json": "A server's status: the known values, each with its meaning",
    "schema/v1/server.schema.json": "A server of the API, whose status fits its vm_state and task_state",
    "schema/v1/dataset.schema.json": "Every file under api/v1/",
}


@dataclass(frozen=True)
class Entry:
    """One file of ``/api/v1/``."""

    name: str
    """Its path below ``api/v1``."""
    summary: str
    shape: type[Payload]
    make: Callable[[], dict[str, Any]]
    """Gives the payload without what every file carries."""

    @property
    def path(self) -> str:
        """Its path from the site's root."""
        return f"{ROOT}/{self.name}"


def entries(catalog: Catalog) -> Iterator[Entry]:
    """All files but the index."""
    c = catalog
    yield Entry("statuses.json", "All statuses", payloads.Statuses, lambda: statuses.every(c))
    yield Entry(
        "states.json",
        "The status of every vm_state and task_state",
        payloads.StateTable,
        lambda: listings.states(c),
    )
    yield Entry(
        "actions.json", "All actions, with guards and wait plans", payloads.Actions, lambda: actions.every(c)
    )
    yield Entry(
        "transitions.json", "All moves between statuses", payloads.Transitions, lambda: transitions.every(c)
    )
    yield Entry(
        "routes.json", "The fewest actions from status to status", payloads.Routes, lambda: listings.routes(c)
    )
    yield Entry(
        "support.json",
        "Drivers, operations and support levels",
        payloads.SupportMatrix,
        lambda: support.matrix(c),
    )
    yield Entry(
        "triggers.json",
        "What moves a server without an API call",
        payloads.Triggers,
        lambda: transitions.triggers(c),
    )
    yield Entry(
        "options.json",
        "Configuration options that bound a status",
        payloads.Options,
        lambda: listings.options(c),
    )
    yield Entry(
        "releases.json", "The releases that are covered", payloads.Releases, lambda: listings.releases(c)
    )
    for name in c.statuses:
        yield Entry(
            f"statuses/{name}.json",
            f"{name}, with its transitions and actions",
            payloads.StatusFile,
            _one(statuses.detail, c, name),
        )
    for name in c.actions:
        yield Entry(
            f"actions/{name}.json",
            f"{name}, with the answers in every status",
            payloads.ActionFile,
            _one(actions.detail, c, name),
        )


def _one(
    make: Callable[[Catalog, str], dict[str, Any]], catalog: Catalog, name: str
) -> Callable[[], dict[str, Any]]:
    return lambda: make(catalog, name)
