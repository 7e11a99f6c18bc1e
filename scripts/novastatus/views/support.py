"""What the pages of the support matrix show."""

from __future__ import annotations

from ..model import FIRST_RELEASE, Catalog, Driver, Level, Operation, Support


def levels(operation: Operation, driver: Driver) -> list[Support]:
    """The levels of a driver by release, the oldest first, ``removed`` last where the driver left Nova."""
    found = list(operation.support.get(driver.name, [Support(level=Level.UNKNOWN)]))
    if driver.removed_in is not None:
        found.append(Support(since=driver.removed_in, level=Level.REMOVED))
    return found


def last_level(operation: Operation, driver: Driver) -> Support:
    """The level in the newest release that has the driver."""
    found = operation.support.get(driver.name)
    return found[-1] if found else Support(level=Level.UNKNOWN)


def current(catalog: Catalog) -> list[Driver]:
    """The drivers that Nova has now."""
    return [driver for driver in catalog.drivers.values() if driver.removed_in is None]


def removed(catalog: Catalog) -> list[Driver]:
    """The drivers that left Nova, the last to go first."""
    gone = [driver for driver in catalog.drivers.values() if driver.removed_in is not None]
    return sorted(gone, key=lambda driver: -(driver.removed_in or 0))


def by_level(catalog: Catalog, operation: Operation) -> list[tuple[Level, list[tuple[Driver, str]]]]:
    """Today's drivers by their level for an operation, with their notes."""
    found: dict[Level, list[tuple[Driver, str]]] = {level: [] for level in Level}
    for driver in current(catalog):
        support = last_level(operation, driver)
        found[support.level].append((driver, support.note or ""))
    return [(level, drivers) for level, drivers in found.items() if drivers]


def of_removed(catalog: Catalog, operation: Operation) -> list[tuple[Driver, Level]]:
    """The drivers that left, with their last level for an operation."""
    return [(driver, last_level(operation, driver).level) for driver in removed(catalog)]


def notes(catalog: Catalog, operation: Operation) -> list[tuple[Driver, str]]:
    """The notes on an operation, by driver."""
    found = ((driver, last_level(operation, driver).note) for driver in catalog.drivers.values())
    return [(driver, note) for driver, note in found if note]


def history(catalog: Catalog, driver: Driver) -> list[tuple[Operation, Support]]:
    """Every level that a driver has or had, by operation and release."""
    return [
        (operation, level)
        for operation in catalog.operations.values()
        for level in levels(operation, driver)[: None if driver.removed_in is None else -1]
    ]


def reachable(catalog: Catalog, driver: Driver) -> list[tuple[str, Operation, Support]]:
    """(status, operation, level): the statuses that need something of the driver."""
    return [
        (status.name, operation, last_level(operation, driver))
        for status in catalog.statuses.values()
        if status.needs and (operation := catalog.operations.get(status.needs))
    ]


def lifetime(driver: Driver) -> str:
    """From which release to which the driver is in Nova."""
    start = f"since {driver.added_in}" if driver.added_in else f"since {FIRST_RELEASE} or before"
    return f"{start}, until {driver.removed_in - 1}" if driver.removed_in else start
