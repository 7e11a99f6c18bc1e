"""The evidence laid out for the comparison: what holds in the newest release, by the names of this project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..evidence import Evidence, releases
from ..states import Pair
from .runs import Move, ends, moves
from .unfold import Entry, answers, lets, shown


@dataclass
class Record:
    """The evidence of all releases, with what the newest one says worked out once."""

    evidence: Evidence
    _now: dict[tuple[str, str], list[Entry]] = field(default_factory=dict)
    _index: dict[tuple[str, str, str], dict[Any, list[Entry]]] = field(default_factory=dict)
    _coded: dict[tuple[str, ...], frozenset[Pair]] = field(default_factory=dict)

    def indexed(self, topic: str, section: str, key: str) -> dict[Any, list[Entry]]:
        """The entries of `now` by the value of ``key``."""
        name = (topic, section, key)
        if name not in self._index:
            found: dict[Any, list[Entry]] = defaultdict(list)
            for entry in self.now(topic, section):
                found[entry[key]].append(entry)
            self._index[name] = dict(found)
        return self._index[name]

    @cached_property
    def nova(self) -> str:
        """The newest version that was harvested."""
        return self.evidence.harvest["releases"]["nova"][-1]

    @property
    def release(self) -> int:
        """Its release."""
        return int(self.nova.partition(".")[0])

    def now(self, topic: str, section: str) -> list[Entry]:
        """The harvested entries that hold in the newest release."""
        key = (topic, section)
        if key not in self._now:
            entries = self.all(topic, section)
            self._now[key] = [entry for entry in entries if self.release in releases(entry["releases"])]
        return self._now[key]

    def all(self, topic: str, section: str) -> list[Entry]:
        """The harvested entries of all releases."""
        return self.evidence.harvest.get(topic, {}).get(section, [])

    def probed(self, part: str) -> Mapping[str, Any]:
        """What was recorded from a running Nova of the newest release; empty if nothing was."""
        return self.evidence.probe.get(str(self.release), {}).get(part, {})

    def where(self, part: str, key: str) -> str:
        """The name of a record of the probe."""
        return f"probe/{self.release}/{part}.json {key}"

    @cached_property
    def vm_states(self) -> list[str]:
        """Every vm_state of the newest release, as its code has them."""
        return [entry["value"] for entry in self.now("task_states", "vm_states")]

    @cached_property
    def task_states(self) -> list[str | None]:
        """Every task_state of the newest release, none at all first."""
        return [None, *(entry["value"] for entry in self.now("task_states", "task_states"))]

    @cached_property
    def shown(self) -> dict[Pair, str]:
        """The status of each pair: as a running Nova showed it, else as its code derives it."""
        probed = self.probed("derivation")
        if probed:
            return shown(probed)
        named = {(e["vm_state"], e["task_state"]): e["status"] for e in self.now("state_map", "pairs")}
        return {
            (vm_state, task): named.get((vm_state, task)) or named.get((vm_state, "default"), "UNKNOWN")
            for vm_state in self.vm_states
            for task in self.task_states
        }

    @cached_property
    def answers(self) -> dict[str, dict[str, dict[Pair, Entry]]]:
        """By action and section of the probe, the answer in each pair that was asked."""
        return answers(self.probed("guards"))

    @cached_property
    def pairs(self) -> list[Pair]:
        """Every pair of the newest release."""
        return [(vm_state, task) for vm_state in self.vm_states for task in self.task_states]

    def coded(self, methods: tuple[str, ...]) -> frozenset[Pair]:
        """The pairs that the decorators of all these methods of the compute API let through."""
        if methods not in self._coded:
            guards = self.indexed("guards", "guards", "method")
            entries = [entry for method in methods for entry in guards.get(method, ())]
            self._coded[methods] = frozenset(
                p for p in self.pairs if all(lets(p, entry) for entry in entries)
            )
        return self._coded[methods]

    @cached_property
    def moves(self) -> list[Move]:
        """Every recorded way of a server from one status to another."""
        return list(moves(self.probed("transitions"), self.shown, f"probe/{self.release}/transitions.json"))

    @cached_property
    def demanded(self) -> list[Move]:
        """The ways that the facts must tell, each once, with the first record that shows it."""
        found: dict[object, Move] = {}
        for move in self.moves:
            if not move.beside:
                found.setdefault((move.trigger, move.source, move.through, move.to, move.outcomes), move)
        return list(found.values())

    @cached_property
    def moves_of(self) -> dict[str, list[Move]]:
        """The ways by the action or trigger that starts them."""
        found: dict[str, list[Move]] = defaultdict(list)
        for move in self.moves:
            found[move.trigger].append(move)
        return found

    @cached_property
    def ends(self) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
        """By status a record that shows it: as an end with no task left, on the way, and as an end after which
        the API answers 404."""
        return ends(self.probed("transitions"), f"probe/{self.release}/transitions.json")

    @cached_property
    def operations(self) -> dict[str, Entry]:
        """The controller methods of the API in the newest release, by name."""
        return {entry["operation"]: entry for entry in self.now("responses", "operations")}

    @cached_property
    def levels(self) -> dict[tuple[str, str], dict[int, str]]:
        """The level that the support matrix gives an operation and a column, by release; no cell: unknown."""
        found: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
        for entry in self.all("support_matrix", "support"):
            for release in releases(entry["releases"]):
                found[entry["operation"], entry["driver"]][release] = entry["level"] or "unknown"
        return found

    def spans(self, topic: str, section: str, *keys: str) -> dict[tuple[Any, ...], dict[int, Entry]]:
        """Harvested entries by the values of ``keys`` and by release."""
        found: dict[tuple[Any, ...], dict[int, Entry]] = defaultdict(dict)
        for entry in self.all(topic, section):
            for release in releases(entry["releases"]):
                found[tuple(entry[key] for key in keys)][release] = entry
        return found

    @cached_property
    def driver_methods(self) -> dict[tuple[Any, ...], dict[int, Entry]]:
        """What a driver overrides, by (driver, method) and release."""
        return self.spans("drivers", "methods", "driver", "method")

    @cached_property
    def flags(self) -> dict[tuple[Any, ...], dict[int, Entry]]:
        """Capabilities by (driver, flag) and release; ``(default)`` for drivers that name none."""
        return self.spans("drivers", "capabilities", "driver", "flag")

    @cached_property
    def folders(self) -> dict[tuple[Any, ...], dict[int, Entry]]:
        """The folders of drivers, by (name,) and release."""
        return self.spans("drivers", "drivers", "driver")

    @cached_property
    def columns(self) -> dict[tuple[Any, ...], dict[int, Entry]]:
        """The columns of the support matrix, by (name,) and release."""
        return self.spans("support_matrix", "drivers", "driver")
