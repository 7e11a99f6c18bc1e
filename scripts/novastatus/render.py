"""Jinja, set up once: strict about what is undefined, and with the few words that all templates use."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from .compare import Verdict
from .links_in_words import status_link, trigger_link
from .model import Catalog, Kind, Level
from .views import proof
from .views.action import ANSWER_GLYPHS, ANSWER_WORDS, accepted_pairs
from .views.support import last_level

KIND_WORDS = {
    Kind.STABLE: "waits for somebody",
    Kind.TRANSITIONAL: "Nova is at work",
    Kind.FINAL: "nothing leads out",
    Kind.FAULT: "something failed",
    Kind.UNKNOWN: "Nova cannot tell",
}
LEVEL_GLYPHS = {
    Level.COMPLETE: "✔",
    Level.PARTIAL: "±",
    Level.MISSING: "✖",
    Level.UNKNOWN: "?",
    Level.REMOVED: "†",
}


def environment(catalog: Catalog) -> Environment:
    """The templates' environment, with filters that know the catalog."""
    env = Environment(
        loader=PackageLoader(__package__),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
        comment_start_string="<#",  # {# begins an anchor in Markdown
        comment_end_string="#>",
    )
    env.globals.update(
        catalog=catalog,
        kind_words=KIND_WORDS,
        level_glyphs=LEVEL_GLYPHS,
        answer_glyphs=ANSWER_GLYPHS,
        answer_words=ANSWER_WORDS,
        support=last_level,
        verdict_glyphs=proof.GLYPHS,
        verdict_words=lambda verdict: proof.words(catalog, Verdict(verdict)),
        release_title=lambda number: release_title(catalog, number),
    )
    env.filters.update(
        cell=cell,
        plain=plain,
        code=code,
        status=lambda name: status_link(catalog, name),
        trigger=lambda name: trigger_link(catalog, name),
        accepted_pairs=lambda verdict: accepted_pairs(catalog, verdict),
        command=command,
        record_of=proof.record_of,
        verdict_title=lambda verdict: str(verdict).capitalize(),
    )
    return env


def release_title(catalog: Catalog, number: int) -> str:
    """A release's series in brackets, if the facts name it."""
    series = next((release.series for release in catalog.releases if release.number == number), None)
    return f" ({series})" if series else ""


def cell(text: Any) -> str:
    """Text that may stand in a cell of a Markdown table."""
    return re.sub(r"\s*\n\s*", " ", str(text)).replace("|", "&#124;").strip()


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Markdown without its marks, on one line: for descriptions and JSON.

    >>> plain("See [`ACTIVE`](/statuses/ACTIVE/) *now*.")
    'See ACTIVE now.'
    """
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"\s+", " ", re.sub(r"[`*]", "", text)).strip()


def code(value: Any) -> str:
    """A value as inline code; None as Nova's own word for no task."""
    return f"`{'null' if value is None else value}`"


def command(text: str) -> str:
    """A command as code; what is no command (``none: use the API``) as text."""
    if text.startswith("none"):
        _, _, reason = text.partition(":")
        reason = reason.strip() or "no command, use the API"
        return reason[0].upper() + reason[1:]
    return f"`{text}`"
