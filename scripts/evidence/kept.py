"""Pieces of work kept on disk until the whole is recorded, so that a run that was cut off can be taken up again."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

from evidence import environment

# A change in any of these makes what was kept worthless.
SCENARIOS = list((Path(__file__).parent / "scenarios").glob("*.py"))
SHARED = ("action_requests", "frozen", "outcomes", "running", "staging")
SOURCES = {
    "guards": (*SHARED, "ask_guards", "guard_sections"),
    "derivation": (*SHARED, "ask_derivation"),
    "lists": (*SHARED, "guard_sections", "ask_derivation", "ask_lists"),
    "transitions": ("running", "ask_transitions", *sorted(f"scenarios/{path.stem}" for path in SCENARIOS)),
    "holdings": ("running", "ask_holdings", *sorted(f"scenarios/{path.stem}" for path in SCENARIOS)),
}


def digest(release: int, part: str) -> str:
    """A short name for the programs and the lock that make a part of the evidence of a release."""
    found = hashlib.sha256(environment.lock_path(release).read_bytes())
    for name in SOURCES[part]:
        found.update((Path(__file__).parent / f"{name}.py").read_bytes())
    return found.hexdigest()[:16]


class Kept:
    """The results of one part for one release, by the name of the piece. purpose: "record" or "check"."""

    def __init__(self, release: int, part: str, purpose: str) -> None:
        self.above = environment.CACHE / "kept" / str(release) / f"{part}-{purpose}"
        self.folder = self.above / digest(release, part)

    def _path(self, piece: str) -> Path:
        return self.folder / (piece.replace("/", "+") + ".json")

    def get(self, piece: str) -> object | None:
        path = self._path(piece)
        return json.loads(path.read_text()) if path.is_file() else None

    def put(self, piece: str, result: object) -> None:
        """Written under another name first: a piece is either whole or not there."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self._path(piece)
        partial = path.with_suffix(".part")
        partial.write_text(json.dumps(result))
        partial.replace(path)

    def clear(self) -> None:
        shutil.rmtree(self.above, ignore_errors=True)
