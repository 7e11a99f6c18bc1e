"""The graph of the transitions."""

from __future__ import annotations

import io

import networkx as nx
from novastatus import graph
from samples import sample


def test_an_edge_for_each_source_of_a_transition():
    found = [e for e in graph.edges(sample()) if e.trigger == "stop"]
    assert [(e.source, e.target, e.kind, e.outcome) for e in found] == [
        ("ACTIVE", "SHUTOFF", "action", "success"),
        ("ERROR", "SHUTOFF", "action", "success"),
    ]


def test_kinds_of_triggers():
    kinds = {e.trigger: e.kind for e in graph.edges(sample())}
    assert (kinds["resize"], kinds["build-finished"], kinds["power-sync"]) == (
        "action",
        "internal",
        "periodic",
    )


def test_a_failure_is_an_outcome():
    failed = [e for e in graph.edges(sample()) if e.outcome == "failure"]
    assert [(e.trigger, e.fails) for e in failed] == [
        ("build-finished", "the driver could not build the guest"),
        ("resize", "no disk space"),
    ]


def test_an_edge_splits_at_what_it_passes_through():
    edge = next(e for e in graph.edges(sample()) if e.trigger == "resize")
    assert [(s.source, s.target) for s in graph.steps(edge)] == [
        ("ACTIVE", "RESIZE"),
        ("RESIZE", "VERIFY_RESIZE"),
    ]


def test_only_the_last_step_of_a_failed_edge_fails():
    edge = next(e for e in graph.edges(sample()) if e.trigger == "resize" and e.fails)
    assert [(s.target, s.outcome) for s in graph.steps(edge)] == [("RESIZE", "success"), ("ERROR", "failure")]


def test_a_way_that_turns_back_fails_only_at_its_end():
    edge = graph.Edge(
        "ACTIVE", "ACTIVE", "resize", "action", ("RESIZE", "ACTIVE", "RESIZE"), "failure", fails="x"
    )
    assert [s.outcome for s in graph.steps(edge)] == ["success", "success", "success", "failure"]


def test_what_leads_in_and_out_stands_in_the_order_of_the_statuses():
    into = [(s.source, s.edge.trigger) for s in graph.incoming(sample(), "SHUTOFF")]
    assert into == [
        ("ACTIVE", "power-sync"),
        ("ACTIVE", "stop"),
        ("VERIFY_RESIZE", "confirm-resize"),
        ("ERROR", "stop"),
    ]
    assert {s.target for s in graph.outgoing(sample(), "RESIZE")} == {"VERIFY_RESIZE", "ERROR"}
    assert graph.incoming(sample(), "BUILD")[0].source is None


def test_graphml_can_be_read_back_and_is_the_same_twice():
    text = graph.graphml(sample())
    assert text == graph.graphml(sample())
    read = nx.read_graphml(io.BytesIO(text))
    assert read.nodes["ACTIVE"]["kind"] == "stable"
    assert [data["trigger"] for _, _, data in read.out_edges(graph.NEW, data=True)] == ["create"]
    assert len(read.edges) == len(graph.edges(sample()))
