"""The transitions of the facts as a graph: edges, the steps they consist of, and GraphML.

Order is that of the facts everywhere (statuses as in ``statuses:``, triggers as in ``transitions:``), so
that the same facts give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Literal

import networkx as nx

from .model import Catalog

TriggerKind = Literal["action", "internal", "periodic"]
Outcome = Literal["success", "failure"]
NEW = "(new)"
"""The GraphML node that stands for a source of ``None``: there is no server yet."""


@dataclass(frozen=True)
class Edge:
    """A transition from one status to another, as a whole."""

    source: str | None
    """The status it starts from; ``None``: there is no server yet."""
    target: str
    trigger: str
    """Name of the action or trigger that starts it."""
    kind: TriggerKind
    through: tuple[str, ...] = ()
    """Statuses shown on the way, in order."""
    outcome: Outcome = "success"
    when: str | None = None
    """The condition under which it goes this way."""
    fails: str | None = None
    """What went wrong; given exactly when ``outcome`` is ``failure``."""
    seen: bool = True
    """False: known from Nova's code alone, not seen in a run."""


@dataclass(frozen=True)
class Step:
    """One arrow of an edge: two statuses that follow each other on its way."""

    source: str | None
    target: str
    edge: Edge
    outcome: Outcome
    """``failure`` for the last step of an edge that fails; the steps before it look like success."""


@lru_cache(maxsize=8)
def edges(catalog: Catalog) -> tuple[Edge, ...]:
    """Every transition, one edge for each of its sources."""
    return tuple(
        Edge(
            source=source,
            target=transition.to,
            trigger=name,
            kind=trigger_kind(catalog, name),
            through=tuple(transition.through),
            outcome="failure" if transition.fails else "success",
            when=transition.when,
            fails=transition.fails,
        )
        for name, transitions in catalog.transitions.items()
        for transition in transitions
        for source in transition.source
    )


def trigger_kind(catalog: Catalog, name: str) -> TriggerKind:
    """What kind of trigger ``name`` is; a name that the facts do not explain counts as an action."""
    trigger = catalog.triggers.get(name)
    return trigger.kind if trigger and name not in catalog.actions else "action"


def steps(edge: Edge) -> tuple[Step, ...]:
    """``edge`` split at the statuses it passes through.

    ACTIVE -(RESIZE)-> VERIFY_RESIZE gives ACTIVE -> RESIZE and RESIZE -> VERIFY_RESIZE.
    """
    stops = (edge.source, *edge.through, edge.target)
    last = len(stops) - 2
    return tuple(
        Step(stops[i], stops[i + 1], edge, edge.outcome if i == last else "success") for i in range(last + 1)
    )


def incoming(catalog: Catalog, status: str) -> tuple[Step, ...]:
    """The steps that lead into ``status``, by where they come from; steps that stay there are left out."""
    found = _steps_at(catalog, status)
    return _sorted(catalog, (s for s in found if s.target == status != s.source), lambda s: s.source)


def outgoing(catalog: Catalog, status: str) -> tuple[Step, ...]:
    """The steps that lead out of ``status``, by where they go; steps that stay there are left out."""
    found = _steps_at(catalog, status)
    return _sorted(catalog, (s for s in found if s.source == status != s.target), lambda s: s.target)


def _steps_at(catalog: Catalog, status: str) -> Iterable[Step]:
    touching = (edge for edge in edges(catalog) if status in (edge.source, edge.target, *edge.through))
    return (step for edge in touching for step in steps(edge))


def _sorted(catalog: Catalog, found: Iterable[Step], end: Callable[[Step], str | None]) -> tuple[Step, ...]:
    rank = {name: i for i, name in enumerate(catalog.statuses)}
    return tuple(sorted(dict.fromkeys(found), key=lambda step: rank.get(end(step), -1)))


def multigraph(catalog: Catalog) -> nx.MultiDiGraph:
    """The statuses and edges as a networkx graph; attributes are strings, lists joined by a comma."""
    graph = nx.MultiDiGraph(name="Nova server statuses", nova=catalog.nova)
    for status in catalog.statuses.values():
        graph.add_node(status.name, kind=status.kind.value, summary=status.summary)
    for edge in edges(catalog):
        if edge.source is None and NEW not in graph:
            graph.add_node(NEW, kind="none", summary="There is no server yet.")
        graph.add_edge(
            NEW if edge.source is None else edge.source,
            edge.target,
            trigger=edge.trigger,
            trigger_kind=edge.kind,
            through=",".join(edge.through),
            outcome=edge.outcome,
            when=edge.when or "",
            fails=edge.fails or "",
        )
    return graph


def graphml(catalog: Catalog) -> bytes:
    """The graph as GraphML, UTF-8; the same bytes for the same facts."""
    out = BytesIO()
    # The plain writer: the default one picks lxml where it happens to be installed, with other bytes.
    nx.write_graphml_xml(multigraph(catalog), out, named_key_ids=True)
    return out.getvalue() + b"\n"
