"""What the schemas share."""

from __future__ import annotations

from typing import Any

from ..model import VERSION, Catalog

DRAFT = "https://json-schema.org/draft/2020-12/schema"
TOLERATE = (
    "Within v1 fields and values may be added, none is removed or changes its meaning. "
    "A program should tolerate fields and values that it does not know: other versions of Nova may have them."
)


def head(name: str, title: str, description: str, catalog: Catalog) -> dict[str, Any]:
    """The members that every published schema begins with."""
    return {
        "$schema": DRAFT,
        "$id": f"urn:nova-server-status:schema:v{VERSION}:{name}",
        "title": title,
        "description": f"{description} Verified on Nova {catalog.nova}. {TOLERATE}",
    }


def as_markdown(part: Any) -> Any:
    """A schema whose descriptions, taken from docstrings, have Markdown's backticks."""
    if isinstance(part, list):
        return [as_markdown(each) for each in part]
    if isinstance(part, dict):
        return {key: as_markdown(value) for key, value in part.items()}
    return part.replace("``", "`") if isinstance(part, str) else part
