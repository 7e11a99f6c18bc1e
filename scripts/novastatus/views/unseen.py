"""The transitions that rest on Nova's code alone: no run of the probe showed them."""

from __future__ import annotations

from collections.abc import Iterable

from ..compare import Leaf, Verdict
from ..graph import Edge
from ..model import Catalog, Transition

Way = tuple[str, str | None, tuple[str, ...], str, str | None, str | None]
"""Trigger, source, statuses passed through, target, what fails, condition."""
Unseen = frozenset[Way]


def unseen(catalog: Catalog, leaves: Iterable[Leaf]) -> Unseen:
    """The ways whose leaves, ``transitions.NAME.INDEX.from.SOURCE``, were not observed."""
    found = set()
    for leaf in leaves:
        if leaf.group == "transitions" and leaf.verdict is not Verdict.OBSERVED and len(leaf.loc) == 5:
            _, name, index, _, source = leaf.loc
            ways = catalog.transitions.get(str(name), [])
            if isinstance(index, int) and index < len(ways):
                found.add(_way(str(name), None if source == "null" else str(source), ways[index]))
    return frozenset(found)


def unseen_sources(
    known: Unseen, name: str, transition: Transition | Edge, sources: Iterable[str | None]
) -> list[str | None]:
    """Those of ``sources`` from which no run showed the transition."""
    return [source for source in sources if _way(name, source, transition) in known]


def _way(name: str, source: str | None, transition: Transition | Edge) -> Way:
    target = transition.target if isinstance(transition, Edge) else transition.to
    return name, source, tuple(transition.through), target, transition.fails, transition.when
