"""Which pairs a status is derived from, what kind it is, and who sees it."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Catalog, Kind, Status
from ..states import pairs_of
from .leaf import Leaf, Verdict, cited, compared, differs, shown, unreached
from .record import Record

FAULTY = "harvest/responses.json _fault_statuses"


def pairs(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """The task_states under each vm_state of a status; and no status forgotten."""
    probed = bool(record.probed("derivation"))
    verdict = Verdict.OBSERVED if probed else Verdict.HARVESTED
    where = record.where("derivation", "") if probed else "harvest/state_map.json "
    for status in catalog.statuses.values():
        claimed = pairs_of(catalog, status.name)
        for vm_state in dict.fromkeys([*status.states, *_vm_states(record, status.name)]):
            says = [task for vm, task in claimed if vm == vm_state]
            found = [
                task for (vm, task), name in record.shown.items() if vm == vm_state and name == status.name
            ]
            at = ("statuses", status.name, "states", vm_state)
            leaf = compared(at, "states", set(says), set(found), f"{where}{vm_state}", verdict)
            if leaf.verdict is Verdict.DIFFERS:
                leaf = differs(
                    at, "states", says, _difference(says, found, status.name), f"{where}{vm_state}"
                )
            yield Leaf(
                **{**vars(leaf), "value": _claim(status, vm_state), "cells": len(set(says) | set(found))}
            )
    yield from _enum(catalog, record)


def _vm_states(record: Record, status: str) -> list[str]:
    return [vm_state for (vm_state, _), name in record.shown.items() if name == status]


def _claim(status: Status, vm_state: str) -> str:
    claim = status.states.get(vm_state, [])
    return claim if isinstance(claim, str) else shown(claim)


def _difference(says: list[str | None], found: list[str | None], status: str) -> str:
    more = [task for task in says if task not in found]
    less = [task for task in found if task not in says]
    told = [f"must not claim {shown(more)}, which Nova shows otherwise"] if more else []
    told += [f"must claim {shown(less)}, which Nova shows as {status}"] if less else []
    return " and ".join(told)


def _enum(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """The names of the statuses, against the enumeration in the schemas of Nova's own answers."""
    known = [entry["status"] for entry in record.now("responses", "status_enum")]
    seen = set(record.shown.values())
    for name in catalog.statuses:
        where = "harvest/responses.json status_enum"
        if name in seen:
            yield Leaf(
                ("statuses", name), "names", Verdict.OBSERVED, record.where("derivation", name), value=name
            )
        elif name in known:
            yield Leaf(("statuses", name), "names", Verdict.HARVESTED, where, value=name)
        else:
            yield differs(("statuses", name), "names", name, "must be one of Nova's statuses", where)
    for name in sorted({*known, *seen} - set(catalog.statuses)):
        yield differs(("statuses",), "names", None, f"must list {name!r}, which Nova has")


def kinds(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """The kind of a status, from how servers were seen to come to it and leave it."""
    for status in catalog.statuses.values():
        at = ("statuses", status.name, "kind")
        found, where = kind_of(record, status.name)
        if found is None:
            yield unreached(at, "kind", status.kind.value, cited(status.sources, catalog.nova))
        else:
            yield compared(at, "kind", status.kind.value, found.value, where, Verdict.OBSERVED)


def kind_of(record: Record, status: str) -> tuple[Kind | None, str]:
    """What the evidence makes of a status, and the record that tells; None: no run comes to it.

    unknown: no pair shows it. final: the server is gone (404) once it shows it. fault: the API gives its fault.
    stable: a run ends in it with no task left. transitional: it is passed, and no run ends in it so.
    """
    if status not in record.shown.values():
        return Kind.UNKNOWN, record.where("derivation", "odd")
    ends, passed, gone = record.ends
    if status in gone:
        return Kind.FINAL, gone[status]
    if status in _faulty(record) and status in ends:
        return Kind.FAULT, f"{ends[status]}; {FAULTY}"
    if status in ends:
        return Kind.STABLE, ends[status]
    return (Kind.TRANSITIONAL, passed[status]) if status in passed else (None, "")


def _faulty(record: Record) -> set[str]:
    lists = (e["statuses"] for e in record.now("responses", "view_lists") if e["name"] == "_fault_statuses")
    return {name for names in lists for name in names}


COMPARERS = (pairs, kinds)
