"""From bytes to plain data, with the line of every value kept for the messages."""

from __future__ import annotations

import math
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


def _finite(text: str) -> float:
    """A number that JSON can hold."""
    if math.isinf(number := float(text)):
        raise ValueError
    return number


# What a plain scalar stands for, as the core schema of YAML 1.2 says: `no` and `on` are words, 012 is twelve.
PLAIN: dict[str, tuple[str, Callable[[str], Any], str]] = {
    "null": (r"~|null|Null|NULL|", lambda _: None, "null"),
    "bool": (r"true|True|TRUE|false|False|FALSE", lambda text: text.lower() == "true", "true or false"),
    "int": (r"[-+]?[0-9]+", int, "a whole number that a computer can hold"),
    "float": (
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?",
        _finite,
        "a number that a computer can hold",
    ),
    "merge": (r"<<", str, "<<"),
}
"""By tag: how it is written, what it is read as, and in words what it must be."""
COLLECTIONS = {TAG + "map", TAG + "seq"}


class _Core(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """libyaml's parser, some twenty times as fast as one in Python, with YAML 1.2's plain scalars."""

    yaml_implicit_resolvers: ClassVar[dict] = {}


for _name, (_pattern, _, _) in PLAIN.items():
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
    """The data of some YAML, and what is wrong with single values; fills ``lines``.

    Raises `DataError` if it is no YAML at all.
    """
    try:
        root = _Core(text).get_single_node()
        if root is None:
            raise DataError([Problem(lines.path, 1, "must hold the facts, but the file is empty")])
        builder = _Builder(lines)
        return builder.build(root, ()), builder.problems
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
    """Plain data from YAML nodes; notes lines on the way, and values that cannot be read or stand twice."""

    lines: Lines
    problems: list[Problem] = field(default_factory=list)

    def build(self, node: Node, loc: Loc) -> Any:
        self.lines.known.setdefault(loc, node.start_mark.line + 1)
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        if node.tag not in COLLECTIONS:
            self._unknown_tag(node)
        if isinstance(node, SequenceNode):
            return [self.build(item, (*loc, i)) for i, item in enumerate(node.value)]
        assert isinstance(node, MappingNode)
        return self._mapping(node, loc)

    def _mapping(self, node: MappingNode, loc: Loc) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        merged: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            if key_node.tag == MERGE:
                merged |= self._merged(key_node, value_node, loc)
                continue
            key = self._key(key_node)
            if key in result:
                first = self.lines.known[(*loc, key)]
                self._report(key_node, f"each name must stand once, {key!r} stands at line {first} too")
                continue
            self.lines.known[(*loc, key)] = key_node.start_mark.line + 1
            result[key] = self.build(value_node, (*loc, key))
        return merged | result

    def _merged(self, key: Node, value: Node, loc: Loc) -> dict[Any, Any]:
        """What ``<<`` takes over."""
        if isinstance(value, MappingNode):
            return self.build(value, (*loc, "<<"))
        self._report(key, "'<<' must take over one mapping, as in '<<: *name', not a list or a single value")
        return {}

    def _key(self, node: Node) -> Any:
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        raise DataError([Problem(self.lines.path, node.start_mark.line + 1, "a name must be a plain text")])

    def _scalar(self, node: ScalarNode) -> Any:
        """What a scalar stands for; its text where it stands for nothing."""
        name = node.tag.removeprefix(TAG)
        if name in PLAIN:
            pattern, value, words = PLAIN[name]
            try:
                if re.fullmatch(pattern, node.value):
                    return value(node.value)
            except ValueError:
                pass  # too large
            self._report(node, f"must be {words}, as it is an !!{name}, not {_short(node.value)}")
        elif name != "str":
            self._unknown_tag(node)
        return node.value

    def _unknown_tag(self, node: Node) -> None:
        tag = node.tag.replace(TAG, "!!")
        self._report(node, f"must be YAML: there is nothing that {tag} stands for here")

    def _report(self, node: Node, message: str) -> None:
        self.problems.append(Problem(self.lines.path, node.start_mark.line + 1, message))


def _short(text: str) -> str:
    """A text in a message, the beginning of a long one."""
    return repr(text) if len(text) <= 40 else f"{text[:40]!r}… ({len(text)} characters)"
