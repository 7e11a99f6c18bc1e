"""A small catalog for tests: five statuses, a few actions, made in Python, with every field given."""

from __future__ import annotations

from novastatus.model import Catalog

HOLDS = {
    "guest": "running",
    "host": "used",
    "allocation": "one host",
    "disk": "on the host",
    "ports": "bound",
    "volumes": "attached",
    "quota": "counted",
}


def status(kind: str, **states) -> dict:
    """A status of ``kind`` with some text in every field."""
    everyone = {"show": "everyone", "filter": "everyone"}
    text = dict.fromkeys(("summary", "advice", "meaning", "next"), "Text.")
    return {
        "kind": kind,
        **text,
        "states": states,
        "seen_by": everyone,
        "holds": HOLDS,
        "lasts": {"text": "long"},
        "sources": ["nova"],
    }


def action(who: str = "project member") -> dict:
    """An action that ``who`` may ask for."""
    return {
        "summary": "Text.",
        "group": "life",
        "request": {"method": "POST", "path": "/servers/{server_id}/action", "body": {"x": None}},
        "cli": "openstack server x",
        "sdk": "x()",
        "policy": {"rule": "x", "who": who},
        "accepted": {"idle": ["active"]},
        "effect": "Text.",
        "lock": True,
        "host_up": "needed",
        "sources": ["nova"],
    }


def trigger(kind: str) -> dict:
    """A trigger of ``kind``."""
    return {"kind": kind, "title": "Text", "summary": "Text.", "meaning": "Text.", "sources": ["nova"]}


def sample(**sections) -> Catalog:
    """The sample catalog; ``sections`` replace its own."""
    data = {
        "schema_version": 1,
        "nova": "34.0.0",
        "releases": [{"number": 34, "series": "x", "version": "34.0.0"}],
        "vm_states": {"active": {"summary": "x"}},
        "task_states": {"resizing": {"summary": "x"}},
        "options": {"shelved_offload_time": {"default": 0, "summary": "x"}},
        "statuses": {
            "ACTIVE": status("stable", active="others"),
            "BUILD": status("transitional", building="any"),
            "SHUTOFF": status("stable", stopped="any"),
            "RESIZE": status("transitional", active=["resizing"]),
            "VERIFY_RESIZE": status("stable", resized="any"),
            "DELETED": status("final", deleted="any"),
            "ERROR": status("fault", error="any"),
            "UNKNOWN": status("unknown"),
        },
        "actions": {
            **{name: action() for name in ("create", "stop", "start", "resize", "confirm-resize", "delete")},
            "migrate": action("admin"),
            "reset-state": action("admin") | {"last_resort": True},
        },
        "triggers": {
            "build-finished": trigger("internal"),
            "power-sync": trigger("periodic"),
            "auto-confirm": trigger("periodic"),
        },
        "transitions": {
            "create": [{"from": None, "to": "BUILD"}],
            "build-finished": [
                {"from": "BUILD", "to": "ACTIVE"},
                {"from": "BUILD", "to": "ERROR", "fails": "the driver could not build the guest"},
            ],
            "power-sync": [{"from": "ACTIVE", "to": "SHUTOFF", "when": "the guest is off"}],
            "auto-confirm": [{"from": "VERIFY_RESIZE", "to": "ACTIVE", "when": "the window is over"}],
            "start": [{"from": ["SHUTOFF"], "to": "ACTIVE"}],
            "stop": [{"from": ["ACTIVE", "ERROR"], "to": "SHUTOFF"}],
            "resize": [
                {"from": ["ACTIVE", "SHUTOFF"], "through": ["RESIZE"], "to": "VERIFY_RESIZE"},
                {"from": "ACTIVE", "through": ["RESIZE"], "to": "ERROR", "fails": "no disk space"},
            ],
            "migrate": [{"from": ["ACTIVE", "SHUTOFF"], "through": ["RESIZE"], "to": "VERIFY_RESIZE"}],
            "confirm-resize": [
                {"from": "VERIFY_RESIZE", "to": "ACTIVE"},
                {"from": "VERIFY_RESIZE", "to": "SHUTOFF", "when": "it was off before"},
            ],
            "delete": [{"from": ["ACTIVE", "SHUTOFF", "ERROR", "VERIFY_RESIZE"], "to": "DELETED"}],
            "reset-state": [{"from": ["ACTIVE", "BUILD", "SHUTOFF", "VERIFY_RESIZE"], "to": "ERROR"}],
        },
        "drivers": {
            "d": {
                "title": "D",
                "hypervisor": "x",
                "virt": "x",
                "column": "x",
                "summary": "x",
                "sources": ["nova"],
            }
        },
        "operations": {"o": {"title": "O", "summary": "x", "support": {"d": "complete"}}},
    }
    return Catalog.model_validate({**data, **sections})
