"""The guards of one release as a small document: assembling, comparing. Pure functions, no Nova.

Shape of guards.json:
    {"nova", "method", "vm_states", "task_states", "sections": {name: {"caller", "task_states", ...}},
     "actions": {action: {"request", "accepted": {"casts", "task_states"}, "answers": {section: rows}}},
     "messages": {action: [{"code", "names", ..., "example", "at"}]}}
with rows as outcomes.folded and outcomes.spread make them: one for each group of pairs with the same answer. `accepted` tells which messages would have gone to conductor or compute and
which task_states the API itself writes when it accepts. An example is the first message of its kind, ids replaced;
`at` is [section, vm_state, task_state] where it was seen.
"""

from __future__ import annotations

from evidence import guard_sections, outcomes
from evidence.action_requests import ACTIONS, WITHOUT_GUARD

METHOD = (
    "Nova's API, conductor, scheduler, two computes and placement run in one process with Nova's functional-test "
    "fixtures, the fake virt driver and SQLite. vm_state and task_state are written into the server's database row, "
    "one HTTP request is sent, messages to conductor and compute (casts) are dropped, and the databases are put back. "
    "Each server was really built, has a port, two volumes, metadata and tags, and was launched. A server that is "
    "shelved_offloaded is on no host. Neutron, Cinder, Glance and Manila are stand-ins that never refuse."
)
Cell = list  # [action, vm_state, task_state, outcome, more]


def assemble(
    version: str, states: dict, results: dict[str, list[Cell]], only: list[str] | None = None
) -> dict:
    """results: {chunk: cells}; states: {"vm_states", "task_states"} as the release has them."""
    cells = {
        name: _cells_of(name, results) for name in guard_sections.BY_NAME if only is None or name in only
    }
    return {
        "nova": version,
        "method": METHOD,
        "vm_states": states["vm_states"],
        "task_states": states["task_states"],
        "without_guard": list(WITHOUT_GUARD),
        "sections": {name: describe(guard_sections.BY_NAME[name]) for name in cells},
        "actions": {action: _action(action, cells, states) for action in sorted(ACTIONS)},
        "messages": {action: found for action in sorted(ACTIONS) if (found := _messages(action, cells))},
    }


def describe(section) -> dict:
    found = {"caller": section.caller, "task_states": section.task_states}
    if section.task_states != "all":
        found["task_states"] = guard_sections.task_states_of(section, [])
    for key in ("columns", "down", "deleted", "notes"):
        if getattr(section, key):
            found[key] = getattr(section, key)
    return found


def _cells_of(section: str, results: dict[str, list[Cell]]) -> list[Cell]:
    return [cell for chunk, cells in results.items() if chunk.partition("/")[0] == section for cell in cells]


def _action(action: str, cells: dict[str, list[Cell]], states: dict) -> dict:
    answers = {}
    for section, all_cells in cells.items():
        by_vm_state: dict[str, list] = {}
        for name, vm_state, task_state, outcome, _ in all_cells:
            if name == action:
                by_vm_state.setdefault(vm_state, []).append((task_state, outcome))
        if by_vm_state:
            folded = {vm_state: outcomes.folded(asked) for vm_state, asked in by_vm_state.items()}
            answers[section] = outcomes.spread(folded, states["vm_states"])
    return {
        "request": ACTIONS[action].record(),
        "accepted": _accepted(action, cells),
        "answers": answers,
    }


def _accepted(action: str, cells: dict[str, list[Cell]]) -> dict:
    """What acceptance sets going, over all the pairs in which the admin's request is accepted."""
    casts, wrote = set(), set()
    for name, vm_state, _, found, more in cells.get("admin") or cells.get("history", []):
        if name != action or found["code"] >= 300:
            continue
        casts.update(more["casts"])
        if more["wrote"]:
            after = more["wrote"]
            wrote.add((vm_state if after[0] == vm_state else f"{vm_state} -> {after[0]}", after[1]))
    return {
        "casts": sorted(casts),
        "writes_task_state": sorted({task for _, task in wrote if task}),
        "writes_vm_state": sorted({vm for vm, _ in wrote if "->" in vm}),
    }


def _messages(action: str, cells: dict[str, list[Cell]]) -> list[dict]:
    """One example for each kind of refusal of an action."""
    found: dict[tuple, dict] = {}
    for section, all_cells in cells.items():
        for name, vm_state, task_state, outcome, more in all_cells:
            key = tuple(sorted(outcome.items()))
            if name == action and outcome["code"] >= 300 and key not in found:
                at = [section, vm_state, task_state]
                found[key] = {**outcome, "example": more["message"], "at": at}
    return sorted(found.values(), key=lambda row: (row["code"], row.get("names", ""), row.get("reason", "")))


def differences(recorded: dict, seen: dict) -> list[str]:
    """Readable lines: "suspend: stopped + no task is now accepted (202), was 409 (vm_state)"."""
    lines = []
    for action in sorted(set(recorded["actions"]) | set(seen["actions"])):
        if action not in seen["actions"] or action not in recorded["actions"]:
            lines.append(f"{action}: {'no longer' if action in recorded['actions'] else 'now'} asked")
            continue
        before, now = _flat(recorded, action), _flat(seen, action)
        for place in sorted(set(before) | set(now), key=lambda place: [word or "" for word in place]):
            if before.get(place) != now.get(place):
                lines.append(_line(action, place, before.get(place), now.get(place)))
    return lines


def _flat(document: dict, action: str) -> dict[tuple, dict]:
    found = {}
    for section, grouped in document["actions"][action]["answers"].items():
        by_vm_state = outcomes.gathered(grouped, document["vm_states"])
        asked = document["sections"][section]["task_states"]
        asked = document["task_states"] if asked == "all" else asked
        for vm_state, rows in by_vm_state.items():
            for task_state, outcome in outcomes.unfolded(rows, asked).items():
                found[section, vm_state, task_state] = outcome
    return found


def _line(action: str, place: tuple, before: dict | None, now: dict | None) -> str:
    section, vm_state, task_state = place
    who = "" if section in ("admin", "history") else f" ({section})"
    return f"{action}: {vm_state} + {task_state or 'no task'}{who} is now {said(now)}, was {said(before)}"


def said(outcome: dict | None) -> str:
    """An outcome in a few words."""
    if outcome is None:
        return "not asked"
    if outcome["code"] < 300:
        return f"accepted ({outcome['code']})"
    about = outcome.get("reason") or outcome["names"]
    return f"refused ({outcome['code']}, {about})"
