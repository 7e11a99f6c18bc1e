"""From bytes to plain data, with the line of every value kept for the messages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.reader import ReaderError

from .problems import DataError, Problem

Loc = tuple[str | int, ...]
"""Where a value stands: the keys and indexes that lead to it."""
TAG = "tag:yaml.org,2002:"
MERGE = TAG + "merge"
# What a plain scalar stands for, as the core schema of YAML 1.2 says: `no` and `on` are words, 012 is twelve.
PLAIN: dict[str, tuple[str, Callable[[str], Any]]] = {
    "null": (r"~|null|Null|NULL|", lambda _: None),
    "bool": (r"true|True|TRUE|false|False|FALSE", lambda text: text.lower() == "true"),
    "int": (r"[-+]?[0-9]+", int),
    "float": (r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", float),
    "merge": (r"<<", str),
}
SCALARS = {TAG + "str": str} | {TAG + name: value for name, (_, value) in PLAIN.items()}


class _Core(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """libyaml's parser, some twenty times as fast as one in Python, with YAML 1.2's plain scalars."""

    yaml_implicit_resolvers: ClassVar[dict] = {}


for _name, (_pattern, _) in PLAIN.items():
    _Core.add_implicit_resolver(TAG + _name, re.compile(rf"^(?:{_pattern})$"), None)


@dataclass
class Lines:
    """The line of each value: ``at(("statuses", "ACTIVE", "kind"))``, counted from 1."""

    path: str
    known: dict[Loc, int] = field(default_factory=dict)

    def at(self, loc: Loc) -> int:
        """The line of the value at ``loc``, or of the nearest thing around it."""
        while loc and loc not in self.known:
            loc = loc[:-1]
        return self.known.get(loc, 1)

    def problem(self, loc: Loc, message: str) -> Problem:
        """A `Problem` that points at ``loc``."""
        return Problem(self.path, self.at(loc), message)


def decode(raw: bytes, path: str) -> str:
    """The text of a file; raises `DataError` with the line that is not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        found = f"must be UTF-8, found the byte 0x{raw[error.start]:02x}; save it as UTF-8"
        raise DataError([Problem(path, line, found)]) from None


def read(text: str, lines: Lines) -> tuple[Any, list[Problem]]:
    """The data of some YAML, and its duplicate keys; fills ``lines``. Raises `DataError` if it is no YAML."""
    try:
        root = _Core(text).get_single_node()
        if root is None:
            raise DataError([Problem(lines.path, 1, "must hold the facts, but the file is empty")])
        builder = _Builder(lines)
        return builder.build(root, ()), builder.duplicates
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(filter(None, (error.context, error.problem)))
        raise DataError(
            [Problem(lines.path, mark.line + 1 if mark else 1, f"must be YAML: {what}")]
        ) from None
    except ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise DataError([Problem(lines.path, line, f"must be YAML: {error.reason}")]) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise DataError([Problem(lines.path, 1, f"must be YAML: {error}")]) from None


@dataclass
class _Builder:
    """Plain data from YAML nodes; notes lines, and keys that stand twice, on the way."""

    lines: Lines
    duplicates: list[Problem] = field(default_factory=list)

    def build(self, node: Node, loc: Loc) -> Any:
        self.lines.known.setdefault(loc, node.start_mark.line + 1)
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        if isinstance(node, SequenceNode):
            return [self.build(item, (*loc, i)) for i, item in enumerate(node.value)]
        assert isinstance(node, MappingNode)
        return self._mapping(node, loc)

    def _mapping(self, node: MappingNode, loc: Loc) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        merged: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            if key_node.tag == MERGE:
                merged |= self.build(value_node, (*loc, "<<"))
                continue
            key = self._key(key_node)
            line = key_node.start_mark.line + 1
            if key in result:
                first = self.lines.known[(*loc, key)]
                found = f"each name must stand once, {key!r} stands at line {first} too"
                self.duplicates.append(Problem(self.lines.path, line, found))
                continue
            self.lines.known[(*loc, key)] = line
            result[key] = self.build(value_node, (*loc, key))
        return merged | result

    def _key(self, node: Node) -> Any:
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        raise DataError([Problem(self.lines.path, node.start_mark.line + 1, "a name must be a plain text")])

    def _scalar(self, node: ScalarNode) -> Any:
        if node.tag in SCALARS:
            return SCALARS[node.tag](node.value)
        found = f"must be YAML: there is nothing that {node.tag.replace(TAG, '!!')} stands for here"
        raise DataError([Problem(self.lines.path, node.start_mark.line + 1, found)])
