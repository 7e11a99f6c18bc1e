"""A drawing before it is drawn: nodes, frames and lines at fixed places, and its DOT text.

Units are CSS pixels, y grows downwards. The DOT text carries every place (``pos``, ``lp``, ``bb``), so
that any Graphviz draws the same picture with ``neato -n2 -Tsvg``.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from . import style

Point = tuple[float, float]
LABEL_SIZE = 12.5


@dataclass(frozen=True)
class Node:
    """A status, or a plain spot such as the one where servers come from."""

    id: str
    text: str
    centre: Point
    size: Point
    classes: str
    kind: str
    """Kind of the status (``stable`` …); or ``spot``, or ``note`` for plain words."""
    href: str | None = None
    name: str = ""
    """Accessible name of the link; contains ``text``."""
    font: float = 13.0
    mark: bool = False
    """Whether the node wears the mark that says: may fail into ERROR."""


@dataclass(frozen=True)
class Frame:
    """A box behind several nodes; an arrow at it holds for all of them."""

    id: str
    box: tuple[float, float, float, float]
    """left, top, right, bottom"""
    classes: str = "sg-frame"


@dataclass(frozen=True)
class Label:
    """One line of a label: the name of an action or trigger, linked."""

    text: str
    href: str
    kind: str
    name: str = ""


@dataclass(frozen=True)
class Line:
    """An arrow: a path of cubic Bezier pieces from its tail to the base of its head."""

    id: str
    ends: tuple[str, str]
    """Names of the statuses or frames at its ends, for the DOT text."""
    path: tuple[Point, ...]
    head: Point
    tail: Point | None = None
    """Tip of what stands at the tail, if anything does."""
    tail_shape: str = "normal"
    """``normal``: a second head; ``dot``."""
    labels: tuple[Label, ...] = ()
    label_at: Point = (0, 0)
    """Centre of the whole label."""
    classes: str = "sg-edge"


@dataclass(frozen=True)
class Scene:
    """All of a drawing."""

    name: str
    title: str
    description: str
    size: Point
    nodes: tuple[Node, ...] = ()
    frames: tuple[Frame, ...] = ()
    lines: tuple[Line, ...] = ()
    row: float = 18
    """Height of one line of a label."""
    classes: str = "sg"


def to_dot(scene: Scene, labels: bool = True) -> str:
    """The scene as DOT, with the colours of the light scheme; without ``labels``: none at its lines."""
    height = scene.size[1]
    rows = [
        f"// {scene.title}. Every place is given: draw it with  neato -n2 -Tsvg",
        f"digraph {_quote(scene.name)} {{",
        # overlap: Graphviz need not look for any, as nothing may move.
        '  graph [notranslate=true, overlap=true, outputorder="edgesfirst", fontname="Arial"];',
        '  node [fixedsize=true, fontname="Arial", penwidth=1.5];',
        f'  edge [fontname="Arial", fontsize={LABEL_SIZE:g}, arrowsize=0.7, penwidth=1.4];',
        *(_frame(frame, height) for frame in scene.frames),
        *(_node(node, height) for node in scene.nodes),
        *(_line(line, height, scene.row if labels else 0) for line in scene.lines),
        "}",
    ]
    return "\n".join(rows) + "\n"


def _frame(frame: Frame, height: float) -> str:
    left, top, right, bottom = frame.box
    box = f"{left:g},{height - bottom:g},{right:g},{height - top:g}"
    attributes = _attributes(
        bb=box, id=frame.id, **{"class": frame.classes}, style="rounded", color=style.LIGHT["frame"]
    )
    # The spot inside gives the cluster something to hold: Graphviz leaves empty ones out.
    spot = f'{_quote(frame.id)} [shape=none, label="", pos="{_at((left + 1, top + 1), height)}", width=0, height=0];'
    return f"  subgraph {_quote('cluster_' + frame.id)} {{ {attributes} {spot} }}"


def _node(node: Node, height: float) -> str:
    attributes = {
        "label": node.text,
        "pos": _at(node.centre, height),
        "width": f"{node.size[0] / 72:.4f}",
        "height": f"{node.size[1] / 72:.4f}",
        "fontsize": f"{node.font:g}",
        "id": node.id,
        "class": node.classes,
        **style.DOT_SHAPES[node.kind],
    }
    if node.href:
        attributes |= {"URL": node.href, "tooltip": node.name or node.text}
    return f"  {_quote(node.id)} [{_attributes(',', **attributes)}];"


def _line(line: Line, height: float, row: float) -> str:
    tips = [f"s,{_at(line.tail, height)}"] if line.tail else []
    tips.append(f"e,{_at(line.head, height)}")
    attributes = {
        "pos": " ".join([*tips, *(_at(point, height) for point in line.path)]),
        "id": line.id,
        "class": line.classes,
        "color": style.LIGHT["line"],
    }
    if line.tail:
        attributes |= {"dir": "both", "arrowtail": line.tail_shape}
    text = _attributes(",", **attributes)
    if line.labels and row:
        text += f',lp="{_at(line.label_at, height)}",label=<{_table(line.labels, row)}>'
    return f"  {_quote(line.ends[0])} -> {_quote(line.ends[1])} [{text}];"


def _table(labels: tuple[Label, ...], row: float) -> str:
    """The label as an HTML-like table: a row and a link for each trigger."""
    rows = "".join(
        f'<TR><TD FIXEDSIZE="FALSE" HEIGHT="{row:g}" HREF="{escape(label.href)}" '
        f'TITLE="{escape(label.name or label.text)}">{escape(label.text)}</TD></TR>'
        for label in labels
    )
    return f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">{rows}</TABLE>'


def _at(point: Point, height: float) -> str:
    return f"{point[0]:.1f},{height - point[1]:.1f}"


def _attributes(separator: str = ";", **values: str) -> str:
    end = ";" if separator == ";" else ""
    return f"{separator} ".join(f"{key}={_quote(value)}" for key, value in values.items()) + end


def _quote(text: str) -> str:
    return '"' + str(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
