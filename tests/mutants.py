"""Wrong facts made on purpose: for each checkable leaf, changes that turn it into something Nova does not do.

A mutant is a copy of the catalog with one value changed. It stays within the model's types, so that nothing
but the rules and the comparison can notice it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, get_args

from novastatus.model import Action, Catalog, Guard, Holdings, Kind, Level, Policy, Request, Visibility
from novastatus.reader import Loc
from pydantic import BaseModel

CODES = (400, 403, 404, 409, 410, 422, 500, 501)


@dataclass(frozen=True)
class Mutant:
    """One wrong fact: where it is, and in words what was done to it."""

    loc: Loc
    what: str
    catalog: Catalog
    """The whole catalog with the change."""

    @property
    def name(self) -> str:
        """As it stands in the list of survivors."""
        return f"{'.'.join(map(str, self.loc))}: {self.what}"


def mutants(catalog: Catalog) -> Iterator[Mutant]:
    """Every mutant, section by section."""
    for section in (_names, _options, _statuses, _actions, _transitions, _triggers, _drivers, _levels):
        yield from section(catalog)


def put(value: Any, loc: Loc, new: Any) -> Any:
    """A copy of ``value`` with what stands at ``loc`` replaced; models, mappings and lists alike."""
    if not loc:
        return new
    key, rest = loc[0], loc[1:]
    if isinstance(value, BaseModel):
        field = "source" if key == "from" else str(key)
        return value.model_copy(update={field: put(getattr(value, field), rest, new)})
    if isinstance(value, dict):
        return {**value, key: put(value.get(key), rest, new)}
    return [put(item, rest, new) if i == key else item for i, item in enumerate(value)]


def _change(catalog: Catalog, loc: Loc, new: Any, what: str, place: Loc | None = None) -> Mutant:
    """``place`` is the leaf that must be named, where it is not the value that is replaced."""
    return Mutant(place or loc, what, put(catalog, loc, new))


def _other(
    catalog: Catalog, loc: Loc, value: object, others: Iterable[object], place: Loc | None = None
) -> Mutant:
    """Another value: the one that follows it in ``others``."""
    known = list(dict.fromkeys(others))
    rank = known.index(value) if value in known else -1
    new = known[(rank + 1) % len(known)]
    return _change(catalog, loc, new, f"{value!r} became {new!r}", place)


def _names(catalog: Catalog) -> Iterator[Mutant]:
    yield _change(catalog, ("nova",), "34.0.1", "another version")
    for i, release in enumerate(catalog.releases):
        at: Loc = ("releases", i)
        yield _change(catalog, (*at, "number"), release.number + 20, "another number")
        yield _change(catalog, (*at, "series"), release.series + "x", "another series")
        yield _change(catalog, (*at, "version"), release.version + "1", "another version")
        date = (
            release.date.replace(day=release.date.day % 28 + 1)
            if release.date
            else datetime.date(2017, 2, 22)
        )
        yield _change(catalog, (*at, "date"), date, "another day")
    for section in ("vm_states", "task_states"):
        held = getattr(catalog, section)
        for name in held:
            renamed = {(key + "x" if key == name else key): item for key, item in held.items()}
            yield _change(catalog, (section,), renamed, "another name", (section, name))


def _options(catalog: Catalog) -> Iterator[Mutant]:
    groups = [option.group for option in catalog.options.values()]
    for name, option in catalog.options.items():
        at: Loc = ("options", name)
        yield _other(catalog, (*at, "group"), option.group, groups)
        yield _change(catalog, (*at, "default"), _wrong(option.default), "another default")
        yield _change(catalog, (*at, "unit"), "minutes", "another unit")
        yield _change(catalog, (*at, "source"), "nova/conf/xvp.py", "another file")


def _wrong(value: int | str | bool | None) -> int | str | bool:
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else f"{value}x"


def _statuses(catalog: Catalog) -> Iterator[Mutant]:
    for name, status in catalog.statuses.items():
        at: Loc = ("statuses", name)
        yield _other(catalog, (*at, "kind"), status.kind, Kind)
        for field in ("show", "filter"):
            values = get_args(Visibility.model_fields[field].annotation)
            yield _other(catalog, (*at, "seen_by", field), getattr(status.seen_by, field), values)
        for field, info in Holdings.model_fields.items():
            if field != "notes":
                value = getattr(status.holds, field)
                yield _other(catalog, (*at, "holds", field), value, get_args(info.annotation))
        yield from _pairs(catalog, at, status.states)


def _pairs(catalog: Catalog, at: Loc, states: dict) -> Iterator[Mutant]:
    """One vm_state less, one more, one task_state less, one more."""
    for vm_state, tasks in states.items():
        place = (*at, "states", vm_state)
        fewer = {key: value for key, value in states.items() if key != vm_state}
        yield _change(catalog, (*at, "states"), fewer, "one vm_state less", place)
        held = tasks if isinstance(tasks, list) else [None, *catalog.task_states]
        yield _change(catalog, place, held[1:], "one task_state less")
        more = next((task for task in catalog.task_states if task not in held), None)
        if more:
            yield _change(catalog, place, [*held, more], "one task_state more")
    more = next(vm_state for vm_state in catalog.vm_states if vm_state not in states)
    yield _change(
        catalog, (*at, "states"), {**states, more: [None]}, "one vm_state more", (*at, "states", more)
    )


def _actions(catalog: Catalog) -> Iterator[Mutant]:
    for name, action in catalog.actions.items():
        at: Loc = ("actions", name)
        if "{server_id}" in action.request.path:
            yield from _guard(catalog, at, action)
            yield _other(catalog, (*at, "refused_with"), action.refused_with, CODES)
            yield from _refused_in(catalog, at, action)
            yield _change(catalog, (*at, "launched"), not action.launched, "turned round")
            yield _change(catalog, (*at, "lock"), not action.lock, "turned round")
            yield _change(catalog, (*at, "called"), f"{action.called or name}s", "another name")
        hosts = get_args(Action.model_fields["host_up"].annotation)
        yield _other(catalog, (*at, "host_up"), action.host_up, hosts)
        callers = get_args(Policy.model_fields["who"].annotation)
        yield _other(catalog, (*at, "policy", "who"), action.policy.who, callers)
        rules = (other.policy.rule for other in catalog.actions.values())
        yield _other(catalog, (*at, "policy", "rule"), action.policy.rule, rules)
        yield from _request(catalog, at, action.request)
        yield from _work(catalog, at, action)


def _refused_in(catalog: Catalog, at: Loc, action: Action) -> Iterator[Mutant]:
    """For each vm_state that is refused with a code of its own: another code, and none; one vm_state more."""
    at = (*at, "refused_in")
    told = action.refused_in
    for vm_state, code in told.items():
        place = (*at, vm_state)
        yield _other(catalog, place, code, CODES)
        rest = {name: kept for name, kept in told.items() if name != vm_state}
        yield _change(catalog, at, rest, "left out", place)
    more = next(name for name in catalog.vm_states if name not in told)
    code = next(code for code in CODES if code != action.refused_with)
    yield _change(catalog, at, {**told, more: code}, "one vm_state more", (*at, more))


def _guard(catalog: Catalog, at: Loc, action: Action) -> Iterator[Mutant]:
    """For each vm_state: taken out where it is accepted, put in where it is not, and any task for none."""
    guard = action.accepted
    for vm_state in catalog.vm_states:
        place = (*at, "accepted", vm_state)
        without = Guard(
            idle=[name for name in guard.idle if name != vm_state],
            any=[name for name in guard.any if name != vm_state],
            during=[
                rule.model_copy(update={"vm_states": [name for name in rule.vm_states if name != vm_state]})
                for rule in guard.during
            ],
        )
        if without != guard:
            yield _change(catalog, (*at, "accepted"), without, "one vm_state less", place)
        if vm_state not in guard.any:
            more = without.model_copy(update={"any": [*without.any, vm_state]})
            yield _change(catalog, (*at, "accepted"), more, "accepted whatever task runs", place)
        if vm_state not in guard.idle:
            more = without.model_copy(update={"idle": [*without.idle, vm_state]})
            yield _change(catalog, (*at, "accepted"), more, "accepted while no task runs", place)


def _request(catalog: Catalog, at: Loc, request: Request) -> Iterator[Mutant]:
    at = (*at, "request")
    yield _other(
        catalog, (*at, "method"), request.method, get_args(Request.model_fields["method"].annotation)
    )
    yield _change(catalog, (*at, "path"), f"{request.path}s", "another path")
    if request.body:
        body = {f"{key}s": value for key, value in request.body.items()}
        yield _change(catalog, (*at, "body"), body, "another key")
    yield _change(
        catalog, (*at, "microversion"), _later(request.microversion or "2.1"), "a later microversion"
    )


def _later(microversion: str) -> str:
    major, _, minor = microversion.partition(".")
    return f"{major}.{int(minor) + 1}"


def _work(catalog: Catalog, at: Loc, action: Action) -> Iterator[Mutant]:
    tasks = list(catalog.task_states)
    for i, task in enumerate(action.tasks):
        place = (*at, "tasks", i)
        yield _other(
            catalog, place, task, [name for name in tasks if name == task or name not in action.tasks]
        )
        fewer = [name for name in action.tasks if name != task]
        yield _change(catalog, (*at, "tasks"), fewer, f"{task} left out", place)
    for code in action.codes:
        new = next(other for other in (422, *CODES) if other not in action.codes)
        codes = {(new if known == code else known): text for known, text in action.codes.items()}
        yield _change(catalog, (*at, "codes"), codes, f"{code} became {new}", (*at, "codes", code))
    for i, change in enumerate(action.microversions):
        yield _change(
            catalog, (*at, "microversions", i, "since"), _later(change.since), "a later microversion"
        )


def _transitions(catalog: Catalog) -> Iterator[Mutant]:
    """Another source, another end, another outcome, one status more or less on the way; a row left out."""
    names = list(catalog.statuses)
    for trigger, rows in catalog.transitions.items():
        for i, row in enumerate(rows):
            at: Loc = ("transitions", trigger, i)
            for source in row.source:
                place = (*at, "from", source or "null")
                rest = [name for name in row.source if name != source]
                new = next(n for n in names[::-1] if n not in row.source)
                yield _change(catalog, (*at, "from"), [*rest, new], f"from {new} instead", place)
                # What is not told leaves the status as it is. A row left without sources stands for one less,
                # which no file can hold.
                if source != row.to or row.through:
                    yield _change(catalog, (*at, "from"), rest, "left out", place)
                yield _split(catalog, trigger, i, source, {"to": _next(names, row.to)}, "another end", place)
                through = row.through[:-1] or [
                    next(n for n in names if n not in (source, row.to, *row.through))
                ]
                yield _split(catalog, trigger, i, source, {"through": through}, "another way", place)
                fails = None if row.fails else "something"
                yield _split(catalog, trigger, i, source, {"fails": fails}, "another outcome", place)


def _next(names: list[str], name: str) -> str:
    return names[(names.index(name) + 1) % len(names)]


def _split(
    catalog: Catalog, trigger: str, i: int, source: str | None, update: dict, what: str, place: Loc
) -> Mutant:
    """The row as it is for its other sources, and changed for this one."""
    rows = list(catalog.transitions[trigger])
    rest = [name for name in rows[i].source if name != source]
    changed = rows[i].model_copy(update={**update, "source": [source]})
    if not rest:
        return _change(catalog, ("transitions", trigger, i), changed, what, place)
    # The place stays the row's own: the sources it keeps stand in a further row.
    kept = rows[i].model_copy(update={"source": rest})
    rows[i] = changed
    return _change(catalog, ("transitions", trigger), [*rows, kept], what, place)


def _triggers(catalog: Catalog) -> Iterator[Mutant]:
    for name, trigger in catalog.triggers.items():
        at: Loc = ("triggers", name)
        yield _other(catalog, (*at, "kind"), trigger.kind, ("internal", "periodic"))
        if trigger.option:
            yield _other(catalog, (*at, "option"), trigger.option, catalog.options)


def _drivers(catalog: Catalog) -> Iterator[Mutant]:
    columns = [driver.column for driver in catalog.drivers.values()]
    folders = [driver.virt for driver in catalog.drivers.values()]
    for name, driver in catalog.drivers.items():
        at: Loc = ("drivers", name)
        yield _other(catalog, (*at, "column"), driver.column, columns)
        yield _other(catalog, (*at, "virt"), driver.virt, folders)
        yield _change(catalog, (*at, "added_in"), (driver.added_in or 15) + 1, "a release later")
        removed = driver.removed_in + 1 if driver.removed_in and driver.removed_in < 34 else 34
        yield _change(catalog, (*at, "removed_in"), removed, "another release")


def _levels(catalog: Catalog) -> Iterator[Mutant]:
    levels = [level for level in Level if level is not Level.REMOVED]
    rows = [operation.row for operation in catalog.operations.values() if operation.row]
    for name, operation in catalog.operations.items():
        if operation.row:
            yield _other(catalog, ("operations", name, "row"), operation.row, rows)
        for driver, entries in operation.support.items():
            for i, entry in enumerate(entries):
                at = ("operations", name, "support", driver, i)
                for level in levels:
                    if level is not entry.level:
                        yield _change(catalog, (*at, "level"), level, f"{entry.level} became {level}", at)
                if entry.since is not None and i:
                    yield _change(catalog, (*at, "since"), entry.since + 1, "a release later", at)
