"""What the probe asks for each action: a complete and valid request, so that only the server's state can refuse it.

Placeholders, filled in by the probe: {server}, {volume} (attached), {old_volume} (attached, under migration in
Cinder), {new_volume} and {free_volume} (not attached), {port} (attached), {network}, {migration} (a running live
migration of the server), {image}, {flavor} (another one than the server's), {share}.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

# The newest microversion of Nova 27, so that every release is asked the same.
MICROVERSION = "2.95"


@dataclass(frozen=True)
class Request:
    """One HTTP request.

    needs: what is prepared besides the server: "" nothing, "resized" a finished migration and the former flavor,
    "live-migrating" a running live migration's record, "host-down" the server's compute service marked as down.
    """

    method: str
    path: str
    body: dict | None = None
    microversion: str = MICROVERSION
    needs: str = ""
    notes: str = ""

    def record(self) -> dict:
        """The request as it stands in the evidence, placeholders and all; empty parts left out."""
        found = {"method": self.method, "path": self.path, "microversion": self.microversion}
        if self.body is not None:
            found["body"] = self.body
        if self.needs:
            found["needs"] = self.needs
        if self.notes:
            found["notes"] = self.notes
        return found


def _post(name: str, value: object = None, **more) -> Request:
    """POST /servers/{server}/action with {name: value}."""
    return Request("POST", "/servers/{server}/action", {name: value}, **more)


def _on(method: str, rest: str, body: dict | None = None, **more) -> Request:
    return Request(method, "/servers/{server}" + rest, body, **more)


ACTIONS: dict[str, Request] = {
    "pause": _post("pause"),
    "unpause": _post("unpause"),
    "suspend": _post("suspend"),
    "resume": _post("resume"),
    "start": _post("os-start"),
    "stop": _post("os-stop"),
    "reboot-soft": _post("reboot", {"type": "SOFT"}),
    "reboot-hard": _post("reboot", {"type": "HARD"}),
    "rebuild": _post("rebuild", {"imageRef": "{image}"}, notes="With the image the server was made from."),
    "rescue": _post("rescue"),
    "unrescue": _post("unrescue"),
    "resize": _post("resize", {"flavorRef": "{flavor}"}, notes="To another and larger flavor."),
    "confirm-resize": _post("confirmResize", needs="resized"),
    "revert-resize": _post("revertResize", needs="resized"),
    "migrate": _post("migrate", {"host": None}),
    "live-migrate": _post("os-migrateLive", {"host": None, "block_migration": "auto"}),
    "live-migration-force-complete": _on(
        "POST", "/migrations/{migration}/action", {"force_complete": None}, needs="live-migrating"
    ),
    "live-migration-abort": _on("DELETE", "/migrations/{migration}", needs="live-migrating"),
    "evacuate": _post("evacuate", {}, needs="host-down"),
    "shelve": _post("shelve"),
    "shelve-offload": _post("shelveOffload"),
    "unshelve": _post("unshelve"),
    "lock": _post("lock"),
    "unlock": _post("unlock", notes="Of a server that is not locked, but in the part on locked servers."),
    "change-password": _post("changePassword", {"adminPass": "correct horse"}),
    "create-image": _post(
        "createImage", {"name": "picture"}, notes="Of a server that was made from an image."
    ),
    "create-backup": _post("createBackup", {"name": "copy", "backup_type": "daily", "rotation": 1}),
    "trigger-crash-dump": _post("trigger_crash_dump"),
    "delete": _on("DELETE", ""),
    "force-delete": _post("forceDelete"),
    "restore": _post("restore"),
    "reset-state": _post("os-resetState", {"state": "error"}),
    "get-console-output": _post("os-getConsoleOutput", {}),
    "create-remote-console": _on(
        "POST", "/remote-consoles", {"remote_console": {"protocol": "vnc", "type": "novnc"}}
    ),
    "get-diagnostics": _on("GET", "/diagnostics"),
    "attach-volume": _on(
        "POST", "/os-volume_attachments", {"volumeAttachment": {"volumeId": "{free_volume}"}}
    ),
    "detach-volume": _on("DELETE", "/os-volume_attachments/{volume}"),
    "swap-volume": _on(
        "PUT",
        "/os-volume_attachments/{old_volume}",
        {"volumeAttachment": {"volumeId": "{new_volume}"}},
        notes="Cinder reports the attached volume as being migrated, as it does when it asks for this itself.",
    ),
    "attach-interface": _on("POST", "/os-interface", {"interfaceAttachment": {"net_id": "{network}"}}),
    "detach-interface": _on("DELETE", "/os-interface/{port}"),
    "add-security-group": _post("addSecurityGroup", {"name": "default"}),
    "remove-security-group": _post("removeSecurityGroup", {"name": "default"}),
    "set-metadata": _on("POST", "/metadata", {"metadata": {"colour": "green"}}),
    "delete-metadata": _on("DELETE", "/metadata/purpose"),
    "set-tags": _on("PUT", "/tags", {"tags": ["green"]}),
    "delete-tags": _on("DELETE", "/tags"),
    "attach-share": _on("POST", "/shares", {"share": {"share_id": "{share}"}}, microversion="2.97"),
    "rename": _on("PUT", "", {"server": {"name": "another-name"}}),
}
# Actions of the site that ask nothing of an existing server, hence have no guard.
WITHOUT_GUARD = ("create",)


def filled(template: object, values: dict[str, str]) -> object:
    """The path or body with its placeholders replaced.

    >>> filled({"resize": {"flavorRef": "{flavor}"}}, {"flavor": "2"})
    {'resize': {'flavorRef': '2'}}
    """
    if isinstance(template, str):
        for name, value in values.items():
            template = template.replace("{" + name + "}", value)
        return template
    if isinstance(template, dict):
        return {key: filled(value, values) for key, value in template.items()}
    if isinstance(template, list):
        return [filled(value, values) for value in template]
    return template


def placeholders(request: Request) -> set[str]:
    """The names of the placeholders that a request uses."""
    import re

    return set(re.findall(r"\{(\w+)\}", request.path + json.dumps(request.body)))
