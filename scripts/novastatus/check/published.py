"""What was published once must stay."""

from __future__ import annotations

from collections.abc import Iterator

from ..addresses import permalinks
from ..model import Catalog
from ..problems import Problem, nearest

PERMALINKS = "data/permalinks.txt"


def listed(text: str) -> Iterator[tuple[int, str]]:
    """The addresses in the text of the file, each with its line."""
    for number, line in enumerate(text.splitlines(), start=1):
        address = line.strip()
        if address and not address.startswith("#"):
            yield number, address


def lost(catalog: Catalog, text: str) -> Iterator[Problem]:
    """Addresses that ``data/permalinks.txt`` promises and these facts no longer make."""
    made = permalinks(catalog)
    known = set(made)
    for number, address in listed(text):
        if address not in known:
            near = nearest(address, made)
            yield Problem(
                PERMALINKS, number, f"a published address must stay, {address!r} is no longer made{near}"
            )


def unlisted(catalog: Catalog, text: str) -> Iterator[Problem]:
    """Addresses that these facts make and ``data/permalinks.txt`` does not promise: all in one message."""
    known = {address for _, address in listed(text)}
    if new := [address for address in permalinks(catalog) if address not in known]:
        more = f" and {len(new) - 1} more" if len(new) > 1 else ""
        found = f"must list every address that is made, it lacks {new[0]!r}{more}: run `make permalinks`"
        yield Problem(PERMALINKS, 1, found)
