"""``server-status.schema.json``: the statuses, each with its meaning."""

from __future__ import annotations

from typing import Any

from ..model import Catalog
from ..render import plain
from .common import head


def schema(catalog: Catalog) -> dict[str, Any]:
    """The values of a server's ``status``."""
    about = "The status of a server, as OpenStack's compute API shows it."
    return {**head("server-status", "ServerStatus", about, catalog), **values(catalog)}


def values(catalog: Catalog) -> dict[str, Any]:
    """The plain ``enum``, which code generators read, and ``oneOf``, which says what each value means."""
    return {
        "type": "string",
        "enum": list(catalog.statuses),
        "oneOf": [
            {"const": status.name, "title": status.name, "description": plain(status.summary)}
            for status in catalog.statuses.values()
        ],
    }
