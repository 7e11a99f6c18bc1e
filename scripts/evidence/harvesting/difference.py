"""A readable difference between two harvests of one topic."""

from __future__ import annotations

import json
from typing import Any

from .spans import PLACE, canonical, releases_list, releases_text

Content = dict[str, Any]


def differences(old: Content | None, new: Content) -> list[str]:
    """One line for each entry that appeared, went away or holds for other releases; empty when nothing changed."""
    name = new["topic"]
    if old is None:
        return [f"{name}: recorded for the first time"]
    lines: list[str] = []
    for part in sorted(old.keys() | new.keys()):
        before, after = old.get(part), new.get(part)
        if before == after:
            continue
        if is_entries(before) and is_entries(after):
            lines += [f"{name}.{part}: {line}" for line in entry_lines(before, after)]
        else:
            lines.append(f"{name}.{part}: was {shown(before)}, now {shown(after)}")
    return lines


def is_entries(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def entry_lines(before: list[Content], after: list[Content]) -> list[str]:
    """Entries are the same fact when all but their releases and their line number agree."""
    old, new = by_fact(before), by_fact(after)
    lines: list[str] = []
    for fact in sorted(old.keys() | new.keys()):
        gone = sorted(old.get(fact, set()) - new.get(fact, set()))
        come = sorted(new.get(fact, set()) - old.get(fact, set()))
        text = shown(json.loads(fact))
        if come:
            lines.append(f"+ {text}{in_releases(come)}")
        if gone:
            lines.append(f"- {text}{in_releases(gone)}")
    return lines or ["only line numbers or the order of entries differ"]


def by_fact(entries: list[Content]) -> dict[str, set[int]]:
    facts: dict[str, set[int]] = {}
    for entry in entries:
        rest = {key: value for key, value in entry.items() if key not in ("releases", PLACE)}
        span = entry.get("releases")
        # Outside spans (releases.json) an entry simply is there or not: one made-up release stands for "there".
        facts.setdefault(canonical(rest), set()).update(releases_list(span) if span else [0])
    return facts


def in_releases(numbers: list[int]) -> str:
    if numbers == [0]:
        return ""
    text = releases_text(numbers)
    return f"  [{text if isinstance(text, str) else ', '.join(text)}]"


def shown(value: Any) -> str:
    """{"vm_state": "active", "status": "ACTIVE"} -> vm_state=active status=ACTIVE"""
    if isinstance(value, dict):
        return " ".join(
            f"{key}={item if isinstance(item, str) else canonical(item)}" for key, item in value.items()
        )
    return value if isinstance(value, str) else canonical(value)
