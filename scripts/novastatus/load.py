"""From a YAML file to a `Catalog`, with the line of every value kept for the messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from .model import Catalog
from .problems import DataError, Problem, nearest

Loc = tuple[str | int, ...]
DEFAULT_PATH = "data/statuses.yaml"


@dataclass
class Lines:
    """Where each value stands: ``at(("statuses", "ACTIVE", "kind"))`` is its line, counted from 1."""

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


@dataclass(frozen=True)
class Loaded:
    """The facts, where they stand, and the text they were read from."""

    catalog: Catalog
    lines: Lines
    text: str


def load(path: str | Path = DEFAULT_PATH) -> Loaded:
    """Read the facts from the file at ``path``.

    Raises `DataError` with every structural problem: no file, another encoding, bad YAML, duplicate
    names, wrong types. What the facts mean is left to `check`.
    """
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise DataError([Problem(str(path), 1, f"cannot be read: {error.strerror}")]) from error
    return loads(raw, str(path))


def loads(raw: bytes, path: str = DEFAULT_PATH) -> Loaded:
    """Like `load`, from bytes."""
    text = _decode(raw, path)
    lines = Lines(path)
    data, duplicates = _read(text, lines)
    try:
        catalog = Catalog.model_validate(data)
    except ValidationError as error:
        raise DataError([*duplicates, *map(lambda e: _explain(e, lines), error.errors())]) from None
    if duplicates:
        raise DataError(duplicates)
    return Loaded(catalog, lines, text)


def _decode(raw: bytes, path: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        byte = raw[error.start]
        raise DataError([Problem(path, line, f"must be UTF-8, found the byte 0x{byte:02x}; save it as UTF-8")]) from None


def _read(text: str, lines: Lines) -> tuple[Any, list[Problem]]:
    yaml = YAML(typ="safe", pure=True)
    try:
        root = yaml.compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(filter(None, (error.context, error.problem)))
        raise DataError([Problem(lines.path, mark.line + 1 if mark else 1, f"must be YAML: {what}")]) from None
    except ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise DataError([Problem(lines.path, line, f"must be YAML: {error.reason}")]) from None
    if root is None:
        raise DataError([Problem(lines.path, 1, "must hold the facts, but the file is empty")])
    duplicates: list[Problem] = []
    return _construct(root, (), lines, duplicates, yaml.constructor), duplicates


def _construct(node: Node, loc: Loc, lines: Lines, duplicates: list[Problem], constructor: Any) -> Any:
    """Plain data from a YAML node; notes lines, and keys that stand twice, on the way."""
    lines.known.setdefault(loc, node.start_mark.line + 1)
    if isinstance(node, ScalarNode):
        return constructor.construct_object(node)
    if isinstance(node, SequenceNode):
        return [_construct(item, (*loc, i), lines, duplicates, constructor) for i, item in enumerate(node.value)]
    assert isinstance(node, MappingNode)
    result: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = constructor.construct_object(key_node)
        line = key_node.start_mark.line + 1
        if key in result:
            first = lines.known[(*loc, key)]
            duplicates.append(Problem(lines.path, line, f"each name must stand once, {key!r} stands at line {first} too"))
            continue
        lines.known[(*loc, key)] = line
        result[key] = _construct(value_node, (*loc, key), lines, duplicates, constructor)
    return result


def _explain(error: Any, lines: Lines) -> Problem:
    """A pydantic error in our words, at the line it is about."""
    loc = _plain_loc(error["loc"], lines)
    context = error.get("ctx", {})
    value = error["input"]
    name = ".".join(map(str, loc)) or "the file"
    match error["type"]:
        case "missing":
            message = f"{name} must be given"
        case "extra_forbidden":
            siblings = _fields(loc, error["loc"])
            message = f"{name} is no key of this section{nearest(loc[-1], siblings)}"
        case "literal_error" | "enum":
            expected = str(context["expected"])
            message = f"{name} must be {expected}, not {value!r}{nearest(value, expected.replace(' or ', ', ').replace(chr(39), '').split(', '))}"
        case "value_error":
            message = str(context["error"])
        case _:
            message = f"{name}: {error['msg'][0].lower()}{error['msg'][1:]}, not {value!r:.60}"
    return lines.problem(loc, message)


def _plain_loc(loc: Loc, lines: Lines) -> Loc:
    """``loc`` without the names that pydantic adds for the members of a union."""
    plain: Loc = ()
    for step in loc:
        if (*plain, step) in lines.known or not str(step).startswith(("list[", "literal[", "dict[", "str", "int", "bool", "none", "function-")):
            plain = (*plain, step)
    return plain


def _fields(loc: Loc, raw: Loc) -> list[str]:
    """The keys that the section around ``loc`` may have."""
    model: Any = Catalog
    for step in loc[:-1]:
        if hasattr(model, "model_fields") and step in model.model_fields:
            model = _inner_model(model.model_fields[step].annotation) or model
    return [info.alias or key for key, info in getattr(model, "model_fields", {}).items() if key != "name"]


def _inner_model(annotation: Any) -> Any:
    """The model inside ``dict[str, Model]``, ``list[Model]`` or ``Model | None``; none if there is none."""
    if hasattr(annotation, "model_fields"):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if found := _inner_model(argument):
            return found
    return None
