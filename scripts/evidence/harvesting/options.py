"""Configuration options that bound how long a status lasts, or decide what follows it."""

from __future__ import annotations

import ast
import re
from typing import Any

from .names import Names, Space, Unreadable, plain
from .source import Source
from .topic import Facts, Topic

FOLDER = "nova/conf"
OPTIONS = frozenset(
    [
        "allow_resize_to_same_host",
        "block_device_allocate_retries",
        "block_device_allocate_retries_interval",
        "count_usage_from_placement",
        "enable_instance_password",
        "handle_virt_lifecycle_events",
        "heal_instance_info_cache_interval",
        "instance_build_timeout",
        "instance_delete_interval",
        "list_records_by_skipping_down_cells",
        "live_migration_completion_timeout",
        "live_migration_permit_auto_converge",
        "live_migration_permit_post_copy",
        "live_migration_progress_timeout",
        "live_migration_timeout_action",
        "long_rpc_timeout",
        "max_attempts",
        "max_concurrent_builds",
        "max_concurrent_live_migrations",
        "max_concurrent_snapshots",
        "maximum_instance_delete_attempts",
        "reboot_timeout",
        "reclaim_instance_interval",
        "reimage_timeout_per_gb",
        "report_interval",
        "rescue_timeout",
        "resize_confirm_window",
        "resume_guests_state_on_host_boot",
        "running_deleted_instance_action",
        "running_deleted_instance_poll_interval",
        "running_deleted_instance_timeout",
        "service_down_time",
        "shelved_offload_time",
        "shelved_poll_interval",
        "shutdown_retry_interval",
        "shutdown_timeout",
        "sync_power_state_interval",
        "sync_power_state_pool_size",
        "vif_plugging_is_fatal",
        "vif_plugging_timeout",
        "wait_soft_reboot_seconds",
    ]
)
FIELDS = ("default", "min", "max", "choices")
UNIT = re.compile(r"\b(seconds|minutes|hours)\b", re.IGNORECASE)


def read(source: Source, names: Names) -> Facts:
    facts = Facts()
    for path in source.modules(FOLDER):
        here = names.module(path)
        groups: dict[str, str] | None = None
        for node in ast.walk(names.tree(path)):
            name = option_name(node)
            if name not in OPTIONS:
                continue
            if groups is None:
                groups = option_groups(names.tree(path), here)
            if name not in groups:
                facts.miss(f"{path} {name}", "the group in which it is registered")
                continue
            facts.add("options", option=name, group=groups[name], **fields(facts, names, here, path, node))
    return facts


def option_name(node: ast.AST) -> str | None:
    """The name given to a call of cfg.IntOpt and its kind, None for any other node."""
    if isinstance(node, ast.Call) and re.fullmatch(r"cfg\.\w*Opt", ast.unparse(node.func)) and node.args:
        first = node.args[0]
        return first.value if isinstance(first, ast.Constant) else None
    return None


def fields(facts: Facts, names: Names, here: Space, path: str, node: ast.Call) -> dict[str, Any]:
    """type, default, bounds and unit of one option."""
    made: dict[str, Any] = {"type": ast.unparse(node.func).removeprefix("cfg.").removesuffix("Opt").lower()}
    for keyword in node.keywords:
        if keyword.arg in FIELDS:
            try:
                made[keyword.arg] = plain(names.value(keyword.value, here))
            except Unreadable as error:
                facts.miss(f"{path} {option_name(node)}", f"{keyword.arg}: {error}")
        elif keyword.arg == "help":
            made |= unit(names, here, keyword.value)
        elif keyword.arg in ("deprecated_for_removal", "mutable") and ast.unparse(keyword.value) == "True":
            made[keyword.arg] = True
    if "choices" in made:
        # Later releases give each choice with a description: only the choice itself is the fact.
        made["choices"] = sorted(c[0] if isinstance(c, list) else c for c in made["choices"])
    return {**made, "file": path, "last_line": node.lineno}


def unit(names: Names, here: Space, node: ast.expr) -> dict[str, str]:
    """The unit that the help text names, if it names just one."""
    try:
        found = {word.lower() for word in UNIT.findall(names.value(node, here))}
    except Unreadable:
        return {}
    return {"unit": found.pop()} if len(found) == 1 else {}


def option_groups(tree: ast.Module, here: Space) -> dict[str, str]:
    """option -> group, from the calls of register_opts and the lists that they are given."""
    groups: dict[str, str] = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or ast.unparse(node.func).split(".")[-1] not in (
            "register_opts",
            "register_opt",
        ):
            continue
        given = (
            node.args[1]
            if len(node.args) > 1
            else next((k.value for k in node.keywords if k.arg == "group"), None)
        )
        group = "DEFAULT" if given is None else group_name(given, here)
        if group is not None and node.args:
            for option in options_in(node.args[0], here, set()):
                groups.setdefault(option, group)
    return groups


def group_name(node: ast.expr, here: Space) -> str | None:
    """ "libvirt" for a string, or for a name bound to cfg.OptGroup("libvirt", …) or to a string."""
    if isinstance(node, ast.Name) and node.id in here.nodes:
        node = here.nodes[node.id]
    if isinstance(node, ast.Call):
        named = next((k.value for k in node.keywords if k.arg == "name"), None)
        node = node.args[0] if node.args else named or node
    return node.value if isinstance(node, ast.Constant) else None


def options_in(node: ast.expr, here: Space, seen: set[str]) -> set[str]:
    """Names of all options in an expression, following module-level names."""
    found: set[str] = set()
    for part in ast.walk(node):
        name = option_name(part)
        if name:
            found.add(name)
        if isinstance(part, ast.Name) and part.id in here.nodes and part.id not in seen:
            seen.add(part.id)
            found |= options_in(here.nodes[part.id], here, seen)
    return found


TOPIC = Topic(
    "options",
    "Read from the syntax trees of nova/conf: a chosen list of options that bound a status or decide"
    " what follows it. default, min, max and choices as the code gives them; a field that is missing"
    " is not stated there. unit: the one unit of time that the option's help text names.",
    read,
    {"options": ("option", "group")},
)
