"""What the picture of all statuses shows: the transitions, brought together until they can be taken in.

- An arrow bears the triggers that start something there; the way on from a status that is passed needs
  no label, since Nova goes on by itself.
- What can be done from (nearly) everywhere starts at the outermost frame; what can be done from every
  status in a frame starts at that frame; what may end in every status of a frame ends at it.
- A failure that ends in ERROR is a mark on the status where it happens, not an arrow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..graph import edges, steps
from ..model import Catalog

ANYWHERE = "anywhere"
NEW = "new"
MANY = 10
"""From this many statuses on, a trigger starts from anywhere."""
GOES_ON = ""
"""Stands for a trigger on the way on from a status that is passed."""

Move = tuple[str, str, str]
"""source, target, trigger"""


@dataclass(frozen=True)
class Arrow:
    """An arrow of the picture; its ends are statuses, frames, `ANYWHERE` or `NEW`."""

    source: str
    target: str
    triggers: tuple[str, ...]
    both_ways: bool = False
    """Whether Nova comes back by itself."""


def arrows(catalog: Catalog, frames: Mapping[str, frozenset[str]]) -> tuple[Arrow, ...]:
    """The arrows of the picture, in the order of the facts; ``frames`` maps a frame to its statuses."""
    moves = _gather(_moves(catalog), frames)
    triggers: dict[tuple[str, str], list[str]] = {}
    for source, target, trigger in moves:
        triggers.setdefault((source, target), [])
        if trigger is not GOES_ON:
            triggers[source, target].append(trigger)
    return tuple(
        Arrow(*ends, tuple(names), both_ways=triggers.get(ends[::-1]) == [])
        for ends, names in triggers.items()
        if names or not triggers.get(ends[::-1])
    )


def failing(catalog: Catalog) -> frozenset[str]:
    """The statuses from which a failure leads to ERROR."""
    return frozenset(
        step.source
        for edge in edges(catalog)
        for step in steps(edge)
        if step.outcome == "failure" and step.target == "ERROR" and step.source not in (None, "ERROR")
    )


def _moves(catalog: Catalog) -> list[Move]:
    """Every step of a success, each once; steps that stay where they are do not show."""
    found: dict[Move, None] = {}
    for edge in edges(catalog):
        for i, step in enumerate(steps(edge)):
            # A failure shows how it starts, if nothing else does; where it ends is a mark.
            if step.source != step.target and step.outcome == "success":
                found[step.source or NEW, step.target, GOES_ON if i else edge.trigger] = None
    return list(found)


def _gather(moves: list[Move], frames: Mapping[str, frozenset[str]]) -> list[Move]:
    """``moves`` with frames in the place of all the statuses in them, the largest frames first."""
    moves = _from_anywhere(moves)
    for frame, members in sorted(frames.items(), key=lambda item: -len(item[1])):
        moves = _at_frame(moves, frame, members, end=0)
        moves = _at_frame(moves, frame, members, end=1)
    return moves


def _from_anywhere(moves: list[Move]) -> list[Move]:
    counts: dict[tuple[str, str], int] = {}
    for _, target, trigger in moves:
        counts[target, trigger] = counts.get((target, trigger), 0) + 1
    return _once(
        (ANYWHERE if trigger and counts[target, trigger] >= MANY else source, target, trigger)
        for source, target, trigger in moves
    )


def _at_frame(moves: list[Move], frame: str, members: frozenset[str], end: int) -> list[Move]:
    """``moves`` with ``frame`` for its members, at their source (``end`` 0) or target (1)."""
    other = 1 - end
    seen: dict[tuple[str, str], set[str]] = {}
    for move in moves:
        seen.setdefault((move[other], move[2]), set()).add(move[end])

    def gathered(move: Move) -> Move:
        whole = seen[move[other], move[2]] >= members and move[end] in members and move[other] not in members
        if not whole:
            return move
        return (frame, move[1], move[2]) if end == 0 else (move[0], frame, move[2])

    return _once(map(gathered, moves))


def _once(moves: Iterable[Move]) -> list[Move]:
    return list(dict.fromkeys(moves))
