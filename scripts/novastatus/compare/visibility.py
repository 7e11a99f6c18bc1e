"""Who sees a status and who may list by it, against Nova's lists of servers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Catalog
from .leaf import Leaf, Verdict, cited, compared, unreached
from .record import Entry, Record

CALLERS = (("owner", "everyone"), ("admin", "admins"))
"""A caller of the probe, and who sees what the first of them sees."""


def visibility(catalog: Catalog, record: Record) -> Iterator[Leaf]:
    """``show`` and ``filter`` of each status."""
    for status in catalog.statuses.values():
        for field, look in (("show", _show), ("filter", _filter)):
            says, at = getattr(status.seen_by, field), ("statuses", status.name, "seen_by", field)
            found, where = look(record, status.name)
            if found is None or (field == "show" and found != "everyone"):
                # What a list hides from a user may still be shown to him by its ID, which nobody asked.
                yield unreached(at, "seen_by", says, cited(status.sources, catalog.nova))
            else:
                yield compared(at, "seen_by", says, found, where, Verdict.OBSERVED)


def _rows(record: Record, caller: str) -> list[Entry]:
    return record.probed("lists").get("answers", {}).get(caller, [])


def _lists(row: Entry, status: str) -> bool:
    return any(re.search(rf" = {status}( \(|$)", server) for server in row.get("servers", []))


def _show(record: Record, status: str) -> tuple[str | None, str]:
    """The first caller in any of whose lists the status stands."""
    for caller, who in CALLERS:
        for row in _rows(record, caller):
            if _lists(row, status):
                return who, record.where("lists", f"{caller} ?{row['query']}")
    return None, ""


def _filter(record: Record, status: str) -> tuple[str | None, str]:
    """The first caller whom a list by this status, in whatever company, shows such a server.

    nobody: it is refused to all as no status.
    """
    by_status = {
        caller: [row for row in _rows(record, caller) if f"status={status}" in row["query"].split("&")]
        for caller, _ in CALLERS
    }
    for caller, who in CALLERS:
        for row in by_status[caller]:
            if _lists(row, status):
                return who, record.where("lists", f"{caller} ?{row['query']}")
    rows = [row for found in by_status.values() for row in found]
    if rows and all(row["code"] == 400 for row in rows):
        return "nobody", record.where("lists", f"?{rows[0]['query']}")
    return None, ""


COMPARERS = (visibility,)
