"""Collects all the evidence: harvests Nova's distributions and asks running Novas; `make evidence` runs this.

    python scripts/evidence/collect.py                 records everything anew (hours; may be cut off and run again)
    python scripts/evidence/collect.py --check         collects again and prints what differs; exit code 1 if any
    python scripts/evidence/collect.py --only guards   one step; see --list

EVIDENCE_WORKERS=2 asks two Novas at the same time for the guards.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])

from evidence import environment  # noqa: E402
from evidence.recording import NEWEST  # noqa: E402

HERE = Path(__file__).resolve().parent


def steps() -> dict[str, list[str]]:
    """Each step's name and command line, in the order in which they run; those whose program is missing left out."""
    older = [number for number in sorted(environment.VERSIONS, reverse=True) if number != NEWEST]
    releases = [word for number in older for word in ("--release", str(number))]
    found = {
        "harvest": ["harvest.py"],
        "derivation": ["probe.py", "derivation", "--release", str(NEWEST)],
        "guards": ["probe.py", "guards", "--release", str(NEWEST)],
        "lists": ["probe.py", "lists", "--release", str(NEWEST)],
        "transitions": ["probe.py", "transitions", "--release", str(NEWEST)],
        "holdings": ["probe.py", "holdings", "--release", str(NEWEST)],
        "history": ["probe.py", "derivation", "guards", *releases],
    }
    return {name: words for name, words in found.items() if (HERE / words[0]).is_file()}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--only", action="append", choices=list(steps()), help="a step; may be given again")
    parser.add_argument("--list", action="store_true", help="print the steps and stop")
    options = parser.parse_args(arguments)
    chosen = {name: words for name, words in steps().items() if not options.only or name in options.only}
    if options.list:
        for name, words in chosen.items():
            print(f"{name:12} {' '.join(words)}")
        return 0
    codes = {name: _run(name, words, options.check) for name, words in chosen.items()}
    failed = [name for name, code in codes.items() if code]
    if failed:
        print(
            f"{'Differences or failures' if options.check else 'Failures'} in: {', '.join(failed)}",
            file=sys.stderr,
        )
    return max(codes.values(), default=0)


def _run(name: str, words: list[str], check: bool) -> int:
    print(f"== {name}", flush=True)
    program, *rest = words
    command = [sys.executable, str(HERE / program), *rest, *(["--check"] if check else [])]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
