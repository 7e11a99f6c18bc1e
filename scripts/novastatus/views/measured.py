"""What running Novas of neighbouring releases answered differently: measured, not read from their code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..compare.unfold import Entry, answers, shown
from ..evidence import Evidence
from ..states import Pair

Codes = dict[tuple[str, str, str | None], str]


@dataclass(frozen=True)
class Step:
    """Two neighbouring releases that were both asked the same."""

    before: str
    after: str
    """Their versions."""
    changes: tuple[Difference, ...]

    @property
    def release(self) -> int:
        """The later release."""
        return int(self.after.partition(".")[0])


@dataclass(frozen=True)
class Difference:
    """One answer, or one status shown, that is another in the later release."""

    what: str
    """An action, or ``""`` for the status that Nova shows."""
    pair: Pair
    before: str
    after: str


@dataclass(frozen=True)
class Measured:
    """The steps between the releases that were asked, the latest first."""

    guards: tuple[Step, ...] = ()
    """Answers to actions, as admin; their codes are compared, not the words of a refusal."""
    derivation: tuple[Step, ...] = ()
    """Statuses shown for each pair."""


def measured(evidence: Evidence) -> Measured:
    """What was asked of more than one release."""
    return Measured(
        tuple(_step(_codes, *pair) for pair in _neighbours(evidence, "guards")),
        tuple(_step(_statuses, *pair) for pair in _neighbours(evidence, "derivation")),
    )


def _neighbours(evidence: Evidence, part: str) -> Iterator[tuple[Entry, Entry]]:
    """The records of each two releases that follow each other; over a gap nothing is known."""
    numbers = sorted((int(name) for name, parts in evidence.probe.items() if part in parts), reverse=True)
    for new, old in pairwise(numbers):
        if new == old + 1:
            yield evidence.probe[str(old)][part], evidence.probe[str(new)][part]


def _step(told: Callable[[Entry, Entry], Codes], before: Entry, after: Entry) -> Step:
    first, second = told(before, after), told(after, before)
    both = first.keys() & second.keys()
    changed = (key for key in first if key in both and first[key] != second[key])
    found = tuple(Difference(key[0], key[1:], first[key], second[key]) for key in changed)
    return Step(before["nova"], after["nova"], found)


def _codes(record: Entry, other: Entry) -> Codes:
    """(action, vm_state, task_state) to a code, of the actions that were not answered alike in both records.

    Every pair was asked, or for a history some of them.
    """
    alike = {
        action
        for action, entry in record["actions"].items()
        if entry["answers"].get("admin", 0)
        == other["actions"].get(action, {"answers": {}})["answers"].get("admin")
    }
    return {
        (action, *pair): str(answer["code"])
        for action, sections in answers(record, set(record["actions"]) - alike).items()
        for name in ("history", "admin")
        for pair, answer in sections.get(name, {}).items()
    }


def _statuses(record: Entry, _: Entry) -> Codes:
    return {("", *pair): status for pair, status in shown(record).items()}


def lines(step: Step) -> Iterator[str]:
    """The differences of a step in words, those of the same kind together.

    >>> a = [Difference("stop", ("active", task), "409", "202") for task in (None, "rebooting")]
    >>> list(lines(Step("33.0.2", "34.0.0", tuple(a))))
    ['[stop](/actions/stop/): 409 became 202 in `active` (with no task, `rebooting`)']
    """
    kinds: dict[tuple[str, str, str], dict[str, list[str | None]]] = defaultdict(lambda: defaultdict(list))
    for change in step.changes:
        vm_state, task = change.pair
        kinds[change.what, change.before, change.after][vm_state].append(task)
    for (what, before, after), by_vm_state in kinds.items():
        alike: dict[tuple[str | None, ...], list[str]] = defaultdict(list)
        for vm_state, tasks in by_vm_state.items():
            alike[tuple(tasks)].append(vm_state)
        name = f"[{what}](/actions/{what}/)" if what else "Status shown"
        where = "; ".join(f"{_listed(vms)} ({_tasks(tasks)})" for tasks, vms in alike.items())
        yield f"{name}: {before} became {after} in {where}"


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _tasks(tasks: tuple[str | None, ...]) -> str:
    if len(tasks) > 6:
        return f"{len(tasks)} task states"
    return "with " + ", ".join(f"`{task}`" if task else "no task" for task in tasks)


def unchanged(
    steps: Iterable[Step], touches: Callable[[Difference], bool] = lambda _: True
) -> tuple[str, str] | None:
    """The oldest and the newest version between which no answer changed that ``touches``, back from the latest.

    None if the last step already changed one, or nothing was asked.
    """
    alike: list[Step] = []
    for step in steps:
        if (alike and step.after != alike[-1].before) or any(map(touches, step.changes)):
            break
        alike.append(step)
    return (alike[-1].before, alike[0].after) if alike else None
