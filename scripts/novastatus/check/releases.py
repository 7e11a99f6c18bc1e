"""The releases must tell one story with their versions, and the facts be those of the last one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..model import Catalog
from ..reader import Loc

Found = Iterator[tuple[Loc, str]]


def order(catalog: Catalog) -> Found:
    """Releases must stand in their order, the oldest first."""
    for i, (before, release) in enumerate(pairwise(catalog.releases), start=1):
        if release.number < before.number:
            at = ("releases", i, "number")
            yield at, f"releases must rise, {release.number} must not stand below {before.number}"


def versions(catalog: Catalog) -> Found:
    """A version must be one of its release."""
    for i, release in enumerate(catalog.releases):
        if release.version.partition(".")[0] != str(release.number):
            at = ("releases", i, "version")
            yield at, f"a version must be one of its release, {release.version!r} is none of {release.number}"


def verified(catalog: Catalog) -> Found:
    """The facts must be those of the newest release that is listed."""
    newest = max(catalog.releases, key=lambda release: release.number).version
    if catalog.nova != newest:
        yield ("nova",), f"must be the version of the newest release, {newest!r}, not {catalog.nova!r}"


RULES = (order, versions, verified)
