"""What makes things go wrong: functions (world, server) that a scenario calls before it acts."""

from __future__ import annotations

from collections.abc import Callable

from evidence.scenarios.world import World


def failing(method: str, error: Callable[[], Exception] | None = None, times: int = 10**6):
    """The driver's operation raises `error()`, or an ordinary error, the first `times` times."""
    return lambda world, server: world.faults.fail(method, error, times)


def patching(name: str, error: Callable[[], Exception]):
    """The function of Nova with this full name raises `error()`."""

    def prepare(world: World, server: str) -> None:
        def raising(*args, **kwargs):
            world.hit = True
            raise error()

        world.patch(name, raising)

    return prepare


def no_host(world: World, server: str | None) -> None:
    """Every compute service is disabled, so that the scheduler finds no host."""
    world.hit = True
    for host in world.case.computes:
        world.disable(host)
