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
   that depend on a condition (``when``), then the one whose action stands first in the facts.

A transitional status is also reached by the action that passes through it, but no route goes on from
there: which way it leads depends on the action.
"""

from __future__ import annotations

from itertools import pairwise

import networkx as nx

from .graph import Edge, edges
from .model import Catalog, Kind

Routes = dict[str, dict[str, list[str]]]

ACTION, ADMIN, CONDITION = 10_000, 100, 1
LAST_RESORT = 1_000_000
OWNERS = ("project reader", "project member")


def routes(catalog: Catalog) -> Routes:
    """From each status to each other one that can be reached, the actions to ask for, in order.

    ``{"SHELVED_OFFLOADED": {"ACTIVE": ["unshelve"]}}``; an empty list says: wait. Statuses stand in the
    order of the facts. A status that leads nowhere has an empty mapping.
    """
    graph = _graph(catalog)
    return {status: _from(graph, catalog, status) for status in catalog.statuses}


def cost(catalog: Catalog, name: str, condition: bool) -> int:
    """What asking for the action ``name`` weighs; see the module's rule."""
    action = catalog.actions.get(name)
    admin = action is not None and action.policy.who not in OWNERS
    last = action is not None and action.last_resort
    return LAST_RESORT * last + ACTION + ADMIN * admin + CONDITION * (condition and not last)


def _graph(catalog: Catalog) -> nx.DiGraph:
    """Statuses as nodes; a passed status stands apart, as ``("passing", status)``, with no way on."""
    graph = nx.DiGraph()
    graph.add_nodes_from(catalog.statuses)
    succeeding = [e for e in edges(catalog) if e.outcome == "success" and e.source in catalog.statuses]
    order = list(catalog.actions)
    for edge in succeeding:
        if edge.kind == "action":
            weight = cost(catalog, edge.trigger, edge.when is not None)
            rank = order.index(edge.trigger) if edge.trigger in order else len(order)
            for target in (edge.target, *(("passing", passed) for passed in edge.through)):
                _keep_best(graph, edge.source, target, weight, rank, edge.trigger)
    for status, target in _waits(catalog, succeeding).items():
        _keep_best(graph, status, target, 0, 0, "")
    return graph


def _waits(catalog: Catalog, succeeding: list[Edge]) -> dict[str, str]:
    """Where each transitional status ends by itself."""
    ends: dict[str, str] = {}
    for edge in succeeding:
        for passed in edge.through:
            if _transitional(catalog, passed):
                ends.setdefault(passed, edge.target)
    for edge in succeeding:
        if edge.kind != "action" and _transitional(catalog, edge.source):
            ends.setdefault(edge.source, edge.target)
    return ends


def _transitional(catalog: Catalog, name: str | None) -> bool:
    status = catalog.statuses.get(name)
    return status is not None and status.kind is Kind.TRANSITIONAL


def _keep_best(graph: nx.DiGraph, source, target, weight: int, rank: int, trigger: str) -> None:
    """Add the arrow unless a better one is there: lower weight, then lower rank."""
    if source == target:
        return
    if graph.has_edge(source, target):
        old = graph.edges[source, target]
        if (old["weight"], old["rank"]) <= (weight, rank):
            return
    graph.add_edge(source, target, weight=weight, rank=rank, trigger=trigger)


def _from(graph: nx.DiGraph, catalog: Catalog, source: str) -> dict[str, list[str]]:
    lengths, paths = nx.single_source_dijkstra(graph, source)
    found = {}
    for target in catalog.statuses:
        ends = [end for end in (target, ("passing", target)) if end in paths]
        if ends and target != source:
            path = paths[min(ends, key=lambda end: lengths[end])]
            triggers = (graph.edges[a, b]["trigger"] for a, b in pairwise(path))
            found[target] = [trigger for trigger in triggers if trigger]
    return found
