"""The shapes of everything under ``/api/v1/``: files are made as them, and their schema comes from them.

Rules of v1: a field may be added, none is removed or changes its meaning; every field is always there,
null where there is nothing to say; texts are plain, without marks; addresses start at the site's root.
"""

from .action import Action, ActionDetail, Code, Microversion, Plan, Policy, Request, StatusAnswer, Wait
from .base import ActionName, Payload, Shape, States, StatusName, Transition, Trigger
from .listing import Driver, File, InnerTrigger, Operation, Option, Release, StatePair, Support, SupportLevel
from .status import (
    AcceptedAction,
    Claim,
    Duration,
    Holdings,
    RefusedAction,
    Status,
    StatusDetail,
    Trouble,
    Visibility,
)

__all__ = [
    "AcceptedAction",
    "Action",
    "ActionDetail",
    "ActionName",
    "Claim",
    "Code",
    "Driver",
    "Duration",
    "File",
    "Holdings",
    "InnerTrigger",
    "Microversion",
    "Operation",
    "Option",
    "Payload",
    "Plan",
    "Policy",
    "RefusedAction",
    "Release",
    "Request",
    "Shape",
    "StatePair",
    "States",
    "Status",
    "StatusAnswer",
    "StatusDetail",
    "StatusName",
    "Support",
    "SupportLevel",
    "Transition",
    "Trigger",
    "Trouble",
    "Visibility",
    "Wait",
]
