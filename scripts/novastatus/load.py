"""From a YAML file to a `Catalog`, with the line of every value kept for the messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from .evidence import Evidence
from .model import SHAPES, Catalog
from .problems import DataError, Problem, nearest
from .reader import Lines, Loc, decode, read

DEFAULT_PATH = "data/statuses.yaml"


@dataclass(frozen=True)
class Loaded:
    """The facts, where they stand, and the text they were read from."""

    catalog: Catalog
    lines: Lines
    text: str
    evidence: Evidence = field(default_factory=Evidence)
    """What was recorded; none, where only the facts matter."""


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
    text = decode(raw, path)
    lines = Lines(path)
    data, unread = read(text, lines)
    try:
        catalog = Catalog.model_validate(data)
    except ValidationError as error:
        # What cannot be read is no value of any type either: one message is enough.
        told = {problem.line for problem in unread}
        found = [_explain(each, lines) for each in error.errors()]
        raise DataError([*unread, *(each for each in found if each.line not in told)]) from None
    if unread:
        raise DataError(unread)
    return Loaded(catalog, lines, text)


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
        case "string_pattern_mismatch":
            message = f"{name} must be {SHAPES[context['pattern']]}, not {value!r}"
        case "greater_than_equal":
            message = f"{name} must be {context['ge']} or more, not {value!r}"
        case "less_than_equal":
            message = f"{name} must be {context['le']} or less, not {value!r}"
        case "too_short":
            message = f"{name} must name at least one, it is empty"
        case "value_error":
            message = str(context["error"])
        case _:
            message = f"{name}: {error['msg'][0].lower()}{error['msg'][1:]}, not {value!r:.60}"
    return lines.problem(loc, message)


def _plain_loc(loc: Loc, lines: Lines) -> Loc:
    """``loc`` without the names that pydantic adds for the members of a union."""
    plain: Loc = ()
    for step in loc:
        if (*plain, step) in lines.known or not str(step).startswith(
            ("[key]", "list[", "literal[", "dict[", "str", "int", "bool", "none", "function-")
        ):
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
