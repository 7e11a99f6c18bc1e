"""Copies of a running Nova's state that can be put back: SQLite databases and the stand-ins' plain attributes."""

from __future__ import annotations

import copy
import sqlite3
from dataclasses import dataclass, field

PLAIN = (dict, list, set, tuple, str, int, float, bool, type(None))


@dataclass
class Snapshot:
    """databases: by name, a copy in memory. attributes: by owner, {attribute: copy}. changes: write counters."""

    databases: dict[str, sqlite3.Connection] = field(default_factory=dict)
    attributes: dict[str, dict] = field(default_factory=dict)
    changes: dict[str, int] = field(default_factory=dict)


class Frozen:
    """Takes and puts back the state of `databases` {name: sqlite3 connection} and `owners` {name: object}."""

    def __init__(self, databases: dict[str, sqlite3.Connection], owners: dict[str, object]) -> None:
        self.databases = databases
        self.owners = owners

    def take(self) -> Snapshot:
        snapshot = Snapshot()
        for name, connection in self.databases.items():
            snapshot.databases[name] = sqlite3.connect(":memory:", check_same_thread=False)
            connection.backup(snapshot.databases[name])
            snapshot.changes[name] = connection.total_changes
        snapshot.attributes = {name: plain_attributes(owner) for name, owner in self.owners.items()}
        return snapshot

    def put_back(self, snapshot: Snapshot) -> None:
        """Puts everything back. A database in which nothing was written since is left alone."""
        for name, connection in self.databases.items():
            if connection.total_changes != snapshot.changes[name]:
                snapshot.databases[name].backup(connection)
                snapshot.changes[name] = connection.total_changes
        for name, owner in self.owners.items():
            for attribute, value in snapshot.attributes[name].items():
                if getattr(owner, attribute) != value:
                    setattr(owner, attribute, copy.deepcopy(value))


def plain_attributes(owner: object) -> dict:
    """A deep copy of the attributes that hold plain values and can be copied."""
    found = {}
    for attribute, value in vars(owner).items():
        if isinstance(value, PLAIN):
            try:
                found[attribute] = copy.deepcopy(value)
            except Exception:  # noqa: BLE001 (locks, sockets: not state a request changes)
                continue
    return found
