"""What changed from one release to the next, read from harvested entries and the releases they hold in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .evidence import releases

Entry = dict[str, Any]
PLACES = frozenset({"releases", "last_line", "digest"})
"""Fields that say where an entry stands, not what it says."""


@dataclass(frozen=True)
class Change:
    """One thing that is not the same in ``release`` as in the release before."""

    release: int
    key: str
    before: Entry | None
    """None: it came with the release."""
    after: Entry | None
    """None: it is gone from the release on."""


def timeline(entries: Iterable[Entry], key: Callable[[Entry], str]) -> dict[str, dict[int, Entry]]:
    """By key, the entry that holds in each release, without the fields that only say where it stands."""
    found: dict[str, dict[int, Entry]] = {}
    for entry in entries:
        said = {name: value for name, value in entry.items() if name not in PLACES}
        for release in releases(entry["releases"]):
            found.setdefault(key(entry), {})[release] = said
    return found


def changes(entries: Iterable[Entry], key: Callable[[Entry], str], last: int) -> Iterator[Change]:
    """Every change up to the release ``last``, by key and then by release.

    What is there in the first release of all has no change of its own there.
    """
    found = timeline(entries, key)
    first = min((min(held) for held in found.values()), default=last)
    for name, held in found.items():
        for release in range(first + 1, last + 1):
            before, after = held.get(release - 1), held.get(release)
            # An entry that holds on is the same one: no need to look into it.
            if before is not after and before != after:
                yield Change(release, name, before, after)
