"""The drawings: what they show, and that they can be read, by people and by machines."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from novastatus import figures
from novastatus.addresses import addresses
from novastatus.figures import life, near, style, svg
from novastatus.figures.geometry import box_around, overlap, snap
from novastatus.figures.life_scene import life_scene
from novastatus.figures.metrics import text_width
from novastatus.figures.scene import LABEL_SIZE, Scene
from novastatus.graph import edges, incoming, outgoing, steps
from novastatus.load import load
from samples import sample, status

ROOT = Path(__file__).parent.parent
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def catalog():
    return load(ROOT / "data/statuses.yaml").catalog


@pytest.fixture(scope="module")
def drawings(catalog):
    """Every drawing of the site, by its name."""
    around = [
        figures.neighbourhood(catalog, name, narrow=narrow)
        for name in catalog.statuses
        for narrow in (False, True)
    ]
    return {figure.scene.name: figure for figure in (figures.life_cycle(catalog), *around)}


def links(figure) -> list[str]:
    return [element.get("href") for element in ET.fromstring(figure.svg).iter(f"{SVG}a")]


def words(figure) -> list[str]:
    return [element.text for element in ET.fromstring(figure.svg).iter(f"{SVG}text")]


# What they show


def test_the_whole_graph_has_every_status_with_its_link(catalog, drawings):
    for name in catalog.statuses:
        assert name in words(drawings["life-cycle"])
        assert f"/statuses/{name}/" in links(drawings["life-cycle"])


def test_the_whole_graph_names_every_trigger_that_moves_a_server(catalog, drawings):
    moving = {
        e.trigger for e in edges(catalog) if e.outcome == "success" and (e.source != e.target or e.through)
    }
    assert moving <= set(words(drawings["life-cycle"]))


def test_the_whole_graph_marks_where_a_failure_leads_to_error(catalog):
    marked = {node.text for node in life_scene(catalog, figures.address).nodes if node.mark and node.text}
    wide = life.wide_triggers(catalog)
    failing = {
        step.source
        for edge in edges(catalog)
        for step in steps(edge)
        if step.outcome == "failure" and step.target == "ERROR" and edge.trigger not in wide
    }
    assert marked == failing - {"ERROR", None}


@pytest.mark.parametrize("narrow", [False, True])
def test_a_neighbourhood_says_all_that_leads_in_and_out(catalog, narrow):
    for name in catalog.statuses:
        shown = words(figures.neighbourhood(catalog, name, narrow=narrow))
        for found, rows in ((incoming, near.rows_in), (outgoing, near.rows_out)):
            around = {
                (s.source if found is incoming else s.target, s.edge.trigger, s.outcome)
                for s in found(catalog, name)
            }
            assert around == meant(catalog, name, rows(catalog, name))
            assert {trigger for _, trigger, _ in around} <= set(shown)


def meant(catalog, name, rows):
    """The (status, trigger, outcome) that rows stand for."""
    return {
        (other, trigger, row.outcome)
        for row in rows
        for other in (
            [s for s in catalog.statuses if s not in (name, *row.others)] if row.all_but else row.others
        )
        for trigger in row.triggers
    }


def test_addresses_come_from_the_caller():
    figure = figures.life_cycle(sample(), href=lambda kind, name: f"../{kind}/{name}")
    assert {"../status/ACTIVE", "../action/resize", "../trigger/build-finished"} <= set(links(figure))


def test_the_status_itself_is_no_link_on_its_own_page():
    assert "/statuses/BUILD/" not in links(figures.neighbourhood(sample(), "BUILD"))


def test_a_failure_says_so_in_words():
    drawing = figures.neighbourhood(sample(), "BUILD").svg.decode()
    assert "when it fails" in drawing and 'aria-label="build-finished fails"' in drawing


# How they bring arrows together


def arrows(frames=None, **sections):
    return {(a.source, a.target): a for a in life.arrows(sample(**sections), frames or {})}


def test_a_way_that_comes_straight_back_is_one_arrow_of_two_heads():
    found = arrows(transitions={"resize": [{"from": "ACTIVE", "through": ["RESIZE"], "to": "ACTIVE"}]})
    assert list(found) == [("ACTIVE", "RESIZE")]
    assert found["ACTIVE", "RESIZE"].both_ways


def test_the_way_on_from_a_passed_status_bears_no_label():
    found = arrows()
    assert found["RESIZE", "VERIFY_RESIZE"].triggers == ()
    assert found["ACTIVE", "RESIZE"].triggers == ("resize", "migrate")


def test_what_starts_in_all_of_a_frame_starts_at_the_frame():
    found = arrows({"both": frozenset({"ACTIVE", "SHUTOFF"})})
    assert found["both", "RESIZE"].triggers == ("resize", "migrate")
    assert found["VERIFY_RESIZE", "both"].triggers == ("confirm-resize",)
    assert ("ACTIVE", "RESIZE") not in found


def test_what_starts_from_many_comes_out_of_nowhere():
    names = [f"S{i}" for i in range(life.WIDE)]
    catalog = {"statuses": {n: status("stable") for n in [*names, "DELETED"]}}
    found = arrows(**catalog, transitions={"delete": [{"from": names, "to": "DELETED"}]})
    assert list(found) == [(life.MANY, "DELETED")]


def test_a_failure_that_ends_elsewhere_is_an_arrow_of_its_own_look():
    moves = [
        {"from": "ACTIVE", "to": "UNKNOWN", "fails": "x"},
        {"from": "ACTIVE", "to": "ERROR", "fails": "x"},
        {"from": "ACTIVE", "through": ["RESIZE"], "to": "ACTIVE", "fails": "x"},
    ]
    assert [(*ends, a.fails) for ends, a in arrows(transitions={"stop": moves}).items()] == [
        ("ACTIVE", "UNKNOWN", True)
    ]


def test_statuses_that_share_their_triggers_stand_in_one_row():
    others = [f"S{i}" for i in range(12)]
    statuses = {name: status("stable") for name in ["ACTIVE", *others]}
    moves = {"delete": [{"from": others[:5], "to": "ACTIVE"}], "stop": [{"from": others[1:], "to": "ACTIVE"}]}
    some, most = near.rows_in(sample(statuses=statuses, transitions=moves), "ACTIVE")
    assert (some.others, some.triggers) == (tuple(others[:5]), ("delete",))
    assert (most.others, most.triggers, most.all_but) == (("S0",), ("stop",), True)


# Reading them


def test_a_status_without_a_place_is_drawn_all_the_same():
    statuses = {**{n: status("stable") for n in ("ACTIVE", "FROZEN", "THAWED")}}
    catalog = sample(statuses=statuses, transitions={"stop": [{"from": "FROZEN", "to": "ACTIVE"}]})
    figure = figures.life_cycle(catalog)
    assert {"FROZEN", "THAWED", "stop"} <= set(words(figure))
    assert not overlap(*[box_around(n.centre, n.size) for n in figure.scene.nodes if n.text in statuses][1:])


def label_boxes(scene: Scene):
    for line in scene.lines:
        if line.labels:
            width = max(text_width(label.text, LABEL_SIZE) for label in line.labels)
            # Half of the room for wider fonts may be shared.
            yield line, box_around(line.label_at, (width * 0.95, scene.row * len(line.labels) - 4))


def test_no_label_hides_another_or_a_status(drawings):
    """When this fails for a new transition: give it a way of its own in figures/life_layout.py."""
    for name, figure in drawings.items():
        labels = list(label_boxes(figure.scene))
        for (a, box), (b, other) in combinations(labels, 2):
            assert not overlap(box, other), f"{name}: labels of {a.ends} and {b.ends} collide"
        for line, box in labels:
            for node in figure.scene.nodes:
                assert not overlap(box, box_around(node.centre, node.size)), (
                    f"{name}: {line.ends} hides {node.text}"
                )


def test_every_name_fits_into_its_shape(drawings):
    for figure in drawings.values():
        for node in figure.scene.nodes:
            room = node.size[0] * (
                0.95 if node.kind == "transitional" and "sg-item" not in node.classes else 1
            )
            assert text_width(node.text, node.font, bold=node.kind != "note") <= room + 0.1, node.text


def test_nothing_is_outside_of_the_drawing(drawings):
    for figure in drawings.values():
        width, height = figure.scene.size
        boxes = [box_around(node.centre, node.size) for node in figure.scene.nodes]
        boxes += [box for _, box in label_boxes(figure.scene)]
        assert all(b[0] >= 0 and b[1] >= 0 and b[2] <= width and b[3] <= height for b in boxes)


def test_letters_are_large_enough_where_the_drawing_fits(drawings):
    assert LABEL_SIZE * 1100 / drawings["life-cycle"].scene.size[0] >= 11
    assert all(
        LABEL_SIZE * 358 / f.scene.size[0] >= 11 for name, f in drawings.items() if name.endswith("narrow")
    )


def test_no_words_run_over_the_line_of_a_frame(drawings):
    for name, figure in drawings.items():
        for node in (node for node in figure.scene.nodes if node.kind == "note" and node.text):
            left, top, right, bottom = box_around(node.centre, node.size)
            for frame in figure.scene.frames:
                wide = (left, top, left + (right - left) * 1.12, bottom)  # in a wider font
                inside = frame.box[0] <= left and wide[2] <= frame.box[2]
                assert inside or not overlap(wide, frame.box), f"{name}: {node.text}"


def test_kinds_differ_by_shape(catalog):
    shapes = {
        kind: tuple(style.DOT_SHAPES[kind].get(k) for k in ("shape", "style", "peripheries"))
        for kind in style.KINDS
    }
    assert len(set(shapes.values())) == len(shapes)


# For machines and for all readers


def test_the_same_facts_give_the_same_bytes(catalog, drawings):
    svg.draw.cache_clear()
    again = figures.life_cycle(catalog)
    first = drawings["life-cycle"]
    assert (again.dot, again.svg, again.alone) == (first.dot, first.svg, first.alone)


def test_drawings_made_together_are_those_made_alone(drawings):
    several = list(drawings.values())[:4]
    assert figures.drawn(several) == [figure.svg for figure in several]


def test_the_downloaded_dot_has_the_labels_too(drawings):
    assert {"start", "shelve", "resize"} <= set(re.findall(r">([\w-]+)<", drawings["life-cycle"].dot))


def test_a_drawing_in_a_page_brings_no_colours_fonts_or_sizes(drawings):
    for figure in drawings.values():
        text = figure.svg.decode()
        assert not re.search(
            r'\s(fill|stroke|style|color|font-family|width="[^"]*pt)=|#[0-9a-f]{3,6}\b|<\?xml|<!', text
        )
        assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


def test_ids_are_used_once_on_the_whole_site(drawings):
    ids = [i for figure in drawings.values() for i in re.findall(r'\sid="([^"]+)"', figure.svg.decode())]
    assert len(ids) == len(set(ids))


def test_a_drawing_has_a_name_and_its_links_say_where_they_lead(drawings):
    for figure in drawings.values():
        root = ET.fromstring(figure.svg)
        ids = {element.get("id"): element for element in root.iter() if element.get("id")}
        assert all(ids[i].text for i in root.get("aria-labelledby").split())
        for link in root.iter(f"{SVG}a"):
            visible = "".join(t.text for t in link.iter(f"{SVG}text") if t.text != "!")
            assert visible and visible in link.get("aria-label", visible)


def test_the_links_of_the_downloads_hold_below_any_path(catalog, drawings):
    drawing = drawings["life-cycle"]
    found = [a.get("href") for a in ET.fromstring(drawing.alone).iter(f"{SVG}a")]
    in_dot = re.findall(r'(?:URL|HREF)="([^"]+)"', drawing.dot)
    for link in (*found, *in_dot):
        assert link.startswith("../") and link.removeprefix("..").partition("#")[0] in addresses(catalog), (
            link
        )
    assert {"../statuses/ACTIVE/", "../actions/shelve/"} <= set(found) & set(in_dot)


def test_a_drawing_alone_has_its_own_colours(drawings):
    text = drawings["life-cycle"].alone.decode()
    assert "prefers-color-scheme: dark" in text
    assert ET.fromstring(text).get("width") == "1240"
    used = set(re.findall(r"var\((--sg-[\w-]+)", text))
    assert used - {"--sg-fill", "--sg-stroke"} <= set(re.findall(r"(--sg-[\w-]+):", text))


def test_the_pages_and_the_downloads_look_the_same():
    """`style.RULES` stands in the site's style sheet, letter by letter."""
    assert style.RULES in (ROOT / "docs/assets/graph.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("palette", [style.LIGHT, style.DARK], ids=["light", "dark"])
def test_text_stands_out(palette):
    pairs = [(kind, f"{kind}-fill") for kind in style.KINDS]
    pairs += [(ink, ground) for ink in ("ink", "action", "own", "final") for ground in ("bg", "frame-fill")]
    pairs += [("bg", kind) for kind in style.KINDS]
    for ink, ground in pairs:
        assert contrast(palette[ink], palette[ground]) >= 4.5, (ink, ground)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, by WCAG 2."""
    light = sorted((luminance(one), luminance(other)))
    return (light[1] + 0.05) / (light[0] + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_a_missing_graphviz_is_said_in_words(monkeypatch):
    monkeypatch.setattr(svg.shutil, "which", lambda _: None)
    svg._command.cache_clear()
    svg.draw.cache_clear()
    try:
        with pytest.raises(figures.NoGraphviz, match="graphviz-pure is not installed"):
            _ = figures.life_cycle(sample()).svg
    finally:
        svg._command.cache_clear()


def test_a_point_snaps_to_the_outline():
    assert snap((0, 0, 10, 10), (12, 5)) == (10, 5)
    assert snap((0, 0, 10, 10), (5, 8)) == (5, 10)
    assert snap((0, 0, 10, 10), (20, 5), oval=True) == (10, 5)
