"""Default policies: who may do what with servers, as Nova ships them."""

from __future__ import annotations

import ast
import re
from typing import Any

from .names import Names, Space, Unreadable, plain
from .source import Source
from .topic import Facts, Topic

FOLDER = "nova/policies"
BASE = f"{FOLDER}/base.py"
POLICY = "nova/policy.py"
# Policies of server actions, of showing and of listing servers.
MODULES = [
    "admin_actions",
    "admin_password",
    "attach_interfaces",
    "console_output",
    "create_backup",
    "deferred_delete",
    "evacuate",
    "extended_server_attributes",
    "extended_status",
    "extended_volumes",
    "hide_server_addresses",
    "instance_actions",
    "ips",
    "lock_server",
    "migrate_server",
    "migrations",
    "multinic",
    "pause_server",
    "remote_consoles",
    "rescue",
    "security_groups",
    "server_diagnostics",
    "server_external_events",
    "server_metadata",
    "server_password",
    "server_shares",
    "server_tags",
    "server_topology",
    "server_usage",
    "servers",
    "servers_migrations",
    "shelve",
    "suspend_server",
    "volumes_attachments",
]
RULE_CLASSES = ("RuleDefault", "DocumentedRuleDefault")
PARAMETERS = ("name", "check_str", "description", "operations")
DEPRECATED_PARAMETERS = ("name", "check_str", "deprecated_reason", "deprecated_since")
# What Nova may set for oslo.policy: whether the deprecated defaults still count, and whether scopes are enforced.
SWITCHES = ("enforce_new_defaults", "enforce_scope")


def read(source: Source, names: Names) -> Facts:
    facts = Facts()
    checks = base_checks(names)
    for module in MODULES:
        path = f"{FOLDER}/{module}.py"
        if path in source.files:
            for rule in read_module(facts, names, path, checks):
                operations = rule.pop("operations")
                facts.add("rules", module=module, **rule)
                for operation in operations:
                    facts.add("operations", rule=rule["rule"], **operation)
    for rule in read_module(facts, names, BASE, checks):
        facts.add("base", **{key: value for key, value in rule.items() if key != "operations"})
    read_switches(facts, names)
    return facts


def base_checks(names: Names) -> dict[str, str]:
    """rule -> check of the rules that others refer to."""
    return {rule["rule"]: rule["check"] for rule in read_module(Facts(), names, BASE, {})}


def read_module(facts: Facts, names: Names, path: str, base: dict[str, str]) -> list[dict[str, Any]]:
    """Every rule of a policy module."""
    here = names.module(path)
    found: list[dict[str, Any]] = []
    for node in ast.walk(names.tree(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in RULE_CLASSES:
            try:
                found.append(read_rule(facts, names, here, node, base))
            except Unreadable as error:
                facts.miss(f"{path} line {node.lineno}", str(error))
        if isinstance(node, ast.For | ast.ListComp):
            facts.miss(f"{path} line {node.lineno}", "rules made in a loop")
    return found


def read_rule(
    facts: Facts, names: Names, here: Space, node: ast.Call, base: dict[str, str]
) -> dict[str, Any]:
    given = bind(node, PARAMETERS)
    check = names.value(given["check_str"], here)
    rule: dict[str, Any] = {
        "rule": names.value(given["name"], here),
        "check": check,
        "expanded": expand(check, base),
    }
    if "scope_types" in given:
        rule["scope_types"] = plain(names.value(given["scope_types"], here))
    if "deprecated_for_removal" in given:
        rule["deprecated_for_removal"] = names.value(given["deprecated_for_removal"], here)
    if "deprecated_rule" in given:
        rule["deprecated_rule"] = read_deprecated(names, here, given["deprecated_rule"], base)
    operations = names.value(given["operations"], here) if "operations" in given else []
    rule["operations"] = [
        {"method": method, "path": operation["path"]}
        for operation in operations
        for method in ([operation["method"]] if isinstance(operation["method"], str) else operation["method"])
    ]
    return rule


def bind(node: ast.Call, parameters: tuple[str, ...]) -> dict[str, ast.expr]:
    """parameter -> argument of a call."""
    bound = dict(zip(parameters, node.args, strict=False))
    bound.update({k.arg: k.value for k in node.keywords if k.arg})
    return bound


def read_deprecated(names: Names, here: Space, node: ast.expr, base: dict[str, str]) -> dict[str, Any]:
    """The former default that still counts beside the new one unless enforce_new_defaults is set."""
    if isinstance(node, ast.Name) and node.id in here.nodes:
        node = here.nodes[node.id]
    elif isinstance(node, ast.Attribute):
        here = names.space(node.value, here)
        node = here.nodes[node.attr]
    if not isinstance(node, ast.Call):
        raise Unreadable(ast.unparse(node))
    given = bind(node, DEPRECATED_PARAMETERS)
    check = names.value(given["check_str"], here)
    return {"rule": names.value(given["name"], here), "check": check, "expanded": expand(check, base)}


def expand(check: str, base: dict[str, str]) -> str:
    """The check string with base rules replaced by what they say, in brackets where there are several parts."""

    def replace(match: re.Match[str]) -> str:
        inner = base.get(match[1])
        if inner is None:
            return match[0]
        full = expand(inner, base)
        return f"({full})" if " " in full and match[0] != check else full

    return re.sub(r"rule:([\w:]+)", replace, check)


def read_switches(facts: Facts, names: Names) -> None:
    """What nova/policy.py sets for oslo.policy; null: Nova leaves it to oslo.policy."""
    values: dict[str, Any] = dict.fromkeys(SWITCHES)
    here = names.module(POLICY)
    for node in ast.walk(names.tree(POLICY)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("set_defaults"):
            for keyword in node.keywords:
                if keyword.arg in SWITCHES:
                    values[keyword.arg] = names.value(keyword.value, here)
    for option, value in values.items():
        facts.add("switches", option=option, value=value)


TOPIC = Topic(
    "policies",
    "Read from the syntax trees of nova/policies: modules about acting on servers, showing and"
    " listing them. check: the default as the module gives it; expanded: with the rules of"
    " nova/policies/base.py put in. deprecated_rule: the former default, which also grants unless"
    " enforce_new_defaults is on. switches: what nova/policy.py sets for oslo.policy (null: left to"
    " oslo.policy's own default). operations: method and path; before 16 the modules give none.",
    read,
    {
        "base": ("rule",),
        "switches": ("option",),
        "rules": ("rule",),
        "operations": ("rule", "method", "path"),
    },
)
