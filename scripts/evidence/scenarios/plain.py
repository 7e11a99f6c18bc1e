"""Every action that can move a server, from every start, with nothing in the way."""

from __future__ import annotations

from evidence.scenarios import acts
from evidence.scenarios.runner import Scenario
from evidence.scenarios.starts import MAIN, STARTS
from evidence.scenarios.world import BACKINGS

OFFLOAD = "shelved_offload_time is {}"
QUEUED = "reclaim_instance_interval is above 0"


def scenarios() -> list[Scenario]:
    main = [one for start in MAIN for one in _from(start, BACKINGS)]
    # Where a start has a story, one kind of boot disk tells it.
    others = [one for start in STARTS if start not in MAIN for one in _from(start, ("image",))]
    return [*_creations(), *main, *others, *_leaves_alone()]


def _creations() -> list[Scenario]:
    return [Scenario("action", "create", "", begin=acts.create)]


def _from(start: str, backings: tuple[str, ...]) -> list[Scenario]:
    """Every action from one start; what Nova refuses there leaves no record."""
    variants = [name for name in acts.VARIANTS if not name.startswith("evacuate")]
    plain = [Scenario("action", name, start, backings=backings) for name in [*acts.MOVES, *variants]]
    for value in (-1, 3600):
        options = {"shelved_offload_time": value}
        conditions = (OFFLOAD.format(value),)
        plain.append(
            Scenario("action", "shelve", start, options=options, conditions=conditions, backings=backings)
        )
    options = {"reclaim_instance_interval": 3600}
    for name in ("delete", "force-delete"):
        plain.append(
            Scenario("action", name, start, options=options, conditions=(QUEUED,), backings=backings)
        )
    return plain


def _leaves_alone() -> list[Scenario]:
    """Actions that are accepted and move nothing, from each main start that accepts them."""
    return [
        Scenario("action", name, start, backings=("image",)) for name in acts.LEAVES_ALONE for start in MAIN
    ]
