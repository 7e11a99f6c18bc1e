"""What the search box and the 404 page know: names, aliases and the words of Nova's refusals."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from .finder_words import ERRORS, SECTIONS, Said
from .guards import accepts, on_servers
from .model import Action, Catalog
from .render import plain
from .states import status_of


def finder(catalog: Catalog) -> bytes:
    """The finder's data: ``entries`` to match by name and by meaning, and the words to read a refusal with.

    ``entries``: name, kind, text, url, aliases, and more words that are searched and not shown.
    ``errors``: regular expressions of errors, each with the entry it leads to.
    ``refusals``: what Nova calls an action, to our actions. ``policies``: a policy's rule, to our actions.
    ``idle``: an action, to the vm_states that take it while no task runs.
    ``status_by_vm_state``: a vm_state, to the status that it shows while no task runs.
    """
    shown = status_of(catalog)
    data = {
        "entries": [
            *_statuses(catalog),
            *_actions(catalog),
            *_triggers(catalog),
            *_drivers(catalog),
            *_task_states(catalog),
            *(_entry(s.title, "page", s.text, s.address, list(s.aliases)) for s in SECTIONS),
        ],
        "errors": [_error(said) for said in (*ERRORS, *_quotas(catalog))],
        "refusals": _refusals(catalog),
        "policies": _policies(catalog),
        "idle": {
            a.name: [vm for vm in catalog.vm_states if accepts(a, (vm, None))] for a in on_servers(catalog)
        },
        "status_by_vm_state": {vm_state: shown[vm_state, None][0] for vm_state in catalog.vm_states},
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _error(said: Said) -> dict[str, object]:
    return {"says": said.says, **_entry(said.name, said.kind, said.text, said.address, [])}


def _quotas(catalog: Catalog) -> Iterator[Said]:
    """The actions that a quota may refuse, each with which; first the one that most are refused."""
    for action in sorted(catalog.actions.values(), key=lambda action: action.name != "create"):
        for code, text in action.codes.items():
            if "quota" in text:
                yield Said(
                    "quota", action.name, f"may answer {code}", text, f"/actions/{action.name}/#request"
                )


def _policies(catalog: Catalog) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for action in catalog.actions.values():
        found.setdefault(action.policy.rule, []).append(action.name)
    return found


def _refusals(catalog: Catalog) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for action in catalog.actions:
        for name in refusal_names(catalog, action):
            found.setdefault(name, []).append(action)
    return found


def refusal_names(catalog: Catalog, action: str) -> list[str]:
    """The words by which a refusal may call the action, lower case."""
    called = catalog.actions[action].called
    return list(dict.fromkeys(name.lower() for name in (called, action, action.replace("-", "_")) if name))


def _entry(
    name: str, kind: str, text: str, url: str, aliases: list[str], more: Iterable[str] = ()
) -> dict[str, object]:
    entry = {"name": name, "kind": kind, "text": plain(text), "url": url, "aliases": aliases}
    return entry | ({"more": plain(" ".join(more))} if more else {})


def _statuses(catalog: Catalog) -> list[dict[str, object]]:
    return [
        _entry(
            s.name,
            "status",
            s.summary,
            f"/statuses/{s.name}/",
            s.aliases,
            (s.advice, *(trouble.sign for trouble in s.stuck)),
        )
        for s in catalog.statuses.values()
    ]


def _actions(catalog: Catalog) -> list[dict[str, object]]:
    return [
        _entry(
            a.name,
            "action",
            a.summary,
            f"/actions/{a.name}/",
            _action_aliases(a),
            (a.effect, *(f"{code} {text}" for code, text in a.codes.items())),
        )
        for a in catalog.actions.values()
    ]


def _action_aliases(action: Action) -> list[str]:
    """What Nova calls it in a refusal, and the words of its command that come before the first option or value."""
    command = re.match(r"openstack [a-z ]*[a-z]", action.cli)
    return [name for name in (action.called, command and command[0]) if name]


def _triggers(catalog: Catalog) -> list[dict[str, object]]:
    return [
        _entry(t.title, "trigger", t.summary, f"/triggers/#{t.name}", [t.name])
        for t in catalog.triggers.values()
    ]


def _drivers(catalog: Catalog) -> list[dict[str, object]]:
    return [
        _entry(d.title, "driver", d.summary, f"/support/{d.name}/", [d.name, d.hypervisor])
        for d in catalog.drivers.values()
    ]


def _task_states(catalog: Catalog) -> list[dict[str, object]]:
    return [
        _entry(name, "task_state", task.summary, "/states/#task-states", [])
        for name, task in catalog.task_states.items()
    ]
