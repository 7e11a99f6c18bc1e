"""The shapes of the facts: what ``data/statuses.yaml`` may hold.

The model is lenient where a rule can say more than a type: a name is any string here, and `check` says
which one was meant. Keys of the YAML mappings become the ``name`` of what they hold.
"""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.json_schema import SkipJsonSchema

VERSION = 1
"""Version of the facts and of the machine contract made from them: the ``v1`` in the addresses."""
FIRST_RELEASE = 15
SHAPES = {
    r"^/": "a path that begins with '/', as '/servers/{server_id}/action'",
    r"^2\.[0-9]+$": "a microversion in quotes, as '2.95'",
    r"^[0-9]+\.[0-9]+\.[0-9]+$": "a version of Nova, as '34.0.0'",
}
"""The patterns of the short texts, each with what it asks for."""
_PATH, _MICROVERSION, _VERSION = SHAPES

Path = Annotated[str, Field(pattern=_PATH)]
MicroversionName = Annotated[str, Field(pattern=_MICROVERSION)]
Version = Annotated[str, Field(pattern=_VERSION)]
Code = Annotated[int, Field(ge=400, le=599)]
"""The HTTP code of a refusal or a failure."""
Sources = Annotated[list[str], Field(min_length=1)]


class Kind(StrEnum):
    """What a status waits for."""

    STABLE = "stable"
    TRANSITIONAL = "transitional"
    FINAL = "final"
    FAULT = "fault"
    UNKNOWN = "unknown"


class Level(StrEnum):
    """How well a driver supports an operation. ``removed`` is derived from the driver's lifetime."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    MISSING = "missing"
    UNKNOWN = "unknown"
    REMOVED = "removed"


class Fact(BaseModel):
    """Base of all facts: immutable, and no key that the model does not know."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, use_attribute_docstrings=True
    )

    def __hash__(self) -> int:
        """By identity: facts are keys of caches, and hold lists and dictionaries."""
        return id(self)


class Named(Fact):
    """A fact that stands under its name in a mapping."""

    name: SkipJsonSchema[str] = ""


def _named(mapping: Any) -> Any:
    """Give each value of a mapping its key as ``name``."""
    if not isinstance(mapping, dict):
        return mapping
    return {
        key: {**value, "name": str(key)} if isinstance(value, dict) else value
        for key, value in mapping.items()
    }


def _listed(value: Any) -> Any:
    """Let one value stand for a list of one; ``null`` is a value too (no source: the server is new)."""
    return value if isinstance(value, list) else [value]


class Release(Fact):
    """A release of Nova."""

    number: int
    """Nova's major version, 15 to 34."""
    series: str
    """The series name, with OpenStack's year where it has one: ``2026.2 ...``."""
    version: Version
    """The last version of the release that was read for this reference."""
    date: datetime.date | None = None
    """Day of the first version, where a source gives it."""
    source: str = ""


class VmState(Named):
    """One of Nova's 12 vm_states."""

    summary: str


class TaskState(Named):
    """One of Nova's task_states; none at all is written ``null``."""

    summary: str


class Option(Named):
    """A configuration option of Nova that bounds a status or sets off a trigger."""

    group: str = "DEFAULT"
    default: int | str | bool | None
    unit: str = ""
    summary: str
    source: str = "nova/conf"


class Holdings(Fact):
    """What a server keeps while it is in a status. ``varies`` needs a note that says when."""

    guest: Literal["running", "paused", "saved", "off", "absent", "varies"]
    host: Literal["used", "free", "varies"]
    """Memory and vCPUs of the host, really in use by the guest."""
    allocation: Literal["one host", "both hosts", "none", "varies"]
    """The server's allocation in Placement."""
    disk: Literal["on the host", "on both hosts", "in an image", "none", "varies"]
    ports: Literal["bound", "unbound", "deleted", "varies"]
    volumes: Literal["attached", "reserved", "detached", "varies"]
    quota: Literal["counted", "free", "varies"]
    notes: dict[str, str] = {}
    """Keyed by the field that the note explains."""


class Visibility(Fact):
    """Who sees a status and who may list by it."""

    show: Literal["everyone", "admins", "nobody"]
    filter: Literal["everyone", "admins", "nobody"]
    note: str = ""


class Duration(Fact):
    """How long a status may last."""

    text: str
    option: str | None = None
    """The configuration option that bounds it."""


class Trouble(Fact):
    """One way a server gets stuck."""

    sign: str
    """What one sees."""
    look: str | None = None
    """The command that tells."""
    do: str
    """What mends it; prose with commands."""


class Claim(Fact):
    """What an official text says of a status, and what holds."""

    says: str
    where: str
    truth: str
    about: Literal["meaning", "hypervisors"] = "meaning"
    """The section of the status' page that it belongs to."""


class Status(Named):
    """One of the 20 values of a server's ``status``."""

    kind: Kind
    summary: str
    """One line: what it means."""
    advice: str
    """One line: what to do now."""
    meaning: str
    states: dict[str, Literal["any", "others"] | list[str | None]]
    """vm_state to task_states: ``any``, ``others`` (all that no other status names), or a list."""
    seen_by: Visibility
    holds: Holdings
    next: str
    lasts: Duration
    stuck: list[Trouble] = []
    aliases: list[str] = []
    needs: str | None = None
    """The driver operation without which no server gets here."""
    spared: str | None = None
    """Which servers get here without that operation."""
    claims: list[Claim] = []
    sources: Sources


class Request(Fact):
    """An HTTP request of the compute API; ``{server_id}`` and the like stand for values."""

    method: Literal["GET", "POST", "PUT", "DELETE"]
    path: Path
    body: dict[str, Any] | None = None
    microversion: MicroversionName | None = None
    """The lowest that knows the request, if not 2.1."""

    @model_validator(mode="after")
    def _a_body_where_one_is_sent(self) -> Request:
        if self.method in ("POST", "PUT") and not self.body:
            raise ValueError(f"a {self.method} request must have a body, that of {self.path!r} has none")
        if self.method in ("GET", "DELETE") and self.body is not None:
            raise ValueError(f"a {self.method} request must have no body, that of {self.path!r} has one")
        return self


class Policy(Fact):
    """The default policy of an action."""

    rule: str
    who: Literal["project reader", "project member", "project manager", "admin", "service or admin"]


class Microversion(Fact):
    """What a microversion changed for an action."""

    since: MicroversionName
    change: str


class During(Fact):
    """vm_states in which an action is accepted only with these task_states."""

    vm_states: Annotated[list[str], Field(min_length=1), BeforeValidator(_listed)]
    task_states: Annotated[list[str | None], Field(min_length=1)]


class Guard(Fact):
    """The (vm_state, task_state) pairs in which Nova accepts an action."""

    idle: list[str] = []
    """vm_states: accepted only while no task runs."""
    any: list[str] = []
    """vm_states: accepted whatever task runs."""
    during: list[During] = []


class Action(Named):
    """An API operation that a caller asks for."""

    summary: str
    group: Literal["life", "power", "change", "move", "store", "attach", "access", "describe"]
    request: Request
    cli: str
    """The ``openstack`` command."""
    sdk: str
    """The openstacksdk call, on ``conn.compute``."""
    policy: Policy
    accepted: Guard
    launched: bool = True
    """Whether a server that never launched is refused."""
    refused_with: Code = 409
    """The HTTP code of the guard's refusal."""
    refused_in: dict[str, Code] = {}
    """vm_states whose refusal has another HTTP code, with that code."""
    called: str | None = None
    """What Nova's refusals call it (``Cannot 'createImage' instance …``), where that is not its name here."""
    codes: dict[Code, str] = {}
    """Other HTTP answers worth knowing, with when they come."""
    microversions: list[Microversion] = []
    tasks: list[str] = []
    """task_states that one sees while it runs, in order."""
    effect: str
    """What the caller gets, in one line. Begins with ``status unchanged`` where no transition follows."""
    lock: bool
    """Whether a locked server refuses it to everyone but admins."""
    host_up: Literal["needed", "not needed", "must be down"]
    operation: str | None = None
    """The driver operation it needs."""
    follows: list[str] = []
    """The actions that it ends, keeps or takes back: without one of them before, there is nothing to ask it for."""
    last_resort: bool = False
    """Whether it destroys something or changes only the database: no route leads through it if another does."""
    notes: str = ""
    sources: Sources


class Trigger(Named):
    """What moves a server without an API call of its user."""

    kind: Literal["internal", "periodic"]
    title: str
    summary: str
    meaning: str
    option: str | None = None
    moves: Literal["nothing"] | None = None
    """``nothing``: it changes no status, so that no transition tells of it."""
    sources: Sources


class Transition(Fact):
    """A move between statuses, under the action or trigger that starts it."""

    source: Annotated[list[str | None], Field(min_length=1), BeforeValidator(_listed)] = Field(alias="from")
    """Statuses it starts from; ``null``: there is no server yet."""
    through: list[str] = []
    """Statuses shown on the way, in order."""
    to: str
    fails: str | None = None
    """What went wrong; given, the outcome is failure."""
    when: str | None = None
    """The condition under which it goes this way."""
    rests_on: str | None = None
    """The source, where no run of Nova can show it."""


class Driver(Named):
    """A Nova virt driver: a column of the support matrix."""

    title: str
    hypervisor: str
    virt: str
    """The driver's folder or class under ``nova.virt``."""
    column: str
    """Its name in Nova's support matrix."""
    added_in: int | None = None
    """Release that brought it; null: it was there before 15, where this reference begins."""
    removed_in: int | None = None
    """First release without it."""
    summary: str
    sources: Sources


class Support(Fact):
    """A support level from a release on."""

    since: int | None = None
    """Null: from the driver's first release here."""
    level: Level
    note: str | None = None


def _levels(value: Any) -> Any:
    """``complete`` and ``{level: …}`` are short for a list of one."""
    if isinstance(value, str):
        return [{"level": value}]
    return [value] if isinstance(value, dict) else value


class Operation(Named):
    """A driver operation: a row of the support matrix."""

    title: str
    summary: str
    row: str | None = None
    """Its section in Nova's support matrix, if it has one."""
    actions: list[str] = []
    statuses: list[str] = []
    support: dict[str, Annotated[list[Support], Field(min_length=1), BeforeValidator(_levels)]]
    source: str = ""


class Catalog(Fact):
    """All facts."""

    schema_version: Literal[VERSION]
    nova: Version
    """The Nova version that the facts were verified on."""
    releases: list[Release]
    vm_states: Annotated[dict[str, VmState], BeforeValidator(_named)]
    task_states: Annotated[dict[str, TaskState], BeforeValidator(_named)]
    options: Annotated[dict[str, Option], BeforeValidator(_named)]
    statuses: Annotated[dict[str, Status], BeforeValidator(_named)]
    actions: Annotated[dict[str, Action], BeforeValidator(_named)]
    triggers: Annotated[dict[str, Trigger], BeforeValidator(_named)]
    transitions: dict[str, Annotated[list[Transition], Field(min_length=1)]]
    drivers: Annotated[dict[str, Driver], BeforeValidator(_named)]
    operations: Annotated[dict[str, Operation], BeforeValidator(_named)]

    @model_validator(mode="after")
    def _no_section_empty(self) -> Catalog:
        empty = [name for name in type(self).model_fields if getattr(self, name) in ({}, [])]
        if empty:
            raise ValueError(f"no section may be empty: {', '.join(empty)}")
        return self
