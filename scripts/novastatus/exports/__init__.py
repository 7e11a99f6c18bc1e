"""The data as JSON under ``/api/v1/``, for tools.

Written are:

    api/v1/index.json               every file of the contract
    api/v1/statuses.json            all statuses
    api/v1/statuses/<STATUS>.json   one status, with its transitions and actions
    api/v1/states.json              the status of every (vm_state, task_state) pair
    api/v1/actions.json             all actions, with guards and wait plans
    api/v1/actions/<action>.json    one action, with the answers in every status
    api/v1/transitions.json         every move between statuses
    api/v1/routes.json              the fewest actions from status to status
    api/v1/support.json             drivers, operations and support levels
    api/v1/triggers.json            what moves a server without an API call
    api/v1/options.json             configuration options that bound a status
    api/v1/releases.json            the releases that are covered
"""

from __future__ import annotations

import posixpath
from typing import Any

from ..model import Catalog
from .contents import SCHEMAS, Entry, entries
from .payloads import Index

DATASET = "schema/v1/dataset.schema.json"


def files(catalog: Catalog) -> dict[str, bytes]:
    """Path from the site's root to JSON, for data that `check` finds sound."""
    return {entry.path: _json(catalog, entry) for entry in [_index(catalog), *entries(catalog)]}


def contents(catalog: Catalog) -> list[dict[str, Any]]:
    """Every file of the machine contract, schemas included: ``path``, ``summary``, ``schema``."""
    index = _index(catalog)
    made = [
        {"path": each.path, "summary": each.summary, "schema": _schema(each)} for each in entries(catalog)
    ]
    schemas = [{"path": path, "summary": summary, "schema": None} for path, summary in SCHEMAS.items()]
    return [{"path": index.path, "summary": index.summary, "schema": _schema(index)}, *made, *schemas]


def _index(catalog: Catalog) -> Entry:
    return Entry(
        "index.json", "Every file of the machine contract", Index, lambda: {"files": contents(catalog)}
    )


def _schema(entry: Entry) -> str:
    return f"{DATASET}#/$defs/{entry.shape.__name__}"


def _json(catalog: Catalog, entry: Entry) -> bytes:
    head = {
        "$schema": posixpath.relpath(_schema(entry), posixpath.dirname(entry.path)),
        "schema_version": catalog.schema_version,
        "nova": catalog.nova,
    }
    payload = entry.shape.model_validate({**head, **entry.make()})
    return f"{payload.model_dump_json(by_alias=True, indent=2)}\n".encode()
