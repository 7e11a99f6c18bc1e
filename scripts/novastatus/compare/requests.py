"""The HTTP request of an action, its policy, its microversions and its answers, against the API's own code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Action, Catalog, Request
from .guards import api_methods
from .leaf import Leaf, Verdict, cited, compared, differs, unreached
from .record import Entry, Record

PLACE = re.compile(r"\{\w+\}")
VERBS = {"create": "POST", "delete": "DELETE", "update": "PUT", "index": "GET", "show": "GET"}
CALLERS = {
    "(role:reader and project_id:%(project_id)s) or role:admin": "project reader",
    "(role:member and project_id:%(project_id)s) or role:admin": "project member",
    "(role:manager and project_id:%(project_id)s) or role:admin": "project manager",
    "role:admin": "admin",
    "role:service or role:admin": "service",
}
"""What a policy's default check string, written out, means in words."""
UNFORESEEN = 500
"""The code of an error that the API did not foresee; the facts may tell of it, and need not."""
OF_EVERY = frozenset({"InstanceInvalidState", "InstanceIsLocked", "InstanceNotFound", "InstanceUnknownCell"})
"""Refusals that any action may give and that stand elsewhere: states, lock, a server that is gone."""


def requests(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """Method, path and the name of the body's one key."""
    for action in catalog.actions.values():
        asked = record.probed("guards").get("actions", {}).get(action.name)
        documented = _documented(record, action)
        verdict = Verdict.OBSERVED if asked and _worked(record, action.name) else Verdict.HARVESTED
        entry = asked["request"] if asked and verdict is Verdict.OBSERVED else documented
        where = (
            record.where("guards", action.name)
            if verdict is Verdict.OBSERVED
            else f"harvest/policies.json {action.policy.rule}"
        )
        for field, says, found in _fields(action.request, entry):
            at = ("actions", action.name, "request", field)
            if found is None:
                yield unreached(at, "request", says, cited(action.sources, catalog.nova))
            else:
                yield compared(at, "request", says, found, where, verdict)


def _fields(says: Request, entry: Entry | None) -> Iterator[tuple[str, str, str | None]]:
    method, path = (entry["method"], entry["path"]) if entry else (None, None)
    yield "method", says.method, method
    yield "path", says.path, says.path if path and _same_path(says.path, path) else path
    # A request without a body is told apart by its path alone; the harvest knows of a body by its key.
    told = entry and ("needs" in entry or "microversion" in entry or entry.get("body"))
    yield "body", _key(says.body), _key(entry.get("body")) if entry and told else None


def _key(body: dict | None) -> str:
    """What tells one body from another: its first key, and the kind that some name inside."""
    if not body:
        return "none"
    key, value = next(iter(body.items()))
    kind = value.get("type") if isinstance(value, dict) else None
    return f"{key} {kind}" if kind else key


def _same_path(ours: str, theirs: str) -> bool:
    """Whether two paths are one, whatever the values are called in them."""
    first, second = ours.strip("/").split("/"), theirs.strip("/").split("/")
    return len(first) == len(second) and all(
        a == b or PLACE.fullmatch(a) for a, b in zip(first, second, strict=True)
    )


def _worked(record: Record, action: str) -> bool:
    sections = record.answers.get(action, {}).values()
    return any(answer["code"] < 300 for answers in sections for answer in answers.values())


def _documented(record: Record, action: Action) -> Entry | None:
    """Method and path that the policy's own description gives for the action."""
    request = action.request
    body = _key(request.body)
    for entry in record.indexed("policies", "operations", "rule").get(action.policy.rule, ()):
        path, _, key = entry["path"].partition(" ")
        key = key.strip("()")
        if key in ("", body.partition(" ")[0]) and _same_path(request.path, path):
            return {**entry, "path": path, "body": request.body if key else None}
    return None


def operation(record: Record, action: Action) -> Entry | None:
    """The controller method that answers an action's request, where the harvest tells one."""
    key = _key(action.request.body).partition(" ")[0]
    by_key = [entry for entry in record.operations.values() if entry.get("action") == key]
    if action.request.path.endswith("/action"):
        return by_key[0] if len(by_key) == 1 else None
    rule = action.policy.rule
    names = {
        e["operation"] for e in record.indexed("responses", "policies", "policy").get(rule, ())
    } or _sourced(action)
    found = [
        record.operations[name]
        for name in sorted(names)
        if name in record.operations and "action" not in record.operations[name]
    ]
    found = [
        entry
        for entry in found
        if VERBS.get(entry["operation"].rpartition(".")[2].partition("_")[0]) == action.request.method
    ]
    return found[0] if len(found) == 1 else None


def _sourced(action: Action) -> set[str]:
    found = (re.search(r"nova/api/openstack/compute/servers\.py: (\w+)", source) for source in action.sources)
    return {f"servers.ServersController.{match[1]}" for match in found if match}


def microversions(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """The lowest microversion of a request, and those that changed it."""
    for action in catalog.actions.values():
        entry = operation(record, action)
        source = cited(action.sources, catalog.nova)
        yield _lowest(record, action, entry, source)
        known = {entry.get("min")} | _bounds(record, entry["operation"]) if entry else set()
        for i, change in enumerate(action.microversions):
            at = ("actions", action.name, "microversions", i, "since")
            if change.since in known:
                where = f"harvest/responses.json {entry['operation']}" if entry else ""
                yield Leaf(at, "microversions", Verdict.HARVESTED, where, value=change.since)
            else:
                yield unreached(at, "microversions", change.since, source)


def _lowest(record: Record, action: Action, entry: Entry | None, source: str) -> Leaf:
    """A request's lowest microversion: the method's own, or one from which a schema takes this body."""
    at = ("actions", action.name, "request", "microversion")
    says = action.request.microversion
    if entry is None:
        return unreached(at, "request", says, source)
    where = f"harvest/responses.json {entry['operation']}"
    lowest = None if entry.get("min") in (None, "2.1") else entry["min"]
    if says == lowest or says is None or says not in _bounds(record, entry["operation"]):
        return compared(at, "request", says, lowest, where)
    return unreached(at, "request", says, f"{source}: the body is of the schema from {says} on")


def _bounds(record: Record, name: str) -> set[str]:
    """The microversions at which a method's schema or behaviour changes."""
    schemas = record.indexed("responses", "schemas", "operation").get(name, [])
    gates = {e["microversion"] for e in record.indexed("responses", "gates", "operation").get(name, ())}
    return (
        gates | {e["min"] for e in schemas if "min" in e} | {_next(e["max"]) for e in schemas if "max" in e}
    )


def _next(microversion: str) -> str:
    major, _, minor = microversion.partition(".")
    return f"{major}.{int(minor) + 1}"


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
        documented = _documented(record, action)
        if rule in checked or (not checked and documented and documented["method"] == action.request.method):
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


COMPARERS = (requests, microversions, policies, codes)
