"""Runs a part of the probe for a release and reads and writes what is recorded under data/evidence/probe/."""

from __future__ import annotations

import json
import os
import queue
import threading
from collections.abc import Iterator
from pathlib import Path

from evidence import channel, environment, guard_sections, guards, holdings, transitions, views
from evidence.action_requests import ACTIONS
from evidence.kept import Kept
from evidence.progress import Progress

# Releases before the newest are asked for what a history needs: the admin's answers.
NEWEST = max(environment.VERSIONS)
# How many Novas are asked at the same time for the guards, each keeping a processor busy.
WORKERS = int(os.environ.get("EVIDENCE_WORKERS", "1"))
# EVIDENCE_ALL_PAIRS=1: every pair of the older releases too, and not one task state of each kind.
ALL_PAIRS = os.environ.get("EVIDENCE_ALL_PAIRS") == "1"
PARTS = ("guards", "derivation", "lists", "transitions", "holdings")
# The families of scenarios that ask_transitions knows, each a piece of work.
FAMILIES = (
    "plain",
    "driver_failures",
    "failures",
    "periodic",
    "power_sync",
    "events",
    "lifecycle",
    "held",
    "host_down",
    "restart",
)


def path_of(release: int, part: str) -> Path:
    return environment.ROOT / "data" / "evidence" / "probe" / str(release) / f"{part}.json"


def recorded(release: int, part: str) -> dict | None:
    path = path_of(release, part)
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def written(document: dict) -> str:
    """The document as text: one line for each row and each short value, so that a change is one line of a diff.

    >>> print(written({"a": {"b": [1, 2]}, "c": []}), end="")
    {
     "a": {
      "b": [1, 2]
     },
     "c": []
    }
    """
    return _lines(document, "") + "\n"


def _lines(value: object, indent: str) -> str:
    short = json.dumps(value, ensure_ascii=False)
    simple = not isinstance(value, dict | list) or not value
    if simple or (len(short) + len(indent) <= 108 and not _has_deep(value)):
        return short
    inner = indent + " "
    if isinstance(value, dict):
        parts = [f"{inner}{json.dumps(key)}: {_lines(item, inner)}" for key, item in value.items()]
        return "{\n" + ",\n".join(parts) + f"\n{indent}}}"
    return "[\n" + ",\n".join(f"{inner}{_lines(item, inner)}" for item in value) + f"\n{indent}]"


def _has_deep(value: object) -> bool:
    """True for a dict or list whose members hold dicts, which get a line each."""
    if isinstance(value, dict):
        return any(isinstance(item, dict) for item in value.values())
    return any(isinstance(item, dict) for item in value)


def record(release: int, part: str) -> Path:
    """Runs a part and writes its file; what an earlier run that was cut off had done is used. Returns the path."""
    kept = Kept(release, part, "record")
    document = run(release, part, kept)
    path = path_of(release, part)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written(document), encoding="utf-8")
    kept.clear()
    return path


def check(release: int, part: str) -> list[str]:
    """Runs a part again and returns what differs from the record, in readable lines."""
    known = recorded(release, part)
    if known is None:
        return [f"{part} of Nova {release}: nothing is recorded"]
    kept = Kept(release, part, "check")
    seen = run(release, part, kept)
    kept.clear()
    return compare(part, known, json.loads(written(seen)))


def compare(part: str, known: dict, seen: dict) -> list[str]:
    """The differences of two documents of a part; never empty if they differ at all."""
    lines = _comparer(part)(known, seen)
    if not lines and known != seen:
        keys = [key for key in sorted(set(known) | set(seen)) if known.get(key) != seen.get(key)]
        lines = [f"{part}: the answers are the same, but {', '.join(keys)} changed"]
    return lines


def run(release: int, part: str, kept: Kept) -> dict:
    """The document of a part: asks Nova for the pieces that are not kept, then assembles."""
    version = environment.VERSIONS[release]
    if part == "guards":
        sections = sections_of(release, recorded(release, part))
        states, results = _run_guards(release, kept, sections)
        return guards.assemble(version, states, results, sections)
    if part == "transitions":
        missing = [name for name in FAMILIES if kept.get(name) is None]
        progress = Progress(f"Nova {release} {part}", len(missing))
        _keep_missing(release, part, kept, missing, progress)
        return transitions.assemble(version, {name: kept.get(name) for name in FAMILIES})
    found = kept.get(part)
    if found is None:
        found = _single(release, part)
        kept.put(part, found)
    return holdings.assemble(version, found) if part == "holdings" else views.assemble(part, version, found)


def sections_of(release: int, known: dict | None) -> tuple[str, ...]:
    """The sections asked of a release: all of the newest; of an older one the pairs that the record already has."""
    if release == NEWEST:
        return guard_sections.OF_NEWEST
    if ALL_PAIRS or (known and "admin" in known["sections"]):
        return ("admin",)
    return ("history",)


def _comparer(part: str):
    own = {"guards": guards, "transitions": transitions, "holdings": holdings}
    return own.get(part, views).differences


def _single(release: int, part: str) -> object:
    result = None
    for message in channel.run(release, "inside.py", {"part": part, "chunks": [part]}, part):
        result = message.get("result", result)
    return result


def _run_guards(release: int, kept: Kept, sections: tuple[str, ...]) -> tuple[dict, dict]:
    states = kept.get("states")
    if states is None:
        states = next(
            message
            for message in channel.run(release, "inside.py", {"part": "guards", "chunks": []}, "guards")
            if "vm_states" in message
        )
        kept.put("states", states)
    names = guard_sections.chunks(states["vm_states"])
    names = [name for name in names if name.partition("/")[0] in sections]
    missing = [name for name in names if kept.get(name) is None]
    progress = Progress(f"Nova {release} guards", sum(_size(name, states) for name in names))
    progress.advance(sum(_size(name, states) for name in names if name not in missing), "kept from before")
    _keep_missing(release, "guards", kept, missing, progress)
    return states, {name: kept.get(name) for name in names}


def _keep_missing(release: int, part: str, kept: Kept, missing: list[str], progress: Progress) -> None:
    for message in _side_by_side(release, part, missing):
        if "chunk" in message:
            kept.put(message["chunk"], message["result"])
        # Families tell no number of requests: each counts as one.
        progress.advance("chunk" in message if part == "transitions" else message.get("done", 0))
    progress.close()


def _side_by_side(release: int, part: str, chunks: list[str]) -> Iterator[dict]:
    """The messages of as many Novas as WORKERS says, each with its share of the chunks."""
    shares = [share for number in range(WORKERS) if (share := chunks[number::WORKERS])]
    messages: queue.Queue = queue.Queue()

    def work(number: int, share: list[str]) -> None:
        try:
            task = {"part": part, "chunks": share}
            for message in channel.run(release, "inside.py", task, f"{part}-{number}"):
                messages.put(message)
            messages.put(None)
        except BaseException as failure:  # handed to the reader, which raises it
            messages.put(failure)

    for number, share in enumerate(shares):
        threading.Thread(target=work, args=(number, share), daemon=True).start()
    running = len(shares)
    while running:
        message = messages.get()
        if isinstance(message, BaseException):
            raise message
        if message is None:
            running -= 1
        else:
            yield message


def _size(chunk: str, states: dict) -> int:
    """How many requests a piece of work is."""
    section = guard_sections.BY_NAME[chunk.partition("/")[0]]
    pairs = len(guard_sections.vm_states_of(chunk, states["vm_states"]))
    return pairs * len(guard_sections.task_states_of(section, states["task_states"])) * len(ACTIONS)
