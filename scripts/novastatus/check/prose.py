"""Texts must say something, and their links must lead somewhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, get_args

from ..addresses import addresses, files
from ..model import Catalog, Fact, Request
from ..problems import nearest
from ..reader import Loc

Found = Iterator[tuple[Loc, str]]

BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs of Unicode that show nothing; blanks and controls have classes of their own."""
METHODS = get_args(Request.model_fields["method"].annotation)
_NAME = re.compile(r"(?<=`)[a-z]+(?:[_-][a-z]+)+(?=`)|\b[A-Z][A-Z_]{3,}\b")
"""A word that looks like a status or an option; plain words in backticks may be anything."""
_CODE = re.compile(r"`[^`]*`")
_LINK = re.compile(
    r"\]\((?P<inline>[^)]*)\)|\[[^\]]*\]\s?\[[^\]]*\]|^\s*\[[^\]]+\]:|<a\b[^>]*>?|<(?!https:)[a-z][a-z0-9+.-]*:[^>]*>|\bhref\s*=",
    re.MULTILINE | re.I,
)
"""A link as Markdown and HTML know it; ``inline`` is its target where it is written as we write it."""


def texts(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Every text that the file gives, with its place; what the model fills in by itself is left out."""
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, Fact):
        for name in value.model_fields_set - {"name"}:
            alias = type(value).model_fields[name].alias
            yield from texts(getattr(value, name), (*loc, alias or name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, (*loc, key))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from texts(item, (*loc, i))


@lru_cache(maxsize=1)
def _all(catalog: Catalog) -> tuple[tuple[Loc, str], ...]:
    """All texts of the file, gathered once for all rules."""
    return tuple(texts(catalog))


def empty(catalog: Catalog) -> Found:
    """A text field must not be left empty, nor show nothing."""
    for loc, text in _all(catalog):
        if not any(map(_visible, text)):
            yield loc, f"{'.'.join(map(str, loc))} must not be empty"


def _visible(character: str) -> bool:
    """Whether anything is seen of it."""
    return character not in BLANK and unicodedata.category(character)[0] not in "CZ"


def links(catalog: Catalog) -> Found:
    """A link in prose must lead to a page and an anchor, a file of the site, or another site by https."""
    known = addresses(catalog) | dict.fromkeys(files(catalog), ())
    for loc, text in _all(catalog):
        for match in (
            _LINK.finditer(_CODE.sub("``", text)) if "]" in text or "<" in text or "=" in text else ()
        ):
            yield from ((loc, message) for message in _astray(match, known))


def _astray(match: re.Match[str], known: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """What is wrong with one link."""
    target = match["inline"]
    if target is None:
        yield f"a link must be written '[text](/address/)', {match[0]!r} is not"
        return
    address, _, anchor = target.partition("#")
    if re.fullmatch(r"https://\S+", target) or (
        address in known and (not anchor or anchor in known[address])
    ):
        return
    if address in known:
        near = nearest(anchor, known[address])
        yield f"a link must lead to an anchor of its page, {address!r} has no {'#' + anchor!r}{near}"
    else:
        near = nearest(address, known)
        yield f"a link must lead to an address of the site or to https://, {target!r} does not{near}"


def options(catalog: Catalog) -> Found:
    """An option must bound a status, set off a trigger, or be spoken of by its name in backticks."""
    named = {status.lasts.option for status in catalog.statuses.values()}
    named |= {trigger.option for trigger in catalog.triggers.values()}
    spoken = [(loc[:2], text) for loc, text in _all(catalog) if "`" in text]
    for name in catalog.options:
        at = ("options", name)
        if name not in named and not any(f"`{name}`" in text for loc, text in spoken if loc != at):
            yield at, f"something must name the option, {name!r} stands in no field and in no text"


def names(catalog: Catalog) -> Found:
    """A name in prose must not be all but one that is known: `ACTVE`, SHELVED_OFLOADED."""
    sections = ("statuses", "vm_states", "task_states", "options", "actions", "triggers")
    known = {*METHODS, *(name for section in sections for name in getattr(catalog, section))}
    shortened = {short: name for name in sorted(known) for short in _shortened(name)}
    for loc, text in _all(catalog):
        for word in _NAME.findall(text) if " " in text else ():
            near = [shortened[short] for short in _shortened(word) if short in shortened]
            if near and word not in known:
                yield loc, f"a name must be spelt as it is, {word!r} is none; did you mean {near[0]!r}?"


def _shortened(name: str) -> list[str]:
    """A name, and that name without each of its letters: two that share one are a slip apart."""
    return [name, *(name[:i] + name[i + 1 :] for i in range(len(name)))]


RULES = (empty, links, options, names)
