"""How the facts are known: what the evidence page counts, and the mark beside a group of facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..compare import Leaf, Verdict
from ..compare.totals import Mark
from ..evidence import Evidence
from ..model import Catalog

WORDS = {
    Verdict.OBSERVED: "observed on Nova {nova}",
    Verdict.HARVESTED: "read from the code of Nova {first}–{last}",
    Verdict.SOURCED: "from the named source",
    Verdict.UNPROVEN: "not proven",
    Verdict.DIFFERS: "disagrees with the evidence",
}
GLYPHS = {
    Verdict.OBSERVED: "◉",
    Verdict.HARVESTED: "▤",
    Verdict.SOURCED: "✎",
    Verdict.UNPROVEN: "?",
    Verdict.DIFFERS: "✖",
}
GROUPS = {
    "called": "Nova's names for the actions",
    "codes": "Other HTTP answers",
    "guard": "Guards: every action in every vm_state with every task_state",
    "holds": "What a server holds",
    "host_up": "Whether the compute host must be up",
    "kind": "Kinds of the statuses",
    "launched": "Whether the server must have been launched",
    "levels": "Support levels",
    "lifetime": "Lifetimes of the drivers",
    "lock": "What a lock stops",
    "microversions": "Microversions",
    "names": "Names of vm_states, task_states, releases",
    "options": "Options and their defaults",
    "policy": "Default policies",
    "releases": "Releases",
    "refused_with": "Codes of refusals",
    "request": "HTTP requests",
    "seen_by": "Who sees a status and lists by it",
    "states": "vm_state and task_state to status",
    "tasks": "task_states while an action runs",
    "transitions": "Transitions",
    "trigger": "Kinds of the triggers",
}


@dataclass(frozen=True)
class Recorded:
    """A file of evidence."""

    path: str
    nova: str
    method: str


def words(catalog: Catalog, verdict: Verdict) -> str:
    """How a fact is known, in the words of a mark."""
    numbers = [release.number for release in catalog.releases]
    return WORDS[verdict].format(nova=catalog.nova, first=min(numbers), last=max(numbers))


def mark(
    marks: Mapping[tuple[str, str], Mapping[str, Mark]], section: str, name: str, groups: Iterable[str]
) -> Mark | None:
    """The weakest mark of some groups of facts of one thing; None where nothing was compared."""
    held = marks.get((section, name), {})
    order = list(WORDS)
    return max(
        (held[group] for group in groups if group in held), key=lambda m: order.index(m.verdict), default=None
    )


def record_of(found: Mark) -> str:
    """The address at which a mark's record stands, or the page that explains the mark."""
    path = found.evidence.partition(" ")[0]
    if found.verdict in (Verdict.OBSERVED, Verdict.HARVESTED) and path.endswith(".json"):
        return f"/evidence/records/{path}"
    return "/evidence/#not-proven" if found.verdict is Verdict.DIFFERS else f"/evidence/#{found.verdict}"


def records(evidence: Evidence) -> list[Recorded]:
    """The files of evidence, with how each came about."""
    topics = {f"harvest/{topic}.json": data for topic, data in evidence.harvest.items()}
    for release, parts in evidence.probe.items():
        topics |= {f"probe/{release}/{topic}.json": data for topic, data in parts.items()}
    return [Recorded(path, _versions(data["nova"]), data["method"]) for path, data in topics.items()]


def _versions(nova: str | list[str]) -> str:
    return nova if isinstance(nova, str) else f"{nova[0]} to {nova[-1]}"


def weak(leaves: Iterable[Leaf], verdict: Verdict) -> list[Leaf]:
    """The leaves with one verdict."""
    return [leaf for leaf in leaves if leaf.verdict is verdict]
