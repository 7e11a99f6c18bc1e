"""Shapes of an action."""

from __future__ import annotations

from typing import Any

from .base import ActionName, Answer, Shape, States, StatusName, TaskStateName, Transition, VmStateName


class Request(Shape):
    """An HTTP request of the compute API."""

    method: str
    path: str
    """Below the compute endpoint; ``{server_id}`` and the like stand for values."""
    body: dict[str, Any] | None
    microversion: str | None
    """The lowest that knows the request, if not 2.1."""


class Policy(Shape):
    """The default policy of an action."""

    rule: str
    who: str


class Code(Shape):
    """An HTTP answer other than success."""

    code: int
    when: str


class Microversion(Shape):
    """What a microversion changed."""

    since: str
    change: str


class Plan(Shape):
    """What to wait through and for after an action that was asked for in ``source``."""

    source: StatusName | None
    """Where the server was; null: there was no server."""
    pending: list[StatusName]
    """Statuses to wait through: where it started (the task_state changes first), then what it passes."""
    target: list[StatusName]
    """Statuses that a success ends in."""
    failure: list[StatusName]
    """Statuses that show a failure."""
    undecided: list[StatusName]
    """Statuses that a failure ends in, but that success or a server not yet touched shows as well.

    Seen with no task, such a status tells nothing, be it a target or not: read the server's instance actions.
    """
    passes_stable: list[StatusName]
    """Stable statuses that a success passes on its way, perhaps with no task: see one twice running before it counts."""
    by_task_state: bool
    """True: an end looks like something pending; judge the status only once the task_state is null."""
    gone: bool
    """True: an answer of 404 is a success."""


class Wait(Shape):
    """What to wait through and for after an action, whatever the server's status was."""

    pending: list[StatusName]
    target: list[StatusName]
    failure: list[StatusName]
    undecided: list[StatusName]
    passes_stable: list[StatusName]
    by_task_state: bool
    gone: bool
    plans: list[Plan]
    """The same, sharper, for each status that the action starts from."""


class Action(Shape):
    """An operation that a caller asks for."""

    name: ActionName
    group: str
    summary: str
    url: str
    request: Request
    cli: str | None
    """The ``openstack`` command, if there is one."""
    called: str
    """What Nova's refusals call it: ``Cannot '…' instance``."""
    sdk: str | None
    """The openstacksdk call, on ``conn.compute``, if there is one."""
    policy: Policy
    accepted: list[States]
    """The guard: the (vm_state, task_state) pairs in which Nova accepts it."""
    needs_launched: bool
    """Whether a server that never ran is refused in any case."""
    refused_with: int
    """The HTTP code of a refusal by the guard."""
    refused_in: dict[VmStateName, int]
    """vm_states whose refusal has another HTTP code, with that code."""
    codes: list[Code]
    blocked_by_lock: bool
    """Whether a locked server refuses it to everyone but admins."""
    host_up: str
    """Whether the server's compute host must be up."""
    operation: str | None
    """The driver operation that it needs; see ``support.json``."""
    microversions: list[Microversion]
    task_states: list[TaskStateName]
    """What one sees as task_state while it runs, in order."""
    effect: str
    wait: Wait | None
    """Null: neither status nor task_state moves."""
    notes: str | None
    sources: list[str]


class StatusAnswer(Shape):
    """How Nova answers an action in a status."""

    status: StatusName
    answer: Answer
    """``idle``: only while no task runs; ``part``: in some of the status' pairs; ``unknown``: it has no pairs."""
    code: int | None
    """The HTTP code of the refusal; null where it is not refused."""


class ActionDetail(Action):
    """One action with the answers in every status and its transitions."""

    answers: list[StatusAnswer]
    transitions: list[Transition]
