"""The parts of the guards' evidence: who asks about which servers. Pure data and functions, no Nova."""

from __future__ import annotations

from dataclasses import dataclass, field

# A task in progress that no action makes an exception for.
BUSY = "powering-on"
# One task state of each kind that Nova 34's guards tell apart, and some that an older release might.
KINDS = (None, BUSY, "rebooting", "rebooting_hard", "suspending", "migrating", "deleting", "image_uploading")


@dataclass(frozen=True)
class Section:
    """caller: "admin", "owner" or "reader". task_states: "all", "kinds" (KINDS), "some" (none and BUSY) or "none".

    columns: columns of the server's row that are set besides vm_state and task_state. down: whose compute service
    is down, "" nobody's, "host" the server's, "source" that of the host a resize came from. deleted: the server was
    really deleted before.
    """

    name: str
    caller: str
    task_states: str
    columns: dict[str, object] = field(default_factory=dict)
    down: str = ""
    deleted: bool = False
    notes: str = ""


SECTIONS = (
    Section("admin", "admin", "all"),
    Section("history", "admin", "kinds", notes="What is asked of releases before the newest."),
    Section("owner", "owner", "some", notes="A member of the project."),
    Section("reader", "reader", "some", notes="A reader of the project."),
    Section(
        "locked_owner", "owner", "none", {"locked": 1, "locked_by": "owner"}, notes="The owner locked it."
    ),
    Section(
        "locked_admin", "admin", "none", {"locked": 1, "locked_by": "owner"}, notes="The owner locked it."
    ),
    Section(
        "admin_locked_owner",
        "owner",
        "none",
        {"locked": 1, "locked_by": "admin"},
        notes="An admin locked it.",
    ),
    Section(
        "never_launched", "admin", "none", {"launched_at": None}, notes="The build never came to its end."
    ),
    Section("without_host", "admin", "none", {"host": None, "node": None}, notes="On no host."),
    Section(
        "host_down", "admin", "none", down="host", notes="Its compute service is forced down and silent."
    ),
    Section(
        "source_host_down",
        "admin",
        "none",
        down="source",
        notes="Where a resize came from; its actions alone.",
    ),
    Section("deleted_admin", "admin", "none", deleted=True, notes="Really deleted; asked once."),
    Section("deleted_owner", "owner", "none", deleted=True, notes="Really deleted; asked once."),
)
OF_NEWEST = tuple(section.name for section in SECTIONS if section.name != "history")
BY_NAME = {section.name: section for section in SECTIONS}


def chunks(vm_states: list[str]) -> list[str]:
    """The pieces of work, each kept when done: "admin/active", ..., "owner", ...

    >>> chunks(["active"])[:4]
    ['admin/active', 'history/active', 'owner', 'reader']
    """
    found = []
    for section in SECTIONS:
        if section.task_states in ("all", "kinds"):
            found += [f"{section.name}/{vm_state}" for vm_state in vm_states]
        else:
            found.append(section.name)
    return found


def vm_states_of(chunk: str, vm_states: list[str]) -> list[str]:
    section = BY_NAME[chunk.partition("/")[0]]
    if section.deleted:
        return ["deleted"]
    return [chunk.partition("/")[2]] if "/" in chunk else vm_states


def task_states_of(section: Section, task_states: list[str | None]) -> list[str | None]:
    return {"all": task_states, "kinds": list(KINDS), "some": [None, BUSY], "none": [None]}[
        section.task_states
    ]
