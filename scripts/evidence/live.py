"""What the tests ask of a running Nova each time, and the asking itself: guards of idle servers, a few life cycles.

Pure but for `ask`, which starts Nova in a process of its own; ask_live.py is what runs there.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from evidence import channel
from evidence.recording import NEWEST


@dataclass(frozen=True)
class Cycle:
    """A life of one server.

    steps: actions in their order, the first is "create". options: {name: value} of the [DEFAULT] group of Nova's
    configuration. failing: an operation of the driver that raises while the server is created.
    """

    steps: tuple[str, ...]
    options: dict[str, int] = field(default_factory=dict)
    failing: str = ""


CYCLES: dict[str, Cycle] = {
    "boot-suspend-resume-delete": Cycle(("create", "suspend", "resume", "delete")),
    "resize-confirm": Cycle(("create", "resize", "confirm-resize")),
    # The server stays SHELVED until the caller asks to offload it.
    "shelve-offload-unshelve": Cycle(
        ("create", "shelve", "shelve-offload", "unshelve"), {"shelved_offload_time": -1}
    ),
    "spawn-failure-delete": Cycle(("create", "delete"), failing="spawn"),
    "soft-delete-restore": Cycle(("create", "delete", "restore"), {"reclaim_instance_interval": 3600}),
}


@dataclass(frozen=True)
class Answers:
    """What Nova answered.

    guards: {action: {vm_state: outcome}}, an outcome as of outcomes.outcome. lives: {cycle: {"runs", "broken"}}: one
    run for each step, as in transitions.json, and why the cycle ended before its last step, or "". seconds: the
    processor time that the process took.
    """

    nova: str
    vm_states: list[str]
    guards: dict[str, dict[str, dict]]
    lives: dict[str, dict]
    seconds: float


def ask(release: int = NEWEST) -> Answers:
    """Starts Nova once and asks it everything. Raises EnvironmentFailed if it cannot be installed, or InsideFailed."""
    chunks = [{"name": name, **asdict(cycle)} for name, cycle in CYCLES.items()]
    found: dict = {}
    for message in channel.run(release, "inside.py", {"part": "live", "chunks": chunks}, "live"):
        found |= message
    return Answers(**found)
