"""The picture of all statuses as a scene: the arrows of `life` at the places of `life_layout`."""

from __future__ import annotations

from dataclasses import dataclass

from ..graph import trigger_kind
from ..model import Catalog
from . import life_layout as layout
from .geometry import HEAD, Box, Point, along, box_around, leave, shorten, smooth, snap
from .life import MANY, NEW, Arrow, arrows, failing
from .metrics import text_width
from .scene import Frame, Label, Line, Node, Scene

TITLE = "Transitions between the server statuses"
HEART = "ACTIVE"
NOTES = (
    "An arrow at a frame holds for every status in it.",
    "Dotted arrow: Nova goes on by itself.",
    "Arrow from a dot: from many statuses.",
    "May fail into ERROR; the table says how.",
    "Slanted: nobody asks for it.",
)
MARKED = 3
"""The note that the mark stands at."""


def life_scene(catalog: Catalog, href) -> Scene:
    """All statuses at their places, with the arrows between them."""
    nodes = _nodes(catalog, href)
    ends = {
        node.text: _End(box_around(node.centre, node.size, 2), node.kind == "transitional") for node in nodes
    }
    ends |= {name: _End(box) for name, (box, _) in layout.FRAMES.items()}
    ends[NEW] = _End(box_around(layout.NEW, (14, 14)), True)
    members = {name: names for name, (_, names) in layout.FRAMES.items()}
    lines = [_line(i, arrow, ends, catalog, href) for i, arrow in enumerate(arrows(catalog, members))]
    return Scene(
        name="life-cycle",
        title=TITLE,
        description=_description(catalog),
        size=layout.SIZE,
        nodes=(*nodes, *_notes()),
        frames=_frames(),
        lines=tuple(lines),
    )


def _description(catalog: Catalog) -> str:
    return (
        f"The {len(catalog.statuses)} statuses with {HEART} in the middle. Arrows bear the action or trigger "
        "that moves a server; the table of transitions below says the same in words."
    )


def _nodes(catalog: Catalog, href) -> tuple[Node, ...]:
    fails = failing(catalog)
    nodes = [
        Node(NEW, "", layout.NEW, (14, 14), "sg-spot", "spot"),
        Node(MANY, "", layout.MANY, (10, 10), "sg-spot", "spot"),
    ]
    x, y = layout.UNPLACED
    for status in catalog.statuses.values():
        kind = status.kind.value
        heart = status.name == HEART
        size = node_size(status.name, kind, heart)
        centre = layout.STATUSES.get(status.name)
        if centre is None:
            centre, x = (x + size[0] / 2, y), x + size[0] + 20
        mark = status.name in fails
        nodes.append(
            Node(
                id=status.name,
                text=status.name,
                centre=centre,
                size=size,
                classes=f"sg-{kind}" + (" sg-heart" if heart else ""),
                kind=kind,
                href=href("status", status.name),
                name=f"{status.name}, {kind} status" + (", may fail into ERROR" if mark else ""),
                font=30 if heart else 13,
                mark=mark,
            )
        )
    return tuple(nodes)


def _notes() -> tuple[Node, ...]:
    """What the marks mean, in the corner."""
    x, y = layout.NOTES
    notes = [_note(i, text, (x + 18, y + 20 * i)) for i, text in enumerate(NOTES)]
    mark = Node("note-mark", "", (x + 10, y + 20 * MARKED - 2), (0, 0), "sg-note", "note", mark=True)
    return (*notes, mark)


def _note(number: int, text: str, left: Point) -> Node:
    width = text_width(text, 12)
    return Node(
        f"note-{number}", text, (left[0] + width / 2, left[1]), (width, 18), "sg-note", "note", font=12
    )


def node_size(name: str, kind: str, heart: bool = False) -> Point:
    """Width and height of a status in pixels; wide enough for its name in a wide font."""
    if heart:
        return (text_width(name, 30, bold=True) + 64, 100)
    width = text_width(name, 13, bold=True)
    return (width * 1.12 + 26, 40) if kind == "transitional" else (width + 26, 36)


def _frames() -> tuple[Frame, ...]:
    return tuple(Frame(f"f-{name}", box) for name, (box, _) in layout.FRAMES.items())


@dataclass(frozen=True)
class _End:
    """Where an arrow may begin or end."""

    box: Box
    oval: bool = False

    @property
    def centre(self) -> Point:
        return ((self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2)

    def at(self, point: Point) -> Point:
        """The point of the outline that ``point`` means."""
        return snap(self.box, point, self.oval)


def _beside(target: _End, way: layout.Way) -> _End:
    """The spot where an arrow out of nowhere begins; by default at the left of its target."""
    x, y = way.start or (target.box[0] - 40, target.centre[1])
    return _End((x, y, x, y))


def _line(number: int, arrow: Arrow, ends: dict[str, _End], catalog: Catalog, href) -> Line:
    way = layout.WAYS.get((arrow.source, arrow.target), layout.Way())
    target = ends[arrow.target]
    path = _path(way, _beside(target, way) if arrow.source == MANY else ends[arrow.source], target)
    head, tail = path[-1], path[0] if arrow.both_ways or arrow.source == MANY else None
    base = shorten(head, path[-2], HEAD)
    start = shorten(tail, path[1], HEAD) if tail else path[0]
    return Line(
        id=f"e-{number}",
        ends=(_spot(arrow.source), _spot(arrow.target)),
        path=(start, *path[1:-1], base),
        head=head,
        tail=tail,
        tail_shape="dot" if arrow.source == MANY else "normal",
        labels=tuple(label(catalog, name, arrow, href) for name in arrow.triggers),
        label_at=way.label or along(path, 0.5),
        classes="sg-edge" + (" sg-failure" if arrow.fails else "" if arrow.triggers else " sg-on"),
    )


def _spot(name: str) -> str:
    """The name of an arrow's end in the DOT text."""
    return f"f-{name}" if name in layout.FRAMES else name


def label(catalog: Catalog, name: str, arrow: Arrow, href) -> Label:
    """The line of a label for the action or trigger ``name``."""
    kind = trigger_kind(catalog, name)
    return Label(name, href("action" if kind == "action" else "trigger", name), kind)


def _path(way: layout.Way, source: _End, target: _End) -> tuple[Point, ...]:
    first = way.via[0] if way.via else way.end or target.centre
    last = way.via[-1] if way.via else way.start or source.centre
    start = source.at(way.start or leave(source.box, first))
    end = target.at(way.end or leave(target.box, last))
    return smooth([start, *way.via, end])
