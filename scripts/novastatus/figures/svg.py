"""From DOT to an SVG for a page: Graphviz draws, this module makes it accessible and colourless.

Graphviz's own colours, fonts, ids and sizes go; classes, names, and links that a finger can hit come.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree as ET

from . import style
from .compact import compact
from .metrics import text_width
from .scene import LABEL_SIZE, Line, Node, Scene, to_dot

SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}"
_PROLOG = re.compile(r"^(?=<\?xml )", re.MULTILINE)
_DROP = (
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "font-family",
    "font-weight",
    "font-style",
    "id",
)
ET.register_namespace("", SVG)


class NoGraphviz(RuntimeError):
    """There is no Graphviz to draw with."""


def to_svgs(scenes: Iterable[Scene], alone: bool = False) -> list[bytes]:
    """Each scene as SVG, UTF-8 without a prolog. Raises `NoGraphviz`.

    For use inside a page: no colours, no ids but those of the title. With ``alone``: a drawing for
    itself, with a style sheet inside.
    """
    scenes = tuple(scenes)
    drawings = draw(tuple(to_dot(scene, labels=False) for scene in scenes))
    return [_for_page(scene, drawing, alone) for scene, drawing in zip(scenes, drawings, strict=True)]


def _for_page(scene: Scene, drawing: str, alone: bool) -> bytes:
    root = ET.fromstring(drawing)
    height = scene.size[1]
    root.attrib.clear()
    root.attrib |= _root(scene, alone)
    _plain(root)
    graph = root.find(f"{{{SVG}}}g")
    _content(graph, scene)
    compact(graph)
    # Graphviz puts the origin below the drawing; one of its units is one pixel here.
    graph.set("transform", f"translate(0 {height:g})")
    root.insert(0, _text("title", scene.title, f"{scene.name}-title"))
    root.insert(1, _text("desc", scene.description, f"{scene.name}-desc"))
    if alone:
        root.insert(2, _text("style", "\n" + style.standalone()))
    for element in root.iter():
        element.tail = "\n" if element.tag.endswith("}g") else None
        if element.text and not element.text.strip():
            element.text = None
    return ET.tostring(root, encoding="unicode").replace(" />", "/>").encode() + b"\n"


@lru_cache(maxsize=16)
def draw(dots: tuple[str, ...]) -> tuple[str, ...]:
    """What one run of Graphviz makes of each DOT text, at the places given in it. Raises `NoGraphviz`."""
    done = subprocess.run(
        [*_command(), "-n2", "-Tsvg"],
        input="".join(dots),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    drawings = tuple(_PROLOG.split(done.stdout)[1:])
    if done.returncode or len(drawings) != len(dots):
        raise NoGraphviz(
            f"Graphviz could not draw: {done.stderr.strip() or f'{len(drawings)} of {len(dots)} drawings'}"
        )
    return drawings


@lru_cache(maxsize=1)
def _command() -> tuple[str, ...]:
    """The Graphviz beside this Python; else one that the system has."""
    beside = Path(sysconfig.get_path("scripts")) / "graphviz-pure"
    if own := shutil.which(str(beside)) or shutil.which("graphviz-pure"):
        return (own, "-Kneato")
    if system := shutil.which("neato"):
        return (system,)
    raise NoGraphviz("graphviz-pure is not installed; install the locked requirements again")


def _root(scene: Scene, alone: bool) -> dict[str, str]:
    width, height = scene.size
    named = f"{scene.name}-title {scene.name}-desc"
    # Not role="img": what is inside an image is no link for a screen reader.
    found = {"class": scene.classes, "role": "group", "aria-labelledby": named}
    found["viewBox"] = f"0 0 {width:g} {height:g}"
    return found | ({"width": f"{width:g}", "height": f"{height:g}"} if alone else {})


def _plain(root: ET.Element) -> None:
    """Take out what Graphviz decides for print: colours, fonts, ids, its own titles and background."""
    for parent in root.iter():
        for child in list(parent):
            if child.tag == f"{{{SVG}}}title":
                parent.remove(child)
    graph = root.find(f"{{{SVG}}}g")
    graph.remove(graph.find(f"{{{SVG}}}polygon"))
    for element in root.iter():
        keep = element.get("id") if element.tag.endswith("}g") and element.get("class") else None
        for name in _DROP:
            element.attrib.pop(name, None)
        element.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
        element.attrib.pop(f"{_XLINK}title", None)
        if href := element.attrib.pop(f"{_XLINK}href", None):
            element.set("href", href)
        if keep:
            element.set("id", keep)


def _content(graph: ET.Element, scene: Scene) -> None:
    """Match what was drawn with the scene, by id, and give each thing its classes and names."""
    nodes = {node.id: node for node in scene.nodes}
    lines = {line.id: line for line in scene.lines}
    graph.attrib.clear()
    for group in list(graph):
        key = group.attrib.pop("id", "")
        if key in nodes:
            _node(group, nodes[key], scene.size[1])
        elif key in lines:
            _line(group, lines[key], scene)
        elif "cluster" in group.get("class", ""):
            group.set("class", group.get("class").removeprefix("cluster "))
        else:
            graph.remove(group)


def _node(group: ET.Element, node: Node, height: float) -> None:
    group.attrib = {"class": f"sg-node {node.classes}"}
    holder = _unwrap(group)
    for element in holder:
        if element.tag.endswith("}text"):
            element.attrib.pop("font-size")
            element.set("font-size", f"{node.font:g}")
            element.set("class", "sg-name")
            if node.kind == "note":
                element.attrib |= {"text-anchor": "start", "x": f"{node.centre[0] - node.size[0] / 2:g}"}
        else:
            element.set("class", "sg-shape")
    for rim in [e for e in holder if e.get("class") == "sg-shape"][1:]:
        rim.set("class", "sg-shape sg-rim")
    if node.href:
        holder.set("class", "sg-link")
        if node.name:
            holder.set("aria-label", node.name)
    if node.mark:
        holder.append(_mark(node, height))


def _mark(node: Node, height: float) -> ET.Element:
    """The small sign at the upper right corner of a node that may fail into ERROR."""
    x, y = node.centre[0] + node.size[0] / 2 - 4, node.centre[1] - node.size[1] / 2 + 2 - height
    mark = ET.Element(f"{{{SVG}}}g", {"class": "sg-mark", "aria-hidden": "true"})
    ET.SubElement(mark, f"{{{SVG}}}circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "7"})
    text = ET.SubElement(
        mark, f"{{{SVG}}}text", {"x": f"{x:.1f}", "y": f"{y + 4:.1f}", "text-anchor": "middle"}
    )
    text.text = "!"
    return mark


def _line(group: ET.Element, line: Line, scene: Scene) -> None:
    group.attrib = {"class": line.classes}
    for shape in group:
        shape.set("class", "sg-line" if shape.tag.endswith("}path") else "sg-head")  # a dot is an ellipse
    top = line.label_at[1] - scene.row * len(line.labels) / 2
    for i, label in enumerate(line.labels):
        link = ET.SubElement(group, f"{{{SVG}}}a", {"href": label.href, "class": f"sg-link sg-{label.kind}"})
        if label.name:
            link.set("aria-label", label.name)
        _place(link, label.text, (line.label_at[0], top + scene.row * (i + 0.5) - scene.size[1]), scene.row)
        if label.text == "start":
            # Alone it is a link text that says nothing; checkers of pages do not read the label above.
            link.insert(0, _text("title", "the action start"))


def _place(link: ET.Element, words: str, centre: tuple[float, float], row: float) -> None:
    """Centre the words of a label, whatever font they come in, on ground that can be touched."""
    width = text_width(words, LABEL_SIZE) + 8
    ground = ET.Element(f"{{{SVG}}}rect", {"class": "sg-hit"})
    for name, value in zip("xy", (centre[0] - width / 2, centre[1] - row / 2), strict=True):
        ground.set(name, f"{value:.0f}")
    ground.attrib |= {"width": f"{width:.0f}", "height": f"{row:g}", "rx": "3"}
    text = ET.Element(
        f"{{{SVG}}}text", {"x": f"{centre[0]:.0f}", "y": f"{centre[1] + LABEL_SIZE * 0.35:.0f}"}
    )
    text.set("text-anchor", "middle")
    text.text = words
    link[:] = [ground, text]


def _unwrap(group: ET.Element) -> ET.Element:
    """The element that holds a node's shapes: its link, moved up to be a child of the group, or the group."""
    link = group.find(f".//{{{SVG}}}a")
    if link is None:
        return group
    group[:] = [link]
    return link


def _text(tag: str, words: str, name: str = "") -> ET.Element:
    element = ET.Element(f"{{{SVG}}}{tag}", {"id": name} if name else {})
    element.text = words
    return element
