"""Short quotations from Nova's texts."""

from __future__ import annotations

import hashlib

QUOTE_WORDS = 25


def quote(text: str) -> str:
    """The first words of a text on one line; " …" where words were left out."""
    words = text.split()
    return " ".join(words[:QUOTE_WORDS]) + (" …" if len(words) > QUOTE_WORDS else "")


def digest(text: str) -> str:
    """A short hash that changes with any word of the text, but not with line breaks."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]
