"""What a server holds must be told in full."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Catalog, Holdings
from ..problems import nearest
from ..reader import Loc

FIELDS = tuple(name for name in Holdings.model_fields if name != "notes")


def notes(catalog: Catalog) -> Iterator[tuple[Loc, str]]:
    """``varies`` must have a note that says when, and every note a field that it explains."""
    for status in catalog.statuses.values():
        at: Loc = ("statuses", status.name, "holds")
        for field in FIELDS:
            if getattr(status.holds, field) == "varies" and field not in status.holds.notes:
                yield (*at, field), f"'varies' must have a note that says when, {field!r} has none"
        for name in status.holds.notes:
            if name not in FIELDS:
                yield (
                    (*at, "notes", name),
                    f"a note must explain a field, {name!r} is none{nearest(name, FIELDS)}",
                )


RULES = (notes,)
