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
    catalog: Catalog,
    record: Record,
    action: Action,
    vm_state: str,
    answers: dict[Pair, Entry],
    coded: frozenset[Pair] | None,
) -> Leaf:
    at = ("actions", action.name, "accepted", vm_state)
    pairs = [(vm_state, task) for task in record.task_states]
    seen = {pair: accepted(answers.get(pair)) for pair in pairs}
    told = {pair: pair in coded if seen[pair] is None and coded is not None else seen[pair] for pair in pairs}
    takes = {pair: accepts(action, pair) for pair in pairs}
    says = [task for (_, task), taken in takes.items() if taken]
    observed, cells = None not in seen.values(), len(pairs)
    probed = record.where("guards", f"{action.name}/{vm_state}")
    where = probed if observed else f"harvest/guards.json {', '.join(api_methods(record, action))}"
    if wrong := [pair for pair in pairs if told[pair] is not None and told[pair] is not takes[pair]]:
        more = [task for vm, task in wrong if takes[vm, task]]
        less = [task for vm, task in wrong if not takes[vm, task]]
        return differs(at, "guard", says, _difference(more, less), probed if answers else where, cells)
    if untold := [task for (_, task), answer in told.items() if answer is None]:
        source = f"{cited(action.sources, catalog.nova)}, for {shown(untold)}"
        return unreached(at, "guard", says, source, cells)
    verdict = Verdict.OBSERVED if observed else Verdict.HARVESTED
    return Leaf(at, "guard", verdict, where, value=shown(says), cells=cells)


def accepted(answer: Entry | None) -> bool | None:
    """Whether an answer tells that the states let the request through; None: it tells nothing about that.

    A refusal that comes from the compute host was let through by the API. Among the answers to an admin nothing
    but the pair differs: every host is up, and every server has one but where its vm_state takes it away. So a
    refusal for want of a host, or an error that the API did not foresee, is one by the states as well.
    """
    if answer is None:
        return None
    if answer["code"] < 300 or answer.get("from") == "compute":
        return True
    return False if answer.get("names") in (*BY_STATE, "host", "other") else None


def code_guard(record: Record, action: Action) -> frozenset[Pair] | None:
    """The pairs that the methods of the compute API accept which the action's sources name; None: none is named."""
    methods = api_methods(record, action)
    return record.coded(tuple(methods)) if methods else None


def api_methods(record: Record, action: Action) -> list[str]:
    """The methods of the compute API behind an action: those of its sources, else those its controller calls."""
    known = record.indexed("guards", "methods", "method")
    named = [
        name for source in action.sources for name in re.findall(r"nova/compute/api\.py: ([\w, ]+)", source)
    ]
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
            codes = _codes(refused)
            yield compared(
                at,
                "refused_with",
                action.refused_with,
                codes[0] if len(codes) == 1 else codes,
                where,
                Verdict.OBSERVED,
            )
        elif answers and None not in {accepted(answer) for answer in answers.values()}:
            yield compared(
                at, "refused_with", action.refused_with, 409, f"{where} (never refused)", Verdict.OBSERVED
            )
        else:
            yield unreached(at, "refused_with", action.refused_with, cited(action.sources, catalog.nova))
        yield from _called(record, action)


def refusals_in(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """The vm_states whose refusal has a code of its own."""
    for action in on_servers(catalog):
        coded = code_guard(record, action)
        answers = record.answers.get(action.name, {}).get("admin", {})
        refused = {pair: answer for pair, answer in answers.items() if _refused(pair, answer, coded)}
        usual = _codes([*refused.values()])
        for vm_state in record.vm_states:
            codes = _codes([answer for (held, _), answer in refused.items() if held == vm_state])
            says = action.refused_in.get(vm_state)
            at = ("actions", action.name, "refused_in", vm_state)
            where = record.where("guards", f"{action.name}/{vm_state}")
            found = codes[0] if len(codes) == 1 else codes
            if codes and codes != usual:
                yield compared(at, "refused_with", says, found, where, Verdict.OBSERVED)
            elif says is not None and answers:
                usually = f"is {shown(found)} as elsewhere" if codes else "does not happen"
                yield differs(at, "refused_with", says, f"must be left out, a refusal {usually}", where)
            elif says is not None:
                yield unreached(at, "refused_with", says, cited(action.sources, catalog.nova))


def _codes(refused: list[Entry]) -> list[int]:
    """The codes of some refusals for the server's states."""
    return sorted({answer["code"] for answer in _by_state(refused)})


def _by_state(refused: list[Entry]) -> list[Entry]:
    """The refusals that name a state; else those that the code alone explains; else those for want of a host."""
    named = [answer for answer in refused if answer.get("names") in BY_STATE]
    return named or [answer for answer in refused if answer.get("names") != "host"] or refused


def _refused(pair: Pair, answer: Entry, coded: frozenset[Pair] | None) -> bool:
    passed = accepted(answer)
    return passed is False or (passed is None and coded is not None and pair not in coded)


def _called(record: Record, action: Action) -> Iterator[Leaf]:
    examples = [m["example"] for m in record.probed("guards").get("messages", {}).get(action.name, [])]
    found = sorted(
        {name for text in examples for name in re.findall(r"(?:Cannot|state for) '([^']+)'", text)}
    )
    at = ("actions", action.name, "called")
    where = record.where("guards", f"messages {action.name}")
    says = action.called or action.name
    if found:
        yield compared(at, "called", says, found[0] if len(found) == 1 else found, where, Verdict.OBSERVED)
    elif action.called in api_methods(record, action):
        # The decorators name the method that they stand on, where no refusal says it.
        yield Leaf(at, "called", Verdict.HARVESTED, f"harvest/guards.json {says}", value=shown(says))
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
            yield _coded(
                catalog, record, action, at, "launched", action.launched, _must_have_launched(record, action)
            )


def _must_have_launched(record: Record, action: Action) -> bool | None:
    methods = api_methods(record, action)
    guards = record.indexed("guards", "guards", "method")
    found = [entry.get("must_have_launched", False) for method in methods for entry in guards.get(method, ())]
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
    found = {
        e["method"] for e in record.now("guards", "decorators") if e["decorator"] == "check_instance_lock"
    }
    hidden = all(method.startswith("_") for method in methods) and callers == set(methods)
    return None if hidden else bool(found & callers)


def _coded(
    catalog: Catalog,
    record: Record,
    action: Action,
    at: tuple[str, ...],
    group: str,
    says: bool,
    found: bool | None,
) -> Leaf:
    """The leaf of what only the decorators of the code tell."""
    if found is None:
        return unreached(at, group, says, cited(action.sources, catalog.nova))
    return compared(at, group, says, found, f"harvest/guards.json {', '.join(api_methods(record, action))}")


def _difference(more: list[str | None], less: list[str | None]) -> str:
    told = [f"must refuse the task_states {shown(more)}, as Nova does, but accepts them"] if more else []
    told += [f"must accept the task_states {shown(less)}, as Nova does, but refuses them"] if less else []
    return " and ".join(told)


COMPARERS = (guards, refusals, refusals_in, launched, locks)
