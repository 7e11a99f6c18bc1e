"""Shapes of the rows of plain lists."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ...model import Level
from .base import ActionName, DriverName, Shape, StatusName, TaskStateName, Transition, VmStateName


class StatePair(Shape):
    """A (vm_state, task_state) pair and the status that Nova shows for it."""

    vm_state: VmStateName
    task_state: TaskStateName | None
    status: StatusName


class Driver(Shape):
    """A Nova virt driver."""

    name: DriverName
    title: str
    hypervisor: str
    url: str
    summary: str
    added_in: str | None
    """The release that brought it; null: it is older than this reference reaches."""
    removed_in: str | None
    """The first release without it; null: it is there."""


class SupportLevel(Shape):
    """A support level from a release on."""

    since: str
    """The first release with this level."""
    level: Level
    note: str | None


class Support(Shape):
    """How one driver supports one operation."""

    operation: str
    driver: DriverName
    levels: list[SupportLevel]
    """Oldest first; the last one holds now."""


class Operation(Shape):
    """A driver operation: a row of the support matrix."""

    name: str
    title: str
    summary: str
    actions: list[ActionName]
    """Actions that need it."""
    statuses: list[StatusName]
    """Statuses that need it."""


class Release(Shape):
    """A release of Nova."""

    number: int
    series: str
    version: str
    date: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None
    """The day of its first version, as 2026-01-31."""


class InnerTrigger(Shape):
    """What moves a server without an API call of its user."""

    name: str
    kind: Literal["internal", "periodic"]
    title: str
    summary: str
    meaning: str
    url: str
    option: str | None
    """The configuration option that sets it; see ``options.json``."""
    transitions: list[Transition]
    sources: list[str]


class Option(Shape):
    """A configuration option of Nova."""

    name: str
    group: str
    default: int | str | bool | None
    unit: str | None
    summary: str


class File(Shape):
    """A file of the machine contract."""

    path: str
    """From the site's root, without a leading slash."""
    summary: str
    schema_: str | None = Field(alias="schema")
    """The file's schema, from the site's root; null: it is a schema itself."""
