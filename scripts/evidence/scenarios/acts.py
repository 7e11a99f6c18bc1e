"""What a caller asks for, by the action names of this project: act(world, server, "suspend") -> Answer.

The requests are those the guards were asked with (evidence.action_requests); the few that need more are here.
"""

from __future__ import annotations

import datetime

from evidence.action_requests import ACTIONS, MICROVERSION, Request, filled
from evidence.scenarios.world import World

BIGGER_FLAVOR, FLAVOR = "2", "1"
RESCUE_IMAGE = "7b1c2a8e-9d1f-4c53-8f0e-3a5f6d7e8c90"
NEW_IMAGE = "3e0a6a3c-1c0d-4a52-9f8f-6f6e5c1d2b4a"


def _post(name: str, value: object, microversion: str = MICROVERSION) -> Request:
    return Request("POST", "/servers/{server}/action", {name: value}, microversion)


# Variants of actions that end differently, by the name of the action and, in brackets, what is different.
VARIANTS: dict[str, Request] = {
    "reset-state (active)": _post("os-resetState", {"state": "active"}),
    "reset-state (error)": _post("os-resetState", {"state": "error"}),
    "rescue (stable device)": _post("rescue", {"rescue_image_ref": RESCUE_IMAGE}),
    "rebuild (another image)": _post("rebuild", {"imageRef": NEW_IMAGE}),
    "evacuate (2.94)": _post("evacuate", {}, "2.94"),
}
# Actions that may change vm_state or task_state. The others are in `LEAVES_ALONE`.
MOVES = [
    "pause",
    "unpause",
    "suspend",
    "resume",
    "start",
    "stop",
    "reboot-soft",
    "reboot-hard",
    "rebuild",
    "rescue",
    "unrescue",
    "resize",
    "confirm-resize",
    "revert-resize",
    "migrate",
    "live-migrate",
    "evacuate",
    "shelve",
    "shelve-offload",
    "unshelve",
    "change-password",
    "create-image",
    "create-backup",
    "delete",
    "force-delete",
    "restore",
    "live-migration-abort",
    "live-migration-force-complete",
]
LEAVES_ALONE = [
    "lock",
    "unlock",
    "trigger-crash-dump",
    "get-console-output",
    "create-remote-console",
    "get-diagnostics",
    "attach-volume",
    "attach-interface",
    "add-security-group",
    "set-metadata",
    "set-tags",
    "delete-tags",
    "rename",
]


def act(world: World, server: str, action: str):
    """Sends the request of an action or variant as the administrator; the answer has `code` and `message`."""
    request = VARIANTS.get(action) or ACTIONS[action]
    values = {
        "server": server,
        "image": image_of(world, server) if action == "rebuild" else "",
        "flavor": BIGGER_FLAVOR,
        "network": world.case.neutron.network_1["id"],
        "free_volume": "22222222-2222-4222-8222-222222222222",
    }
    if "{migration}" in request.path:
        values["migration"] = _migration(world, server)
    path, body = filled(request.path, values), filled(request.body, values)
    return world.ask(request.method, path, body, request.microversion)


def _migration(world: World, server: str) -> str:
    """The id of the server's live migration in progress; one that does not exist if there is none."""
    answer = world.ask("GET", f"/servers/{server}/migrations")
    found = answer.body["migrations"] if answer.code == 200 else []
    return str(found[0]["id"]) if found else "0"


def image_of(world: World, server: str) -> str:
    """The image a rebuild names: the server's own, or for a server on a volume the image the volume was made of."""
    answer = world.ask("GET", f"/servers/{server}")
    image = answer.body["server"]["image"] if answer.code == 200 else None
    return image["id"] if image else world.cloud.image()


def create(world: World, backing: str, **more):
    """Asks for a server on an image of the store or on a bootable volume, with one port."""
    network = {"uuid": world.case.neutron.network_1["id"]}
    body = {"name": "probe", "flavorRef": FLAVOR, "networks": [network], **more}
    if backing == "image":
        body["imageRef"] = world.cloud.image()
    else:
        volume = world.case.cinder.IMAGE_BACKED_VOL
        body["block_device_mapping_v2"] = [
            {"boot_index": 0, "uuid": volume, "source_type": "volume", "destination_type": "volume"}
        ]
    return world.ask("POST", "/servers", {"server": body}, MICROVERSION)


def add_images(world: World) -> None:
    """Images that the stand-in for Glance lacks: one for a stable-device rescue, one to rebuild from."""
    then = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    common = {
        "created_at": then, "updated_at": then, "deleted_at": None, "deleted": False, "status": "active",
        "is_public": True, "container_format": "raw", "disk_format": "raw", "size": 1024, "min_ram": 0,
        "min_disk": 0, "protected": False, "visibility": "public", "tags": [],
    }  # fmt: skip
    rescue = {"hw_rescue_bus": "scsi", "hw_rescue_device": "disk"}
    world.case.glance.create(None, {**common, "id": RESCUE_IMAGE, "name": "rescue", "properties": rescue})
    world.case.glance.create(None, {**common, "id": NEW_IMAGE, "name": "new", "properties": {}})
