"""Where things stand in the picture of all statuses; made by hand, in pixels, y downwards.

ACTIVE is its heart. Left of it a server is born and stored away, above it Nova works on it and comes
back, at its right it changes size or host; below it the faults, and the end outside of the frame.
An arrow without a place here goes straight, so a new transition shows at once; give it a place when
a test says that labels collide.
"""

from __future__ import annotations

from dataclasses import dataclass

from .geometry import Box, Point

SIZE = (1180, 850)
LABEL_FREE = (40, 830)
"""Where statuses stand that have no place yet: here, and on to the right."""

STATUSES: dict[str, Point] = {
    "BUILD": (150, 300),
    "ACTIVE": (610, 300),
    "SHUTOFF": (610, 492),
    "PAUSED": (385, 215),
    "SUSPENDED": (385, 400),
    "PASSWORD": (445, 70),
    "REBOOT": (610, 70),
    "HARD_REBOOT": (790, 70),
    "MIGRATING": (225, 110),
    "RESIZE": (900, 215),
    "VERIFY_RESIZE": (1070, 310),
    "REVERT_RESIZE": (900, 405),
    "REBUILD": (900, 510),
    "ERROR": (1080, 600),
    "RESCUE": (640, 650),
    "SHELVED": (140, 520),
    "SHELVED_OFFLOADED": (140, 610),
    "SOFT_DELETED": (560, 790),
    "DELETED": (860, 790),
    "UNKNOWN": (120, 790),
}
NEW = (50, 300)
FRAMES: dict[str, tuple[Box, frozenset[str]]] = {
    "kept": ((300, 165, 745, 545), frozenset({"ACTIVE", "SHUTOFF", "PAUSED", "SUSPENDED"})),
    "on-or-off": ((475, 215, 735, 535), frozenset({"ACTIVE", "SHUTOFF"})),
    "stored": ((40, 480, 240, 650), frozenset({"SHELVED", "SHELVED_OFFLOADED"})),
}
ANYWHERE: Box = (15, 15, 1165, 715)


@dataclass(frozen=True)
class Way:
    """How an arrow goes: from ``start`` via points to ``end``; None: where a straight line meets the box."""

    start: Point | None = None
    via: tuple[Point, ...] = ()
    end: Point | None = None
    label: Point | None = None
    """Centre of the label; None: half way."""


WAYS: dict[tuple[str, str], Way] = {
    ("ACTIVE", "SHUTOFF"): Way(start=(640, 345), end=(640, 470), label=(665, 408)),
    ("SHUTOFF", "ACTIVE"): Way(start=(580, 470), end=(580, 345), label=(545, 408)),
}
