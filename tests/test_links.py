"""Addresses, files and anchors."""

from __future__ import annotations

import doctest
import importlib

import pytest
from novastatus import links


@pytest.mark.parametrize("name", ["links", "evidence", "problems", "render"])
def test_examples_in_the_docstrings(name):
    """Imported here: a test of the adapters loads the package anew."""
    result = doctest.testmod(importlib.import_module(f"novastatus.{name}"))
    assert result.attempted and not result.failed


def test_files_and_addresses_are_each_other_reversed():
    for address in ("/", "/statuses/", "/statuses/ACTIVE/", "/actions/matrix/"):
        assert links.page_address(links.page_file(address)) == address


def test_markdown_links_become_files_and_html_links_addresses():
    text = (
        '[a](/statuses/ACTIVE/#stuck) <a href="/support/#suspend">b</a> [c](/api/v1/statuses.json) [d](#here)'
    )
    assert links.relative(text, "actions/suspend.md") == (
        '[a](../statuses/ACTIVE.md#stuck) <a href="../../support/#suspend">b</a> '
        "[c](../api/v1/statuses.json) [d](#here)"
    )
    assert links.relative("[h](/)", "statuses/ACTIVE.md") == "[h](../index.md)"


def test_what_stands_in_code_blocks_is_no_link_and_no_anchor():
    text = "```\n[a](/statuses/ACTIVE/) {#x}\n```\n[b](/errata/) {#y}\n"
    assert [address for address, _, _ in links.targets(text)] == ["/errata/"]
    assert links.anchors(text) == ["y"]
