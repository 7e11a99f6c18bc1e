"""What a server holds in a status, against what was looked up while a real Nova showed it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..model import Catalog, Kind, Status
from .leaf import Leaf, Verdict, cited, compared, differs, unreached
from .record import Record

Holding = dict[str, Any]
FIELDS = ("guest", "host", "allocation", "disk", "ports", "volumes", "quota")
OFF = ("shutdown", "crashed")


def holdings(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """Each field of ``holds``; what was seen in several ways must be said to vary."""
    for status in catalog.statuses.values():
        seen = _seen(record, status)
        for field in FIELDS:
            at, says = ("statuses", status.name, "holds", field), getattr(status.holds, field)
            found = sorted({value for one in seen if (value := READ[field](one))})
            where = record.where("holdings", status.name)
            source = cited(status.sources, catalog.nova)
            if not found:
                yield unreached(at, "holds", says, source)
            elif found == [says] or (says == "varies" and len(found) > 1):
                yield Leaf(at, "holds", Verdict.OBSERVED, where, value=says)
            elif says == "varies":
                # The probe saw one of the cases; the note tells the other.
                note = status.holds.notes.get(field, "")
                yield unreached(at, "holds", says, f"{source}: {note}" if note else "")
            elif len(found) > 1:
                message = f"must be 'varies' with a note, Nova was seen to hold {found}, not {says!r}"
                yield differs(at, "holds", says, message, where)
            else:
                yield compared(at, "holds", says, found[0], where, Verdict.OBSERVED)


def _seen(record: Record, status: Status) -> list[Holding]:
    """The records of a status: of one that waits for somebody those in which nothing runs."""
    found = [one for one in record.probed("holdings").get("holdings", []) if one["status"] == status.name]
    resting = [one for one in found if one["task_state"] is None]
    return resting if status.kind is not Kind.TRANSITIONAL and resting else found


def _guest(one: Holding) -> str:
    states = {guest["power_state"] for guest in one["guests"]}
    if not states:
        return "absent"
    if one["vm_state"] == "suspended" and states <= set(OFF):
        return "saved"
    running = next((state for state in ("running", "paused") if state in states), None)
    return running or "off"


def _host(one: Holding) -> str:
    return "used" if _guest(one) in ("running", "paused") else "free"


def _allocation(one: Holding) -> str:
    hosts = {allocation["host"] for allocation in one["allocations"]}
    return ("none", "one host", "both hosts")[min(len(hosts), 2)]


def _ports(one: Holding) -> str:
    if not one["ports"]:
        return "deleted"
    hosts = {binding["host"] for port in one["ports"] for binding in port["bindings"]}
    return "bound" if hosts & {"own", "other"} else "unbound"


def _volumes(one: Holding) -> str:
    found = {state for states in one["volumes"].values() for state in states}
    return next((state for state in ("attached", "reserved") if state in found), "detached")


def _quota(one: Holding) -> str:
    return "counted" if one["quota"]["instances"] else "free"


def _disk(one: Holding) -> str:
    """Where the root disk of a server made from an image is; a volume is nobody's disk."""
    if one["backing"] != "image":
        return ""
    held = {guest["host"] for guest in one["guests"]} - set(one["disks_removed"])
    if held:
        return "on both hosts" if len(held) > 1 else "on the host"
    return "in an image" if one["images_in_store"] and not one["on_host"] else "none"


READ: dict[str, Callable[[Holding], str]] = {
    "guest": _guest,
    "host": _host,
    "allocation": _allocation,
    "disk": _disk,
    "ports": _ports,
    "volumes": _volumes,
    "quota": _quota,
}
COMPARERS = (holdings,)
