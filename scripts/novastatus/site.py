"""What the pages are written from: the facts, and what is worked out of them once a build."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from jinja2 import Environment

from .evidence import Evidence
from .graph import Edge, edges
from .guards import Verdict, on_servers, verdict
from .load import Lines, Loaded
from .model import Action, Catalog
from .render import environment
from .routes import Routes, routes


@dataclass(frozen=True)
class Site:
    """The facts of one build."""

    loaded: Loaded

    @property
    def catalog(self) -> Catalog:
        """The facts."""
        return self.loaded.catalog

    @property
    def lines(self) -> Lines:
        """Where they stand."""
        return self.loaded.lines

    @property
    def evidence(self) -> Evidence:
        """What was recorded of Nova."""
        return self.loaded.evidence

    @cached_property
    def templates(self) -> Environment:
        """Jinja, knowing the facts."""
        return environment(self.catalog)

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """All transitions, one for each status they start from."""
        return edges(self.catalog)

    @cached_property
    def routes(self) -> Routes:
        """The fewest actions from each status to each other."""
        return routes(self.catalog)

    @cached_property
    def matrix(self) -> list[tuple[Action, list[Verdict]]]:
        """Each action on an existing server, with the answer of every status."""
        return [
            (action, [verdict(self.catalog, action, status) for status in self.catalog.statuses])
            for action in on_servers(self.catalog)
        ]

    @cached_property
    def life_cycle(self) -> str:
        """The whole graph, as HTML."""
        return ""

    def neighbourhood(self, status: str) -> str:
        """The small graph of a status, as HTML."""
        return ""
