"""The picture of one status as a scene: a spine in its colour, what leads in at one side, out at the other.

Wide: both sides beside one spine. Narrow, for a phone: what leads in above the status, what leads out below.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..graph import trigger_kind
from ..model import Catalog
from .geometry import HEAD
from .metrics import text_width
from .near import Row, rows_in, rows_out
from .scene import Frame, Label, Line, Node, Scene

COLUMN = 174
"""Width of a status at the other end."""
WAY = 196
"""Room for the arrow and its label."""
SPINE = 12
HIGH, ITEM, GAP = 34, 24, 8
"""Heights of a status, of a name in a group, and between rows."""
ROW, TOUCH = 18, 24
"""Height of a line of a label, and what a finger needs."""
FONT = 12.0
CENTRE = "status"
NEW = "no server yet"


@dataclass
class _Drawing:
    """What has been placed so far."""

    catalog: Catalog
    href: Callable[[str, str], str]
    row: float
    nodes: list[Node] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def near_scene(catalog: Catalog, status: str, href, narrow: bool = False) -> Scene:
    """``status`` in the middle, and all that leads into it and out of it."""
    drawing = _Drawing(catalog, href, TOUCH if narrow else ROW)
    leads_in, leads_out = rows_in(catalog, status), rows_out(catalog, status)
    place = _narrow if narrow else _wide
    size = place(drawing, status, leads_in, leads_out)
    return Scene(
        name=f"near-{status.lower()}-{'narrow' if narrow else 'wide'}",
        title=f"What leads into {status}, and out of it",
        description=f"{_count(leads_in)} lead into {status}, {_count(leads_out)} out of it.",
        size=size,
        row=drawing.row,
        classes=f"sg sg-{'narrow' if narrow else 'wide'}",
        nodes=tuple(drawing.nodes),
        frames=tuple(drawing.frames),
        lines=tuple(drawing.lines),
    )


def _count(rows: tuple[Row, ...]) -> str:
    number = len({trigger for row in rows for trigger in row.triggers})
    return f"{number} action or trigger" if number == 1 else f"{number} actions and triggers"


def _wide(drawing: _Drawing, status: str, leads_in, leads_out):
    width = 2 * (COLUMN + WAY) + SPINE
    spine = width / 2
    top = 62
    ends = (
        _block(drawing, leads_in, COLUMN / 2 + 1, spine - SPINE / 2, top, into=True),
        _block(drawing, leads_out, width - COLUMN / 2 - 1, spine + SPINE / 2, top, into=False),
    )
    bottom = max(ends)
    _spine(drawing, status, spine, 40, bottom)
    _status(drawing, status, (spine, 26), min(text_width(status, 16, True) + 40, 260))
    _caption(drawing, "leads here" if leads_in else "nothing leads here", (1, 26))
    end = "leads on" if leads_out else "nothing leads on"
    _caption(drawing, end, (width - text_width(end, FONT) - 1, 26))
    return (width, bottom + 4)


def _narrow(drawing: _Drawing, status: str, leads_in, leads_out):
    width = COLUMN + WAY + SPINE
    _caption(drawing, "leads here" if leads_in else "nothing leads here", (1, 12))
    bottom = _block(drawing, leads_in, COLUMN / 2 + 1, width - SPINE, 30, into=True)
    middle = bottom + 30
    if leads_in:
        _spine(drawing, status, width - SPINE / 2 - 1, 30, middle)
    _caption(drawing, "leads on" if leads_out else "nothing leads on", (30, middle + 42))
    end = _block(drawing, leads_out, width - COLUMN / 2 - 1, SPINE, middle + 60, into=False)
    if leads_out:
        _spine(drawing, status, SPINE / 2 + 1, middle, end)
    _status(drawing, status, (width / 2, middle), width - 2)
    return (width, max(end, middle + 54) + 4)


def _block(drawing: _Drawing, rows, x: float, spine: float, y: float, into: bool) -> float:
    """Place ``rows`` from ``y`` down, their statuses around ``x``; returns where they end."""
    failed = False
    for row in rows:
        if row.outcome == "failure" and not failed:
            failed = True
            words = "when it fails"
            left = x - COLUMN / 2 + 1 if into else x + COLUMN / 2 - 1 - text_width(words, FONT)
            _caption(drawing, words, (left, y + 12))
            y += 28
        height = max(_height(row), drawing.row * len(row.triggers) + 2)
        other = _other(drawing, row, x, y + height / 2)
        _arrow(drawing, row, other, x, spine, y + height / 2, into)
        y += height + GAP
    return y


def _height(row: Row) -> float:
    return ITEM * len(_flow(row)) + 10 if _grouped(row) else HIGH


def _grouped(row: Row) -> bool:
    return len(row.others) != 1 or row.all_but


def _flow(row: Row) -> list[list[tuple[str, float]]]:
    """The names of a group, with their widths, in lines that fit into its box."""
    words = ["any other status but" if row.others else "any other status"] if row.all_but else []
    lines: list[list[tuple[str, float]]] = []
    left = 0.0
    for name in [*words, *(other or NEW for other in row.others)]:
        width = text_width(name, FONT, bold=name not in words) + 10
        if not lines or width > left or lines[-1][0][0] in words:
            lines.append([])
            left = COLUMN - 8
        lines[-1].append((name, width))
        left -= width
    return lines


def _other(drawing: _Drawing, row: Row, x: float, y: float) -> str:
    """The status at the other end of a row, or the group of them; returns its id."""
    if not _grouped(row):
        name = row.others[0]
        drawing.nodes.append(
            _new(drawing, x, y) if name is None else _node(drawing, name, (x, y), COLUMN - 2)
        )
        return drawing.nodes[-1].id
    height = _height(row)
    box = (x - COLUMN / 2 + 1, y - height / 2, x + COLUMN / 2 - 1, y + height / 2)
    drawing.frames.append(Frame(f"f-{len(drawing.frames)}", box))
    for i, line in enumerate(_flow(row)):
        middle = box[1] + 5 + ITEM * (i + 0.5)
        left = x - sum(width for _, width in line) / 2
        for name, width in line:
            if name in drawing.catalog.statuses:
                drawing.nodes.append(
                    _node(drawing, name, (left + width / 2, middle), width, ITEM - 2, " sg-item")
                )
            else:
                drawing.nodes.append(_words(drawing, name, (left + 5, middle)))
            left += width
    return drawing.frames[-1].id


def _arrow(drawing: _Drawing, row: Row, other: str, x: float, spine: float, y: float, into: bool) -> None:
    side = 1 if spine > x else -1
    edge = x + side * (COLUMN / 2 + 1)
    tail, head = (edge, spine - side * 1) if into else (spine, edge + side * 1)
    direction = 1 if head > tail else -1
    base = head - direction * HEAD
    third = (base - tail) / 3
    kinds = {name: trigger_kind(drawing.catalog, name) for name in row.triggers}
    failed = row.outcome == "failure"
    drawing.lines.append(
        Line(
            id=f"e-{len(drawing.lines)}",
            ends=(other, CENTRE) if into else (CENTRE, other),
            path=((tail, y), (tail + third, y), (tail + 2 * third, y), (base, y)),
            head=(head, y),
            labels=tuple(
                Label(
                    name,
                    drawing.href("action" if kind == "action" else "trigger", name),
                    kind,
                    f"{name} fails" if failed else "",
                )
                for name, kind in kinds.items()
            ),
            label_at=((tail + base) / 2, y),
            classes="sg-edge" + (" sg-failure" if failed else ""),
        )
    )


def _node(drawing: _Drawing, name: str, centre, width: float, high: float = HIGH - 2, more: str = "") -> Node:
    kind = drawing.catalog.statuses[name].kind.value
    # A final status has a second outline around its box.
    rim = 8 if kind == "final" else 0
    return Node(
        id=f"n-{len(drawing.nodes)}",
        text=name,
        centre=centre,
        size=(width - rim, high - rim),
        classes=f"sg-{kind}{more}",
        kind=kind,
        href=drawing.href("status", name),
        name=f"{name}, {kind} status",
        font=FONT,
    )


def _new(drawing: _Drawing, x: float, y: float) -> Node:
    return Node(f"n-{len(drawing.nodes)}", NEW, (x, y), (COLUMN - 2, HIGH - 2), "sg-none", "none", font=FONT)


def _words(drawing: _Drawing, words: str, left) -> Node:
    width = text_width(words, FONT)
    centre = (left[0] + width / 2, left[1])
    return Node(f"n-{len(drawing.nodes)}", words, centre, (width, ROW), "sg-note", "note", font=FONT)


def _caption(drawing: _Drawing, words: str, left) -> None:
    drawing.nodes.append(_words(drawing, words, left))


def _spine(drawing: _Drawing, status: str, x: float, top: float, bottom: float) -> None:
    kind = drawing.catalog.statuses[status].kind.value
    size = (SPINE - 2, bottom - top)
    spine = Node(f"n-{len(drawing.nodes)}", "", (x, (top + bottom) / 2), size, f"sg-{kind} sg-spine", "bar")
    drawing.nodes.append(spine)


def _status(drawing: _Drawing, status: str, centre, width: float) -> None:
    """The status itself: no link, since this is its page."""
    kind = drawing.catalog.statuses[status].kind.value
    node = Node(CENTRE, status, centre, (width, 44), f"sg-{kind} sg-heart", kind, font=16)
    drawing.nodes.append(node)
