"""Ways from status to status: each one told was seen, and each one seen is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from ..model import Catalog, Transition
from ..reader import Loc
from .leaf import Leaf, Verdict, cited, differs, unreached
from .record import Record
from .runs import INVENTED, Move

FILE = re.compile(r"(nova|doc|api-ref|api-guide)/[\w./-]+")
ODD = "a vm_state that Nova does not know"


def transitions(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """One leaf for each way told: a row, and each status it starts from."""
    for name, rows in catalog.transitions.items():
        told: set[tuple[object, ...]] = set()
        for i, row in enumerate(rows):
            superfluous = row.rests_on is not None and _all_seen(catalog, record, row)
            for source in row.source:
                leaf = _way(record, name, i, row, source)
                way = (source, _between(source, row), row.to, bool(row.fails))
                if way in told:
                    leaf = _wrong(leaf, f"must be told once, {leaf.value} stands above too")
                elif superfluous:
                    leaf = _wrong(leaf, f"needs no rests_on, runs show {leaf.value}")
                told.add(way)
                yield leaf


def _wrong(leaf: Leaf, message: str) -> Leaf:
    return differs(leaf.loc, leaf.group, leaf.value, message, leaf.evidence)


def _all_seen(catalog: Catalog, record: Record, row: Transition) -> bool:
    """Whether runs show all ways of a row, under every action and trigger that the file gives it to."""
    return all(
        _way(record, name, 0, row, source).verdict is Verdict.OBSERVED
        for name, rows in catalog.transitions.items()
        if row in rows
        for source in row.source
    )


def _way(record: Record, name: str, i: int, row: Transition, source: str | None) -> Leaf:
    at, moves = ("transitions", name, i, "from", source or "null"), record.moves_of.get(name, [])
    through = _between(source, row)
    way = " → ".join((source or "no server", *row.through, row.to))
    outcome = "failure" if row.fails else "success"
    value = f"{name}: {way} ({outcome})"
    found = [m for m in moves if m.source == source and m.to == row.to and m.through == through]
    found = [m for m in found if outcome in m.outcomes and m.stirred and m.beside != INVENTED]
    key = (
        min(found, key=lambda m: (bool(m.beside), not m.plain, m.key)).key
        if found
        else _elsewhere(record, name, row, source)
    )
    if key:
        return Leaf(at, "transitions", Verdict.OBSERVED, key, value=value)
    if row.rests_on and not FILE.match(row.rests_on):
        return differs(at, "transitions", value, f"must rest on a file of Nova, {row.rests_on!r} names none")
    if row.rests_on:
        return unreached(at, "transitions", value, cited([row.rests_on], record.nova))
    seen = [
        m for m in moves if m.source == source and outcome in m.outcomes and not m.beside and m.way != way
    ]
    if seen and not row.fails and not row.when:
        told = f"must be a way that Nova was seen to go, {way!r} was not; seen: {_few(seen)}"
        return differs(at, "transitions", value, told, seen[0].key)
    return unreached(at, "transitions", value, "")


def _between(source: str | None, row: Transition) -> tuple[str, ...]:
    """The statuses on the way as one sees them: none twice in a row, nor the start or the end once more."""
    seen = [status for status, _ in groupby([source, *row.through, row.to])]
    return tuple(filter(None, seen[1:-1]))


def _few(moves: list[Move]) -> str:
    ways = list(dict.fromkeys(repr(move.way) for move in moves))
    return ", ".join(ways[:3])


def _elsewhere(record: Record, name: str, row: Transition, source: str | None) -> str:
    """The record of a way that is no run: a vm_state that Nova does not know, whatever it was before."""
    shown_as = _unknown_vm_state(record)
    fits = name == "unknown-vm-state" and row.fails and not row.through and row.to == shown_as
    return record.where("derivation", "odd") if fits and source in record.shown.values() else ""


def _unknown_vm_state(record: Record) -> str | None:
    """What the API shows for a vm_state that it does not know; None: nobody asked."""
    odd = record.probed("derivation").get("odd", [])
    return next((entry["status"] for entry in odd if entry["case"] == ODD and "status" in entry), None)


def completeness(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """Every recorded way is told, but those that `runs` sets aside with a reason."""
    told = {
        (name, source, _between(source, row), row.to, "failure" if row.fails else "success")
        for name, rows in catalog.transitions.items()
        for row in rows
        for source in row.source
    }
    reported: set[tuple[Loc, str, str]] = set()
    for move in record.demanded:
        ways = {(move.trigger, move.source, move.through, move.to, outcome) for outcome in move.outcomes}
        stays = move.source == move.to and not move.through
        if ways & told or (stays and move.trigger not in catalog.transitions):
            continue
        outcome = "success" if "success" in move.outcomes else "failure"
        at: Loc = ("transitions", move.trigger or "")
        if (at, move.way, outcome) not in reported:
            reported.add((at, move.way, outcome))
            message = f"must tell the {outcome} {move.way!r}, which Nova was seen to go"
            yield differs(at, "transitions", None, message, move.key)
    yield from _untold_unknown(catalog, record)


def _untold_unknown(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """Every server that is there may come to hold a vm_state that the API does not know."""
    rows = catalog.transitions.get("unknown-vm-state", [])
    told = {source for row in rows for source in row.source}
    if (unknown := _unknown_vm_state(record)) and rows:
        for status in sorted(set(record.shown.values()) - told - set(record.ends[2])):
            message = (
                f"must tell the failure '{status} → {unknown}', which holds whatever the server was before"
            )
            yield differs(
                ("transitions", "unknown-vm-state"),
                "transitions",
                None,
                message,
                record.where("derivation", "odd"),
            )


def triggers(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """Whether a trigger is a timer, and the option that sets it off."""
    for trigger in catalog.triggers.values():
        moves = record.moves_of.get(trigger.name, [])
        source = "; ".join(f"{s} (Nova {catalog.nova})" for s in trigger.sources)
        at: Loc = ("triggers", trigger.name, "kind")
        kinds = {"periodic" if move.kind == "periodic" else "internal" for move in moves}
        if kinds == {trigger.kind}:
            yield Leaf(at, "trigger", Verdict.OBSERVED, moves[0].key, value=trigger.kind)
        elif kinds:
            yield differs(
                at,
                "trigger",
                trigger.kind,
                f"must be {sorted(kinds)[0]!r}, not {trigger.kind!r}",
                moves[0].key,
            )
        else:
            yield unreached(at, "trigger", trigger.kind, source)
        if trigger.option is not None:
            yield _option(trigger.name, trigger.option, moves, source)


def _option(name: str, option: str, moves: list[Move], source: str) -> Leaf:
    at = ("triggers", name, "option")
    named = [m for m in moves if any(condition.startswith(f"{option} is ") for condition in m.conditions)]
    if named:
        return Leaf(at, "trigger", Verdict.OBSERVED, named[0].key, value=option)
    return unreached(at, "trigger", option, source)


COMPARERS = (transitions, completeness, triggers)
