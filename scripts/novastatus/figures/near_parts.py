"""The parts of the picture of one status, and how large they are: rows, groups, arrows, the spine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..graph import trigger_kind
from ..model import Catalog
from .geometry import HEAD, Point
from .metrics import text_width
from .near import Row
from .scene import Frame, Label, Line, Node

COLUMN = 174
"""Width of a status at the other end."""
WAY = 196
"""Room for the arrow and its label."""
SPINE = 12
HIGH, ITEM = 34, 24
"""Heights of a status, and of a line of names in a group."""
FONT = 12.0
CENTRE = "status"
NEW = "no server yet"


@dataclass
class Parts:
    """What has been placed so far; each method places one thing more."""

    catalog: Catalog
    href: Callable[[str, str], str]
    row: float
    """Height of a line of a label."""
    nodes: list[Node] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def other(self, row: Row, x: float, y: float) -> str:
        """The status at the other end of a row, or the group of them, around (x, y); returns its id."""
        if grouped(row):
            return self._group(row, x, y)
        self.name(row.others[0] or NEW, (x, y), COLUMN - 2, HIGH - 2)
        return self.nodes[-1].id

    def _group(self, row: Row, x: float, y: float) -> str:
        high = height(row)
        box = (x - COLUMN / 2 + 1, y - high / 2, x + COLUMN / 2 - 1, y + high / 2)
        self.frames.append(Frame(f"f-{len(self.frames)}", box))
        for i, line in enumerate(flow(row)):
            middle = box[1] + 5 + ITEM * (i + 0.5)
            left = x - sum(width for _, width in line) / 2
            for name, width in line:
                self.name(name, (left + width / 2, middle), width, ITEM - 2, " sg-item")
                left += width
        return self.frames[-1].id

    def name(self, name: str, centre: Point, width: float, high: float, more: str = "") -> None:
        """A status with its link; other words stand as they are."""
        status = self.catalog.statuses.get(name)
        if status is None:
            self.words(name, (centre[0] - text_width(name, FONT) / 2, centre[1]))
            return
        kind = status.kind.value
        # A final status has a second outline around its box.
        rim = 8 if kind == "final" else 0
        self.nodes.append(
            Node(
                id=self._id(),
                text=name,
                centre=centre,
                size=(width - rim, high - rim),
                classes=f"sg-{kind}{more}",
                kind=kind,
                href=self.href("status", name),
                name=f"{name}, {kind} status",
                font=FONT,
            )
        )

    def words(self, words: str, left: Point) -> None:
        """Plain words that begin at ``left``."""
        width = text_width(words, FONT)
        centre = (left[0] + width / 2, left[1])
        self.nodes.append(Node(self._id(), words, centre, (width, 18), "sg-note", "note", font=FONT))

    def arrow(self, row: Row, other: str, x: float, spine: float, y: float, into: bool) -> None:
        """The arrow of a row between the status around ``x`` and the edge of the spine."""
        side = 1 if spine > x else -1
        edge = x + side * (COLUMN / 2 + 1)
        tail, head = (edge, spine - side) if into else (spine, edge + side)
        base = head - HEAD * (1 if head > tail else -1)
        third = (base - tail) / 3
        self.lines.append(
            Line(
                id=f"e-{len(self.lines)}",
                ends=(other, CENTRE) if into else (CENTRE, other),
                path=((tail, y), (tail + third, y), (tail + 2 * third, y), (base, y)),
                head=(head, y),
                labels=tuple(self._label(name, row) for name in row.triggers),
                label_at=((tail + base) / 2, y),
                classes="sg-edge" + (" sg-failure" if row.outcome == "failure" else ""),
            )
        )

    def _label(self, name: str, row: Row) -> Label:
        kind = trigger_kind(self.catalog, name)
        address = self.href("action" if kind == "action" else "trigger", name)
        return Label(name, address, kind, f"{name} fails" if row.outcome == "failure" else "")

    def spine(self, status: str, x: float, top: float, bottom: float) -> None:
        """The bar at which all arrows of ``status`` meet."""
        kind = self.catalog.statuses[status].kind.value
        size = (SPINE - 2, bottom - top)
        self.nodes.append(Node(self._id(), "", (x, (top + bottom) / 2), size, f"sg-{kind} sg-spine", "bar"))

    def status(self, status: str, centre: Point, width: float) -> None:
        """The status itself: no link, since this is its page."""
        kind = self.catalog.statuses[status].kind.value
        self.nodes.append(Node(CENTRE, status, centre, (width, 44), f"sg-{kind} sg-heart", kind, font=16))

    def _id(self) -> str:
        return f"n-{len(self.nodes)}"


def height(row: Row) -> float:
    """Height of the statuses of a row."""
    return ITEM * len(flow(row)) + 10 if grouped(row) else HIGH


def grouped(row: Row) -> bool:
    """Whether a row has a box with several names."""
    return len(row.others) != 1 or row.all_but


def flow(row: Row) -> list[list[tuple[str, float]]]:
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
