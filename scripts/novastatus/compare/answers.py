"""Who may ask for an action, and what else Nova answers, against the API's own code and a running Nova."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Action, Catalog
from .guards import api_methods
from .leaf import Leaf, Verdict, cited, compared, differs, unreached
from .record import Record
from .requests import documented, operation

CALLERS = {
    "(role:reader and project_id:%(project_id)s) or role:admin": "project reader",
    "(role:member and project_id:%(project_id)s) or role:admin": "project member",
    "(role:manager and project_id:%(project_id)s) or role:admin": "project manager",
    "role:admin": "admin",
    "role:service or role:admin": "service or admin",
}
"""What a policy's default check string, written out, means in words."""
UNFORESEEN = 500
"""The code of an error that the API did not foresee; the facts may tell of it, and need not."""
OF_EVERY = frozenset({"InstanceInvalidState", "InstanceIsLocked", "InstanceNotFound", "InstanceUnknownCell"})
"""Refusals that any action may give and that stand elsewhere: states, lock, a server that is gone."""


def policies(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """The rule that guards an action, and who passes its default."""
    rules = {entry["rule"]: entry for entry in record.now("policies", "rules")}
    for action in catalog.actions.values():
        rule, at = action.policy.rule, ("actions", action.name, "policy", "rule")
        where = f"harvest/policies.json {rule}"
        if rule not in rules:
            yield differs(at, "policy", rule, "must be a rule of Nova", "harvest/policies.json")
            continue
        entry = operation(record, action)
        held = record.indexed("responses", "policies", "operation")
        checked = {e["policy"] for e in held.get(entry["operation"], ())} if entry else set()
        described = documented(record, action)
        if rule in checked or (not checked and described and described["method"] == action.request.method):
            yield Leaf(at, "policy", Verdict.HARVESTED, where, value=rule)
        else:
            yield differs(
                at, "policy", rule, f"must be the rule that the request is held to, {sorted(checked)}", where
            )
        yield _who(record, action, rules[rule]["expanded"], where)


def _who(record: Record, action: Action, check: str, where: str) -> Leaf:
    at = ("actions", action.name, "policy", "who")
    leaf = compared(at, "policy", action.policy.who, CALLERS.get(check, check), where)
    seen = {caller: _let_in(record, action.name, caller) for caller in ("owner", "reader")}
    member, reader = (
        action.policy.who in ("project reader", "project member"),
        action.policy.who == "project reader",
    )
    asked = record.where("guards", f"{action.name} owner, reader")
    if seen["owner"] not in (None, member) or seen["reader"] not in (None, reader):
        passing = [caller for caller, passed in seen.items() if passed]
        return differs(
            at,
            "policy",
            action.policy.who,
            f"must fit Nova's answers: let in {passing}, not {action.policy.who!r}",
            asked,
        )
    if leaf.verdict is Verdict.HARVESTED and member and None not in seen.values():
        return Leaf(at, "policy", Verdict.OBSERVED, asked, value=leaf.value)
    return leaf


def _let_in(record: Record, action: str, caller: str) -> bool | None:
    """Whether policy lets a caller of the project ask for the action; None: nobody asked."""
    answers = record.answers.get(action, {}).get(caller, {}).values()
    return not any(answer.get("names") == "policy" for answer in answers) if answers else None


def codes(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """The other codes of an action: seen, or declared by its controller beyond what every action answers."""
    for action in catalog.actions.values():
        entry = operation(record, action)
        seen = _seen(record, action.name)
        locked = _locked_by_admin(record, action.name)
        declared = _declared(record, action, entry["operation"]) if entry else set()
        for code in action.codes:
            at = ("actions", action.name, "codes", code)
            if code in seen | locked:
                yield Leaf(at, "codes", Verdict.OBSERVED, (seen | locked)[code], value=str(code))
            elif entry and code in declared:
                where = f"harvest/responses.json {entry['operation']}"
                yield Leaf(at, "codes", Verdict.HARVESTED, where, value=str(code))
            elif entry and code not in entry["errors"]:
                told = f"must be a code that Nova may answer: {sorted(declared | set(seen))}"
                yield differs(at, "codes", code, told, f"harvest/responses.json {entry['operation']}")
            else:
                yield unreached(at, "codes", code, cited(action.sources, catalog.nova))
        for code in sorted(set(seen) - set(action.codes) - {action.refused_with, UNFORESEEN}):
            yield differs(
                ("actions", action.name, "codes"),
                "codes",
                sorted(action.codes),
                f"must tell of {code}, seen by the probe",
                seen[code],
            )


def _seen(record: Record, action: str) -> dict[int, str]:
    """Codes of refusals that have nothing to do with states, lock, policy or a deleted server; with where."""
    found: dict[int, str] = {}
    for section, answers in record.answers.get(action, {}).items():
        for (vm_state, _), answer in answers.items():
            own = answer.get("names") in ("host", "other", "not_found")
            if answer["code"] >= 400 and own and not section.startswith("deleted"):
                found.setdefault(answer["code"], record.where("guards", f"{action} {section}/{vm_state}"))
    return found


def _locked_by_admin(record: Record, action: str) -> dict[int, str]:
    """The code with which policy refuses the owner of a server that an admin locked, where it lets him in else."""
    answers = record.answers.get(action, {}).get("admin_locked_owner", {}).values()
    refused = {answer["code"] for answer in answers if answer.get("names") == "policy"}
    where = record.where("guards", f"{action} admin_locked_owner")
    return dict.fromkeys(refused, where) if _let_in(record, action, "owner") else {}


def _declared(record: Record, action: Action, name: str) -> set[int]:
    """Codes into which a controller method turns exceptions of its own, or that decorators of the API raise."""
    refusals = record.indexed("responses", "refusals", "operation").get(name, ())
    turned = {entry["exception"]: entry["code"] for entry in refusals if entry["code"]}
    decorators = record.indexed("guards", "decorators", "method")
    definitions = record.indexed("guards", "definitions", "decorator")
    codes_of = record.indexed("guards", "exceptions", "exception")
    raised = {
        exception
        for method in api_methods(record, action)
        for decorator in decorators.get(method, ())
        for definition in definitions.get(decorator["decorator"], ())
        for exception in definition["raises"]
    }
    found = {
        exception: codes_of[exception][0]["code"] for exception in raised if exception in codes_of
    } | turned
    return {code for exception, code in found.items() if exception not in OF_EVERY and code}


COMPARERS = (policies, codes)
