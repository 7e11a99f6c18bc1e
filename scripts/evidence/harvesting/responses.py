"""The API layer: controller methods with their codes and microversions, and the statuses its schemas name."""

from __future__ import annotations

import ast
from typing import Any

from . import controller_bodies
from .names import Names, Space, Unreadable, plain
from .source import Source
from .topic import Facts, Topic

FOLDER = "nova/api/openstack/compute"
VIEW = f"{FOLDER}/views/servers.py"
SCHEMA = f"{FOLDER}/schemas/servers.py"
# The modules whose methods act on servers or show them; names changed little over the releases.
MODULES = [
    "admin_actions",
    "admin_password",
    "attach_interfaces",
    "console_output",
    "create_backup",
    "deferred_delete",
    "evacuate",
    "instance_actions",
    "lock_server",
    "migrate_server",
    "multinic",
    "pause_server",
    "remote_consoles",
    "rescue",
    "security_groups",
    "server_diagnostics",
    "server_external_events",
    "server_metadata",
    "server_migrations",
    "server_password",
    "server_shares",
    "server_tags",
    "server_topology",
    "servers",
    "shelve",
    "suspend_server",
    "volume_attachments",
    "volumes",
]
PUBLIC = {"expected_errors", "action", "response", "api_version", "removed"}
SCHEMAS = {"schema": "request", "query_schema": "query", "response_body_schema": "response"}


def read(source: Source, names: Names) -> Facts:
    facts = Facts()
    read_statuses(facts, source, names)
    for module in MODULES:
        path = f"{FOLDER}/{module}.py"
        if path not in source.files:
            continue
        here = names.module(path)
        for node in (n for n in names.tree(path).body if isinstance(n, ast.ClassDef)):
            methods = [n for n in node.body if isinstance(n, ast.FunctionDef)]
            helpers = {m.name: m for m in methods if not is_public(m)}
            for method in (m for m in methods if is_public(m)):
                read_method(facts, names, here, f"{module}.{node.name}.{method.name}", method, helpers)
    return facts


def read_statuses(facts: Facts, source: Source, names: Names) -> None:
    """Adds "status_enum" (33 on) and "view_lists": statuses that carry a fault or a progress."""
    if SCHEMA in source.files:
        here = names.module(SCHEMA)
        if "_server_status" in here.nodes:
            value = names.value(here.nodes["_server_status"], here)
            for status in value["enum"]:
                facts.add("status_enum", status=status)
    view = names.module(VIEW).classes["ViewBuilder"]
    space = names.member(names.module(VIEW), view.name)
    for name in ("_fault_statuses", "_progress_statuses"):
        try:
            value = names.value(space.nodes[name], space)
            facts.add("view_lists", name=name, statuses=sorted(plain(value)))
        except (KeyError, Unreadable) as error:
            facts.miss(f"{VIEW} {name}", str(error))


def is_public(method: ast.FunctionDef) -> bool:
    """True for a method that answers requests: its decorators say so."""
    return bool(PUBLIC & {decorator_name(decorator) for decorator in method.decorator_list})


def read_method(
    facts: Facts,
    names: Names,
    here: Space,
    operation: str,
    node: ast.FunctionDef,
    helpers: dict[str, ast.FunctionDef],
) -> None:
    """One public controller method: "operations", "schemas", and what its body does with its helpers."""
    given = [(decorator_name(d), arguments(facts, names, here, operation, d)) for d in node.decorator_list]
    found = {name: values for name, values in given if values is not None}
    low, high = bounds(found["api_version"]) if "api_version" in found else (None, None)
    key: dict[str, Any] = {"operation": operation, **stated(min=low, max=high)}
    facts.add(
        "operations",
        **key,
        **stated(action=first(found.get("action"))),
        success=first(found.get("response")) or 200,
        errors=as_codes(found.get("expected_errors")),
        **stated(removed=True if "removed" in found else None),
        last_line=node.lineno,
    )
    for name, values in given:
        if name in SCHEMAS and values is not None:
            low, high = bounds(values[1:])
            facts.add(
                "schemas",
                operation=operation,
                kind=SCHEMAS[name],
                schema=values[0],
                **stated(min=low, max=high),
            )
    controller_bodies.read(facts, names, here, key, controller_bodies.with_helpers(node, helpers))


def stated(**fields: Any) -> dict[str, Any]:
    """Only the fields that have a value."""
    return {key: value for key, value in fields.items() if value is not None}


def decorator_name(node: ast.expr) -> str:
    """@wsgi.Controller.api_version("2.6") -> "api_version"."""
    return ast.unparse(node.func if isinstance(node, ast.Call) else node).split(".")[-1]


def arguments(facts: Facts, names: Names, here: Space, operation: str, node: ast.expr) -> list[Any] | None:
    """The decorator's arguments in order; a schema is given by its name. None if one cannot be read."""
    if not isinstance(node, ast.Call):
        return []
    values: list[Any] = []
    for index, argument in enumerate([*node.args, *(k.value for k in node.keywords)]):
        if index == 0 and decorator_name(node) in SCHEMAS:
            values.append(ast.unparse(argument).split(".")[-1])
            continue
        try:
            values.append(plain(names.value(argument, here)))
        except Unreadable as error:
            facts.miss(f"{FOLDER} {operation} @{decorator_name(node)}", str(error))
            return None
    return values


def bounds(values: list[Any]) -> tuple[str | None, str | None]:
    """(min, max) microversion, None where open."""
    padded = [*values, None, None]
    return padded[0], padded[1]


def first(values: list[Any] | None) -> Any:
    return values[0] if values else None


def as_codes(values: list[Any] | None) -> list[int]:
    """expected_errors takes one code or several."""
    codes = [] if values is None else values[0] if values and isinstance(values[0], list) else values
    return sorted(codes)


TOPIC = Topic(
    "responses",
    "Read from the syntax trees of nova/api/openstack/compute: modules that act on servers or show"
    " them. operations: controller methods with success code (200 when none is declared), the error"
    " codes they declare, min and max, the microversions they exist in (left out: no bound); removed:"
    " answers 410 only. schemas: which one holds for which microversions. refusals: exceptions a"
    " method turns into an HTTP error, and its code (helpers of the same class included; null: it does"
    " not say here). calls: methods of the compute API it calls. policies: rules it checks. gates:"
    " microversions its body asks about. status_enum: the enumeration of _server_status in the"
    " response schemas. view_lists: statuses for which a fault or a progress is shown.",
    read,
    {
        "status_enum": ("status",),
        "view_lists": ("name",),
        "operations": ("operation", "min"),
        "schemas": ("operation", "kind", "min", "schema"),
        "refusals": ("operation", "min", "exception"),
        "calls": ("operation", "min", "calls"),
        "policies": ("operation", "min", "policy"),
        "gates": ("operation", "min", "microversion"),
    },
)
