"""The shortest way from one status to another: the fewest actions that a caller has to ask for.

The rule, from the most to the least important:

1. Only ways that succeed count; a failure is no route.
2. An action of last resort (it destroys something, or changes only the database) is taken only where
   nothing else leads.
3. Fewest actions. Waiting is free, where Nova goes on by itself: out of a *transitional* status, along
   the way of the action that led into it or by an internal or periodic trigger. Where waiting may end
   in several statuses, by what went before, the first transition in the facts counts. A stable status
   is never waited out: nobody can rely on a timer that the operator may have switched off.
4. Of equally short ways the one with fewer actions that only an admin may ask for, then with fewer
   that depend on a condition (``when``), then the one whose action stands first in the facts. The
   condition of a last resort counts only where the action may also succeed and leave the server where
   it is: a soft-deleted server may stay so when deleted again, so force-delete is the way on.

A transitional status is also reached by the action that passes through it, but no route goes on from
there: which way it leads depends on the action. A stable status that is only passed is not reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import networkx as nx

from .graph import Edge, edges
from .model import Catalog, Kind

Routes = dict[str, dict[str, list[str]]]

ACTION, ADMIN, CONDITION = 10_000, 100, 1
LAST_RESORT = 1_000_000
OWNERS = ("project reader", "project member")


@dataclass(frozen=True)
class Leg:
    """One stretch of a route: an action to ask for, or a wait."""

    trigger: str
    """The action; of a wait, what started the transition that Nova is at."""
    waits: bool
    when: tuple[str, ...]
    """It leads there only if one of these holds; empty: always."""


Ways = dict[str, dict[str, tuple[Leg, ...]]]
Node = str | tuple[str, str]
Asked = dict[tuple[str | None, str], list[Edge]]
"""The edges that an action may follow, by its source and name."""


def routes(catalog: Catalog) -> Routes:
    """From each status to each other one that can be reached, the actions to ask for, in order.

    ``{"SHELVED_OFFLOADED": {"ACTIVE": ["unshelve"]}}``; an empty list says: wait. Statuses stand in the
    order of the facts. A status that leads nowhere has an empty mapping.
    """
    return {
        status: {target: list(actions(way)) for target, way in found.items()}
        for status, found in ways(catalog).items()
    }


def conditions(catalog: Catalog) -> dict[str, dict[str, str]]:
    """What must hold for those routes that depend on something, in Markdown.

    ``{"VERIFY_RESIZE": {"SHUTOFF": "confirm-resize: the guest is off"}}``; every status has a mapping.
    """
    return {
        status: {target: text for target, way in found.items() if (text := _condition(way))}
        for status, found in ways(catalog).items()
    }


def actions(way: tuple[Leg, ...]) -> tuple[str, ...]:
    """What has to be asked for on the way."""
    return tuple(leg.trigger for leg in way if not leg.waits)


@lru_cache(maxsize=8)
def ways(catalog: Catalog) -> Ways:
    """The routes with the waits and conditions on them."""
    succeeding = [e for e in edges(catalog) if e.outcome == "success" and e.source in catalog.statuses]
    graph = _graph(catalog, succeeding)
    asked: Asked = {}
    for edge in succeeding:
        asked.setdefault((edge.source, edge.trigger), []).append(edge)
    return {status: _from(graph, catalog, asked, status) for status in catalog.statuses}


def cost(catalog: Catalog, name: str, condition: bool) -> int:
    """What asking for the action ``name`` weighs; ``condition``: whether it depends on one. See the module's rule."""
    action = catalog.actions.get(name)
    admin = action is not None and action.policy.who not in OWNERS
    last = action is not None and action.last_resort
    return LAST_RESORT * last + ACTION + ADMIN * admin + CONDITION * condition


def _condition(way: tuple[Leg, ...]) -> str:
    return "; then ".join(f"{leg.trigger}: {'; or '.join(leg.when)}" for leg in way if leg.when)


def _graph(catalog: Catalog, succeeding: list[Edge]) -> nx.DiGraph:
    """Statuses as nodes; a passed status stands apart, as ``("passing", status)``, with no way on."""
    graph = nx.DiGraph()
    graph.add_nodes_from(catalog.statuses)
    order = list(catalog.actions)
    staying = {(edge.source, edge.trigger) for edge in succeeding if edge.source == edge.target}
    for edge in succeeding:
        if edge.kind == "action":
            action = catalog.actions.get(edge.trigger)
            last = action is not None and action.last_resort
            counts = edge.when is not None and (not last or (edge.source, edge.trigger) in staying)
            weight = cost(catalog, edge.trigger, counts)
            rank = order.index(edge.trigger) if edge.trigger in order else len(order)
            for target in _reached(catalog, edge):
                _keep_best(graph, edge.source, target, weight, rank, edge)
    for status, edge in _waits(catalog, succeeding).items():
        _keep_best(graph, status, edge.target, 0, 0, edge)
    return graph


def _reached(catalog: Catalog, edge: Edge) -> list[Node]:
    """The nodes that asking for the edge's action leads to."""
    return [edge.target, *(("passing", name) for name in edge.through if _transitional(catalog, name))]


def _waits(catalog: Catalog, succeeding: list[Edge]) -> dict[str, Edge]:
    """The edge along which each transitional status ends by itself."""
    ends: dict[str, Edge] = {}
    for edge in succeeding:
        for passed in edge.through:
            if _transitional(catalog, passed):
                ends.setdefault(passed, edge)
    for edge in succeeding:
        if edge.kind != "action" and _transitional(catalog, edge.source):
            ends.setdefault(edge.source, edge)
    return ends


def _transitional(catalog: Catalog, name: str | None) -> bool:
    status = catalog.statuses.get(name)
    return status is not None and status.kind is Kind.TRANSITIONAL


def _keep_best(graph: nx.DiGraph, source, target, weight: int, rank: int, edge: Edge) -> None:
    """Add the arrow unless a better one is there: lower weight, then lower rank."""
    if source == target:
        return
    if graph.has_edge(source, target):
        old = graph.edges[source, target]
        if (old["weight"], old["rank"]) <= (weight, rank):
            return
    graph.add_edge(source, target, weight=weight, rank=rank, edge=edge)


def _from(graph: nx.DiGraph, catalog: Catalog, asked: Asked, source: str) -> dict[str, tuple[Leg, ...]]:
    lengths, paths = nx.single_source_dijkstra(graph, source)
    found = {}
    for target in catalog.statuses:
        nodes = [node for node in (target, ("passing", target)) if node in paths]
        if nodes and target != source:
            path = paths[min(nodes, key=lambda node: lengths[node])]
            found[target] = tuple(_leg(graph, catalog, asked, path[i : i + 3]) for i in range(len(path) - 1))
    return found


def _leg(graph: nx.DiGraph, catalog: Catalog, asked: Asked, nodes: list[Node]) -> Leg:
    """The leg between the first two nodes; the third, if there is one, is where the route goes next."""
    source, target = nodes[:2]
    arrow = graph.edges[source, target]
    edge, waits = arrow["edge"], arrow["weight"] == 0
    here = asked[edge.source, edge.trigger]
    there = [each.when for each in here if target in _reached(catalog, each)]
    sure = len(there) == len(here) or (nodes[2:] and _alike(graph, catalog, asked, here, nodes[1:]))
    return Leg(edge.trigger, waits, () if sure or None in there else tuple(dict.fromkeys(there)))


def _alike(graph: nx.DiGraph, catalog: Catalog, asked: Asked, here: list[Edge], onward: list[Node]) -> bool:
    """Whether the next action leads on from every end of ``here``: then it does not matter which is reached."""
    trigger = graph.edges[onward[0], onward[1]]["edge"].trigger
    return all(
        any(onward[1] in _reached(catalog, edge) for edge in asked.get((end.target, trigger), ()))
        for end in here
    )
