"""Texts must say something, and their links must lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..addresses import addresses
from ..links import targets
from ..model import Catalog, Fact
from ..problems import nearest
from ..reader import Loc

Found = Iterator[tuple[Loc, str]]


def texts(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Every text that the file gives, with its place; what the model fills in by itself is left out."""
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, Fact):
        for name in value.model_fields_set - {"name"}:
            alias = type(value).model_fields[name].alias
            yield from texts(getattr(value, name), (*loc, alias or name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, (*loc, key))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from texts(item, (*loc, i))


def empty(catalog: Catalog) -> Found:
    """A text field must not be left empty."""
    for loc, text in texts(catalog):
        if not text.strip():
            yield loc, f"{'.'.join(map(str, loc))} must not be empty"


def links(catalog: Catalog) -> Found:
    """A link in prose must lead to a page and an anchor that are there."""
    known = addresses(catalog)
    for loc, text in texts(catalog):
        for address, anchor, _ in targets(text) if "](/" in text else ():
            if address.startswith(("/api/v1/", "/schema/v1/")):
                continue
            if address not in known:
                yield (
                    loc,
                    f"a link must lead to a page of the site, {address!r} is none{nearest(address, known)}",
                )
            elif anchor and anchor not in known[address]:
                near = nearest(anchor, known[address])
                yield (
                    loc,
                    f"a link must lead to an anchor of its page, {address!r} has no {'#' + anchor!r}{near}",
                )


RULES = (empty, links)
