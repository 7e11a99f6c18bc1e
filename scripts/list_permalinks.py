"""Add the addresses and anchors that the facts make to ``data/permalinks.txt``; none is ever taken out here."""

from __future__ import annotations

import sys
from pathlib import Path

from novastatus import facts
from novastatus.addresses import permalinks
from novastatus.check.published import PERMALINKS, listed
from novastatus.problems import DataError

HEADER = "# Every address and anchor that was ever published. They stay: `make check` refuses to lose one.\n"


def main(path: str = PERMALINKS) -> int:
    """Write the file; the exit code."""
    file = Path(path)
    known = {address for _, address in listed(file.read_text("utf-8"))} if file.exists() else set()
    try:
        made = set(permalinks(facts.read(permalinks=None).catalog))
    except DataError as error:
        print(error)
        return 1
    file.write_text(HEADER + "".join(f"{address}\n" for address in sorted(known | made)), "utf-8")
    print(f"{len(made - known)} new, {len(known | made)} in all")
    return 0


if __name__ == "__main__":
    sys.exit(main())
