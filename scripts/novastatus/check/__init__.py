"""What the facts must obey, beyond their types. Each rule is a generator of (place, message).

A rule looks at the whole catalog and yields every breach; it never stops at the first, and never
trusts that another rule has passed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..load import Loaded
from ..model import Catalog
from ..problems import Problem
from ..reader import Loc
from . import holdings, life, names, prose, published, releases, states, support

Rule = Callable[[Catalog], Iterator[tuple[Loc, str]]]

RULES: tuple[Rule, ...] = (
    *releases.RULES,
    *names.RULES,
    *states.RULES,
    *holdings.RULES,
    *life.RULES,
    *support.RULES,
    *prose.RULES,
)


def check(loaded: Loaded, permalinks: str | None = None) -> list[Problem]:
    """Every problem of the facts, in the order of the lines.

    ``permalinks`` is the text of ``data/permalinks.txt``; without it, addresses are not held to it.
    """
    problems = {loaded.lines.problem(loc, message) for rule in RULES for loc, message in rule(loaded.catalog)}
    problems |= set(_lost(loaded.catalog, permalinks))
    return sorted(problems)


def _lost(catalog: Catalog, permalinks: str | None) -> Iterable[Problem]:
    return () if permalinks is None else published.lost(catalog, permalinks)
