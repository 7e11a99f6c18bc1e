"""Leaves added up: for the evidence page, and for the small marks beside each group of facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .leaf import STRENGTH, Leaf, Verdict, named


@dataclass(frozen=True)
class Count:
    """How the leaves of one group are known."""

    group: str
    leaves: int
    cells: int
    """Elementary comparisons behind them."""
    by_verdict: dict[Verdict, int]
    """Every verdict, those that nothing has as 0, from the strongest to the weakest."""


@dataclass(frozen=True)
class Mark:
    """How some facts of a group are known: those of one thing that share a verdict."""

    verdict: Verdict
    evidence: str
    """The record or source of the first of them."""
    leaves: int


Marks = dict[tuple[str, str], dict[str, tuple[Mark, ...]]]
"""By (section, name), ``("statuses", "ACTIVE")``, and by group, the marks from the strongest to the weakest."""


def summary(leaves: Iterable[Leaf]) -> list[Count]:
    """The counts by group, in the order in which the groups were compared."""
    groups: dict[str, list[Leaf]] = {}
    for leaf in leaves:
        groups.setdefault(leaf.group, []).append(leaf)
    strongest_first = sorted(Verdict, key=STRENGTH.__getitem__, reverse=True)
    return [
        Count(
            group,
            len(found),
            sum(leaf.cells for leaf in found),
            {verdict: sum(leaf.verdict is verdict for leaf in found) for verdict in strongest_first},
        )
        for group, found in groups.items()
    ]


def overall(counts: Iterable[Count]) -> dict[Verdict, int]:
    """The leaves of all groups by verdict, from the strongest to the weakest; a verdict that none has is left out."""
    added: Counter[Verdict] = Counter()
    for count in counts:
        added.update(count.by_verdict)
    return {verdict: leaves for verdict, leaves in added.items() if leaves}


def sourced(leaves: Iterable[Leaf]) -> list[str]:
    """A line for each leaf that rests on a source alone: place, what the file says, the source. In order."""
    found = (leaf for leaf in leaves if leaf.verdict is Verdict.SOURCED)
    return [f"{named(leaf.loc)} = {leaf.value} <- {leaf.evidence}" for leaf in found]


def marks(leaves: Iterable[Leaf]) -> Marks:
    """The marks of everything that has facts.

    A way between statuses marks its action or trigger, and the status it starts from; a support level marks
    its operation and its driver.
    """
    found: dict[tuple[str, str], dict[str, list[Leaf]]] = {}
    for leaf in leaves:
        for owner in _owners(leaf):
            found.setdefault(owner, {}).setdefault(leaf.group, []).append(leaf)
    return {owner: {group: _marks(held) for group, held in groups.items()} for owner, groups in found.items()}


def _owners(leaf: Leaf) -> list[tuple[str, str]]:
    section, *rest = map(str, leaf.loc)
    if not rest:
        return []
    owners = [(section, rest[0])]
    if section == "transitions" and len(rest) == 4:
        owners.append(("statuses", rest[3]))
    if section == "operations" and len(rest) == 4:
        owners.append(("drivers", rest[2]))
    return owners


def _marks(leaves: list[Leaf]) -> tuple[Mark, ...]:
    by_verdict: dict[Verdict, list[Leaf]] = {}
    for leaf in sorted(leaves, key=lambda leaf: -STRENGTH[leaf.verdict]):
        by_verdict.setdefault(leaf.verdict, []).append(leaf)
    return tuple(Mark(verdict, held[0].evidence, len(held)) for verdict, held in by_verdict.items())
