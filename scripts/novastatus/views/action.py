"""What the page of an action shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..graph import Edge
from ..guards import Answer, Verdict, let_through, on_servers, verdict
from ..model import Action, Catalog, Kind
from ..routes import Ways
from ..states import Pair, TaskStates, fold, pairs_of
from .status import advice, offered

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
ANSWER_GLYPHS = {
    Answer.ACCEPTED: "✔",
    Answer.IDLE: "✔",
    Answer.PART: "±",
    Answer.REFUSED: "✕",
    Answer.UNKNOWN: "?",
}
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
    first: str
    """What to do before, in Markdown, where it is refused."""


def rows(catalog: Catalog, ways: Ways, edges: list[Edge], action: Action) -> list[Row]:
    """How each status answers, those that accept the action first; empty for create."""
    if action not in on_servers(catalog):
        return []
    starting = [edge for edge in edges if edge.trigger == action.name and edge.outcome == "success"]
    found = [
        _row(catalog, ways, starting, action, status)
        for status in catalog.statuses
        if _shown(catalog, status)
    ]
    return sorted(found, key=lambda row: not row.verdict.accepts)


def _shown(catalog: Catalog, status: str) -> bool:
    """A status that no pair leads to has no guard that could be asked."""
    return catalog.statuses[status].kind is not Kind.UNKNOWN


def _row(catalog: Catalog, ways: Ways, starting: list[Edge], action: Action, status: str) -> Row:
    ends = (edge.target for edge in starting if edge.source == status)
    return Row(
        status,
        verdict(catalog, action, status),
        tuple(dict.fromkeys(ends)),
        advice(catalog, ways, status, action),
    )


def accepted_in(catalog: Catalog, action: Action) -> str:
    """The statuses that accept the action, in one phrase for a table."""
    if action not in on_servers(catalog):
        return "no status: it makes the server"
    names = [s for s in catalog.statuses if offered(catalog, verdict(catalog, action, s))]
    shown = [s for s in catalog.statuses if catalog.statuses[s].kind not in (Kind.UNKNOWN, Kind.FINAL)]
    if set(names) >= set(shown):
        return "every status but `DELETED`"
    if len(names) > len(shown) / 2:
        refused = [s for s in shown if s not in names]
        return "every status but `DELETED`, " + ", ".join(f"`{s}`" for s in refused)
    return ", ".join(f"`{s}`" for s in names) or "none"


def unguarded(catalog: Catalog) -> list[str]:
    """The actions that are accepted whatever the vm_state."""
    return [a.name for a in on_servers(catalog) if set(a.accepted.any) == set(catalog.vm_states)]


def guard(catalog: Catalog, action: Action) -> dict[str, TaskStates]:
    """The guard by vm_state, as Nova checks it."""
    return fold(catalog, let_through(catalog, action))


def accepted_pairs(catalog: Catalog, found: Verdict) -> str:
    """When a status that accepts in part does so, in words: what is let through or what is not, the shorter list."""
    pairs = pairs_of(catalog, found.status)
    refused = [pair for pair in pairs if pair not in found.accepted]
    if len(refused) < len(found.accepted):
        return f"not while {_pairs(catalog, refused, pairs)}"
    return f"only while {_pairs(catalog, found.accepted, pairs)}"


def _pairs(catalog: Catalog, some: Iterable[Pair], every: Iterable[Pair]) -> str:
    """Some of a status' pairs in words: a vm_state or a task that all of them share is not told."""
    folded, whole = fold(catalog, some), fold(catalog, every)
    if folded.keys() == whole.keys() and len(set(map(str, folded.values()))) == 1:
        return _tasks(next(iter(folded.values())))
    return " or ".join(
        f"the vm_state is `{vm_state}`" + ("" if tasks == whole[vm_state] else f" and {_tasks(tasks)}")
        for vm_state, tasks in folded.items()
    )


def _tasks(tasks: TaskStates) -> str:
    if tasks == "any":
        return "any task runs, or none"
    running = ", ".join(f"`{task}`" for task in tasks if task)
    idle = "no task runs" if None in tasks else ""
    return " or ".join(filter(None, (idle, f"the task_state is {running}" if running else "")))
