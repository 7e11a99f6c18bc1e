"""vm_states, task_states and power_states, the constants made of them, and the map from both to the status."""

from __future__ import annotations

import ast

from .names import Names, Unreadable, plain
from .source import Source
from .topic import Facts, Topic

FIELDS = "nova/objects/fields.py"
COMMON = "nova/api/openstack/common.py"
CLASSES = {
    "vm_states": "InstanceState",
    "task_states": "InstanceTaskState",
    "power_states": "InstancePowerState",
}
MODULES = {"vm_states": "nova/compute/vm_states.py", "task_states": "nova/compute/task_states.py"}


def read_state_map(source: Source, names: Names) -> Facts:
    """Pairs of `_STATE_MAP`: task_state is "default" where Nova falls back to it for every task not named."""
    facts = Facts()
    here = names.module(COMMON)
    node = here.nodes["_STATE_MAP"]
    statuses = {"UNKNOWN"} if has_unknown(names.tree(COMMON)) else set()
    for key, tasks in zip(node.keys, node.values, strict=True):
        vm_state = names.value(key, here)
        for task, status in zip(tasks.keys, tasks.values, strict=True):
            try:
                pair = {"vm_state": vm_state, "task_state": names.value(task, here)}
                status_text = names.value(status, here)
            except Unreadable as error:
                facts.miss(f"{COMMON} _STATE_MAP", str(error))
                continue
            facts.add("pairs", **pair, status=status_text)
            statuses.add(status_text)
    for status in sorted(statuses):
        facts.add("statuses", status=status)
    return facts


def has_unknown(tree: ast.Module) -> bool:
    """True when `status_from_state` falls back to UNKNOWN for a vm_state that the map lacks."""
    found = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "status_from_state"]
    return any(isinstance(n, ast.Constant) and n.value == "UNKNOWN" for f in found for n in ast.walk(f))


def read_states(source: Source, names: Names) -> Facts:
    """The values of each state, and every list or tuple of them that Nova's code names."""
    facts = Facts()
    for kind, name in CLASSES.items():
        space = names.member(names.module(FIELDS), name)
        for constant in space.nodes:
            read_constant(facts, names, space, constant, kind, FIELDS)
    for kind, path in MODULES.items():
        space = names.module(path)
        for constant in space.nodes:
            read_constant(facts, names, space, constant, kind, path)
    return facts


def read_constant(facts: Facts, names: Names, space, constant: str, kind: str, path: str) -> None:
    try:
        value = names.value(space.nodes[constant], space)
    except Unreadable as error:
        facts.miss(f"{path} {constant}", str(error))
        return
    if isinstance(value, str):
        if path == FIELDS:
            facts.add(kind, name=constant, value=value)
    elif constant != "ALL" and isinstance(value, list | tuple | set) and not constant.startswith("_"):
        facts.add("constants", name=constant, module=path, value=plain(value))


STATE_MAP = Topic(
    "state_map",
    "Read from the syntax tree of nova/api/openstack/common.py: _STATE_MAP, its names resolved"
    " through nova/compute/vm_states.py, task_states.py and nova/objects/fields.py. task_state"
    ' "default" stands for every task_state that the vm_state has no entry of its own for, none'
    " included. UNKNOWN is what status_from_state() gives for a vm_state that the map lacks.",
    read_state_map,
    {"statuses": ("status",), "pairs": ("vm_state", "task_state")},
)
STATES = Topic(
    "task_states",
    "Read from the syntax trees of nova/objects/fields.py (InstanceState, InstanceTaskState,"
    " InstancePowerState) and nova/compute/vm_states.py and task_states.py; constants are the lists of"
    " states that these modules name.",
    read_states,
    {"vm_states": ("name",), "task_states": ("name",), "power_states": ("name",), "constants": ("name",)},
)
