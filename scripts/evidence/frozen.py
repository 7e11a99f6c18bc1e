"""Copies of a running Nova's state that can be put back: SQLite databases and the stand-ins' plain attributes."""

from __future__ import annotations

import contextlib
import pickle
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field

PLAIN = (dict, list, set, tuple, str, int, float, bool, type(None))


@dataclass
class Snapshot:
    """databases: by name, a copy in memory. attributes: by owner, {attribute: its value pickled}."""

    databases: dict[str, sqlite3.Connection] = field(default_factory=dict)
    attributes: dict[str, dict[str, bytes]] = field(default_factory=dict)


class Frozen:
    """Takes and puts back the state of `databases` {name: sqlite3 connection} and `owners` {name: object}."""

    def __init__(self, databases: dict[str, sqlite3.Connection], owners: dict[str, object]) -> None:
        self.databases = databases
        self.owners = owners
        # Which copy a database equals, as long as its write counter stays the same.
        self._equals: dict[str, tuple[sqlite3.Connection, int]] = {}

    def take(self) -> Snapshot:
        snapshot = Snapshot()
        for name, connection in self.databases.items():
            snapshot.databases[name] = sqlite3.connect(":memory:", check_same_thread=False)
            connection.backup(snapshot.databases[name])
            self._equals[name] = (snapshot.databases[name], connection.total_changes)
        snapshot.attributes = {name: plain_attributes(owner) for name, owner in self.owners.items()}
        return snapshot

    def equal_after(self, name: str, write: Callable[[], object]) -> object:
        """Does a write that need not be put back: whoever calls it writes the same columns before every request."""
        copy_and_count = self._equals.get(name)
        clean = copy_and_count is not None and copy_and_count[1] == self.databases[name].total_changes
        result = write()
        if clean:
            self._equals[name] = (copy_and_count[0], self.databases[name].total_changes)
        return result

    def forget(self) -> None:
        """The next `put_back` copies every database, changed or not."""
        self._equals.clear()

    def put_back(self, snapshot: Snapshot) -> None:
        """Puts everything back. A database that equals its copy, nothing having been written, is left alone."""
        for name, connection in self.databases.items():
            if self._equals.get(name) != (snapshot.databases[name], connection.total_changes):
                snapshot.databases[name].backup(connection)
                self._equals[name] = (snapshot.databases[name], connection.total_changes)
        for name, owner in self.owners.items():
            for attribute, pickled in snapshot.attributes[name].items():
                if pickle.dumps(getattr(owner, attribute)) != pickled:
                    # Pickled anew, or equal values would look different for ever.
                    setattr(owner, attribute, pickle.loads(pickled))
                    snapshot.attributes[name][attribute] = pickle.dumps(getattr(owner, attribute))


def plain_attributes(owner: object) -> dict[str, bytes]:
    """The attributes that hold plain values, pickled; those of the fixture machinery (and locks) left out."""
    found = {}
    for attribute, value in vars(owner).items():
        if isinstance(value, PLAIN) and attribute not in {"_details", "_detail_sources"}:
            with contextlib.suppress(Exception):
                found[attribute] = pickle.dumps(value)
    return found
