"""How the facts are known: what the evidence page counts, and the mark beside a group of facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..compare import Leaf, Verdict
from ..compare.totals import Mark, Marks
from ..evidence import Evidence
from ..model import Catalog

WORDS = {
    Verdict.OBSERVED: "observed on Nova {nova}",
    Verdict.HARVESTED: "harvested from Nova {first}–{last}",
    Verdict.SOURCED: "from a named source",
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


def basis(held: Marks, section: str, names: str | Iterable[str], *groups: str) -> list[Mark]:
    """On what some groups of facts rest, of one thing or of several: one mark for each verdict, strongest first."""
    things = [names] if isinstance(names, str) else names
    found: dict[Verdict, Mark] = {}
    for thing in things:
        for mark in (mark for group in groups for mark in held.get((section, thing), {}).get(group, ())):
            known = found.get(mark.verdict, Mark(mark.verdict, mark.evidence, 0))
            found[mark.verdict] = replace(known, leaves=known.leaves + mark.leaves)
    return [found[verdict] for verdict in WORDS if verdict in found]


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
