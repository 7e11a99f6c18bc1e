"""What the pages are written from: the facts, and what is worked out of them once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from jinja2 import Environment

from .load import Lines, Loaded
from .model import Catalog
from .render import environment


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

    @cached_property
    def templates(self) -> Environment:
        """Jinja, knowing the facts."""
        return environment(self.catalog)
