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


def test_lines_point_at_the_values():
    loaded = load()
    line = loaded.lines.at(("statuses", "SUSPENDED", "kind"))
    assert loaded.text.splitlines()[line - 1].strip() == "kind: stable"
    assert loaded.lines.at(("statuses", "SUSPENDED", "nothing")) == loaded.lines.at(("statuses", "SUSPENDED"))
