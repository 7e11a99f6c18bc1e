"""Shapes of a status."""

from __future__ import annotations

from typing import Literal

from ...model import Kind
from .base import ActionName, Shape, States, StatusName, Transition


class Holdings(Shape):
    """What a server keeps while it is in a status."""

    guest: str
    host: str
    """Memory and vCPUs of the host."""
    allocation: str
    """The server's allocation in Placement."""
    disk: str
    ports: str
    volumes: str
    quota: str
    notes: dict[str, str]
    """Keyed by the field that the note explains."""


class Visibility(Shape):
    """Who sees a status, and who may list servers by it."""

    show: str
    filter: str
    note: str | None


class Duration(Shape):
    """How long a status may last."""

    text: str
    option: str | None
    """The configuration option that bounds it; see ``options.json``."""


class Trouble(Shape):
    """One way a server gets stuck."""

    sign: str
    look: str | None
    """The command that tells."""
    do: str


class Claim(Shape):
    """What an official text says of a status, and what holds."""

    says: str
    where: str
    truth: str


class Status(Shape):
    """One value of a server's ``status``."""

    name: StatusName
    kind: Kind
    summary: str
    advice: str
    url: str
    """The status' page, from the site's root."""
    states: list[States]
    """The (vm_state, task_state) pairs that Nova shows as this status."""
    aliases: list[str]
    """Words that people use for it; no API ever returns them."""
    seen_by: Visibility
    holds: Holdings
    lasts: Duration
    needs: str | None
    """The driver operation without which no server gets here; see ``support.json``."""


class AcceptedAction(Shape):
    """An action that Nova accepts in a status."""

    name: ActionName
    answer: Literal["accepted", "idle", "part"]
    """``idle``: only while no task runs; ``part``: in some of the status' pairs."""
    accepted: list[States]
    """The pairs of this status in which Nova accepts it."""
    effect: str
    cli: str | None
    url: str


class RefusedAction(Shape):
    """An action that Nova refuses in a status."""

    name: ActionName
    code: int
    """The HTTP code of the refusal."""


class StatusDetail(Status):
    """One status with what leads in and out."""

    meaning: str
    next: str
    stuck: list[Trouble]
    claims: list[Claim]
    sources: list[str]
    transitions_in: list[Transition]
    transitions_out: list[Transition]
    actions: list[AcceptedAction]
    refused: list[RefusedAction]
