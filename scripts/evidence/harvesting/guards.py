"""Guards of nova/compute/api.py: the decorators of class API's methods, and the checks inside their bodies."""

from __future__ import annotations

import ast
from typing import Any

from . import body_checks
from .names import Names, Space, Unreadable, plain
from .source import Source
from .topic import Facts, Topic

PATH = "nova/compute/api.py"
STATE_GUARDS = ("check_instance_state", "reject_instance_state")
# Decorators that let every call through: Python's own, database transactions, records of events, notifications.
NO_CHECK = [
    "staticmethod",
    "classmethod",
    "property",
    "hooks.add_hook",
    "wrap_exception",
    "wrap_instance_event",
    "db_api.api_context_manager.writer",
    "api_db_api.context_manager.writer",
]
GUARD = ("check_", "reject_", "block_")


def read(source: Source, names: Names) -> Facts:
    facts = Facts()
    here = names.module(PATH)
    functions = {n.name: n for n in names.tree(PATH).body if isinstance(n, ast.FunctionDef)}
    used: set[str] = set()
    found = methods(here.classes["API"])
    for name, method in found.items():
        decorators = [d for d in method.decorator_list if decorator_name(d) not in NO_CHECK]
        if not decorators and not about_instance(method):
            continue
        order = [decorator_name(d) for d in decorators]
        used.update(order)
        facts.add("methods", method=name, decorators=order, last_line=method.lineno)
        for decorator in decorators:
            read_decorator(facts, names, here, functions, name, decorator)
        body_checks.read_body(facts, names, here, name, method)
    body_checks.read_calls(facts, found)
    for name in sorted(used & functions.keys()):
        read_definition(facts, names, here, functions[name])
    for name in sorted(used - functions.keys()):
        facts.miss(f"{PATH} @{name}", "a decorator that this module does not define")
    read_exceptions(facts, names)
    return facts


def methods(node: ast.ClassDef) -> dict[str, ast.FunctionDef]:
    """name -> method; a function defined inside a method and decorated is "method.function"."""
    found: dict[str, ast.FunctionDef] = {}
    for method in (n for n in node.body if isinstance(n, ast.FunctionDef)):
        found[method.name] = method
        for inner in ast.walk(method):
            if isinstance(inner, ast.FunctionDef) and inner is not method and inner.decorator_list:
                found[f"{method.name}.{inner.name}"] = inner
    return found


def about_instance(method: ast.FunctionDef) -> bool:
    return "instance" in [argument.arg for argument in method.args.args]


def decorator_name(node: ast.expr) -> str:
    return ast.unparse(node.func if isinstance(node, ast.Call) else node)


def read_decorator(
    facts: Facts,
    names: Names,
    here: Space,
    functions: dict[str, ast.FunctionDef],
    method: str,
    node: ast.expr,
) -> None:
    """One entry for a decorator: in "guards" if it is about states, in "decorators" otherwise."""
    name = decorator_name(node)
    if not name.startswith(GUARD):
        return
    given = node.args if isinstance(node, ast.Call) else []
    parameters = defaults(functions[name]) if name in functions else {}
    bound: dict[str, ast.expr | None] = dict(parameters) if isinstance(node, ast.Call) else {}
    bound.update(zip(parameters, given, strict=False))
    bound.update({k.arg: k.value for k in node.keywords if k.arg} if isinstance(node, ast.Call) else {})
    values: dict[str, Any] = {}
    for key, value in bound.items():
        try:
            values[key] = None if value is None else plain(names.value(value, here))
        except Unreadable as error:
            facts.miss(f"{PATH} {method} @{name}", f"{key}: {error}")
            return
    if name in STATE_GUARDS:
        values |= {key: as_set(values[key], name) for key in ("vm_state", "task_state")}
        facts.add("guards", method=method, guard=name, **values, last_line=node.lineno)
    else:
        facts.add("decorators", method=method, decorator=name, arguments=values, last_line=node.lineno)


def as_set(value: Any, guard: str) -> Any:
    """States in a fixed order. None given to check_instance_state means that any will do ("any"), given to
    reject_instance_state that none is refused (an empty list)."""
    if value is None:
        return "any" if guard == "check_instance_state" else []
    return sorted(value, key=lambda state: (state is not None, str(state)))


def defaults(node: ast.FunctionDef) -> dict[str, ast.expr | None]:
    """parameter -> default (None: it has none)."""
    parameters = [argument.arg for argument in node.args.args]
    missing = len(parameters) - len(node.args.defaults)
    return dict(zip(parameters, [None] * missing + list(node.args.defaults), strict=True))


def read_definition(facts: Facts, names: Names, here: Space, node: ast.FunctionDef) -> None:
    """What a decorator does by itself: its parameters and the exceptions it raises."""
    parameters: dict[str, Any] = {}
    for name, value in defaults(node).items():
        try:
            parameters[name] = "(required)" if value is None else plain(names.value(value, here))
        except Unreadable as error:
            facts.miss(f"{PATH} {node.name}", f"default of {name}: {error}")
    raised = {body_checks.exception_name(n.exc) for n in ast.walk(node) if isinstance(n, ast.Raise) and n.exc}
    raised = {partials(node).get(name, name) for name in raised}
    facts.add(
        "definitions",
        decorator=node.name,
        parameters=parameters,
        raises=sorted(raised),
        digest=body_checks.tree_digest(node),
        last_line=node.lineno,
    )


def partials(node: ast.FunctionDef) -> dict[str, str]:
    """name -> exception, for names that a function binds to functools.partial(exception.X, …)."""
    found: dict[str, str] = {}
    for part in ast.walk(node):
        call = part.value if isinstance(part, ast.Assign) and isinstance(part.value, ast.Call) else None
        if call and call.args and ast.unparse(call.func).endswith("partial"):
            found[ast.unparse(part.targets[0])] = body_checks.exception_name(call.args[0])
    return found


def read_exceptions(facts: Facts, names: Names) -> None:
    """The HTTP code that Nova gives an exception where no controller turns it into another one."""
    module = names.dotted("nova.exception")
    raised = {name for entry in facts.lists.get("definitions", []) for name in entry["raises"]}
    raised |= {entry["raises"] for entry in facts.lists.get("checks", [])}
    for name in sorted(raised & module.classes.keys()):
        facts.add("exceptions", exception=name, code=names.attribute(names.member(module, name), "code"))
    for name in sorted(raised - module.classes.keys()):
        facts.miss(f"{PATH} raise {name}", "an exception that nova/exception.py does not define")


TOPIC = Topic(
    "guards",
    "Read from the syntax tree of nova/compute/api.py, class API; last_line is the line in the last"
    " version of the last release named. methods: decorators in the order in which they check. guards:"
    " check_instance_state (accepts) and reject_instance_state (refuses) with defaults filled in;"
    ' "any" accepts every value, null is no task_state. decorators: the other guards. definitions:'
    " what a decorator raises, with a hash of its code. checks: exceptions raised in a body; kind is"
    " what the condition around it looks at. comparisons: states a body compares. sets and expects:"
    " states a body writes, and the task_states it demands when it saves. calls: methods that call one"
    " which has guards or checks. exceptions: the HTTP code of each in nova/exception.py, which a"
    " controller may change (see refusals in responses). In 15 to 17 the name `async` is read as"
    " `async_`. The cells v1 variant (nova/compute/cells_api.py, to 19) is not read.",
    read,
    {
        "guards": ("method", "guard"),
        "methods": ("method",),
        "decorators": ("method", "decorator"),
        "definitions": ("decorator",),
        "checks": ("method", "raises", "kind"),
        "comparisons": ("method", "attribute"),
        "sets": ("method", "attribute"),
        "expects": ("method",),
        "calls": ("method", "calls"),
        "exceptions": ("exception",),
    },
)
