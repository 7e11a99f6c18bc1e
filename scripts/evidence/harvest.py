"""Harvest of facts from the last version of every Nova release: read from its distributions, never run.

    python scripts/evidence/harvest.py            writes data/evidence/harvest/*.json
    python scripts/evidence/harvest.py --check    harvests again and prints what differs; exit code 1 if anything does

Needs nothing but Python >= 3.11 and pip. What pip downloads goes to .cache/evidence/nova, which git ignores.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from evidence.harvesting.difference import differences  # noqa: E402
from evidence.harvesting.fetch import FetchError, fetch  # noqa: E402
from evidence.harvesting.jsonfile import dump  # noqa: E402
from evidence.harvesting.names import Names  # noqa: E402
from evidence.harvesting.release_facts import read_releases  # noqa: E402
from evidence.harvesting.releases import RELEASES  # noqa: E402
from evidence.harvesting.source import Source  # noqa: E402
from evidence.harvesting.topic import Facts, Topic, assemble  # noqa: E402
from evidence.harvesting.topics import TOPICS  # noqa: E402

CACHE = ROOT / ".cache" / "evidence" / "nova"
OUT = ROOT / "data" / "evidence" / "harvest"


def progress(done: int, total: int, text: str) -> None:
    """One line, rewritten on a terminal; silent elsewhere, so that logs stay short."""
    if sys.stderr.isatty():
        bar = "#" * (30 * done // total)
        print(f"\r\033[K[{bar:<30}] {text}", end="" if done < total else "\n", file=sys.stderr, flush=True)


def harvest(topics: tuple[Topic, ...] = TOPICS) -> dict[str, dict]:
    """file name -> content, for every topic."""
    sources: dict[int, Source] = {}
    names: dict[int, Names] = {}
    first: dict[int, Path] = {}
    facts: dict[str, dict[int, Facts]] = {topic.name: {} for topic in topics}
    steps = len(RELEASES) * (len(topics) + 1)
    for index, release in enumerate(RELEASES):
        done = index * (len(topics) + 1)
        progress(done, steps, f"nova {release.last}: distributions")
        wheel = fetch(CACHE, release.last, "wheel")
        opening = fetch(CACHE / "first", release.first, "wheel")
        if wheel is None or opening is None:
            raise FetchError(f"the index has no wheel of nova {release.last} or {release.first}")
        sdist = fetch(CACHE, release.last, "sdist")
        number, first[release.number] = release.number, opening
        sources[number] = Source(number, release.last, wheel, sdist)
        names[number] = Names(sources[number])
        for offset, topic in enumerate(topics, 1):
            progress(done + offset, steps, f"nova {release.last}: {topic.name}")
            facts[topic.name][number] = topic.read(sources[number], names[number])
        names[number].forget()
        sources[number].forget()
    versions = [release.last for release in RELEASES]
    made = {topic.name: assemble(topic, versions, facts[topic.name]) for topic in topics}
    made["releases"] = read_releases(sources, names, first)
    return made


def check(made: dict[str, dict]) -> int:
    """Prints the differences to what is recorded; 1 if there are any."""
    found: list[str] = []
    for name, content in made.items():
        path = OUT / f"{name}.json"
        old = json.loads(path.read_text("utf-8")) if path.exists() else None
        found += differences(old, content)
    print("\n".join(found) or "The harvest is unchanged.")
    if found:
        print("`python scripts/evidence/harvest.py` records this.")
    return 1 if found else 0


def write(made: dict[str, dict]) -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        (OUT / f"{name}.json").write_text(dump(content), "utf-8")
        print(f"data/evidence/harvest/{name}.json: {len(content['unread'])} unread")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--check", action="store_true", help="write nothing, print what differs; exit code 1 if so"
    )
    parser.add_argument(
        "--only", metavar="TOPIC", choices=[t.name for t in TOPICS], help="one topic and releases"
    )
    arguments = parser.parse_args()
    chosen = tuple(topic for topic in TOPICS if arguments.only in (None, topic.name))
    try:
        made = harvest(chosen)
    except FetchError as error:
        print(error, file=sys.stderr)
        return 2
    return check(made) if arguments.check else write(made)


if __name__ == "__main__":
    sys.exit(main())
