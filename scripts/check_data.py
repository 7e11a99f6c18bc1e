"""Print every problem of the data as ``path:line: message``; exit code 1 if there is any.

With ``--evidence`` the facts are also held against what was recorded from Nova, and what differs is a problem.
With ``--sourced`` those that rest on a named source alone are listed instead, as in ``tests/data/sourced.txt``.
"""

from __future__ import annotations

import sys

from novastatus import facts
from novastatus.compare import compare, problems, sourced, summary
from novastatus.load import DEFAULT_PATH
from novastatus.problems import DataError

EVIDENCE, SOURCED = "--evidence", "--sourced"


def main(*arguments: str) -> int:
    """The exit code for the facts at the path among ``arguments``."""
    paths = [argument for argument in arguments if argument not in (EVIDENCE, SOURCED)]
    try:
        loaded = facts.read(*(paths or [DEFAULT_PATH]))
        if SOURCED in arguments:
            print("\n".join(sourced(compare(loaded.catalog, loaded.evidence))))
        elif EVIDENCE in arguments:
            leaves = compare(loaded.catalog, loaded.evidence)
            if found := problems(loaded, leaves):
                raise DataError(found)
            _report(leaves)
    except DataError as error:
        print(error)
        count = len(error.problems)
        print(f"{count} problem{'s' if count > 1 else ''} in the data", file=sys.stderr)
        return 1
    return 0


def _report(leaves: list) -> None:
    """How the facts are known, a line for each kind of fact."""
    for count in summary(leaves):
        known = ", ".join(f"{number} {verdict}" for verdict, number in count.by_verdict.items() if number)
        print(f"{count.group}: {known}")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
