"""Virt drivers in the wheel: folders, driver classes, the ComputeDriver methods each overrides, capability flags."""

from __future__ import annotations

import ast
from typing import Any

from .names import Names, Space, Unreadable, plain
from .source import Source
from .topic import Facts, Topic

BASE = "nova/virt/driver.py"
NOT_DRIVERS = ("disk", "image")


def read(source: Source, names: Names) -> Facts:
    facts = Facts()
    base = next(n for n in names.tree(BASE).body if isinstance(n, ast.ClassDef) and n.name == "ComputeDriver")
    interface = {m.name: m for m in methods(base)}
    for name, method in interface.items():
        facts.add("interface", method=name, default=behaviour(method))
    for folder in source.folders("nova/virt"):
        path = f"nova/virt/{folder}/driver.py"
        if path not in source.files:
            if folder not in NOT_DRIVERS:
                facts.miss(f"nova/virt/{folder}", "a folder without driver.py")
            continue
        read_driver(facts, names, folder, path, interface)
    read_driver(facts, names, "fake", "nova/virt/fake.py", interface)
    read_capabilities(facts, names, "(default)", BASE, base)
    return facts


def methods(node: ast.ClassDef) -> list[ast.FunctionDef]:
    """Public methods of a class."""
    return [n for n in node.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]


def behaviour(node: ast.FunctionDef) -> str:
    """ "code", "nothing" (an empty body) or "raises X", from a method's body alone."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    if not body or all(isinstance(n, ast.Pass) for n in body):
        return "nothing"
    last = body[-1]
    told_only = all(isinstance(n, ast.Expr) or assigns_message(n) for n in body[:-1])
    if isinstance(last, ast.Raise) and last.exc is not None and told_only:
        called = last.exc.func if isinstance(last.exc, ast.Call) else last.exc
        return f"raises {ast.unparse(called).split('.')[-1]}"
    return "code"


def assigns_message(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("msg", "reason", "message")


def driver_class(names: Names, path: str) -> tuple[ast.ClassDef, Space] | None:
    """The first class of a module that derives from ComputeDriver directly."""
    here = names.module(path)
    for node in names.tree(path).body:
        if isinstance(node, ast.ClassDef) and any(
            ast.unparse(b).endswith("ComputeDriver") for b in node.bases
        ):
            return node, here
    return None


def read_driver(facts: Facts, names: Names, driver: str, path: str, interface: dict[str, Any]) -> None:
    found = driver_class(names, path)
    if found is None:
        facts.miss(path, "no class derived from ComputeDriver")
        return
    node, here = found
    own = {m.name: m for m in methods(node)}
    for base in node.bases:
        if not ast.unparse(base).endswith("ComputeDriver"):
            add_mixin(facts, names, base, here, path, own)
    facts.add("drivers", driver=driver, **{"class": node.name}, path=path)
    for name in sorted(own.keys() & interface.keys()):
        facts.add("methods", driver=driver, method=name, behaviour=behaviour(own[name]))
    read_capabilities(facts, names, driver, path, node)


def add_mixin(
    facts: Facts, names: Names, base: ast.expr, here: Space, path: str, own: dict[str, Any]
) -> None:
    try:
        space = names.space(base, here)
        owner = names.tree(space.path)
        node = next(
            n for n in ast.walk(owner) if isinstance(n, ast.ClassDef) and n.name == space.name.split(".")[-1]
        )
    except (Unreadable, StopIteration):
        facts.miss(path, f"methods of the base class {ast.unparse(base)}")
        return
    for method in methods(node):
        own.setdefault(method.name, method)


def read_capabilities(facts: Facts, names: Names, driver: str, path: str, node: ast.ClassDef) -> None:
    """Flags set in the class body, or on `self` or the class when the driver starts. value "depends": not a
    constant, or set under a condition."""
    here = names.member(names.module(path), node.name)
    flags: dict[str, Any] = {}
    for statement in node.body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "capabilities":
            flags.update(flags_of(facts, names, here, path, statement.value))
    for method in (n for n in node.body if isinstance(n, ast.FunctionDef)):
        for statement, conditional in statements(method.body):
            set_here = flags_set(facts, names, here, path, statement)
            flags.update(
                {
                    k: "depends" if conditional or (k in flags and flags[k] != v) else v
                    for k, v in set_here.items()
                }
            )
    for flag, value in flags.items():
        facts.add("capabilities", driver=driver, flag=flag, value=value)


def statements(body: list[ast.stmt], conditional: bool = False) -> list[tuple[ast.stmt, bool]]:
    """Every statement of a body, and whether a condition, a loop or a handler stands around it."""
    found: list[tuple[ast.stmt, bool]] = []
    for node in body:
        found.append((node, conditional))
        for name in ("body", "orelse", "finalbody"):
            inner = getattr(node, name, None)
            if isinstance(inner, list):
                found += statements(inner, conditional or not isinstance(node, ast.With))
        for handler in getattr(node, "handlers", ()):
            found += statements(handler.body, True)
    return found


def flags_set(facts: Facts, names: Names, here: Space, path: str, node: ast.stmt) -> dict[str, Any]:
    """The flags that one statement of a method sets."""
    if isinstance(node, ast.Assign):
        target = node.targets[0]
        if ast.unparse(target) == "self.capabilities":
            return flags_of(facts, names, here, path, node.value)
        if isinstance(target, ast.Subscript) and ast.unparse(target.value) == "self.capabilities":
            return {str(ast.literal_eval(target.slice)): flag_value(names, here, node.value)}
    call = node.value if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) else None
    if call and call.args and ast.unparse(call.func) == "self.capabilities.update":
        return flags_of(facts, names, here, path, call.args[0])
    return {}


def flags_of(facts: Facts, names: Names, here: Space, path: str, node: ast.expr) -> dict[str, Any]:
    """The flags of a dict display, or of a call `dict(base, flag=…)`."""
    flags: dict[str, Any] = {}
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                flags.update(flags_of(facts, names, here, path, value))
            else:
                flags[str(ast.literal_eval(key))] = flag_value(names, here, value)
        return flags
    try:
        return {k: plain(v) for k, v in names.value(node, here).items()}
    except Unreadable:
        # e.g. super().capabilities: those flags are listed under the class they come from.
        if not ast.unparse(node).endswith(".capabilities"):
            facts.miss(path, f"capabilities from {ast.unparse(node)}")
        return {}


def flag_value(names: Names, here: Space, node: ast.expr) -> Any:
    try:
        value = plain(names.value(node, here))
    except Unreadable:
        return "depends"
    return value if isinstance(value, bool) else "depends"


TOPIC = Topic(
    "drivers",
    "Read from the syntax trees of nova/virt/driver.py (ComputeDriver), nova/virt/<driver>/driver.py"
    " and nova/virt/fake.py. interface: what ComputeDriver itself does when a driver does not override"
    ' the method. methods: what a driver overrides. "raises X": the body does nothing but raise X;'
    ' "nothing": it is empty; "code": it does something, which may still refuse further down (VMware\'s'
    ' pause does). capabilities: flags a driver names; "(default)" is ComputeDriver\'s own, which holds'
    ' where a driver names none; "depends" is decided when the driver runs.',
    read,
    {
        "drivers": ("driver",),
        "interface": ("method",),
        "methods": ("driver", "method"),
        "capabilities": ("driver", "flag"),
    },
)
