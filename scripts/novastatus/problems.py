"""What is wrong with the data, said to the person who wrote it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: ``path:line: message``."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class DataError(Exception):
    """The data cannot be used; ``problems`` holds every reason, in the order of the lines."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


def nearest(wrong: object, right: Iterable[str]) -> str:
    """The name in ``right`` most like ``wrong``, as the end of a sentence; empty when none is near.

    >>> nearest("SUSPEND", ["SUSPENDED", "PAUSED"])
    "; did you mean 'SUSPENDED'?"
    """
    folded = {name.lower().replace("_", "-"): name for name in right}
    found = difflib.get_close_matches(str(wrong).lower().replace("_", "-"), folded, n=1, cutoff=0.5)
    return f"; did you mean {folded[found[0]]!r}?" if found else ""
