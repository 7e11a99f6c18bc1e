"""A status, an action or a trigger as a link, wherever prose or a table names it."""

from __future__ import annotations

from .model import Catalog


def status_link(catalog: Catalog, name: str | None) -> str:
    """A status as a link that carries its kind."""
    if name is None:
        return "no server yet"
    return f"[`{name}`](/statuses/{name}/){{ .st .st-{catalog.statuses[name].kind} }}"


def trigger_link(catalog: Catalog, name: str) -> str:
    """An action or a trigger as a link."""
    if name in catalog.actions:
        # "start" alone is a link text that says nothing to those who hear the links of a page read out.
        more = '<span class="sr"> action</span>' if name == "start" else ""
        return f"[{name}{more}](/actions/{name}/)"
    return f"[{catalog.triggers[name].title}](/triggers/#{name})"
