"""What the facts must obey, beyond their types. Each rule is a generator of (place, message).

A rule looks at the whole catalog and yields every breach; it never stops at the first, and never
trusts that another rule has passed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

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
    if permalinks is not None:
        problems |= {*published.lost(loaded.catalog, permalinks)}
        problems |= {*published.unlisted(loaded.catalog, permalinks)}
    return sorted(problems)
