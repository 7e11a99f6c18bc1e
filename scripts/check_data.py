"""Print every problem of the data as ``path:line: message``; exit code 1 if there is any."""

from __future__ import annotations

import sys

from novastatus import facts
from novastatus.load import DEFAULT_PATH
from novastatus.problems import DataError


def main(path: str = DEFAULT_PATH) -> int:
    """The exit code for the facts at ``path``."""
    try:
        facts.read(path)
    except DataError as error:
        print(error)
        count = len(error.problems)
        print(f"{count} problem{'s' if count > 1 else ''} in the data", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
