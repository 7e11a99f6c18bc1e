"""A drawing in fewer bytes is still the same drawing."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from novastatus.figures.compact import compact

numbers = st.floats(-999, 999).map(lambda value: round(value, 2))
points = st.tuples(numbers, numbers)
curves = st.integers(1, 5).flatmap(
    lambda count: st.lists(points, min_size=3 * count + 1, max_size=3 * count + 1)
)


def compacted(tag: str, **attributes: str) -> ET.Element:
    root = ET.Element("g")
    ET.SubElement(root, tag, attributes)
    compact(root)
    return root[0]


def written(places) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in places)


def read(text: str) -> list[float]:
    return [float(value) for value in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", text)]


def absolute(d: str, size: int) -> list[tuple[float, float]]:
    """The points of a path ``M…c…`` or ``M…l…z``, each piece of ``size`` points counted from the last one's end."""
    start, steps = re.fullmatch(r"M([^cl]+)[cl]([^z]+)z?", d).groups()
    found = [tuple(read(start))]
    values = read(steps)
    pairs = list(zip(values[::2], values[1::2], strict=True))
    for i in range(0, len(pairs), size):
        x, y = found[-1]
        found += [(x + dx, y + dy) for dx, dy in pairs[i : i + size]]
    return found


@given(curves)
def test_every_point_of_a_curve_stays_within_half_a_pixel(path):
    d = compacted("path", d=f"M{written(path[:1])}C{written(path[1:])}").get("d")
    for (x, y), (was_x, was_y) in zip(absolute(d, 3), path, strict=True):
        assert abs(x - was_x) <= 0.5
        assert abs(y - was_y) <= 0.5


@given(st.lists(points, min_size=3, max_size=6))
def test_every_corner_of_a_head_stays_within_a_tenth_of_a_pixel(corners):
    head = compacted("polygon", points=written([*corners, corners[0]]))
    assert head.tag == "path"
    for (x, y), (was_x, was_y) in zip(absolute(head.get("d"), 1), corners, strict=True):
        assert x == pytest.approx(was_x, abs=0.051)
        assert y == pytest.approx(was_y, abs=0.051)


def test_a_path_of_another_form_is_left_alone():
    assert compacted("path", d="M1,2L3,4").get("d") == "M1,2L3,4"


def test_the_bytes_of_an_arrow():
    assert (
        compacted("path", d="M312,-630C300,-630 252,-630 247.5,-630").get("d") == "M312-630c-12 0-60 0-64 0"
    )
    assert compacted("polygon", points="10,2.45 3,0 10,-2.45 10,2.45").get("d") == "M10 2.4l-7-2.4 7-2.4z"
