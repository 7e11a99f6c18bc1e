"""A progress bar on standard error; on anything but a terminal one line for each tenth done."""

from __future__ import annotations

import sys
import time


def bar(done: int, total: int, width: int = 30) -> str:
    """A line of text for the share that is done.

    >>> bar(1, 2, 4)
    '##..  50 %'
    """
    share = min(done / total, 1.0) if total else 1.0
    filled = int(share * width)
    return "#" * filled + "." * (width - filled) + f" {share * 100:3.0f} %"


class Progress:
    def __init__(self, title: str, total: int, stream=sys.stderr) -> None:
        self.title, self.total, self.stream = title, total, stream
        self.done = 0
        self.start = time.monotonic()
        self._shown = -1.0

    def advance(self, amount: int, note: str = "") -> None:
        self.done += amount
        step = int(self.done / self.total * (1000 if self.stream.isatty() else 10)) if self.total else 0
        if step != self._shown:
            self._shown = step
            self._show(note)

    def _show(self, note: str) -> None:
        seconds = int(time.monotonic() - self.start)
        line = f"{self.title} {bar(self.done, self.total)}  {seconds // 60}:{seconds % 60:02d}  {note}"
        self.stream.write(f"\r{line:<100}" if self.stream.isatty() else line + "\n")
        self.stream.flush()

    def close(self) -> None:
        if self.stream.isatty():
            self.stream.write("\n")
