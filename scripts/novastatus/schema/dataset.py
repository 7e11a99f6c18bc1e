"""``dataset.schema.json``: everything under ``/api/v1/``, one ``$defs`` entry for each kind of file."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from ..exports import payloads
from ..exports.shapes import Payload
from ..model import Catalog
from .common import as_markdown, head
from .status import values

ABOUT = (
    "The files under /api/v1/ of the Nova server status reference. "
    "The $schema member of each file names the entry of $defs that holds for it."
)


def schema(catalog: Catalog) -> dict[str, Any]:
    """The schema of all files; validate a file against its own entry for clear messages."""
    _, made = models_json_schema([(shape, "serialization") for shape in shapes()], by_alias=True)
    definitions = {name: {"title": name, **_open(definition)} for name, definition in made["$defs"].items()}
    for shape in shapes():
        # Open shapes overlap; the name of its entry tells files apart.
        definitions[shape.__name__]["properties"]["$schema"]["pattern"] = rf"#/\$defs/{shape.__name__}$"
    whole = {
        **head("dataset", "Dataset", ABOUT, catalog),
        "anyOf": [{"$ref": f"#/$defs/{shape.__name__}"} for shape in shapes()],
        "$defs": {**definitions, **_names(catalog)},
    }
    return as_markdown(whole)


def shapes() -> list[type[Payload]]:
    """The shapes of all files, in the order of their definition."""
    classes = [each for each in vars(payloads).values() if isinstance(each, type)]
    return [each for each in classes if issubclass(each, Payload) and each is not Payload]


def _names(catalog: Catalog) -> dict[str, Any]:
    """The names that the files may use."""
    return {
        "StatusName": {"title": "StatusName", "description": "A server's status.", **values(catalog)},
        "VmStateName": _enum("VmStateName", "One of Nova's vm_states.", catalog.vm_states),
        "TaskStateName": _enum("TaskStateName", "One of Nova's task_states.", catalog.task_states),
        "ActionName": _enum("ActionName", "An action that a caller asks for.", catalog.actions),
        "DriverName": _enum("DriverName", "A virt driver of Nova.", catalog.drivers),
    }


def _enum(title: str, description: str, names: Any) -> dict[str, Any]:
    return {"title": title, "description": description, "type": "string", "enum": [*names]}


def _open(part: Any) -> Any:
    """A definition open to new fields, with references to names, and without its fields' titles."""
    if isinstance(part, list):
        return [_open(each) for each in part]
    if not isinstance(part, dict):
        return part
    if isinstance(part.get("x-names"), str):
        described = {key: part[key] for key in ("description",) if key in part}
        return {"$ref": f"#/$defs/{part['x-names']}", **described}
    # A field may itself be called title: then its value is a schema, no text.
    closed = {key for key, value in part.items() if (key == "additionalProperties" and value is False)}
    titled = {key for key, value in part.items() if key == "title" and isinstance(value, str)}
    return {key: _open(value) for key, value in part.items() if key not in closed | titled}
