"""JSON Schemas (2020-12): of a status, of a server, of everything under ``/api/v1/``, of the YAML file.

Their ``$id`` are URNs, since nobody knows the address below which the site will stand.
"""

from __future__ import annotations

import json
from typing import Any

from ..model import Catalog
from . import dataset, editor, server, status

EDITOR_PATH = "data/statuses.schema.json"
"""Where the schema of the YAML file is checked in, for editors."""


def files(catalog: Catalog) -> dict[str, bytes]:
    """The published schemas: path from the site's root to JSON."""
    return {
        "schema/v1/server-status.schema.json": as_json(status.schema(catalog)),
        "schema/v1/server.schema.json": as_json(server.schema(catalog)),
        "schema/v1/dataset.schema.json": as_json(dataset.schema(catalog)),
    }


def editor_schema(catalog: Catalog) -> bytes:
    """What `EDITOR_PATH` must hold: the schema of ``data/statuses.yaml``, with the names known in it."""
    return as_json(editor.schema(catalog))


def as_json(schema: dict[str, Any]) -> bytes:
    """The schema as a file."""
    return (json.dumps(schema, indent=2, ensure_ascii=False) + "\n").encode()
