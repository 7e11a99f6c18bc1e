"""Reading documents: the support matrix, tables, sections, lists of statuses; and the dates of releases."""

from __future__ import annotations

import zipfile

import pytest
from evidence.harvesting import official_texts, rst
from evidence.harvesting.release_facts import build_day, history_source, series_source
from evidence.harvesting.releases import RELEASES, Release
from evidence.harvesting.support_matrix import read_matrix
from evidence.harvesting.topic import Facts

OLD = """
[targets]
driver-impl-kvm=KVM
driver-impl-xen=Xen
[operation.suspend]
title=Suspend
status=optional
notes=Stops it.
cli=nova suspend
driver-impl-kvm=partial
driver-notes-kvm=Not always.
"""
NEW = """
[driver.kvm]
title=KVM
[operation.suspend]
title=Suspend
status=optional
notes=Stops it.
cli=nova suspend
driver.kvm=maybe
driver.gone=complete
driver-notes.gone=A note.
surprise=1
"""


def test_the_old_form_of_the_matrix():
    facts = Facts()
    read_matrix(facts, "m.ini", OLD)
    assert facts.lists["drivers"] == [{"driver": "kvm", "title": "KVM"}, {"driver": "xen", "title": "Xen"}]
    assert facts.lists["support"] == [
        {"operation": "operation.suspend", "driver": "kvm", "level": "partial", "note": "Not always."},
        {"operation": "operation.suspend", "driver": "xen", "level": None},
    ]
    assert facts.unread == []


def test_what_the_matrix_says_without_meaning_is_listed():
    facts = Facts()
    read_matrix(facts, "m.ini", NEW)
    assert "support" not in facts.lists
    assert [entry["what"] for entry in facts.unread] == [
        "level 'maybe'",
        "a level for a driver that has no column",
        "a note for a driver that has no column: A note.",
        "option of unknown meaning",
    ]


PAGE = """
States
======

  digraph states {
    active -> active [headport=nw]
    shelved ->  active
  }

======== =============== ============ =======
Command  Req'd VM States Task         Target
======== =============== ============ =======
pause    Active,         Resize       Paused
         Rescued         Verify, x
stop     Active          N/A          Stopped
======== =============== ============ =======

======= ========
State   Commands
======= ========
Paused  unpause,
        delete
======= ========
"""


def test_the_tables_and_the_graph_of_the_vm_states_page():
    facts = Facts()
    official_texts.read_vm_states_page(facts, "p.rst", PAGE)
    pause, stop = facts.lists["requirements"]
    assert pause == {
        "command": "pause",
        "vm_states": ["active", "rescued"],
        "task_states": ["resize verify", "x"],
        "target": ["paused"],
        "last_line": 13,
    }
    assert (stop["command"], stop["last_line"]) == ("stop", 15)
    assert facts.lists["commands"] == [
        {"vm_state": "paused", "commands": ["unpause", "delete"], "last_line": 21}
    ]
    assert [(e["source"], e["target"]) for e in facts.lists["diagram"]] == [
        ("active", "active"),
        ("shelved", "active"),
    ]
    assert facts.unread == []


def test_a_missing_table_is_listed():
    facts = Facts()
    official_texts.read_vm_states_page(facts, "p.rst", PAGE.split("======= ========\nState")[0])
    assert facts.unread == [{"where": "p.rst", "what": "1 of 2 tables"}]


def test_a_list_of_statuses():
    text = "- ``ACTIVE``. It runs. It is\n  well.\n\n- ``other``: no status\n-  ``ERROR``\n"
    facts = Facts()
    official_texts.read_status_list(facts, "api-ref", "s.inc", text, {"ACTIVE", "ERROR"})
    assert [(e["status"], e["sentence"], e["quote"]) for e in facts.lists["status_texts"]] == [
        ("ACTIVE", 1, "It runs."),
        ("ACTIVE", 2, "It is well."),
    ]
    assert facts.lists["status_gaps"] == [{"page": "api-ref", "status": "ERROR"}]


SECTION = """
Stop Server (os-stop Action)
============================

.. rest_method:: POST /servers/{server_id}/action

Stops it. Its status changes to ``SHUTOFF``.

**Preconditions**

The server status must be ``ACTIVE`` or ``STOPPED``.

Normal response codes: 202

``ERROR`` is named here too late.
"""


def test_conditions_of_a_section():
    facts = Facts()
    words = {"statuses": {"ACTIVE", "SHUTOFF", "ERROR"}, "vm_states": {"active"}, "task_states": set()}
    official_texts.read_conditions(facts, "s.inc", SECTION, words)
    introduction, conditions = facts.lists["conditions"]
    assert (introduction["statuses"], introduction["quote"]) == (
        ["SHUTOFF"],
        "Its status changes to ``SHUTOFF``.",
    )
    assert (
        conditions["part"],
        conditions["statuses"],
        conditions["not_statuses"],
        conditions["last_line"],
    ) == (
        "preconditions",
        ["ACTIVE"],
        ["STOPPED"],
        9,
    )


def test_prose_leaves_directives_out_and_keeps_bullets_apart():
    lines = [".. note:: x", "", "One. Two", "goes on.", "- A bullet", "* Another"]
    assert rst.prose(lines) == ["One.", "Two goes on.", "A bullet", "Another"]


def test_the_day_a_wheel_was_built(tmp_path):
    wheel = tmp_path / "nova.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a", (2019, 4, 9, 0, 0, 0)), "")
        archive.writestr(zipfile.ZipInfo("b", (2019, 4, 10, 12, 0, 0)), "")
    assert build_day(wheel) == "2019-04-10"


def test_where_a_release_gets_its_name_from():
    stein = Release(19, "19.3.2", "19.0.0", "Stein")
    assert (
        series_source(stein, {"releasenotes/source/stein.rst": "Stein\n\n19.3.2\n"})
        == "releasenotes/source/stein.rst:3"
    )
    assert series_source(stein, {}) is None
    assert history_source("Stein", "2.72 (Maximum in Stein)").endswith(":1")
    assert history_source("Ste", "2.72 (Maximum in Stein)") is None


def test_releases_follow_each_other():
    assert [release.number for release in RELEASES] == list(range(15, 35))
    assert all(release.last.startswith(f"{release.number}.") for release in RELEASES)


@pytest.mark.parametrize("line", ["a", ""])
def test_no_table_no_rows(line):
    assert rst.tables(line) == []
