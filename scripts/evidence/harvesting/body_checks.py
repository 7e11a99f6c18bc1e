"""Checks inside the bodies of compute API methods: what they compare, raise, write and call."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from typing import Any

from .names import Names, Space, Unreadable, plain
from .topic import Facts

STATES = ("vm_state", "task_state", "power_state", "launched_at", "locked", "host")
# Words in a condition that tell what it looks at, tried in this order.
KINDS = (
    ("vm_state", ("vm_state",)),
    ("task_state", ("task_state",)),
    ("lock", ("locked", "locked_by")),
    ("host_up", ("service_is_up", "_host_is_up", "check_is_up")),
    ("host", ("host", "host_name", "inst_host")),
    ("launched", ("launched_at",)),
    ("migration", ("migration", "migrations")),
    ("volume_backed", ("is_volume_backed", "is_volume_backed_instance", "volume_backed")),
    ("quota", ("quota", "quotas", "check_deltas", "OverQuota", "LimitExceeded")),
)
# Parts of a syntax tree that do not count for a hash.
UNTOLD = ("ctx", "decorator_list", "type_comment", "type_params")
OPERATORS = {
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Eq: "in",
    ast.NotEq: "not in",
    ast.Is: "in",
    ast.IsNot: "not in",
}


def read_body(facts: Facts, names: Names, here: Space, name: str, method: ast.FunctionDef) -> None:
    """Adds "checks", "comparisons", "sets" and "expects" of one method; functions inside it are left out."""
    for node, around in statements(method.body, []):
        if isinstance(node, ast.Raise) and node.exc is not None:
            facts.add(
                "checks",
                method=name,
                raises=exception_name(node.exc),
                **reason(around),
                last_line=node.lineno,
            )
        for part in parts(node):
            if isinstance(part, ast.Compare):
                read_comparison(facts, names, here, name, part)
            if isinstance(part, ast.keyword) and part.arg == "expected_task_state":
                read_states(facts, names, here, name, "expects", part.value)
        if isinstance(node, ast.Assign):
            read_write(facts, names, here, name, node)


def statements(body: list[ast.stmt], around: list[ast.AST]) -> Iterator[tuple[ast.stmt, list[ast.AST]]]:
    """Every statement, with the conditions and handlers around it, innermost last."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            continue
        yield node, around
        inner = [*around, node] if isinstance(node, ast.If) else around
        for field in ("body", "orelse", "finalbody"):
            yield from statements(getattr(node, field, None) or [], inner)
        for handler in getattr(node, "handlers", ()):
            yield from statements(handler.body, [*around, handler])


def parts(node: ast.stmt) -> Iterator[ast.AST]:
    """The expressions of a statement without those of the statements inside it."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.stmt | ast.excepthandler):
            yield from ast.walk(child)


def reason(around: list[ast.AST]) -> dict[str, Any]:
    """kind: what the innermost condition looks at; after: the exceptions that lead here."""
    if not around:
        return {"kind": "always"}
    last = around[-1]
    if isinstance(last, ast.ExceptHandler):
        caught = last.type.elts if isinstance(last.type, ast.Tuple) else [last.type] if last.type else []
        return {"kind": "exception", "after": sorted(exception_name(c) for c in caught)}
    words = {n.attr for n in ast.walk(last.test) if isinstance(n, ast.Attribute)}
    words |= {n.id for n in ast.walk(last.test) if isinstance(n, ast.Name)}
    for kind, signs in KINDS:
        if words & set(signs):
            return {"kind": kind}
    return {"kind": "other"}


def exception_name(node: ast.expr) -> str:
    """exception.InstanceInvalidState(…) -> "InstanceInvalidState"."""
    return ast.unparse(node.func if isinstance(node, ast.Call) else node).split(".")[-1]


def state_of_instance(node: ast.expr) -> str | None:
    """ "vm_state" for `instance.vm_state`, or None for anything that is not a state of the instance."""
    if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "instance" and node.attr in STATES:
        return node.attr
    return None


def read_comparison(facts: Facts, names: Names, here: Space, name: str, node: ast.Compare) -> None:
    attribute = state_of_instance(node.left)
    test = OPERATORS.get(type(node.ops[0]))
    if attribute not in ("vm_state", "task_state") or test is None:
        return
    try:
        value = plain(names.value(node.comparators[0], here))
    except Unreadable as error:
        facts.miss(f"nova/compute/api.py {name}", f"{attribute} {test} {error}")
        return
    values = value if isinstance(value, list) else [value]
    facts.add(
        "comparisons", method=name, attribute=attribute, test=test, values=values, last_line=node.lineno
    )


def read_write(facts: Facts, names: Names, here: Space, name: str, node: ast.Assign) -> None:
    for target in node.targets:
        attribute = state_of_instance(target)
        if attribute in ("vm_state", "task_state"):
            try:
                value = plain(names.value(node.value, here))
            except Unreadable as error:
                facts.miss(f"nova/compute/api.py {name}", f"writes {attribute}: {error}")
                continue
            facts.add("sets", method=name, attribute=attribute, value=value, last_line=node.lineno)


def read_states(facts: Facts, names: Names, here: Space, name: str, part: str, node: ast.expr) -> None:
    try:
        value = plain(names.value(node, here))
    except Unreadable as error:
        facts.miss(f"nova/compute/api.py {name}", f"{part}: {error}")
        return
    facts.add(part, method=name, task_states="any" if value is None else value, last_line=node.lineno)


def read_calls(facts: Facts, found: dict[str, ast.FunctionDef]) -> None:
    """Adds "calls": which methods call, through self, one that has guards, decorators or checks of its own."""
    telling = {e["method"] for part in ("guards", "decorators", "checks") for e in facts.lists.get(part, [])}
    for name, method in found.items():
        called = {
            n.func.attr
            for n in ast.walk(method)
            if isinstance(n, ast.Call)
            and isinstance(n.func, ast.Attribute)
            and ast.unparse(n.func.value) == "self"
        }
        for other in sorted(called & telling - {name}):
            facts.add("calls", method=name, calls=other)


def tree_digest(node: ast.AST) -> str:
    """A hash of code that ignores layout, comments, docstrings and decorators (functools.wraps replaced six.wraps),
    and is the same on every Python."""

    def shape(item: Any) -> Any:
        if isinstance(item, ast.AST):
            fields = {k: shape(v) for k, v in ast.iter_fields(item) if k not in UNTOLD}
            return [type(item).__name__, sorted((k, v) for k, v in fields.items() if v not in (None, []))]
        if isinstance(item, list):
            kept = [i for i in item if not (isinstance(i, ast.Expr) and isinstance(i.value, ast.Constant))]
            return [shape(i) for i in kept]
        return repr(item) if item is not None else None

    return hashlib.sha256(repr(shape(node)).encode()).hexdigest()[:16]
