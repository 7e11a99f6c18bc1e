"""What the page of a status shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..graph import Edge
from ..guards import Answer, Verdict, verdict, verdicts
from ..links_in_words import trigger_link
from ..model import Action, Catalog, Holdings, Kind, Status
from ..routes import Leg, Ways, actions

GUEST = {
    "running": "running",
    "paused": "paused, its memory kept on the host",
    "saved": "not running, its memory saved to disk",
    "off": "off",
    "absent": "no guest on any host",
    "varies": "depends",
}
WHO = {"everyone": "everyone who sees the server", "admins": "administrators only", "nobody": "nobody"}
LABELS = {
    "guest": "Guest",
    "host": "Memory and vCPUs of the host",
    "allocation": "Allocation in Placement",
    "disk": "Disk",
    "ports": "Ports",
    "volumes": "Volumes",
    "quota": "Quota",
}


@dataclass(frozen=True)
class Offer:
    """An action that the status accepts, and where it leads from here."""

    action: Action
    verdict: Verdict
    targets: tuple[str, ...]
    """Statuses that it ends in when all goes well; empty: the status stays."""


@dataclass(frozen=True)
class Refusal:
    """An action that the status refuses, and the shortest legal way to it."""

    action: Action
    code: int
    first: str
    """What to do before, in Markdown."""


@dataclass(frozen=True)
class Moves:
    """What can be asked for in a status."""

    moving: list[Offer]
    staying: list[Offer]
    refused: list[Refusal]

    @property
    def tied(self) -> bool:
        """Whether some of what moves the server on is accepted only while no task runs."""
        return any(offer.verdict.answer is Answer.IDLE for offer in self.moving)


def moves(catalog: Catalog, ways: Ways, edges: Iterable[Edge], status: str) -> Moves:
    """All actions on an existing server, by what Nova answers in ``status``."""
    asked = verdicts(catalog, status)
    starting = [edge for edge in edges if edge.source == status and edge.outcome == "success"]
    offers = [_offer(found, starting) for found in asked if offered(catalog, found)]
    refused = [
        Refusal(found.action, found.code, advice(catalog, ways, status, found.action))
        for found in asked
        if found.answer is not Answer.UNKNOWN and not offered(catalog, found)
    ]
    return Moves([o for o in offers if o.targets], [o for o in offers if not o.targets], refused)


def _offer(found: Verdict, starting: list[Edge]) -> Offer:
    ends = (
        e.target
        for e in starting
        if e.trigger == found.action.name and (e.target != found.status or e.through)
    )
    return Offer(found.action, found, tuple(dict.fromkeys(ends)))


def way_to(catalog: Catalog, ways: Ways, status: str, action: Action) -> tuple[Leg, ...] | None:
    """The fewest actions after which ``action`` is accepted; None where nothing ordinary leads there.

    A status that waits for somebody is the better stop; one that is passed counts where no other accepts
    the action. No action of last resort is advised.
    """
    ordinary = {
        target: way
        for target, way in ways.get(status, {}).items()
        if not any(catalog.actions[name].last_resort for name in actions(way))
    }
    waiting = [way for target, way in ordinary.items() if _at_rest(catalog, action, target)]
    passed = [
        way
        for target, way in ordinary.items()
        if catalog.statuses[target].kind is Kind.TRANSITIONAL and verdict(catalog, action, target).accepts
    ]
    best = min(waiting or passed, key=lambda way: len(actions(way)), default=None)
    # Where all that the last action may lead to will do, its condition says nothing.
    ends = [way for way in ordinary.values() if best and actions(way) == actions(best)]
    if best and len(ends) > 1 and all(way in waiting for way in ends):
        return (*best[:-1], replace(best[-1], when=()))
    return best


def offered(catalog: Catalog, found: Verdict) -> bool:
    """Whether the action can really be asked for: a status that waits must accept it while no task runs.

    A guard that wants a task alone (live-migration-abort: migrating) is met in the status of that task.
    """
    transitional = catalog.statuses[found.status].kind is Kind.TRANSITIONAL
    return found.accepts and (transitional or any(task is None for _, task in found.accepted))


def _at_rest(catalog: Catalog, action: Action, status: str) -> bool:
    """Whether the status waits for somebody and accepts the action while it does."""
    waits = catalog.statuses[status].kind in (Kind.STABLE, Kind.FAULT)
    return waits and any(task is None for _, task in verdict(catalog, action, status).accepted)


def advice(catalog: Catalog, ways: Ways, status: str, action: Action) -> str:
    """What to do first, in Markdown, where the status refuses the action."""
    if catalog.statuses[status].kind is Kind.FINAL:
        return "the server is gone"
    ends = {t.to for t in catalog.transitions.get(action.name, ()) if t.fails is None}
    if ends == {status} and (action.accepted.idle or action.accepted.any):
        return "nothing to do: it would lead here"
    way = way_to(catalog, ways, status, action)
    asked = None if way is None else actions(way)
    if action.follows and asked != ():
        return f"nothing to do: it is for after a {' or '.join(trigger_link(catalog, n) for n in action.follows)}"
    if way is None:
        return "no ordinary way"
    if asked and action.host_up == "must be down":
        return f"nothing works without its host: see [stuck](/statuses/{status}/#stuck)"
    steps = ", then ".join(_step(catalog, leg) for leg in way if not leg.waits)
    if catalog.statuses[status].kind is Kind.TRANSITIONAL:
        return f"wait, then {steps}" if steps else "wait"
    return f"first {steps}" if steps else "wait until no task runs"


def _step(catalog: Catalog, leg: Leg) -> str:
    condition = f" (leads there if {', or if '.join(leg.when)})" if leg.when else ""
    return trigger_link(catalog, leg.trigger) + condition


def arriving(edges: Iterable[Edge], status: Status) -> list[str]:
    """The triggers that bring a server from elsewhere into the status when all goes well.

    A transitional status is also reached by what passes it; a stable one that is only passed is not.
    """
    found = (e.trigger for e in edges if e.source != status.name and not e.fails and _reaches(e, status))
    return list(dict.fromkeys(found))


def arriving_by_failure(edges: Iterable[Edge], status: str) -> list[str]:
    """The triggers that end in the status when they fail."""
    found = (e.trigger for e in edges if e.source != status and e.fails and e.target == status)
    return list(dict.fromkeys(found))


def _reaches(edge: Edge, status: Status) -> bool:
    return edge.target == status.name or (status.kind is Kind.TRANSITIONAL and status.name in edge.through)


def onward(edges: Iterable[Edge], status: Status) -> list[Edge]:
    """The edges that lead on without anybody asking, in the order of the facts.

    For a transitional status the rest of the way counts, whoever asked for the action. What leads every
    status to UNKNOWN is told there, once.
    """
    edges = [edge for edge in edges if edge.target != "UNKNOWN"]
    if status.kind is not Kind.TRANSITIONAL:
        return [edge for edge in edges if edge.source == status.name and edge.kind != "action"]
    passing = (_rest(edge, status.name) for edge in edges if status.name in edge.through)
    leaving = (edge for edge in edges if edge.source == status.name and edge.kind != "action")
    return _once([*passing, *leaving])


def _once(edges: Iterable[Edge]) -> list[Edge]:
    """Each way once; it was seen if any of those that share it was."""
    seen: dict[Edge, bool] = {}
    for edge in edges:
        way = replace(edge, seen=True)
        seen[way] = seen.get(way, False) or edge.seen
    return [replace(way, seen=was) for way, was in seen.items()]


def _rest(edge: Edge, status: str) -> Edge:
    """The part of an edge that is left from ``status`` on."""
    return replace(edge, source=status, through=edge.through[edge.through.index(status) + 1 :])


def failing(edges: Iterable[Edge], status: str) -> list[Edge]:
    """The failures of actions asked for in the status."""
    return [edge for edge in edges if edge.source == status and edge.kind == "action" and edge.fails]


def holdings(holds: Holdings) -> list[tuple[str, str, str]]:
    """(label, value, note) for each thing that a server holds."""
    return [(label, getattr(holds, field), holds.notes.get(field, "")) for field, label in LABELS.items()]


def guest(holds: Holdings) -> str:
    """What became of the guest, in one phrase."""
    return holds.notes.get("guest", GUEST["varies"]) if holds.guest == "varies" else GUEST[holds.guest]


def seen_by(status: Status) -> str:
    """Who sees the status and may list by it, in one sentence."""
    who = status.seen_by
    same = who.show == who.filter
    text = f"{WHO[who.show].capitalize()}{', and may list by it' if same and who.show != 'nobody' else ''}"
    if not same:
        text += f"; listing by it: {WHO[who.filter]}"
    return f"{text}. {who.note}" if who.note else text
