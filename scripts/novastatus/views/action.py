"""What the page of an action shows."""

from __future__ import annotations

from dataclasses import dataclass

from ..graph import Edge
from ..guards import Answer, Verdict, accepts, on_servers, verdict
from ..model import Action, Catalog, Kind
from ..routes import Routes
from ..states import TaskStates, fold, status_of
from .status import way_to

GROUPS = {
    "life": "Life and death",
    "power": "Power",
    "change": "Change",
    "move": "Move",
    "store": "Images and shelving",
    "attach": "Attach and detach",
    "access": "Access and diagnosis",
    "describe": "Name, metadata, locks and state",
}
ANSWER_GLYPHS = {Answer.ACCEPTED: "●", Answer.IDLE: "◐", Answer.PART: "◔", Answer.REFUSED: "✕", Answer.UNKNOWN: "?"}
ANSWER_WORDS = {
    Answer.ACCEPTED: "accepted",
    Answer.IDLE: "only while no task runs",
    Answer.PART: "in part",
    Answer.REFUSED: "refused",
    Answer.UNKNOWN: "not known",
}


@dataclass(frozen=True)
class Row:
    """A status in the table of an action."""

    status: str
    verdict: Verdict
    ends: tuple[str, ...]
    way: tuple[str, ...] | None


def rows(catalog: Catalog, routes: Routes, edges: list[Edge], action: Action) -> list[Row]:
    """How each status answers, those that accept the action first; empty for create."""
    if action not in on_servers(catalog):
        return []
    found = [_row(catalog, routes, edges, action, status) for status in catalog.statuses if _shown(catalog, status)]
    return sorted(found, key=lambda row: not row.verdict.accepts)


def _shown(catalog: Catalog, status: str) -> bool:
    """A status that no pair leads to has no guard that could be asked."""
    return catalog.statuses[status].kind is not Kind.UNKNOWN


def _row(catalog: Catalog, routes: Routes, edges: list[Edge], action: Action, status: str) -> Row:
    ends = (
        e.target for e in edges if e.source == status and e.trigger == action.name and e.outcome == "success"
    )
    return Row(
        status,
        verdict(catalog, action, status),
        tuple(dict.fromkeys(ends)),
        way_to(catalog, routes, status, action),
    )


def accepted_in(catalog: Catalog, action: Action) -> str:
    """The statuses that accept the action, in one phrase for a table."""
    if action not in on_servers(catalog):
        return "no status: it makes the server"
    names = [s for s in catalog.statuses if verdict(catalog, action, s).accepts]
    shown = [s for s in catalog.statuses if catalog.statuses[s].kind not in (Kind.UNKNOWN, Kind.FINAL)]
    if set(names) >= set(shown):
        return "every status but `DELETED`"
    if len(names) > len(shown) / 2:
        refused = [s for s in shown if s not in names]
        return "all but " + ", ".join(f"`{s}`" for s in refused)
    return ", ".join(f"`{s}`" for s in names) or "none"


def unguarded(catalog: Catalog) -> list[str]:
    """The actions that are accepted whatever the vm_state."""
    return [a.name for a in on_servers(catalog) if set(a.accepted.any) == set(catalog.vm_states)]


def guard(catalog: Catalog, action: Action) -> dict[str, TaskStates]:
    """The guard by vm_state, as Nova checks it."""
    return fold(catalog, (pair for pair in status_of(catalog) if accepts(action, pair)))


def accepted_pairs(catalog: Catalog, found: Verdict) -> str:
    """The pairs of a verdict that accepts in part, in words for a table."""
    phrases = []
    for vm_state, tasks in fold(catalog, found.accepted).items():
        listed = "whatever runs" if tasks == "any" else ", ".join(f"`{t}`" if t else "no task runs" for t in tasks)
        phrases.append(f"vm_state `{vm_state}`: {listed}" if len({vm for vm, _ in found.accepted}) > 1 else listed)
    return "; ".join(phrases)
