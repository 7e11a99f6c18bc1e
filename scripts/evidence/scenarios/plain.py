"""Every action that can move a server, from every start, with nothing in the way."""

from __future__ import annotations

from evidence.scenarios import acts
from evidence.scenarios.runner import Scenario
from evidence.scenarios.starts import MAIN, STARTS

OFFLOAD = "shelved_offload_time is {}"
QUEUED = "reclaim_instance_interval is above 0"


def scenarios() -> list[Scenario]:
    return _creations() + [one for start in STARTS for one in _from(start)] + _leaves_alone()


def _creations() -> list[Scenario]:
    return [Scenario("action", "create", "", begin=acts.create)]


def _from(start: str) -> list[Scenario]:
    """Every action from one start; what Nova refuses there leaves no record."""
    variants = [name for name in acts.VARIANTS if not name.startswith("evacuate")]
    plain = [Scenario("action", name, start) for name in [*acts.MOVES, *variants]]
    for value in (-1, 3600):
        options = {"shelved_offload_time": value}
        plain.append(Scenario("action", "shelve", start, options=options, conditions=(OFFLOAD.format(value),)))
    options = {"reclaim_instance_interval": 3600}
    plain.append(Scenario("action", "delete", start, options=options, conditions=(QUEUED,)))
    plain.append(Scenario("action", "force-delete", start, options=options, conditions=(QUEUED,)))
    return plain


def _leaves_alone() -> list[Scenario]:
    """Actions that are accepted and move nothing, from each main start that accepts them."""
    return [Scenario("action", name, start) for name in acts.LEAVES_ALONE for start in MAIN]
