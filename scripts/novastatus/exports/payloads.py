"""The files of ``/api/v1/`` by their shapes: each class is one ``$defs`` entry of the dataset's schema."""

from __future__ import annotations

from . import shapes
from .shapes import Payload, StatusName


class Index(Payload):
    """Every file of the machine contract."""

    files: list[shapes.File]


class Statuses(Payload):
    """All statuses."""

    statuses: list[shapes.Status]


class StatusFile(shapes.StatusDetail, Payload):
    """One status with what leads in and out."""


class Actions(Payload):
    """All actions with their guards and wait plans."""

    actions: list[shapes.Action]


class ActionFile(shapes.ActionDetail, Payload):
    """One action with the answers in every status and its transitions."""


class StateTable(Payload):
    """The status for every pair of the known vm_states and task_states."""

    other_vm_states: StatusName | None
    """The status that Nova shows for a vm_state that it does not know."""
    pairs: list[shapes.StatePair]


class Transitions(Payload):
    """All transitions between statuses."""

    transitions: list[shapes.Transition]


class SupportMatrix(Payload):
    """Which driver supports which operation, since which release."""

    drivers: list[shapes.Driver]
    operations: list[shapes.Operation]
    support: list[shapes.Support]


class Routes(Payload):
    """The fewest caller actions from each status to each that can be reached."""

    routes: dict[StatusName, dict[StatusName, list[shapes.ActionName]]]
    """From status, to status, then the actions in order."""
    conditions: dict[StatusName, dict[StatusName, str]]
    """From status, to status: what must hold for an action, or for the wait, to lead there; only where something must."""


class Releases(Payload):
    """Nova's releases that the reference covers."""

    releases: list[shapes.Release]


class Triggers(Payload):
    """What moves a server without an API call of its user."""

    triggers: list[shapes.InnerTrigger]


class Options(Payload):
    """Configuration options that bound a status or set off a trigger."""

    options: list[shapes.Option]
