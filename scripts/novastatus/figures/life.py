"""What the picture of all statuses shows: the transitions, brought together until they can be taken in.

- An arrow bears the triggers that start something there; the way on from a status that is passed needs
  no label, since Nova goes on by itself. One that comes straight back is an arrow of two heads.
- What may start from many statuses (a deletion, a restart of the compute service) comes out of nowhere:
  a short arrow beside its target.
- What may start from every status in a frame starts at the frame; what may end in each of them ends there.
- A failure that ends in ERROR is a mark on the status where it happens, not an arrow; one that ends
  where it began is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from ..graph import Edge, edges, steps
from ..model import Catalog, Kind

MANY = "many"
NEW = "new"
WIDE = 8
"""From this many statuses on, a trigger counts as starting from many."""
GOES_ON = ""
"""Stands for a trigger on the way on from a status that is passed."""

Move = tuple[str, str, str]
"""source, target, trigger"""
Frames = Mapping[str, frozenset[str]]
"""A frame's name to the statuses in it."""


@dataclass(frozen=True)
class Arrow:
    """An arrow of the picture; its ends are statuses, frames, `MANY` or `NEW`."""

    source: str
    target: str
    triggers: tuple[str, ...]
    both_ways: bool = False
    """Whether Nova comes back by itself."""
    fails: bool = False
    """Whether only failures lead this way."""


def arrows(catalog: Catalog, frames: Frames) -> tuple[Arrow, ...]:
    """The arrows of the picture, in the order of the facts."""
    moves = _moves(catalog)
    for frame, members in sorted(frames.items(), key=lambda item: -len(item[1])):
        moves = _at_frame(moves, frame, members, end=0)
        moves = _at_frame(moves, frame, members, end=1)
    failures = {(edge.target, edge.trigger) for edge in edges(catalog) if edge.outcome == "failure"}
    succeeding = {(edge.target, edge.trigger) for edge in edges(catalog) if edge.outcome == "success"}
    return tuple(
        replace(arrow, fails=all((arrow.target, name) in failures - succeeding for name in arrow.triggers))
        if arrow.triggers
        else arrow
        for arrow in _arrows(moves, frames)
    )


def failing(catalog: Catalog) -> frozenset[str]:
    """The statuses where something fails into ERROR; what may start from many is left out."""
    wide = wide_triggers(catalog)
    return frozenset(
        step.source
        for edge in edges(catalog)
        for step in steps(edge)
        if step.outcome == "failure" and step.target == "ERROR" != step.source and edge.trigger not in wide
    ) - {None}


def wide_triggers(catalog: Catalog) -> frozenset[str]:
    """The triggers that start from many statuses."""
    sources: dict[str, set[str | None]] = {}
    for edge in filter(_shows, edges(catalog)):
        sources.setdefault(edge.trigger, set()).add(edge.source)
    return frozenset(name for name, found in sources.items() if len(found) >= WIDE)


def _arrows(moves: list[Move], frames: Frames) -> Iterable[Arrow]:
    named: dict[tuple[str, str], list[str]] = {}
    going_on = {(source, target) for source, target, trigger in moves if trigger == GOES_ON}
    for source, target, trigger in moves:
        named.setdefault((source, target), [])
        if trigger:
            named[source, target].append(trigger)
    back = {ends for ends in going_on if named.get(ends[::-1]) and set(named[ends]) <= set(named[ends[::-1]])}
    for (source, target), triggers in named.items():
        around = [frame for frame, members in frames.items() if target in members]
        said = any(named.get((source, frame)) for frame in around)
        if (source, target) not in back and (triggers or not said):
            yield Arrow(source, target, tuple(triggers), both_ways=(target, source) in back)


def _moves(catalog: Catalog) -> list[Move]:
    """Every step that shows, each once; steps that stay where they are do not."""
    wide = wide_triggers(catalog)
    found: dict[Move, None] = {}
    for edge in filter(_shows, edges(catalog)):
        if edge.trigger in wide:
            found |= dict.fromkeys(_wide_moves(catalog, edge))
        else:
            for i, step in enumerate(steps(edge)):
                found[step.source or NEW, step.target, GOES_ON if i else edge.trigger] = None
    return [move for move in found if move[0] != move[1]]


def _shows(edge: Edge) -> bool:
    """Whether an edge is drawn: a success, or a failure that leads to neither ERROR nor back."""
    return edge.outcome == "success" or edge.target not in ("ERROR", edge.source)


def _wide_moves(catalog: Catalog, edge: Edge) -> list[Move]:
    """From many statuses to where it can be seen at work, or to its end; and on from there."""
    at_work = [name for name in edge.through if catalog.statuses[name].kind is Kind.TRANSITIONAL]
    first = at_work[0] if at_work else edge.target
    stops = (*edge.through[edge.through.index(first) :], edge.target) if at_work else (edge.target,)
    onward = [(a, b, GOES_ON) for a, b in pairwise(stops)]
    return [(MANY, first, edge.trigger), *onward]


def _at_frame(moves: list[Move], frame: str, members: frozenset[str], end: int) -> list[Move]:
    """``moves`` with ``frame`` for its members, at their source (``end`` 0) or target (1)."""
    other = 1 - end
    seen: dict[tuple[str, str], set[str]] = {}
    for move in moves:
        seen.setdefault((move[other], move[2]), set()).add(move[end])

    def gathered(move: Move) -> Move:
        inside = move[end] in members and move[other] not in members and move[other] != MANY
        if not inside or not seen[move[other], move[2]] >= members:
            return move
        return (frame, move[1], move[2]) if end == 0 else (move[0], frame, move[2])

    return list(dict.fromkeys(map(gathered, moves)))
