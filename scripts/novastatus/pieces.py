"""The text of the facts in the pieces that the site shows it in: one for each section of the file."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, takewhile

from .load import Loaded
from .model import Catalog

NAMES = tuple(name for name in Catalog.model_fields if name not in ("schema_version", "nova"))
"""The sections that have a page each; what stands before them is shown on ``/source/`` itself."""


@dataclass(frozen=True)
class Piece:
    """Some lines of the file that follow each other."""

    name: str
    """The section; ``""`` for the lines before the first one."""
    first: int
    """The number of its first line, counted from 1."""
    lines: tuple[str, ...]

    @property
    def address(self) -> str:
        """The page that shows it."""
        return f"/source/{self.name}/" if self.name else "/source/"

    @property
    def last(self) -> int:
        """The number of its last line."""
        return self.first + len(self.lines) - 1


def pieces(loaded: Loaded) -> list[Piece]:
    """The whole text, in its order; a comment right above a section belongs to it."""
    text = loaded.text.splitlines()
    starts = sorted((loaded.lines.at((name,)), name) for name in NAMES)
    starts = [(line - _comments(text[: line - 1]), name) for line, name in starts]
    bounds = [(1, ""), *starts, (len(text) + 1, "")]
    return [
        Piece(name, first, tuple(text[first - 1 : end - 1])) for (first, name), (end, _) in pairwise(bounds)
    ]


def address_of(line: int, shown: list[Piece]) -> str:
    """Where a line of the file can be read."""
    piece = next(piece for piece in reversed(shown) if piece.first <= line)
    return f"{piece.address}#L{line}"


def _comments(before: list[str]) -> int:
    """How many comment lines stand right at the end."""
    return sum(1 for _ in takewhile(lambda line: line.startswith("#"), reversed(before)))
