"""What the pages are written from: the facts, and what is worked out of them once a build."""

from __future__ import annotations

import re
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property, partial

from jinja2 import Environment

from . import figures
from .compare import Leaf, compare, marks
from .compare.totals import Marks
from .evidence import Evidence
from .figures import Figure
from .graph import Edge, edges
from .guards import Verdict, on_servers, verdict
from .load import Lines, Loaded
from .model import Action, Catalog
from .pieces import Piece, address_of, pieces
from .render import environment
from .routes import Ways, ways
from .views import proof
from .views.measured import Measured, measured
from .views.unseen import Unseen, unseen, unseen_sources

TALL = 700
"""Pixels: a drawing above this is folded away, so that what one can do stands on the first screen."""


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
        env = environment(self.catalog)
        env.globals["basis"] = partial(proof.basis, self.marks)
        env.globals["unseen"] = lambda name, way: unseen_sources(self.unseen, name, way, way.source)
        env.globals["source_of"] = lambda line: address_of(line, self.pieces)
        return env

    @cached_property
    def pieces(self) -> list[Piece]:
        """The text of the facts, section by section."""
        return pieces(self.loaded)

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """All transitions, one for each status they start from, with whether each was seen in a run."""
        unseen = self.unseen
        return tuple(
            replace(edge, seen=not unseen_sources(unseen, edge.trigger, edge, [edge.source]))
            for edge in edges(self.catalog)
        )

    @cached_property
    def unseen(self) -> Unseen:
        """The transitions that no run showed."""
        return unseen(self.catalog, self.leaves)

    @cached_property
    def ways(self) -> Ways:
        """The fewest actions from each status to each other."""
        return ways(self.catalog)

    @cached_property
    def leaves(self) -> list[Leaf]:
        """Every checkable fact with what the evidence says of it."""
        return compare(self.catalog, self.evidence)

    @cached_property
    def measured(self) -> Measured:
        """What running Novas of several releases answered differently."""
        return measured(self.evidence)

    @cached_property
    def marks(self) -> Marks:
        """How each group of facts is known, by what they are about."""
        return marks(self.leaves)

    @cached_property
    def matrix(self) -> list[tuple[Action, list[Verdict]]]:
        """Each action on an existing server, with the answer of every status."""
        return [
            (action, [verdict(self.catalog, action, status) for status in self.catalog.statuses])
            for action in on_servers(self.catalog)
        ]

    @cached_property
    def life_cycle(self) -> Figure:
        """The whole graph."""
        return figures.life_cycle(self.catalog)

    @cached_property
    def near(self) -> Future[dict[str, tuple[str, str]]]:
        """The small graphs, by status, begun when this is first asked for.

        Graphviz is a process of its own: it draws while Python does something else.
        """
        beside = ThreadPoolExecutor(max_workers=1)
        begun = beside.submit(_near, self.catalog)
        beside.shutdown(wait=False)
        return begun

    def neighbourhood(self, status: str) -> str:
        """The small graph of a status as HTML: one drawing for wide windows and one for narrow ones."""
        wide, narrow = self.near.result()[status]
        drawings = f'<div class="near-wide">{wide}</div>\n<div class="near-narrow">{narrow}</div>'
        if _height(wide) <= TALL:
            return f'<figure class="near">\n{drawings}\n</figure>'
        return f'<details class="near">\n<summary>The graph around {status}</summary>\n{drawings}\n</details>'


def _near(catalog: Catalog) -> dict[str, tuple[str, str]]:
    """The small graph of each status as SVG, for wide windows and for narrow ones."""
    statuses, widths = catalog.statuses, (False, True)
    every = [
        figures.neighbourhood(catalog, status, narrow=narrow) for status in statuses for narrow in widths
    ]
    drawings = [svg.decode() for svg in figures.drawn(every)]
    return dict(zip(statuses, zip(drawings[::2], drawings[1::2], strict=True), strict=True))


def _height(svg: str) -> float:
    """The height of a drawing in pixels, from its viewBox."""
    found = re.search(r'viewBox="[\d.-]+ [\d.-]+ [\d.]+ ([\d.]+)"', svg)
    return float(found[1]) if found else 0
