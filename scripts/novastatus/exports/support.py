"""``support.json``: drivers, operations and support levels by release."""

from __future__ import annotations

from typing import Any

from ..model import FIRST_RELEASE, Catalog, Driver, Level, Operation, Support
from ..render import plain
from .common import text


def matrix(catalog: Catalog) -> dict[str, Any]:
    """All of it; the cells are ordered by operation, then driver."""
    cells = [
        (operation, driver)
        for operation in catalog.operations.values()
        for driver in catalog.drivers.values()
    ]
    return {
        "drivers": [_driver(driver) for driver in catalog.drivers.values()],
        "operations": [_operation(operation) for operation in catalog.operations.values()],
        "support": [
            {"operation": operation.name, "driver": driver.name, "levels": levels(operation, driver)}
            for operation, driver in cells
        ],
    }


def levels(operation: Operation, driver: Driver) -> list[dict[str, Any]]:
    """A cell's levels, oldest first: ``unknown`` where nothing is said, ``removed`` once the driver left."""
    first = driver.added_in or FIRST_RELEASE
    told = operation.support.get(driver.name) or [Support(level=Level.UNKNOWN)]
    found = [
        {"since": str(each.since or first), "level": each.level, "note": text(each.note)}
        for each in told
        if each.level is not Level.REMOVED
    ]
    if driver.removed_in:
        found.append({"since": str(driver.removed_in), "level": Level.REMOVED, "note": None})
    return found


def _driver(driver: Driver) -> dict[str, Any]:
    return {
        "name": driver.name,
        "title": driver.title,
        "hypervisor": driver.hypervisor,
        "url": f"/support/{driver.name}/",
        "summary": plain(driver.summary),
        "added_in": _release(driver.added_in),
        "removed_in": _release(driver.removed_in),
    }


def _operation(operation: Operation) -> dict[str, Any]:
    return {
        "name": operation.name,
        "title": plain(operation.title),
        "summary": plain(operation.summary),
        "actions": operation.actions,
        "statuses": operation.statuses,
    }


def _release(number: int | None) -> str | None:
    return None if number is None else str(number)
