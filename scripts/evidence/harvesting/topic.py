"""What a reader of one topic hands back for one release."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .names import Names
from .source import Source
from .spans import Entry, merge


@dataclass
class Facts:
    """Lists of entries by name, and what could not be read: entries with "where" and "what"."""

    lists: dict[str, list[Entry]] = field(default_factory=dict)
    unread: list[Entry] = field(default_factory=list)

    def add(self, part: str, /, **entry: Any) -> None:
        """Put an entry into one of the topic's lists."""
        self.lists.setdefault(part, []).append(entry)

    def miss(self, where: str, what: str) -> None:
        """Note something that was there and could not be read."""
        self.unread.append({"where": where, "what": " ".join(what.split())[:160]})


@dataclass(frozen=True)
class Topic:
    """One file of the harvest: how it is read, and by which fields its lists are sorted."""

    name: str
    method: str
    read: Callable[[Source, Names], Facts]
    by: Mapping[str, tuple[str, ...]]


def assemble(topic: Topic, versions: list[str], per_release: Mapping[int, Facts]) -> dict[str, Any]:
    """The file's content: versions, method, each list with releases, and what was unread."""
    made: dict[str, Any] = {"topic": topic.name, "nova": versions, "method": topic.method}
    for name, by in topic.by.items():
        made[name] = merge({n: facts.lists.get(name, []) for n, facts in per_release.items()}, by)
    made["unread"] = merge({n: facts.unread for n, facts in per_release.items()}, ("where", "what"))
    return made
