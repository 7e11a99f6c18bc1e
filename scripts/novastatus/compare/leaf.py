"""One checkable fact, and what the recorded evidence says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ..model import Catalog
from ..reader import Loc

if TYPE_CHECKING:
    from .record import Record


class Verdict(StrEnum):
    """How a fact is known. The order is from the weakest to the strongest."""

    DIFFERS = "differs"
    """The evidence says something else."""
    UNPROVEN = "unproven"
    """No evidence reaches it, and no source is named."""
    SOURCED = "sourced"
    """No evidence reaches it; it rests on a file of a release that it names."""
    HARVESTED = "harvested"
    """Equal to what Nova's code or its support matrix says."""
    OBSERVED = "observed"
    """Equal to what a running Nova answered or did."""


STRENGTH = {verdict: rank for rank, verdict in enumerate(Verdict)}
FAULTS = (Verdict.DIFFERS, Verdict.UNPROVEN)


@dataclass(frozen=True)
class Leaf:
    """A fact at its place in the file, with the verdict on it."""

    loc: Loc
    group: str
    """The kind of fact: ``guard``, ``states``, ``levels`` …"""
    verdict: Verdict
    evidence: str = ""
    """The record it was held against (``probe/34/guards.json suspend/active``), or the source it names."""
    message: str = ""
    """What is wrong, with both values; empty unless it is."""
    value: str = ""
    """What the file says, in short."""
    cells: int = 1
    """How many elementary comparisons the verdict stands for."""


Comparer = Callable[[Catalog, "Record"], Iterator[Leaf]]


def weakest(verdicts: Iterable[Verdict]) -> Verdict:
    """The one that counts for a whole group."""
    return min(verdicts, key=STRENGTH.__getitem__)


def compared(
    loc: Loc, group: str, says: object, found: object, where: str, verdict: Verdict = Verdict.HARVESTED
) -> Leaf:
    """The leaf of a value that the evidence at ``where`` gives as well."""
    if says == found:
        return Leaf(loc, group, verdict, where, value=shown(says))
    return differs(loc, group, says, f"must be {shown(found)}, as {where} has it, not {shown(says)}", where)


def differs(loc: Loc, group: str, says: object, message: str, where: str = "", cells: int = 1) -> Leaf:
    """The leaf of a value that the evidence contradicts. ``message`` goes on after the leaf's own name."""
    return Leaf(loc, group, Verdict.DIFFERS, where, f"{named(loc)} {message}", shown(says), cells)


def unreached(loc: Loc, group: str, says: object, source: str, cells: int = 1) -> Leaf:
    """The leaf of a value that no evidence reaches: it rests on ``source``, or on nothing."""
    if source:
        return Leaf(loc, group, Verdict.SOURCED, source, value=shown(says), cells=cells)
    message = f"{named(loc)} must rest on a record or name its source, {shown(says)} does neither"
    return Leaf(loc, group, Verdict.UNPROVEN, "", message, shown(says), cells)


def named(loc: Loc) -> str:
    """A place as a person writes it: ``actions.pause.lock``."""
    return ".".join(map(str, loc))


def shown(value: object) -> str:
    """A value in a message.

    >>> shown(None), shown(["a", None]), shown("x")
    ('null', '[a, null]', "'x'")
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple, set, frozenset)):
        return "[" + ", ".join("null" if item is None else str(item) for item in value) + "]"
    return repr(value) if isinstance(value, str) else str(value)


def cited(sources: Iterable[str], nova: str) -> str:
    """Sources as the file names them, with the release where they do not say it themselves."""
    return "; ".join(s if "(in " in s or " of Nova" in s else f"{s} (Nova {nova})" for s in sources)
