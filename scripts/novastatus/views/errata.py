"""Where Nova's official texts say something else than Nova does: found by comparing, not from a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ..evidence import Evidence, releases
from ..graph import edges
from ..guards import accepts, on_servers, verdict
from ..model import Action, Catalog, Driver, Level, Operation
from ..timeline import Entry
from .support import last_level

VM_STATES_PAGE = "Virtual Machine States and Transitions"
API_REFERENCE = "API reference"
SUPPORT_MATRIX = "Support matrix"
STATUS_TEXTS = "Descriptions of the statuses"

ANCHORS = {
    VM_STATES_PAGE: "vm-states-page",
    API_REFERENCE: "api-reference",
    STATUS_TEXTS: "statuses",
    SUPPORT_MATRIX: "support-matrix",
}

WORDS = {"shutoff": "stopped", "soft deleted": "soft-delete", "soft_deleted": "soft-delete"}
"""What the vm-states page calls some vm_states."""
COMMANDS = {
    "backup": ("create-backup",),
    "set admin password": ("change-password",),
    "snapshot": ("create-image",),
    "soft delete": ("delete",),
    "reboot": ("reboot-soft", "reboot-hard"),
}
"""What it calls some actions; any other command is an action's name with spaces."""
OFFERED = [
    "backup",
    "confirm resize",
    "delete",
    "force delete",
    "pause",
    "reboot",
    "rebuild",
    "rescue",
    "resize",
    "restore",
    "resume",
    "revert resize",
    "set admin password",
    "snapshot",
    "start",
    "stop",
    "suspend",
    "unpause",
    "unrescue",
]
"""The commands that its two tables speak of; soft delete and delete are one action."""


@dataclass(frozen=True)
class Erratum:
    """One place where an official text and Nova disagree. Texts are Markdown."""

    page: str
    where: str
    """File and line, in the newest release that carries it."""
    about: str
    says: str
    does: str
    proof: str
    """Address of the page of ours that shows what Nova does, and on what that rests."""


@dataclass(frozen=True)
class Part:
    """A part of an official page, with how much of it was compared and what was wrong."""

    page: str
    title: str
    compared: int
    errata: tuple[Erratum, ...]


def parts(catalog: Catalog, evidence: Evidence) -> list[Part]:
    """Every part of the official texts that was compared; empty where none was harvested."""
    texts = evidence.harvest.get("official_texts")
    if not texts:
        return []
    last = max(release.number for release in catalog.releases)
    now = {
        topic: [entry for entry in texts[topic] if last in releases(entry["releases"])]
        for topic in ("requirements", "commands", "diagram", "conditions")
    }
    return [
        _part(
            VM_STATES_PAGE, "Requirements of the commands: vm_states", now["requirements"], _required, catalog
        ),
        _part(
            VM_STATES_PAGE, "Requirements of the commands: task_states", now["requirements"], _tasks, catalog
        ),
        _part(VM_STATES_PAGE, "Requirements of the commands: target", now["requirements"], _target, catalog),
        _part(VM_STATES_PAGE, "Commands by vm_state", _merged(now["commands"]), _offered, catalog),
        _part(VM_STATES_PAGE, "Arrows of the diagram", now["diagram"], _arrow, catalog),
        _missing_arrows(catalog, now["diagram"]),
        _part(
            API_REFERENCE,
            "Preconditions of the actions",
            _asked(catalog, now["conditions"]),
            _precondition,
            catalog,
        ),
        _part(API_REFERENCE, "Names that are no status", now["conditions"], _no_status, catalog),
        Part(
            STATUS_TEXTS,
            "Sentences, some of older releases",
            len(texts["status_texts"]),
            tuple(_claims(catalog)),
        ),
        _matrix(catalog, evidence, last),
    ]


Find = Callable[[Catalog, Entry], Erratum | None]


def _part(page: str, title: str, entries: list[Entry], find: Find, catalog: Catalog) -> Part:
    found = (find(catalog, entry) for entry in entries)
    return Part(page, title, len(entries), tuple(erratum for erratum in found if erratum))


def _actions(catalog: Catalog, command: str) -> list[Action]:
    names = COMMANDS.get(command, (command.replace(" ", "-"),))
    return [catalog.actions[name] for name in names if name in catalog.actions]


def _vm_states(words: Iterable[str]) -> set[str]:
    return {WORDS.get(word, word) for word in words}


def _idle(catalog: Catalog, actions: list[Action]) -> set[str]:
    """The vm_states that take any of the actions while no task runs; a deleted server takes none."""
    return {
        vm_state
        for vm_state in catalog.vm_states
        if vm_state != "deleted" and any(accepts(action, (vm_state, None)) for action in actions)
    }


def _names(names: Iterable[str | None]) -> str:
    return ", ".join(f"`{name or 'null'}`" for name in sorted(names, key=str)) or "none"


def _file(entry: Entry, path: str = "doc/source/reference/vm-states.rst") -> str:
    return f"{entry.get('path', path)}:{entry['last_line']}"


def _required(catalog: Catalog, entry: Entry) -> Erratum | None:
    actions = _actions(catalog, entry["command"])
    claimed, real = _vm_states(entry["vm_states"]), _idle(catalog, actions)
    if claimed == real:
        return None
    says = f"needs {_names(entry['vm_states'])}"
    return _about(VM_STATES_PAGE, _file(entry), entry["command"], says, f"accepts {_names(real)}", actions)


def _tasks(catalog: Catalog, entry: Entry) -> Erratum | None:
    """``n/a`` and ``unset`` are words; anything else has to be a task_state of Nova."""
    unknown = [name for name in entry["task_states"] if name not in ("n/a", "unset", *catalog.task_states)]
    if not unknown:
        return None
    says = f"the task_state may be {_names(entry['task_states'])}"
    does = f"has no task_state {_names(unknown)}"
    return _about(
        VM_STATES_PAGE, _file(entry), entry["command"], says, does, _actions(catalog, entry["command"])
    )


def _target(catalog: Catalog, entry: Entry) -> Erratum | None:
    actions = _actions(catalog, entry["command"])
    ends = {
        vm_state
        for action in actions
        for transition in catalog.transitions.get(action.name, ())
        if transition.fails is None
        for vm_state in _shown_as(catalog, transition.to)
    }
    claimed = _vm_states(entry["target"])
    if entry["command"] in ("delete", "soft delete") and claimed <= ends:
        return None  # one action, which the page tells as two
    if not ends or claimed == ends:
        return None
    says = f"ends in {_names(entry['target'])}"
    return _about(
        VM_STATES_PAGE,
        _file(entry),
        entry["command"],
        says,
        f"ends in {_names(ends)}",
        actions,
        "what-happens",
    )


def _shown_as(catalog: Catalog, status: str) -> set[str]:
    """The vm_states that show the status while no task runs."""
    return {
        vm
        for vm, tasks in catalog.statuses[status].states.items()
        if tasks in ("any", "others") or None in tasks
    }


def _merged(commands: list[Entry]) -> list[Entry]:
    """The rows of the page that speak of one vm_state, as one."""
    rows: dict[str, Entry] = {}
    for entry in commands:
        (vm_state,) = _vm_states([entry["vm_state"]])
        row = rows.setdefault(vm_state, {**entry, "vm_state": vm_state, "commands": []})
        row["commands"] = sorted({*row["commands"], *entry["commands"]})
    return list(rows.values())


def _offered(catalog: Catalog, entry: Entry) -> Erratum | None:
    """The commands that the page lists for a vm_state, against those of its commands that are accepted there."""
    real = {c for c in OFFERED if any(accepts(a, (entry["vm_state"], None)) for a in _actions(catalog, c))}
    claimed = set(entry["commands"]) - {"soft delete"}
    if claimed == real:
        return None
    parts = []
    if claimed - real:
        parts.append(f"refuses {', '.join(sorted(claimed - real))}")
    if real - claimed:
        parts.append(f"accepts {', '.join(sorted(real - claimed))} as well")
    says = f"offers {', '.join(entry['commands'])}"
    return Erratum(
        VM_STATES_PAGE,
        _file(entry),
        f"vm_state `{entry['vm_state']}`",
        says,
        "; ".join(parts),
        "/actions/matrix/",
    )


def _moves(catalog: Catalog) -> dict[tuple[str, str], list[str]]:
    """The ordinary moves between vm_states in which a server waits, each with the actions that make it."""
    found: dict[tuple[str, str], list[str]] = {}
    for edge in edges(catalog):
        action = catalog.actions.get(edge.trigger)
        if edge.source and edge.outcome == "success" and not (action and action.last_resort):
            for source in _shown_as(catalog, edge.source):
                for target in _shown_as(catalog, edge.target):
                    found.setdefault((source, target), []).append(edge.trigger)
    return found


def _ends(entry: Entry) -> tuple[str, str]:
    return WORDS.get(entry["source"], entry["source"]), WORDS.get(entry["target"], entry["target"])


def _arrow(catalog: Catalog, entry: Entry) -> Erratum | None:
    source, target = _ends(entry)
    made = any(
        edge.source
        and edge.outcome == "success"
        and source in _shown_as(catalog, edge.source)
        and target in _shown_as(catalog, edge.target)
        for edge in edges(catalog)
    )
    if made:
        return None
    arrow = f"`{source}` → `{target}`"
    return Erratum(
        VM_STATES_PAGE, _file(entry), arrow, "draws this arrow", "makes no such move", "/transitions/#table"
    )


def _missing_arrows(catalog: Catalog, diagram: list[Entry]) -> Part:
    """Moves that callers ask for and the diagram does not draw."""
    drawn = {_ends(entry) for entry in diagram}
    asked = {
        pair: names
        for pair, triggers in _moves(catalog).items()
        if (names := [name for name in dict.fromkeys(triggers) if name in catalog.actions])
    }
    found = tuple(
        Erratum(
            VM_STATES_PAGE,
            "doc/source/reference/vm-states.rst",
            f"`{source}` → `{target}`",
            "draws no arrow",
            f"makes the move: {', '.join(f'[{name}](/actions/{name}/)' for name in names)}",
            "/transitions/#table",
        )
        for (source, target), names in sorted(asked.items())
        if (source, target) not in drawn
    )
    return Part(VM_STATES_PAGE, "Moves that the diagram leaves out", len(asked), found)


def _section_actions(catalog: Catalog, section: str) -> list[Action]:
    """The actions of a section of the API reference: ``Pause Server (pause Action)``."""
    named = re.search(r"\(([\w-]+) Action\)", section)
    key = named[1] if named else None
    return [action for action in on_servers(catalog) if key and key in (action.request.body or {})]


def _asked(catalog: Catalog, conditions: list[Entry]) -> list[Entry]:
    return [
        entry
        for entry in conditions
        if entry["part"] == "preconditions"
        and entry.get("statuses")
        and _section_actions(catalog, entry["section"])
    ]


def _precondition(catalog: Catalog, entry: Entry) -> Erratum | None:
    actions = _section_actions(catalog, entry["section"])
    answers = {name: [verdict(catalog, action, name) for action in actions] for name in catalog.statuses}
    refused = [name for name in entry["statuses"] if not any(answer.accepts for answer in answers[name])]
    left_out = [
        name
        for name, found in answers.items()
        if name not in entry["statuses"]
        and any(task is None for answer in found for _, task in answer.accepted)
    ]
    if not refused and not left_out:
        return None
    does = "; ".join(
        filter(
            None,
            (refused and f"refuses {_names(refused)}", left_out and f"accepts {_names(left_out)} as well"),
        )
    )
    says = f"the status must be {_names(entry['statuses'])}"
    return _about(API_REFERENCE, _file(entry), entry["section"], says, does, actions)


def _no_status(catalog: Catalog, entry: Entry) -> Erratum | None:
    wrong = list(entry.get("not_statuses", []))
    if re.search(r"server status", entry["quote"]) and not entry.get("statuses"):
        wrong += [name for name in entry.get("task_states", []) if name in entry["quote"]]
    if not wrong:
        return None
    does = f"has no status {_names(wrong)}"
    return Erratum(API_REFERENCE, _file(entry), entry["section"], f"“{entry['quote']}”", does, "/statuses/")


def _claims(catalog: Catalog) -> Iterator[Erratum]:
    for status in catalog.statuses.values():
        for claim in status.claims:
            page = f"/statuses/{status.name}/#hypervisors"
            yield Erratum(STATUS_TEXTS, claim.where, f"`{status.name}`", f"“{claim.says}”", claim.truth, page)


def _matrix(catalog: Catalog, evidence: Evidence, last: int) -> Part:
    cells = [
        entry
        for entry in evidence.harvest.get("support_matrix", {}).get("support", [])
        if last in releases(entry["releases"])
    ]
    rows = {operation.row: operation for operation in catalog.operations.values() if operation.row}
    columns = {driver.column: driver for driver in catalog.drivers.values()}
    known = [cell for cell in cells if cell["operation"] in rows and cell["driver"] in columns]
    found = (_cell(rows[cell["operation"]], columns[cell["driver"]], cell) for cell in known)
    return Part(SUPPORT_MATRIX, "Levels", len(known), tuple(erratum for erratum in found if erratum))


def _cell(operation: Operation, driver: Driver, cell: Entry) -> Erratum | None:
    ours = last_level(operation, driver)
    if cell["level"] in (None, "unknown"):
        return None  # the matrix says nothing, so nothing wrong
    if ours.level is Level(cell["level"] or "unknown"):
        return None
    where = f"doc/source/user/support-matrix.ini: {cell['operation']}"
    does = f"{ours.level.value}{': ' + ours.note if ours.note else ''}"
    page = f"/support/#{operation.name}-{driver.name}"
    return Erratum(SUPPORT_MATRIX, where, f"{operation.title}, {driver.title}", cell["level"], does, page)


def _about(
    page: str, where: str, about: str, says: str, does: str, actions: list[Action], anchor: str = "accepted"
) -> Erratum:
    """An erratum whose proof is on the page of the first action."""
    return Erratum(page, where, about, says, does, f"/actions/{actions[0].name}/#{anchor}")
