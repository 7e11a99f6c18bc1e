"""Files that are no facts at all: a clear message with the line, and never a traceback."""

from __future__ import annotations

import pytest
from novastatus.load import load, loads
from novastatus.problems import DataError

CASES = {
    "empty": (b"", "x:1: must hold the facts, but the file is empty"),
    "only a comment": (b"# nothing\n", "x:1: must hold the facts, but the file is empty"),
    "not closed": (b"a: 1\nb: [1,\n", "x:3: must be YAML: while parsing a flow node"),
    "a tab": (b"a:\n\t- 1\n", "x:2: must be YAML: while scanning for the next token"),
    "latin-1": (b"a: 1\nb: caf\xe9\n", "x:2: must be UTF-8, found the byte 0xe9; save it as UTF-8"),
    "utf-16": ("a: 1".encode("utf-16"), "x:1: must be UTF-8, found the byte 0xff; save it as UTF-8"),
    "a control character": (b"a: 1\nb: \x01\n", "x:2: must be YAML: control characters are not allowed"),
    "a merge of a number": (b"a: 1\n<<: 3\n", "x:2: '<<' must take over one mapping, as in '<<: *name'"),
    "a merge of a list": (b"a: &a {}\n<<: [*a]\n", "x:2: '<<' must take over one mapping"),
    "a merge of itself": (b"a: &a {<<: *a}\n", "x:1: must be YAML: maximum recursion depth exceeded"),
    "a tag for a whole number": (
        b"a: 1\nschema_version: !!int x\n",
        "x:2: must be a whole number that a computer can hold, as it is an !!int, not 'x'",
    ),
    "a tag for a number": (b"a: !!float abc\n", "x:1: must be a number that a computer can hold"),
    "a tag for true": (b"a: !!bool yes\n", "x:1: must be true or false, as it is an !!bool, not 'yes'"),
    "a tag for a mapping": (b"a: !!set {b}\n", "x:1: must be YAML: there is nothing that !!set stands for"),
    "a number without end": (
        b"a: 1\nschema_version: " + b"1" * 5000 + b"\n",
        f"x:2: must be a whole number that a computer can hold, as it is an !!int, not '{'1' * 40}'… (5000 characters)",
    ),
    "a number too large": (b"a: 1e999\n", "x:1: must be a number that a computer can hold"),
    "an unknown tag": (
        b"a: 1\nb: !python/object x\n",
        "x:2: must be YAML: there is nothing that !python/object stands for",
    ),
    "a list": (b"- 1\n", "x:1: the file: input should be a valid dictionary"),
    "a name that is a list": (b"a: 1\n? [b]\n: 1\n", "x:2: a name must be a plain text"),
    "a name twice": (b"nova: 1\nnova: 2\n", "x:2: each name must stand once, 'nova' stands at line 1 too"),
    "an unknown section": (
        b"statsues: {}\n",
        "x:1: statsues is no key of this section; did you mean 'statuses'?",
    ),
    "a text for a section": (b"statuses: 3\n", "x:1: statuses: input should be a valid dictionary, not 3"),
    "another version": (b"schema_version: 2\n", "x:1: schema_version must be 1, not 2"),
    "a section missing": (b"nova: 34.0.0\n", "x:1: statuses must be given"),
}


@pytest.mark.parametrize(("raw", "message"), CASES.values(), ids=CASES)
def test_what_cannot_be_read(raw, message):
    with pytest.raises(DataError) as error:
        loads(raw, "x")
    assert message in str(error.value)


def test_a_file_that_is_not_there():
    with pytest.raises(DataError, match=r"^nowhere\.yaml:1: cannot be read: No such file or directory$"):
        load("nowhere.yaml")


def test_wrong_values_are_named_with_the_nearest_right_one():
    raw = (
        load()
        .text.replace("    kind: stable\n", "    kind: stabel\n", 1)
        .replace("    meaning:", "    meening:", 1)
    )
    with pytest.raises(DataError) as error:
        loads(raw.encode())
    text = str(error.value)
    assert (
        "kind must be 'stable', 'transitional', 'final', 'fault' or 'unknown', not 'stabel'; did you mean 'stable'?"
        in text
    )
    assert "meening is no key of this section; did you mean 'meaning'?" in text
    line = raw[: raw.index("stabel")].count("\n") + 1
    assert f"data/statuses.yaml:{line}: " in text


def test_what_cannot_be_read_is_told_once_and_with_all_the_rest():
    with pytest.raises(DataError) as error:
        loads(b"schema_version: !!int x\nnova: 34\nreleases: !!bool no\n", "x")
    told = [
        problem.message
        for problem in error.value.problems
        if problem.line in (2, 3) or "x'" in problem.message
    ]
    assert [message.partition(",")[0] for message in told] == [
        "must be a whole number that a computer can hold",
        "nova: input should be a valid string",
        "must be true or false",
    ]


SHAPES = {
    "no body": (
        ", body: {pause: null}",
        "",
        "a POST request must have a body, that of '/servers/{server_id}/action' has none",
    ),
    "an empty body": ("body: {pause: null}", "body: {}", "a POST request must have a body"),
    "a body too many": (
        'method: GET, path: "/servers/{server_id}/diagnostics"',
        'method: GET, path: "/servers/{server_id}/diagnostics", body: {a: 1}',
        "a GET request must have no body, that of '/servers/{server_id}/diagnostics' has one",
    ),
    "a path": (
        'path: "/servers/{server_id}/diagnostics"',
        "path: servers",
        "get-diagnostics.request.path must be a path that begins with '/', as '/servers/{server_id}/action', not 'servers'",
    ),
    "a code too low": ("      403: quota\n", "      202: quota\n", "codes.202 must be 400 or more, not 202"),
    "a code too high": (
        "refused_with: 500",
        "refused_with: 5000",
        "refused_with must be 599 or less, not 5000",
    ),
    "the code of a vm_state": (
        "shelved_offloaded: 400",
        "shelved_offloaded: 40",
        "must be 400 or more, not 40",
    ),
    "a microversion": (
        '"2.26"',
        '"226"',
        "request.microversion must be a microversion in quotes, as '2.95', not '226'",
    ),
    "a microversion's change": (
        'since: "2.73"',
        'since: "3.1"',
        "since must be a microversion in quotes, as '2.95', not '3.1'",
    ),
    "the version of the schema": (
        "schema_version: 1",
        "schema_version: 0",
        "schema_version must be 1, not 0",
    ),
    "the version of Nova": (
        "nova: 34.0.0",
        "nova: newest",
        "nova must be a version of Nova, as '34.0.0', not 'newest'",
    ),
    "no sources": (
        'sources: ["nova/compute/api.py: lock"]',
        "sources: []",
        "actions.lock.sources must name at least one, it is empty",
    ),
    "no levels": (
        "libvirt-kvm-x86: complete",
        "libvirt-kvm-x86: []",
        "libvirt-kvm-x86 must name at least one, it is empty",
    ),
    "no start of a way": (
        "{from: ACTIVE, to: PAUSED}",
        "{from: [], to: PAUSED}",
        "transitions.pause.0.from must name at least one",
    ),
    "no ways": (
        "  create:\n    - {from: null, to: BUILD}",
        "  create: []",
        "transitions.create must name at least one",
    ),
    "another word than nothing": (
        "    moves: nothing",
        "    moves: all",
        "moves must be 'nothing', not 'all'",
    ),
}


@pytest.mark.parametrize(("right", "wrong", "message"), SHAPES.values(), ids=SHAPES)
def test_wrong_shapes_are_refused(right, wrong, message):
    text = load().text
    assert right in text
    with pytest.raises(DataError) as error:
        loads(text.replace(right, wrong, 1).encode())
    line = text[: text.index(right)].count("\n") + 1
    assert any(message in p.message and abs(p.line - line) <= 1 for p in error.value.problems), str(
        error.value
    )


def test_lines_point_at_the_values():
    loaded = load()
    line = loaded.lines.at(("statuses", "SUSPENDED", "kind"))
    assert loaded.text.splitlines()[line - 1].strip() == "kind: stable"
    assert loaded.lines.at(("statuses", "SUSPENDED", "nothing")) == loaded.lines.at(("statuses", "SUSPENDED"))
