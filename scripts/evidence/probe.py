"""Asks real Nova and records what it answers, or checks that it still answers so.

    python scripts/evidence/probe.py guards --release 34
    python scripts/evidence/probe.py guards derivation lists --check

Any Python >= 3.11; the environment of a release is made from its lock when it is missing.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])

from evidence import channel, environment, recording  # noqa: E402


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "parts", nargs="+", choices=recording.PARTS, metavar="part", help=", ".join(recording.PARTS)
    )
    parser.add_argument("--release", type=int, action="append", choices=sorted(environment.VERSIONS))
    parser.add_argument(
        "--check", action="store_true", help="compare with what is recorded; exit 1 if it differs"
    )
    options = parser.parse_args(arguments)
    try:
        different = [
            line
            for release in options.release or [recording.NEWEST]
            for part in options.parts
            for line in _one(release, part, options.check)
        ]
    except (environment.EnvironmentFailed, channel.InsideFailed) as failure:
        print(failure, file=sys.stderr)
        return 2
    return 1 if different else 0


def _one(release: int, part: str, check: bool) -> list[str]:
    if not check:
        print(recording.record(release, part).relative_to(environment.ROOT))
        return []
    lines = recording.check(release, part)
    for line in lines:
        print(line)
    print(f"Nova {release} {part}: {len(lines) or 'no'} difference{'' if len(lines) == 1 else 's'}")
    return lines


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
