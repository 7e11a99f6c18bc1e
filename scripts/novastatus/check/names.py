"""Every name used must be one that is defined, and defined once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ..model import Catalog
from ..problems import nearest
from ..reader import Loc

Found = Iterator[tuple[Loc, str]]
SPELT = {
    "statuses": "[A-Z_]+",
    "actions": "[a-z-]+",
    "triggers": "[a-z-]+",
    "drivers": "[a-z0-9-]+",
    "operations": "[a-z-]+",
}
TAKEN = ("index", "matrix")


def _unknown(loc: Loc, what: str, name: object, known: Iterable[str]) -> Found:
    known = list(known)
    if name not in known:
        yield loc, f"must name {what}, {name!r} is none{nearest(name, known)}"


def statuses(catalog: Catalog) -> Found:
    """Statuses that transitions and operations name."""
    for trigger, transitions in catalog.transitions.items():
        for i, transition in enumerate(transitions):
            at = ("transitions", trigger, i)
            for name in filter(None, transition.source):
                yield from _unknown((*at, "from"), "a status", name, catalog.statuses)
            for name in transition.through:
                yield from _unknown((*at, "through"), "a status", name, catalog.statuses)
            yield from _unknown((*at, "to"), "a status", transition.to, catalog.statuses)
    for operation in catalog.operations.values():
        for i, name in enumerate(operation.statuses):
            yield from _unknown(
                ("operations", operation.name, "statuses", i), "a status", name, catalog.statuses
            )


def actions(catalog: Catalog) -> Found:
    """Actions and triggers that transitions and operations name."""
    for name in catalog.transitions:
        yield from _unknown(
            ("transitions", name), "an action or a trigger", name, [*catalog.actions, *catalog.triggers]
        )
    for operation in catalog.operations.values():
        for i, name in enumerate(operation.actions):
            yield from _unknown(
                ("operations", operation.name, "actions", i), "an action", name, catalog.actions
            )


def follows(catalog: Catalog) -> Found:
    """Actions that an action is for after."""
    for action in catalog.actions.values():
        for i, name in enumerate(action.follows):
            yield from _unknown(("actions", action.name, "follows", i), "an action", name, catalog.actions)


def spelling(catalog: Catalog) -> Found:
    """Names become addresses: each kind is spelt in one way, and takes no page that is there already."""
    for section, wanted in SPELT.items():
        for name in getattr(catalog, section):
            if not re.fullmatch(wanted, name):
                yield (section, name), f"a name must be of the form {wanted}, {name!r} is not"
            elif name in TAKEN:
                yield (section, name), f"a name must leave the page {name!r} of its section free"


def operations(catalog: Catalog) -> Found:
    """Driver operations that actions and statuses name."""
    for action in catalog.actions.values():
        if action.operation is not None:
            at = ("actions", action.name, "operation")
            yield from _unknown(at, "an operation", action.operation, catalog.operations)
    for status in catalog.statuses.values():
        if status.needs is not None:
            at = ("statuses", status.name, "needs")
            yield from _unknown(at, "an operation", status.needs, catalog.operations)


def drivers(catalog: Catalog) -> Found:
    """Drivers that the support levels name, and drivers that they forget."""
    for operation in catalog.operations.values():
        at = ("operations", operation.name, "support")
        for name in operation.support:
            yield from _unknown((*at, name), "a driver", name, catalog.drivers)
        for name in catalog.drivers:
            if name not in operation.support:
                yield (
                    at,
                    f"must give a level for every driver, {name!r} has none; write 'unknown' if nothing tells",
                )


def releases(catalog: Catalog) -> Found:
    """Releases that drivers and support levels name."""
    known = [str(release.number) for release in catalog.releases]
    for driver in catalog.drivers.values():
        for field in ("added_in", "removed_in"):
            if (number := getattr(driver, field)) is not None:
                yield from _unknown(("drivers", driver.name, field), "a release of Nova", str(number), known)
    for operation in catalog.operations.values():
        for name, levels in operation.support.items():
            for i, level in enumerate(levels):
                if level.since is not None:
                    at = ("operations", operation.name, "support", name, i, "since")
                    yield from _unknown(at, "a release of Nova", str(level.since), known)


def nova_states(catalog: Catalog) -> Found:
    """vm_states and task_states that statuses and guards name."""
    for status in catalog.statuses.values():
        for vm_state, tasks in status.states.items():
            at: Loc = ("statuses", status.name, "states", vm_state)
            yield from _unknown(at, "a vm_state", vm_state, catalog.vm_states)
            if isinstance(tasks, list):
                for task in filter(None, tasks):
                    yield from _unknown(at, "a task_state", task, catalog.task_states)
    for action in catalog.actions.values():
        at = ("actions", action.name, "accepted")
        guard = action.accepted
        named = [("idle", guard.idle), ("any", guard.any)]
        for field, vm_states in named + [("during", rule.vm_states) for rule in guard.during]:
            for vm_state in vm_states:
                yield from _unknown((*at, field), "a vm_state", vm_state, catalog.vm_states)
        for task in (task for rule in guard.during for task in rule.task_states if task is not None):
            yield from _unknown((*at, "during"), "a task_state", task, catalog.task_states)
        for vm_state in action.refused_in:
            at = ("actions", action.name, "refused_in", vm_state)
            yield from _unknown(at, "a vm_state", vm_state, catalog.vm_states)
        for i, task in enumerate(action.tasks):
            yield from _unknown(
                ("actions", action.name, "tasks", i), "a task_state", task, catalog.task_states
            )


def options(catalog: Catalog) -> Found:
    """Configuration options that statuses and triggers name."""
    for section, items in (("statuses", catalog.statuses), ("triggers", catalog.triggers)):
        for name, item in items.items():
            option = item.lasts.option if section == "statuses" else item.option
            at = (section, name, "lasts", "option") if section == "statuses" else (section, name, "option")
            if option is not None:
                yield from _unknown(at, "an option", option, catalog.options)


def folded(name: str) -> str:
    """A name as those see it who look it up: any case, and spaces, hyphens and underscores alike."""
    return re.sub(r"[\s_-]+", " ", name.lower()).strip()


def aliases(catalog: Catalog) -> Found:
    """Aliases that mean two statuses, or say nothing new."""
    owners = {folded(name): (name, name) for name in catalog.statuses}
    for status in catalog.statuses.values():
        for i, alias in enumerate(status.aliases):
            at = ("statuses", status.name, "aliases", i)
            if alias != alias.strip():
                yield at, f"an alias must have no blanks around it, {alias!r} has; write {alias.strip()!r}"
            owner, first = owners.setdefault(folded(alias), (status.name, ""))
            if owner != status.name:
                yield at, f"an alias must mean one status, {alias!r} already means {owner!r}"
            elif first:
                yield at, f"an alias must be found by itself, {alias!r} is found by {first!r} already"
            else:
                owners[folded(alias)] = (owner, alias)


def doubles(catalog: Catalog) -> Found:
    """Names that stand for two things."""
    for name in catalog.triggers:
        if name in catalog.actions:
            yield ("triggers", name), f"a trigger must not share the name of an action, {name!r} does"
    for number, count in Counter(release.number for release in catalog.releases).items():
        if count > 1:
            yield ("releases",), f"a release must stand once, {number} stands {count} times"
    for action in catalog.actions.values():
        guard = action.accepted
        seen = Counter([*guard.idle, *guard.any, *(vm for rule in guard.during for vm in rule.vm_states)])
        for vm_state, count in seen.items():
            if count > 1:
                at = ("actions", action.name, "accepted")
                yield at, f"a guard must name a vm_state once, {vm_state!r} stands {count} times"


RULES = (
    statuses,
    actions,
    follows,
    spelling,
    operations,
    drivers,
    releases,
    nova_states,
    options,
    aliases,
    doubles,
)
