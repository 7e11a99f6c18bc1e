"""The schema of ``data/statuses.yaml`` itself: from the model, for completion and checks in an editor.

It takes the short forms that the model takes, and offers the names that stand in the file.
"""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from .. import model
from ..model import Catalog, Level
from .common import DRAFT, as_markdown

ABOUT = "The facts of the Nova server status reference: data/statuses.yaml. Made by `make schema`."

NAMES = {
    ("Status", "states"): "task_states",
    ("Status", "needs"): "operations",
    ("Duration", "option"): "options",
    ("Trigger", "option"): "options",
    ("Guard", "idle"): "vm_states",
    ("Guard", "any"): "vm_states",
    ("During", "vm_states"): "vm_states",
    ("During", "task_states"): "task_states",
    ("Action", "tasks"): "task_states",
    ("Action", "operation"): "operations",
    ("Transition", "from"): "statuses",
    ("Transition", "through"): "statuses",
    ("Transition", "to"): "statuses",
    ("Operation", "actions"): "actions",
    ("Operation", "statuses"): "statuses",
}
"""Fields whose plain strings are names of a section."""
KEYS = {
    ("Status", "states"): ("vm_states",),
    ("Operation", "support"): ("drivers",),
    ("Catalog", "transitions"): ("actions", "triggers"),
}
"""Mappings whose keys are names of sections."""


class _ShortForms(GenerateJsonSchema):
    """Knows what the model's validators let pass before the types are looked at."""

    def function_before_schema(self, schema: Any) -> JsonSchemaValue:
        inner = super().function_before_schema(schema)
        function = schema["function"]["function"]
        if function is model._listed:
            return {"anyOf": [inner["items"], inner]}
        if function is model._levels:
            word = {"enum": [level.value for level in Level if level is not Level.REMOVED]}
            return {"anyOf": [word, inner["items"], inner]}
        return inner


def schema(catalog: Catalog) -> dict[str, Any]:
    """The schema of the YAML file, with the catalog's names."""
    made = Catalog.model_json_schema(schema_generator=_ShortForms)
    shapes = {**made.pop("$defs"), "Catalog": made}
    shapes["Level"]["enum"].remove(Level.REMOVED.value)  # derived, never written
    for (shape, field), section in NAMES.items():
        properties = shapes[shape]["properties"]
        properties[field] = _with_names(properties[field], section)
    for (shape, field), sections in KEYS.items():
        shapes[shape]["properties"][field]["propertyNames"] = _one_of(sections)
    shapes["Holdings"]["properties"]["notes"]["propertyNames"] = {"enum": _noted(shapes["Holdings"])}
    del shapes["Catalog"]
    shapes |= {_title(section): {"enum": [*getattr(catalog, section)]} for section in _sections()}
    whole = {
        "$schema": DRAFT,
        "$id": "urn:nova-server-status:schema:statuses-yaml",
        **_untitled(made),
        "title": "The facts of the Nova server status reference",
        "description": ABOUT,
        "$defs": {name: {**_untitled(shape), "title": name} for name, shape in shapes.items()},
    }
    return as_markdown(whole)


def _noted(holdings: dict[str, Any]) -> list[str]:
    return [field for field in holdings["properties"] if field != "notes"]


def _sections() -> list[str]:
    """The sections whose names are offered somewhere."""
    return sorted({*NAMES.values(), *(section for sections in KEYS.values() for section in sections)})


def _title(section: str) -> str:
    return f"name_in_{section}"


def _one_of(sections: tuple[str, ...]) -> dict[str, Any]:
    references = [{"$ref": f"#/$defs/{_title(section)}"} for section in sections]
    return references[0] if len(references) == 1 else {"anyOf": references}


def _with_names(part: Any, section: str) -> Any:
    """``part`` with each plain string limited to the names of the section."""
    if isinstance(part, list):
        return [_with_names(each, section) for each in part]
    if not isinstance(part, dict):
        return part
    if part.get("type") == "string" and "enum" not in part:
        return {**_one_of((section,)), **{key: value for key, value in part.items() if key != "type"}}
    return {key: _with_names(value, section) for key, value in part.items()}


def _untitled(shape: dict[str, Any]) -> dict[str, Any]:
    """A shape without the titles that only repeat the names of its fields."""
    if "properties" not in shape:
        return shape
    fields = {
        name: {key: value for key, value in field.items() if key != "title"}
        for name, field in shape["properties"].items()
    }
    return {**shape, "properties": fields}
