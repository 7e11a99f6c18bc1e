"""What a controller method's body does: exceptions to HTTP codes, compute API calls, policies, microversion gates."""

from __future__ import annotations

import ast
from typing import Any

from .names import Names, Space, Unreadable
from .topic import Facts

# webob's exceptions by their HTTP code, plus Nova's helper for states, which raises HTTPConflict.
CODES = {
    "HTTPBadRequest": 400,
    "HTTPUnauthorized": 401,
    "HTTPForbidden": 403,
    "HTTPNotFound": 404,
    "HTTPConflict": 409,
    "HTTPGone": 410,
    "HTTPUnprocessableEntity": 422,
    "HTTPTooManyRequests": 429,
    "HTTPInternalServerError": 500,
    "HTTPNotImplemented": 501,
    "HTTPServiceUnavailable": 503,
    "raise_http_conflict_for_instance_invalid_state": 409,
    "raise_feature_not_supported": 501,
}
COMPUTE_API = ("self.compute_api.", "self._compute_api.")


def with_helpers(method: ast.FunctionDef, helpers: dict[str, ast.FunctionDef]) -> list[ast.FunctionDef]:
    """The method and the helpers of its class that it calls through self, directly or not."""
    found = {method.name: method}
    waiting = [method]
    while waiting:
        for node in ast.walk(waiting.pop()):
            name = (
                node.attr if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "self" else None
            )
            if name in helpers and name not in found:
                found[name] = helpers[name]
                waiting.append(helpers[name])
    return list(found.values())


def read(
    facts: Facts, names: Names, here: Space, key: dict[str, Any], methods: list[ast.FunctionDef]
) -> None:
    """Adds "refusals", "calls", "policies" and "gates" of one method, each with the method's key."""
    where = f"nova/api/openstack/compute {key['operation']}"
    calls: set[str] = set()
    for node in (node for method in methods for node in ast.walk(method)):
        if isinstance(node, ast.ExceptHandler):
            read_handler(facts, key, node)
        if isinstance(node, ast.Attribute) and ast.unparse(node).startswith(COMPUTE_API):
            calls.add(node.attr)
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        if called == "context.can" and node.args:
            read_constant(facts, names, here, key, where, "policies", "policy", node.args[0])
        if called.endswith("is_supported") and len(node.args) + len(node.keywords) > 1:
            version = node.args[1] if len(node.args) > 1 else node.keywords[0].value
            read_constant(facts, names, here, key, where, "gates", "microversion", version)
    for name in sorted(calls):
        facts.add("calls", **key, calls=name)
    for part in ("policies", "gates", "refusals"):
        unique(facts, part)


def unique(facts: Facts, part: str) -> None:
    """A method may ask the same thing twice; once is enough."""
    kept: list[dict[str, Any]] = []
    for entry in facts.lists.get(part, []):
        if entry not in kept:
            kept.append(entry)
    if kept:
        facts.lists[part] = kept


def read_constant(
    facts: Facts,
    names: Names,
    here: Space,
    key: dict[str, Any],
    where: str,
    part: str,
    field: str,
    node: ast.expr,
) -> None:
    try:
        facts.add(part, **key, **{field: names.value(node, here)})
    except Unreadable as error:
        facts.miss(where, f"{field}: {error}")


def read_handler(facts: Facts, key: dict[str, Any], handler: ast.ExceptHandler) -> None:
    """Exceptions of one handler, with the HTTP code that its body ends in (null: it raises none by itself)."""
    caught = (
        handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type] if handler.type else []
    )
    raised = [ast.unparse(n.func).split(".")[-1] for n in ast.walk(handler) if isinstance(n, ast.Call)]
    code = next((CODES[name] for name in raised if name in CODES), None)
    for exception in caught:
        facts.add("refusals", **key, exception=ast.unparse(exception).split(".")[-1], code=code)
