"""Support levels must lie within the lifetime of their driver."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..model import FIRST_RELEASE, Catalog, Driver, Level, Support
from ..reader import Loc

Found = Iterator[tuple[Loc, str]]


def _levels(catalog: Catalog) -> Iterator[tuple[Loc, Driver, Support]]:
    for operation in catalog.operations.values():
        for name, levels in operation.support.items():
            if name in catalog.drivers:
                for i, level in enumerate(levels):
                    yield ("operations", operation.name, "support", name, i), catalog.drivers[name], level


def lifetime(catalog: Catalog) -> Found:
    """No level before the driver came, none but ``removed`` after it left."""
    for at, driver, level in _levels(catalog):
        since = level.since or driver.added_in or FIRST_RELEASE
        first = driver.added_in or FIRST_RELEASE
        if since < first:
            yield (
                at,
                f"a level must lie within the driver's lifetime, {driver.name!r} came in {first}, not {since}",
            )
        if driver.removed_in and since >= driver.removed_in and level.level is not Level.REMOVED:
            yield (
                at,
                (
                    f"a removed driver must not be called supported, {driver.name!r} left Nova in {driver.removed_in}, "
                    f"so {level.level.value!r} since {since} is wrong"
                ),
            )
        if level.level is Level.REMOVED:
            yield at, f"'removed' follows from the driver's removed_in, {driver.name!r} must not say it here"


def notes(catalog: Catalog) -> Found:
    """``partial`` must say when."""
    for at, driver, level in _levels(catalog):
        if level.level is Level.PARTIAL and not level.note:
            yield at, f"'partial' must have a note that says when it works, {driver.name!r} has none"


def order(catalog: Catalog) -> Found:
    """Levels must stand in the order of the releases."""
    for operation in catalog.operations.values():
        for name, levels in operation.support.items():
            since = [level.since or FIRST_RELEASE for level in levels]
            if since != sorted(set(since)):
                at = ("operations", operation.name, "support", name)
                yield at, f"levels must rise by release, each once, not {', '.join(map(str, since))}"


def whole(catalog: Catalog) -> Found:
    """Levels must begin with the driver, and each must change something."""
    for operation in catalog.operations.values():
        for name, levels in operation.support.items():
            at: Loc = ("operations", operation.name, "support", name)
            driver = catalog.drivers.get(name)
            first = driver.added_in or FIRST_RELEASE if driver else FIRST_RELEASE
            if driver and (levels[0].since or first) > first:
                yield (
                    (*at, 0),
                    (
                        f"levels must begin with the driver, {name!r} came in {first} and has none before "
                        f"{levels[0].since}; write 'unknown' if nothing tells"
                    ),
                )
            for i, (before, level) in enumerate(pairwise(levels), start=1):
                if (before.level, before.note) == (level.level, level.note):
                    yield (
                        (*at, i),
                        f"a level must differ from the one before it, {level.level.value!r} does not",
                    )


def lifetimes(catalog: Catalog) -> Found:
    """A driver must come before it goes."""
    for driver in catalog.drivers.values():
        if driver.removed_in is not None and driver.removed_in <= (driver.added_in or FIRST_RELEASE):
            at = ("drivers", driver.name, "removed_in")
            yield at, f"a driver must come before it goes, {driver.name!r} goes in {driver.removed_in}"


RULES = (lifetime, notes, order, whole, lifetimes)
