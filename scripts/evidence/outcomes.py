"""What an HTTP answer says about the state of a server: pure functions, no Nova.

An outcome is {"code": 202} for an accepted request, else {"code", "names", ...}: `names` is what the refusal names:
"vm_state", "task_state", "launched_at", "locked", "host", "policy", "not_found" or "other" (then "reason" is a short
word for it). {"from": "compute"} is added where the compute host refused and not the API, {"unsaid": true} where the
message does not tell what it is about and only the exception behind it does.
"""

from __future__ import annotations

import re

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
REQUEST_ID = re.compile(r"req-" + UUID.pattern)
# Short words for what a message is about; the first that fits counts.
SIGNS = (
    ("vm_state", r"while it is in vm_state "),
    ("task_state", r"while it is in task_state "),
    ("launched_at", r"while it is in launched_at "),
    ("invalid_state", r"is in an invalid state for"),
    ("locked", r"is locked"),
    ("policy", r"Policy doesn't allow"),
    ("host", r"is not ready|[Ss]ervice is unavailable|target host can.t be|[Cc]ompute service of"),
)
REASONS = (
    ("unexpected-error", r"Unexpected API Error"),
    ("not-running", r"not running|is not in the power state"),
)


def outcome(code: int, message: str, failed_calls: list[str], hint: str | None = None) -> dict:
    """Classifies an answer.

    failed_calls: the exceptions that calls to a compute host ended with, if any. hint: what the exception behind a
    refusal is about ("locked", "launched_at" ...), used where the message does not say it.
    """
    if code < 300:
        return {"code": code}
    found = {"code": code, "names": _sign(message) or ("not_found" if code == 404 else "other")}
    if found["names"] == "other":
        found["reason"] = next((word for word, sign in REASONS if re.search(sign, message)), slug(message))
    if found["names"] == "invalid_state":
        found |= {"names": hint or "other", "unsaid": True}
    if "InstanceInvalidState" in message and hint:
        # The API did not foresee the refusal, and answers as if it had failed.
        found = {"code": code, "names": hint, "unsaid": True}
    if failed_calls:
        found["from"] = "compute"
    return found


def _sign(message: str) -> str | None:
    return next((name for name, sign in SIGNS if re.search(sign, message)), None)


def normalised(message: str) -> str:
    """The message with ids that differ from run to run replaced.

    >>> normalised("Instance 946134ce-9250-4182-b754-9ed3ab9932f3 is locked")
    'Instance <id> is locked'
    """
    return UUID.sub("<id>", REQUEST_ID.sub("<request>", message)).strip()


def slug(message: str) -> str:
    """A short word for an unforeseen message: its first words without ids."""
    words = re.findall(r"[a-z]+", UUID.sub("", message).lower())
    return "-".join(words[:6]) or "no-message"


def folded(cells: list[tuple[str | None, dict]]) -> list[dict]:
    """Groups the outcomes of one vm_state over the task states, without loss.

    cells: [(task_state or None, outcome)]. Returns [{"task_states": [...] or "others" or "all", **outcome}]: null
    first, then in the order of the cells; "others" stands for the largest group if it has more than six members,
    "all" if it is the only one.
    """
    groups: list[tuple[dict, list]] = []
    for task_state, found in cells:
        for known, members in groups:
            if known == found:
                members.append(task_state)
                break
        else:
            groups.append((found, [task_state]))
    largest = max(groups, key=lambda group: len(group[1]), default=None)
    rows = []
    for known, members in groups:
        named: object = members
        if len(cells) > 1 and len(groups) == 1:
            named = "all"
        elif (known, members) == largest and len(members) > 6:
            named = "others"
        rows.append({"task_states": named, **known})
    return sorted(rows, key=lambda row: row["task_states"] == "others")


def unfolded(rows: list[dict], task_states: list[str | None]) -> dict[str | None, dict]:
    """The inverse of `folded`: {task_state: outcome} over all the task states asked."""
    listed = {state for row in rows if isinstance(row["task_states"], list) for state in row["task_states"]}
    found = {}
    for row in rows:
        rest = {key: value for key, value in row.items() if key != "task_states"}
        members = row["task_states"]
        if not isinstance(members, list):
            members = [state for state in task_states if state not in listed]
        found.update(dict.fromkeys(members, rest))
    return {state: found[state] for state in task_states if state in found}


def spread(by_vm_state: dict[str, list[dict]], vm_states: list[str]) -> list[dict]:
    """Groups the vm_states whose rows (see `folded`) are the same: [{"vm_states", "task_states", **outcome}].

    "all" stands for every vm_state if they do not differ, "others" for the largest group if it has more than four.
    `gathered` is the inverse.
    """
    groups: list[tuple[list[str], list[dict]]] = []
    for vm_state in sorted(by_vm_state, key=vm_states.index):
        rows = by_vm_state[vm_state]
        for members, known in groups:
            if known == rows:
                members.append(vm_state)
                break
        else:
            groups.append(([vm_state], rows))
    largest = max(groups, key=lambda group: len(group[0]), default=None)
    found = []
    for members, rows in sorted(groups, key=lambda group: group is largest and len(group[0]) > 4):
        named: object = members
        if len(groups) == 1 and members == vm_states:
            named = "all"
        elif (members, rows) == largest and len(members) > 4 and len(by_vm_state) == len(vm_states):
            named = "others"
        found += [{"vm_states": named, **row} for row in rows]
    return found


def gathered(rows: list[dict], vm_states: list[str]) -> dict[str, list[dict]]:
    """The inverse of `spread`: {vm_state: rows as of `folded`}."""
    listed = {name for row in rows if isinstance(row["vm_states"], list) for name in row["vm_states"]}
    found: dict[str, list[dict]] = {}
    for row in rows:
        rest = {key: value for key, value in row.items() if key != "vm_states"}
        members = row["vm_states"]
        if not isinstance(members, list):
            members = [name for name in vm_states if name not in listed]
        for name in members:
            found.setdefault(name, []).append(rest)
    return {name: found[name] for name in vm_states if name in found}
