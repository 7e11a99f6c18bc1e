"""The HTTP request of an action, its policy, its microversions and its answers, against the API's own code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Action, Catalog, Request
from .leaf import Leaf, Verdict, cited, compared, unreached
from .record import Entry, Record

PLACE = re.compile(r"\{\w+\}")
VERBS = {"create": "POST", "delete": "DELETE", "update": "PUT", "index": "GET", "show": "GET"}


def requests(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """Method, path and the name of the body's one key."""
    for action in catalog.actions.values():
        asked = record.probed("guards").get("actions", {}).get(action.name)
        described = documented(record, action)
        verdict = Verdict.OBSERVED if asked and _worked(record, action.name) else Verdict.HARVESTED
        entry = asked["request"] if asked and verdict is Verdict.OBSERVED else described
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


def documented(record: Record, action: Action) -> Entry | None:
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


COMPARERS = (requests, microversions)
