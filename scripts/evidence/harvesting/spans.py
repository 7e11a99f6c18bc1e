"""Facts of single releases put together: one entry for all the releases in which it is the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

Entry = dict[str, Any]
# Where a fact stands changes with every release without the fact changing: kept from the newest one only.
PLACE = "last_line"


def releases_text(numbers: Iterable[int]) -> str | list[str]:
    """[15, 16, 17, 20] -> ["15-17", "20"]; a single run is a plain string: "15-34" or "23"."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    texts = [str(a) if a == b else f"{a}-{b}" for a, b in runs]
    return texts[0] if len(texts) == 1 else texts


def releases_list(text: str | list[str]) -> list[int]:
    """The opposite of `releases_text`."""
    found: list[int] = []
    for run in [text] if isinstance(text, str) else text:
        first, _, last = run.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def canonical(value: Any) -> str:
    """One spelling for equal values; also an order for values of mixed types."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def merge(per_release: Mapping[int, Iterable[Entry]], by: tuple[str, ...]) -> list[Entry]:
    """Entries equal in several releases become one with "releases"; sorted by the fields `by`, then by release."""
    seen: dict[str, Entry] = {}
    numbers: dict[str, list[int]] = {}
    for number in sorted(per_release):
        for entry in per_release[number]:
            same = canonical({key: value for key, value in entry.items() if key != PLACE})
            seen[same] = entry
            numbers.setdefault(same, []).append(number)
    merged = [{**entry, "releases": releases_text(numbers[same])} for same, entry in seen.items()]
    return sorted(
        merged, key=lambda e: ([canonical(e.get(k)) for k in by], releases_list(e["releases"]), canonical(e))
    )
