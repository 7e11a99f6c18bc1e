"""What the picture of one status shows: rows of what leads into it, and of what leads out."""

from __future__ import annotations

from dataclasses import dataclass

from ..graph import Outcome, Step, incoming, outgoing
from ..model import Catalog

GROUP = 4
"""From this many statuses on, a trigger has a row of its own."""
MOST = 0.6
"""From this share of all other statuses on, a row names those that are left out instead."""


@dataclass(frozen=True)
class Row:
    """One arrow: the statuses at its other end, and what moves a server along it."""

    others: tuple[str | None, ...]
    """In the order of the facts; ``None``: there is no server yet."""
    triggers: tuple[str, ...]
    outcome: Outcome
    all_but: bool = False
    """Whether ``others`` are the statuses left out: every other one is meant."""


def rows_in(catalog: Catalog, status: str) -> tuple[Row, ...]:
    """What leads into ``status``; successes first."""
    return _rows(catalog, status, [(step.source, step) for step in incoming(catalog, status)])


def rows_out(catalog: Catalog, status: str) -> tuple[Row, ...]:
    """What leads out of ``status``; successes first."""
    return _rows(catalog, status, [(step.target, step) for step in outgoing(catalog, status)])


def _rows(catalog: Catalog, status: str, found: list[tuple[str | None, Step]]) -> tuple[Row, ...]:
    rest = [name for name in catalog.statuses if name != status]
    wide, single = _shared(found), {}
    for other, step in found:
        if not any(step.edge.trigger in names and step.outcome == how for (_, how), names in wide.items()):
            single.setdefault((other, step.outcome), {})[step.edge.trigger] = None
    alike: dict[tuple[tuple[str, ...], Outcome], list[str | None]] = {}
    for (other, outcome), names in single.items():
        alike.setdefault((tuple(names), outcome), []).append(other)
    rows = [Row(tuple(others), names, outcome) for (names, outcome), others in alike.items()]
    rows += [_group(others, tuple(names), outcome, rest) for (others, outcome), names in wide.items()]
    return tuple(sorted(rows, key=lambda row: row.outcome != "success"))


def _shared(found: list[tuple[str | None, Step]]) -> dict[tuple[tuple[str | None, ...], Outcome], list[str]]:
    """The triggers that concern many other statuses, by those statuses and the outcome."""
    others: dict[tuple[str, Outcome], dict[str | None, None]] = {}
    for other, step in found:
        others.setdefault((step.edge.trigger, step.outcome), {})[other] = None
    shared: dict[tuple[tuple[str | None, ...], Outcome], list[str]] = {}
    for (trigger, outcome), names in others.items():
        if len(names) >= GROUP:
            shared.setdefault((tuple(names), outcome), []).append(trigger)
    return shared


def _group(
    others: tuple[str | None, ...], triggers: tuple[str, ...], outcome: Outcome, rest: list[str]
) -> Row:
    if len(others) < MOST * len(rest):
        return Row(others, triggers, outcome)
    return Row(tuple(name for name in rest if name not in others), triggers, outcome, all_but=True)
