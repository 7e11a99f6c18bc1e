"""One wrong cell in each section of the facts, typed in as a person would: which check says so, and at which line."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from novastatus import evidence
from novastatus.compare import FAULTS, compare, problems
from novastatus.load import loads

YAML = Path("data/statuses.yaml")
# Section: what stands there, what is typed instead, and the group of facts whose check must answer.
WRONG = {
    "releases": ("version: 15.1.5", "version: 15.1.4", "releases"),
    "vm_states": ("\n  soft-delete:\n", "\n  soft-deleted:\n", "names"),
    "task_states": ("\n  pausing:\n", "\n  halting:\n", "names"),
    "options": (
        "default: 0\n    unit: seconds\n    summary: After this time a resize",
        "default: 1\n    unit: seconds\n    summary: After this time a resize",
        "options",
    ),
    "statuses": ("\n  PAUSED:\n    kind: stable\n", "\n  PAUSED:\n    kind: transitional\n", "kind"),
    "actions": (
        'accepted: {idle: [active]}\n    codes:\n      400: "the server has acc',
        'accepted: {idle: [active, stopped]}\n    codes:\n      400: "the server has acc',
        "guard",
    ),
    "triggers": (
        "\n  build-finished:\n    kind: internal\n",
        "\n  build-finished:\n    kind: periodic\n",
        "trigger",
    ),
    "transitions": (
        "{from: SUSPENDED, to: ERROR, fails: the driver could not bring the guest back}",
        "{from: SUSPENDED, to: SHUTOFF, fails: the driver could not bring the guest back}",
        "transitions",
    ),
    "drivers": ("removed_in: 29", "removed_in: 30", "lifetime"),
    "operations": (
        "row: operation.suspend\n    actions: [suspend]\n    statuses: [SUSPENDED]\n    support:\n      libvirt-kvm-x86: complete",
        "row: operation.suspend\n    actions: [suspend]\n    statuses: [SUSPENDED]\n    support:\n      libvirt-kvm-x86: missing",
        "levels",
    ),
}


@cache
def recorded():
    return evidence.read()


@pytest.mark.parametrize("section", WRONG)
def test_a_wrong_cell_is_caught_by_its_check(section: str, capsys: pytest.CaptureFixture[str]):
    right, wrong, group = WRONG[section]
    text = YAML.read_text("utf-8")
    assert text.count(right) == 1, "choose a text that stands once"
    loaded = loads(text.replace(right, wrong).encode())
    leaves = [leaf for leaf in compare(loaded.catalog, recorded()) if leaf.verdict in FAULTS]
    found = [leaf for leaf in leaves if leaf.group == group and leaf.loc[0] == section]
    assert found, [(leaf.group, leaf.loc) for leaf in leaves]
    with capsys.disabled():
        print(f"\n{problems(loaded, found)[0]}")


def test_every_section_has_its_wrong_cell():
    sections = {name for name, value in loads(YAML.read_bytes()).catalog if isinstance(value, dict | list)}
    assert sections == set(WRONG)
