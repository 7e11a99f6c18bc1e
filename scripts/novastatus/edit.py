"""Where a generated page is edited: the line of the facts that it is about."""

from __future__ import annotations

from .links import page_address
from .load import Loaded
from .reader import Loc

SECTIONS = {
    "statuses": "statuses",
    "actions": "actions",
    "triggers": "triggers",
    "transitions": "transitions",
    "states": "vm_states",
    "support": "operations",
    "releases": "releases",
}
"""The first part of an address, and the section of the facts behind it; other pages are about all of them."""


def about(address: str) -> Loc:
    """What a page is about, as a place in the facts.

    >>> about("/statuses/ACTIVE/"), about("/support/"), about("/support/vmware/"), about("/evidence/")
    (('statuses', 'ACTIVE'), ('operations',), ('drivers', 'vmware'), ())
    """
    first, *name = address.strip("/").split("/")
    if name and first == "support":
        return ("drivers", *name)
    if name and first == "source":
        return tuple(name)
    return (SECTIONS[first], *name) if first in SECTIONS else ()


def line_of(loaded: Loaded, address: str) -> int:
    """The line of the facts that a page is about, counted from 1."""
    return loaded.lines.at(about(address))


def edit_path(loaded: Loaded, file: str) -> str:
    """The file and line to edit for the page ``file`` (``statuses/ACTIVE.md``), as seen from the docs folder."""
    return f"../{loaded.lines.path}#L{line_of(loaded, page_address(file))}"
