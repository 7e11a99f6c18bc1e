"""The text of the facts in pieces."""

from __future__ import annotations

import re
from functools import cache

from novastatus import facts
from novastatus.model import Catalog
from novastatus.pieces import NAMES, Piece, address_of, pieces


@cache
def shown() -> list[Piece]:
    return pieces(facts.read())


def test_every_section_is_a_piece_and_together_they_are_the_file():
    assert {"", *NAMES} == {piece.name for piece in shown()}
    assert set(NAMES) < set(Catalog.model_fields)
    joined = [line for piece in shown() for line in piece.lines]
    assert joined == facts.read().text.splitlines()
    assert [piece.first for piece in shown()[1:]] == [piece.last + 1 for piece in shown()[:-1]]


def test_a_comment_above_a_section_belongs_to_it():
    releases = next(piece for piece in shown() if piece.name == "releases")
    assert releases.lines[0].startswith("# Nova's releases")
    others = [piece for piece in shown() if piece.name and not piece.lines[0].startswith("#")]
    assert others and all(piece.lines[0] == f"{piece.name}:" for piece in others)


def test_a_line_is_found_on_the_page_that_shows_it():
    assert address_of(1, shown()) == "/source/#L1"
    for piece in shown():
        for line in (piece.first, piece.last):
            assert re.fullmatch(rf"/source/({piece.name}/)?#L{line}", address_of(line, shown()))
