"""Where things stand in the picture of all statuses; made by hand, in pixels, y downwards.

ACTIVE is its heart. Left of it a server is born, put away and moved while it runs; above it Nova works
on it and comes back; at its right it changes size or host; below it the faults and the end.
An arrow without a place here goes straight, so that a new transition shows at once. A test says when
labels collide: then give the arrow a way of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from .geometry import Box, Point

SIZE = (1240, 820)
UNPLACED: Point = (40, 800)
"""Where statuses stand that have no place yet: here, and on to the right."""

STATUSES: dict[str, Point] = {
    "BUILD": (150, 330),
    "ACTIVE": (650, 330),
    "SHUTOFF": (650, 548),
    "SUSPENDED": (390, 212),
    "PAUSED": (385, 548),
    "MIGRATING": (130, 500),
    "SHELVED": (140, 85),
    "SHELVED_OFFLOADED": (140, 190),
    "PASSWORD": (475, 62),
    "REBOOT": (650, 62),
    "HARD_REBOOT": (910, 62),
    "RESIZE": (1000, 225),
    "VERIFY_RESIZE": (1145, 318),
    "REVERT_RESIZE": (1000, 405),
    "REBUILD": (1005, 528),
    "ERROR": (1165, 612),
    "RESCUE": (985, 690),
    "SOFT_DELETED": (690, 755),
    "DELETED": (930, 768),
    "UNKNOWN": (395, 755),
}
NEW: Point = (40, 330)
NOTES: Point = (20, 660)
"""Top left of the notes that explain the marks."""
MANY: Point = (26, 700)
"""The spot in the notes that stands for many statuses."""

FRAMES: dict[str, tuple[Box, frozenset[str]]] = {
    "kept": ((312, 165, 872, 640), frozenset({"ACTIVE", "SHUTOFF", "PAUSED", "SUSPENDED"})),
    "on-or-off": ((500, 180, 857, 625), frozenset({"ACTIVE", "SHUTOFF"})),
    "stored": ((20, 50, 240, 225), frozenset({"SHELVED", "SHELVED_OFFLOADED"})),
}


@dataclass(frozen=True)
class Way:
    """How an arrow goes: from ``start`` via points to ``end``; None: where a straight line meets the box."""

    start: Point | None = None
    via: tuple[Point, ...] = ()
    end: Point | None = None
    label: Point | None = None
    """Centre of the label; None: half way."""


WAYS: dict[tuple[str, str], Way] = {
    # The heart: on and off.
    ("ACTIVE", "SHUTOFF"): Way((680, 382), ((694, 455),), (670, 530), (692, 458)),
    ("SHUTOFF", "ACTIVE"): Way((622, 530), ((590, 455),), (600, 382), (586, 458)),
    ("many", "ACTIVE"): Way((785, 245), (), (735, 282), (803, 223)),
    ("many", "SHUTOFF"): Way((650, 600), (), (650, 567), (650, 611)),
    # The guest stands still.
    ("ACTIVE", "SUSPENDED"): Way((560, 303), ((495, 268),), (425, 231), (490, 266)),
    ("SUSPENDED", "ACTIVE"): Way((458, 208), ((545, 212),), (600, 280), (521, 208)),
    ("ACTIVE", "PAUSED"): Way((567, 382), ((505, 470),), (420, 529), (505, 472)),
    ("PAUSED", "ACTIVE"): Way((380, 529), ((430, 440),), (545, 366), (428, 450)),
    ("PAUSED", "SHUTOFF"): Way((434, 548), (), (597, 548), (512, 548)),
    ("many", "PAUSED"): Way((385, 600), (), (385, 567), (385, 611)),
    # It is moved while it runs.
    ("ACTIVE", "MIGRATING"): Way((559, 341), ((370, 366),), (165, 483), (300, 392)),
    ("MIGRATING", "ACTIVE"): Way((195, 495), ((330, 440),), (559, 350), (300, 452)),
    ("PAUSED", "MIGRATING"): Way((337, 542), ((260, 518),), (200, 505), (262, 519)),
    ("MIGRATING", "PAUSED"): Way((150, 521), ((220, 565),), (337, 556), (232, 568)),
    # It begins, and is put away.
    ("new", "BUILD"): Way(label=(77, 316)),
    ("BUILD", "ACTIVE"): Way(label=(255, 330)),
    ("kept", "stored"): Way((312, 190), (), (240, 190), (276, 190)),
    ("stored", "ACTIVE"): Way((240, 215), ((380, 290),), (559, 318), (345, 277)),
    # Nova is at work on it, and comes back.
    ("ACTIVE", "PASSWORD"): Way((640, 280), ((572, 170),), (495, 83), (537, 128)),
    ("ACTIVE", "REBOOT"): Way((668, 280), (), (655, 83), (658, 128)),
    ("ACTIVE", "HARD_REBOOT"): Way((700, 280), ((765, 160),), (880, 81), (793, 128)),
    ("REBOOT", "HARD_REBOOT"): Way((698, 62), (), (826, 62), (760, 62)),
    # It changes its size or its host.
    ("on-or-off", "RESIZE"): Way((857, 262), (), (950, 232), (903, 246)),
    ("VERIFY_RESIZE", "on-or-off"): Way((1068, 318), (), (857, 318), (962, 318)),
    ("VERIFY_RESIZE", "REVERT_RESIZE"): Way((1135, 337), ((1110, 372),), (1055, 391), (1112, 368)),
    ("REVERT_RESIZE", "ACTIVE"): Way((916, 398), (), (741, 340)),
    # It is made anew, and faults.
    ("on-or-off", "REBUILD"): Way((857, 528), (), (951, 528), (912, 528)),
    ("REBUILD", "ACTIVE"): Way((970, 512), ((860, 430),), (741, 374)),
    ("many", "HARD_REBOOT"): Way((1040, 62), (), (988, 62), (1064, 62)),
    ("many", "REBUILD"): Way((1060, 495), (), (1036, 511), (1085, 486)),
    ("ERROR", "REBUILD"): Way((1123, 602), (), (1048, 541), (1085, 571)),
    ("ERROR", "ACTIVE"): Way((1170, 593), ((1130, 460), (900, 440)), (741, 358), (1050, 446)),
    ("ERROR", "SHUTOFF"): Way((1122, 612), ((940, 590),), (704, 552), (940, 590)),
    ("ERROR", "RESCUE"): Way((1125, 624), (), (1030, 676), (1080, 650)),
    ("many", "ERROR"): Way((1165, 668), (), (1165, 632), (1165, 680)),
    ("on-or-off", "RESCUE"): Way((857, 612), ((900, 640),), (960, 671), (905, 646)),
    ("RESCUE", "ACTIVE"): Way((936, 692), ((835, 590),), (748, 382), (843, 598)),
    # It ends.
    ("SOFT_DELETED", "ACTIVE"): Way((700, 736), ((795, 600),), (728, 382), (780, 664)),
    ("many", "SOFT_DELETED"): Way((590, 755), (), (618, 755), (566, 755)),
    ("many", "DELETED"): Way((1020, 768), (), (982, 768), (1060, 768)),
    ("many", "UNKNOWN"): Way((395, 708), (), (395, 736), (395, 687)),
}
