"""The picture of one status as a scene: a spine in its colour, what leads in at one side, out at the other.

Wide: both sides beside one spine. Narrow, for a phone: what leads in above the status, what leads out below.
"""

from __future__ import annotations

from ..model import Catalog
from .geometry import Point
from .metrics import text_width
from .near import Row, rows_in, rows_out
from .near_parts import COLUMN, FONT, SPINE, WAY, Parts, height
from .scene import Scene

GAP = 8
"""Between two rows."""
ROW, TOUCH = 18, 24
"""Height of a line of a label, and what a finger needs."""
Rows = tuple[Row, ...]


def near_scene(catalog: Catalog, status: str, href, narrow: bool = False) -> Scene:
    """``status`` in the middle, and all that leads into it and out of it."""
    parts = Parts(catalog, href, TOUCH if narrow else ROW)
    leads_in, leads_out = rows_in(catalog, status), rows_out(catalog, status)
    size = (_narrow if narrow else _wide)(parts, status, leads_in, leads_out)
    shape = "narrow" if narrow else "wide"
    return Scene(
        name=f"near-{status.lower()}-{shape}",
        title=f"What leads into {status}, and out of it",
        description=f"{_count(leads_in)} lead into {status}, {_count(leads_out)} out of it.",
        size=size,
        row=parts.row,
        classes=f"sg sg-{shape}",
        nodes=tuple(parts.nodes),
        frames=tuple(parts.frames),
        lines=tuple(parts.lines),
    )


def _count(rows: Rows) -> str:
    number = len({trigger for row in rows for trigger in row.triggers})
    return f"{number} action or trigger" if number == 1 else f"{number} actions and triggers"


def _wide(parts: Parts, status: str, leads_in: Rows, leads_out: Rows) -> Point:
    width = 2 * (COLUMN + WAY) + SPINE
    middle, top = width / 2, 62
    bottom = max(
        _block(parts, leads_in, COLUMN / 2 + 1, middle - SPINE / 2, top, into=True),
        _block(parts, leads_out, width - COLUMN / 2 - 1, middle + SPINE / 2, top, into=False),
    )
    if leads_in or leads_out:
        parts.spine(status, middle, 40, bottom)
    parts.status(status, (middle, 26), min(text_width(status, 16, bold=True) + 40, 260))
    parts.words(_said("here", leads_in), (1, 26))
    on = _said("on", leads_out)
    parts.words(on, (_before(width, on), 26))
    return (width, bottom + 4)


def _narrow(parts: Parts, status: str, leads_in: Rows, leads_out: Rows) -> Point:
    width = COLUMN + WAY + SPINE
    parts.words(_said("here", leads_in), (1, 12))
    middle = _block(parts, leads_in, COLUMN / 2 + 1, width - SPINE, 30, into=True) + 30
    if leads_in:
        parts.spine(status, width - SPINE / 2 - 1, 30, middle)
    parts.words(_said("on", leads_out), (30, middle + 42))
    bottom = _block(parts, leads_out, width - COLUMN / 2 - 1, SPINE, middle + 60, into=False)
    if leads_out:
        parts.spine(status, SPINE / 2 + 1, middle, bottom)
    parts.status(status, (width / 2, middle), width - 14)
    return (width, bottom + 4)


def _before(edge: float, words: str) -> float:
    """Where words begin that end at an edge: the widest of the usual fonts must not run over it."""
    return edge - 1 - 1.12 * text_width(words, FONT)


def _said(where: str, rows: Rows) -> str:
    return f"leads {where}" if rows else f"nothing leads {where}"


def _block(parts: Parts, rows: Rows, x: float, spine: float, y: float, into: bool) -> float:
    """Place ``rows`` from ``y`` down, their statuses around ``x``; returns where they end."""
    failed = False
    for row in rows:
        if row.outcome == "failure" and not failed:
            failed = True
            words = "when it fails"
            left = x - COLUMN / 2 + 1 if into else _before(x + COLUMN / 2, words)
            parts.words(words, (left, y + 12))
            y += 28
        high = max(height(row), parts.row * len(row.triggers) + 2)
        other = parts.other(row, x, y + high / 2)
        parts.arrow(row, other, x, spine, y + high / 2, into)
        y += high + GAP
    return y
