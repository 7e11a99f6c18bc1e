"""Which actions Nova accepts where: guards laid over statuses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from .model import Action, Catalog, Kind
from .states import Pair, pairs_of, task_states


class Answer(StrEnum):
    """How Nova answers an action asked for in a status."""

    ACCEPTED = "accepted"
    IDLE = "idle"
    """Accepted only while no task runs."""
    PART = "part"
    """Accepted in some of the status' pairs."""
    REFUSED = "refused"
    UNKNOWN = "unknown"
    """No pair of states that Nova knows shows the status: there is no guard to ask."""


ACCEPTING = (Answer.ACCEPTED, Answer.IDLE, Answer.PART)


@dataclass(frozen=True)
class Verdict:
    """The answer to one action in one status."""

    action: Action
    status: str
    answer: Answer
    code: int
    """The HTTP code of a refusal."""
    accepted: tuple[Pair, ...]
    """The pairs of the status in which the action is accepted."""

    @property
    def accepts(self) -> bool:
        """Whether the action is accepted in any of the status' pairs."""
        return self.answer in ACCEPTING


def accepts(action: Action, pair: Pair) -> bool:
    """Whether the action's guard lets the pair through."""
    vm_state, task_state = pair
    guard = action.accepted
    return (
        vm_state in guard.any
        or (task_state is None and vm_state in guard.idle)
        or any(vm_state in rule.vm_states and task_state in rule.task_states for rule in guard.during)
    )


@lru_cache(maxsize=256)
def let_through(catalog: Catalog, action: Action) -> frozenset[Pair]:
    """All pairs of the data's vm_states and task_states that the action's guard lets through."""
    tasks = task_states(catalog)
    return frozenset(
        (vm_state, task)
        for vm_state in catalog.vm_states
        for task in tasks
        if accepts(action, (vm_state, task))
    )


@lru_cache(maxsize=16_384)
def verdict(catalog: Catalog, action: Action, status: str) -> Verdict:
    """What Nova answers when ``action`` is asked for while the server shows ``status``.

    A server that is deleted is gone from the database for everybody's actions: 404, whatever the guard.
    """
    if catalog.statuses[status].kind is Kind.FINAL:
        return Verdict(action, status, Answer.REFUSED, 404, ())
    pairs = pairs_of(catalog, status)
    through = let_through(catalog, action)
    accepted = tuple(pair for pair in pairs if pair in through)
    codes = [action.refused_in.get(vm_state, action.refused_with) for vm_state, _ in pairs]
    return Verdict(action, status, _answer(pairs, accepted), (codes or [action.refused_with])[0], accepted)


def _answer(pairs: list[Pair], accepted: tuple[Pair, ...]) -> Answer:
    if not pairs:
        return Answer.UNKNOWN
    if not accepted:
        return Answer.REFUSED
    if len(accepted) == len(pairs):
        return Answer.ACCEPTED
    if all(task is None for _, task in accepted) and len(accepted) == sum(task is None for _, task in pairs):
        return Answer.IDLE
    return Answer.PART


def verdicts(catalog: Catalog, status: str) -> list[Verdict]:
    """The answers to all actions on an existing server, in the order of the data."""
    return [verdict(catalog, action, status) for action in on_servers(catalog)]


def on_servers(catalog: Catalog) -> list[Action]:
    """The actions that are asked of an existing server: all but create."""
    return [action for action in catalog.actions.values() if "{server_id}" in action.request.path]
