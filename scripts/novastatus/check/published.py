"""What was published once must stay."""

from __future__ import annotations

from collections.abc import Iterator

from ..addresses import permalinks
from ..model import Catalog
from ..problems import Problem, nearest

PERMALINKS = "data/permalinks.txt"


def lost(catalog: Catalog, text: str) -> Iterator[Problem]:
    """Addresses that ``data/permalinks.txt`` promises and these facts no longer make."""
    made = permalinks(catalog)
    known = set(made)
    for number, line in enumerate(text.splitlines(), start=1):
        address = line.strip()
        if address and not address.startswith("#") and address not in known:
            near = nearest(address, made)
            yield Problem(
                PERMALINKS, number, f"a published address must stay, {address!r} is no longer made{near}"
            )
