"""What the finder knows beside the facts: the pages that stand for a whole section, and errors in Nova's words."""

from __future__ import annotations

from typing import NamedTuple


class Section(NamedTuple):
    """A page for a whole section."""

    address: str
    title: str
    text: str
    aliases: tuple[str, ...] = ()


class Said(NamedTuple):
    """An error in Nova's words that names no vm_state: what it means, and where to read on."""

    says: str
    """A regular expression, any case."""
    name: str
    kind: str
    text: str
    address: str


SECTIONS = (
    Section("/statuses/", "Statuses", "All statuses, with what to do now", ("status", "runbooks")),
    Section("/actions/", "Actions", "All actions, with where each is accepted"),
    Section(
        "/actions/matrix/",
        "Action by status",
        "What Nova answers to each action in each status",
        ("matrix", "errors", "refusals"),
    ),
    Section("/transitions/", "Transitions", "The whole graph, and its table", ("graph", "life cycle")),
    Section("/triggers/", "Triggers", "What moves a server without anybody asking"),
    Section(
        "/states/",
        "How a status is derived",
        "Every pair of vm_state and task_state",
        ("vm_states", "task_states"),
    ),
    Section(
        "/support/", "Hypervisor support", "Which driver can do what", ("support", "hypervisors", "drivers")
    ),
    Section("/evidence/", "Evidence", "On what the facts rest"),
    Section("/errata/", "Errata", "Where official texts differ from Nova"),
    Section("/releases/", "Releases", "What changed in each release of Nova", ("versions", "changes")),
    Section(
        "/schema/", "Schema and data", "JSON Schema, JSON data, wait plans", ("schema", "api", "json", "data")
    ),
    Section(
        "/source/", "Source of the facts", "The file that all pages are made from", ("yaml", "statuses.yaml")
    ),
)

CONFLICT = r"^(http|error|code|status|\W)*409(conflict|\W)*$|^\W*conflict\W*$"
DOWN = "compute service .*(unavailable|down)|service is unavailable|MessagingTimeout"

ERRORS = (
    Said(
        "is locked", "lock", "the server is locked", "Unlock it, or ask an administrator", "/actions/unlock/"
    ),
    Said(
        "no valid host",
        "No valid host",
        "trigger",
        "No host has room for the server or fits it",
        "/triggers/#no-valid-host",
    ),
    Said(
        "exceeded max|number of retries",
        "Build failed",
        "trigger",
        "Every host that was tried failed to build it",
        "/triggers/#build-failed",
    ),
    Said(
        "could not be found|no server with a name or id",
        "DELETED",
        "the server is gone, or not yours to see",
        "A deleted server answers 404 to everything",
        "/statuses/DELETED/",
    ),
    Said(
        "stuck .*build",
        "BUILD",
        "status",
        "How a server gets stuck in BUILD, and what mends it",
        "/statuses/BUILD/#stuck",
    ),
    Said(
        DOWN,
        "Host failed",
        "trigger",
        "The server's compute service is down: its status does not change",
        "/triggers/#host-failure",
    ),
    Said(
        DOWN,
        "evacuate",
        "action",
        "Where the host stays down: the server made anew on another one",
        "/actions/evacuate/",
    ),
    Said(
        "is not ready|InstanceNotReady",
        "BUILD",
        "the server has no host",
        "It has none yet, or none any more",
        "/statuses/BUILD/",
    ),
    Said(
        CONFLICT,
        "Action by status",
        "where Nova answers 409",
        "Each action in each status, with its answer",
        "/actions/matrix/",
    ),
    Said(
        CONFLICT,
        "lock",
        "a locked server answers 409 too",
        "Unlock it, or ask an administrator",
        "/actions/unlock/",
    ),
)
"""In this order; what starts from the facts (quotas, policies) is added in `finder`."""
