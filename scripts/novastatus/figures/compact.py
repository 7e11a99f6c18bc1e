"""The same drawing in fewer bytes: whole pixels, each counted from the one before.

A page with the whole graph has to fit into what a server may send before the first answer of the reader's
network: 14 KB. Graphviz writes every point from the origin, to the hundredth of a pixel.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

_NUMBER = re.compile(r"-?[\d.]+")
_PATH = re.compile(r"M(?P<start>[^MC]+)C(?P<curves>[^MC]+)")


def compact(root: ET.Element) -> None:
    """Rewrite the paths and polygons of a drawing in place; within half a pixel, and a tenth for an arrow's head."""
    for element in root.iter():
        if curve := _PATH.fullmatch(element.get("d", "")):
            element.set("d", _curve(_numbers(curve["start"]), _numbers(curve["curves"])))
        elif points := element.attrib.pop("points", None):
            element.tag = element.tag.replace("polygon", "path")
            element.set("d", _closed(_numbers(points)))


def _curve(start: list[float], points: list[float]) -> str:
    """A path of cubic curves: control points from the last end, each end where it was, to the pixel."""
    first = x, y = [round(value) for value in start]
    numbers = []
    for piece in _sixes(points):
        whole = [round(value) for value in piece]
        numbers += [value - (x, y)[i % 2] for i, value in enumerate(whole)]
        x, y = whole[4:]
    return f"M{_listed(first)}c{_listed(numbers)}"


def _closed(points: list[float]) -> str:
    """A polygon as a path; Graphviz ends it where it began."""
    tenths = [round(10 * value) for value in points[:-2]]
    steps = [(b - a) / 10 for a, b in zip(tenths, tenths[2:], strict=False)]
    return f"M{_listed(value / 10 for value in tenths[:2])}l{_listed(steps)}z"


def _numbers(text: str) -> list[float]:
    return [float(value) for value in _NUMBER.findall(text)]


def _sixes(values: list[float]) -> Iterator[list[float]]:
    return (values[i : i + 6] for i in range(0, len(values), 6))


def _listed(values: Iterable[float]) -> str:
    """Numbers with nothing between them but what tells them apart.

    >>> _listed([1, -2.5, 0.0, 0.3])
    '1-2.5 0 .3'
    """
    return re.sub(r" (?=-)|\b0(?=\.)", "", " ".join(f"{value:g}" for value in values))
