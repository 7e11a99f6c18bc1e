"""How wide a text comes out, without a font at hand.

Widths are those of Helvetica and the faces made to its measure, in thousandths of the font size. The
reader's system font decides in the end; `SLACK` leaves room for the wider ones.
"""

from __future__ import annotations

SLACK = 1.1
_BOLD = 1.07
_WIDTHS = {
    222: "ijl'",
    278: "It.,:;/ !f|[]",
    333: "r-()",
    500: "ckvxyzJs",
    556: "abdeghnopqu0123456789_L?",
    611: "FTZ",
    667: "ABEKPSVXY&",
    722: "CDHNRUw",
    778: "GOQ",
    833: "mM",
    944: "W",
}
_WIDTH = {char: width for width, chars in _WIDTHS.items() for char in chars}


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width of ``text`` in the unit of ``size``, with room for a wider font; unknown characters count as wide."""
    return sum(_WIDTH.get(char, 800) for char in text) / 1000 * size * SLACK * (_BOLD if bold else 1)
