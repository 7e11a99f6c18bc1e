"""In which pairs an action is accepted, how it is refused otherwise, and what a lock or no launch does to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..guards import accepts, on_servers
from ..model import Action, Catalog
from ..states import Pair
from .leaf import Leaf, Verdict, cited, compared, differs, shown, unreached
from .record import Entry, Record

BY_STATE = ("vm_state", "task_state")


def guards(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """One leaf for each action and vm_state, over every task_state and none."""
    for action in on_servers(catalog):
        coded = code_guard(record, action)
        answers = record.answers.get(action.name, {}).get("admin", {})
        for vm_state in record.vm_states:
            yield _row(catalog, record, action, vm_state, answers, coded)


def _row(
    catalog: Catalog, record: Record, action: Action, vm_state: str, answers: dict[Pair, Entry], coded: set[Pair] | None
) -> Leaf:
    at = ("actions", action.name, "accepted", vm_state)
    tasks = record.task_states
    pairs: list[Pair] = [(vm_state, task) for task in tasks]
    seen = {pair: accepted(answers.get(pair)) for pair in pairs}
    told = {pair: seen[pair] if seen[pair] is not None or coded is None else pair in coded for pair in pairs}
    says = {pair for pair in pairs if accepts(action, pair)}
    observed = all(answer is not None for answer in seen.values())
    where = record.where("guards", f"{action.name}/{vm_state}") if answers else f"harvest/guards.json {action.name}"
    wrong = [pair for pair in pairs if told[pair] is not None and told[pair] is not (pair in says)]
    if wrong:
        return differs(at, "guard", _tasks(says), _difference(wrong, says, action), where, len(pairs))
    if None in told.values():
        open_ = [task for _, task in pairs if told[vm_state, task] is None]
        return unreached(at, "guard", _tasks(says), f"{cited(action.sources, catalog.nova)}, for {shown(open_)}", len(pairs))
    verdict = Verdict.OBSERVED if observed else Verdict.HARVESTED
    return Leaf(at, "guard", verdict, where, value=_tasks(says), cells=len(pairs))


def accepted(answer: Entry | None) -> bool | None:
    """Whether an answer tells that the states let the request through; None: it tells nothing about that.

    A refusal that comes from the compute host was let through by the API.
    """
    if answer is None:
        return None
    if answer["code"] < 300 or answer.get("from") == "compute":
        return True
    return False if answer.get("names") in BY_STATE else None


def code_guard(record: Record, action: Action) -> set[Pair] | None:
    """The pairs that the methods of the compute API accept which the action's sources name; None: none is named."""
    methods = api_methods(record, action)
    if not methods:
        return None
    guards = [entry for entry in record.now("guards", "guards") if entry["method"] in methods]
    every = {(vm_state, task) for vm_state in record.vm_states for task in record.task_states}
    return every.intersection(*(_let_through(every, entry) for entry in guards))


def _let_through(every: set[Pair], entry: Entry) -> set[Pair]:
    vm_states, tasks = entry["vm_state"], entry["task_state"]
    if entry["guard"] == "reject_instance_state":
        return {pair for pair in every if pair[0] not in vm_states and pair[1] not in tasks}
    return {
        (vm_state, task)
        for vm_state, task in every
        if (vm_states == "any" or vm_state in vm_states) and (tasks == "any" or task in tasks)
    }


def api_methods(record: Record, action: Action) -> list[str]:
    """The methods of the compute API behind an action: those of its sources, else those its controller calls."""
    known = {entry["method"] for entry in record.now("guards", "methods")}
    named = [name for source in action.sources for name in re.findall(r"nova/compute/api\.py: ([\w, ]+)", source)]
    found = [name.strip() for names in named for name in names.split(",") if name.strip() in known]
    return [name for name in found if not name.startswith("_check")]


def refusals(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """The code of a refusal for the server's states, and the name that Nova gives the action in it."""
    for action in on_servers(catalog):
        coded = code_guard(record, action)
        answers = record.answers.get(action.name, {}).get("admin", {})
        refused = [a for pair, a in answers.items() if _refused(pair, a, coded)]
        at = ("actions", action.name, "refused_with")
        where = record.where("guards", action.name)
        if refused:
            codes = sorted({answer["code"] for answer in refused})
            yield compared(at, "refused_with", action.refused_with, codes[0] if len(codes) == 1 else codes, where, Verdict.OBSERVED)
        elif answers and None not in {accepted(answer) for answer in answers.values()}:
            yield compared(at, "refused_with", action.refused_with, 409, f"{where} (never refused)", Verdict.OBSERVED)
        else:
            yield unreached(at, "refused_with", action.refused_with, cited(action.sources, catalog.nova))
        yield from _called(record, action)


def _refused(pair: Pair, answer: Entry, coded: set[Pair] | None) -> bool:
    passed = accepted(answer)
    return passed is False or (passed is None and coded is not None and pair not in coded)


def _called(record: Record, action: Action) -> Iterator[Leaf]:
    examples = [m["example"] for m in record.probed("guards").get("messages", {}).get(action.name, [])]
    found = sorted({name for text in examples for name in re.findall(r"Cannot '(\w+)' instance", text)})
    at = ("actions", action.name, "called")
    where = record.where("guards", f"messages {action.name}")
    says = action.called or action.name
    if found:
        yield compared(at, "called", says, found[0] if len(found) == 1 else found, where, Verdict.OBSERVED)
    elif action.called:
        yield unreached(at, "called", says, "")


def launched(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """Whether a server that never launched is refused."""
    for action in on_servers(catalog):
        answers = record.answers.get(action.name, {}).get("never_launched", {})
        at = ("actions", action.name, "launched")
        where = record.where("guards", f"{action.name} never_launched")
        if any(answer.get("names") == "launched_at" for answer in answers.values()):
            yield compared(at, "launched", action.launched, True, where, Verdict.OBSERVED)
        elif any(accepted(answer) for answer in answers.values()):
            yield compared(at, "launched", action.launched, False, where, Verdict.OBSERVED)
        else:
            yield _coded(catalog, record, action, at, "launched", action.launched, _must_have_launched(record, action))


def _must_have_launched(record: Record, action: Action) -> bool | None:
    methods = api_methods(record, action)
    found = [entry.get("must_have_launched", False) for entry in record.now("guards", "guards") if entry["method"] in methods]
    return (any(found) if found else False) if methods else None


def locks(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """Whether a lock that the owner set stops the owner."""
    for action in on_servers(catalog):
        answers = record.answers.get(action.name, {}).get("locked_owner", {})
        at = ("actions", action.name, "lock")
        where = record.where("guards", f"{action.name} locked_owner")
        if any(answer.get("names") == "locked" for answer in answers.values()):
            yield compared(at, "lock", action.lock, True, where, Verdict.OBSERVED)
        elif any(accepted(answer) for answer in answers.values()):
            yield compared(at, "lock", action.lock, False, where, Verdict.OBSERVED)
        else:
            yield _coded(catalog, record, action, at, "lock", action.lock, _locked(record, action))


def _locked(record: Record, action: Action) -> bool | None:
    methods = api_methods(record, action)
    callers = {e["method"] for e in record.now("guards", "calls") if e["calls"] in methods} | set(methods)
    found = {e["method"] for e in record.now("guards", "decorators") if e["decorator"] == "check_instance_lock"}
    return bool(found & callers) if methods else None


def _coded(
    catalog: Catalog, record: Record, action: Action, at: tuple[str, ...], group: str, says: bool, found: bool | None
) -> Leaf:
    """The leaf of what only the decorators of the code tell."""
    if found is None:
        return unreached(at, group, says, cited(action.sources, catalog.nova))
    return compared(at, group, says, found, f"harvest/guards.json {', '.join(api_methods(record, action))}")


def _tasks(pairs: set[Pair]) -> str:
    return shown(sorted((task for _, task in pairs), key=lambda task: task or ""))


def _difference(wrong: list[Pair], says: set[Pair], action: Action) -> str:
    more = [task for vm_state, task in wrong if (vm_state, task) in says]
    less = [task for vm_state, task in wrong if (vm_state, task) not in says]
    told = [f"must refuse task_states {shown(more)}, as Nova does, but accepts them"] if more else []
    told += [f"must accept task_states {shown(less)}, as Nova does, but refuses them"] if less else []
    return " and ".join(told)


COMPARERS = (guards, refusals, launched, locks)
