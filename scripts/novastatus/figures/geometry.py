"""Curves through points, cut off where they meet a box."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""left, top, right, bottom"""
HEAD = 7.5
"""Length of an arrow's head."""


def box_around(centre: Point, size: Point, margin: float = 0) -> Box:
    """The box of ``size`` around ``centre``, wider by ``margin`` on every side."""
    (x, y), (w, h) = centre, size
    return (x - w / 2 - margin, y - h / 2 - margin, x + w / 2 + margin, y + h / 2 + margin)


def overlap(a: Box, b: Box) -> bool:
    """Whether two boxes share some area."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def leave(box: Box, towards: Point) -> Point:
    """Where the straight line from the box's centre to ``towards`` leaves the box."""
    cx, cy = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    dx, dy = towards[0] - cx, towards[1] - cy
    reach = min(
        abs((box[2] - cx) / dx) if dx else float("inf"),
        abs((box[3] - cy) / dy) if dy else float("inf"),
    )
    return (cx + dx * min(reach, 1), cy + dy * min(reach, 1))


def snap(box: Box, point: Point, oval: bool = False) -> Point:
    """The point on the outline of ``box`` (or of the ellipse in it) that ``point`` means."""
    if oval:
        cx, cy = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        dx, dy = point[0] - cx, point[1] - cy
        reach = hypot(dx / (box[2] - box[0]) * 2, dy / (box[3] - box[1]) * 2) or 1
        return (cx + dx / reach, cy + dy / reach)
    x, y = min(max(point[0], box[0]), box[2]), min(max(point[1], box[1]), box[3])
    sides = {
        (box[0], y): x - box[0],
        (box[2], y): box[2] - x,
        (x, box[1]): y - box[1],
        (x, box[3]): box[3] - y,
    }
    return min(sides, key=sides.__getitem__)


def smooth(points: list[Point]) -> tuple[Point, ...]:
    """Control points of a cubic Bezier spline through ``points`` (Catmull-Rom, uniform)."""
    path = [points[0]]
    last = len(points) - 1
    for i in range(last):
        before, here = points[max(i - 1, 0)], points[i]
        after, beyond = points[i + 1], points[min(i + 2, last)]
        path += [
            (here[0] + (after[0] - before[0]) / 6, here[1] + (after[1] - before[1]) / 6),
            (after[0] - (beyond[0] - here[0]) / 6, after[1] - (beyond[1] - here[1]) / 6),
            after,
        ]
    return tuple(path)


def shorten(tip: Point, towards: Point, by: float = HEAD) -> Point:
    """The point ``by`` pixels from ``tip`` on the way to ``towards``: where the head of an arrow begins."""
    length = hypot(towards[0] - tip[0], towards[1] - tip[1]) or 1
    share = min(by / length, 0.9)
    return (tip[0] + (towards[0] - tip[0]) * share, tip[1] + (towards[1] - tip[1]) * share)


def along(path: tuple[Point, ...], share: float) -> Point:
    """The point at ``share`` (0 to 1) of the way along a Bezier path, by its length."""
    samples = [p for i in range(0, len(path) - 1, 3) for p in _piece(path[i : i + 4])] + [path[-1]]
    lengths = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(samples)]
    left = sum(lengths) * share
    for (a, b), length in zip(pairwise(samples), lengths, strict=True):
        if left <= length and length:
            return (a[0] + (b[0] - a[0]) * left / length, a[1] + (b[1] - a[1]) * left / length)
        left -= length
    return samples[-1]


def _piece(p: tuple[Point, ...], count: int = 12) -> list[Point]:
    """``count`` points of one cubic piece, its end left out."""
    found = []
    for step in range(count):
        t = step / count
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        found.append(tuple(a * p[0][i] + b * p[1][i] + c * p[2][i] + d * p[3][i] for i in (0, 1)))
    return found
