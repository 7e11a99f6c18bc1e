"""The Nova releases that are harvested: which version stands for each, and what the series is called.

`last` is the newest version of the release on the Python package index, `first` the oldest one that is still there.
The series is the name Nova's own release notes use; the nickname is what OpenStack adds to a dated series.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Release:
    number: int
    last: str
    first: str
    series: str
    nickname: str | None = None

    @property
    def first_is_initial(self) -> bool:
        """True when `first` is the version X.0.0 that opened the release."""
        return self.first == f"{self.number}.0.0"


RELEASES = (
    Release(15, "15.1.5", "15.1.5", "Ocata"),
    Release(16, "16.1.8", "16.1.6", "Pike"),
    Release(17, "17.0.13", "17.0.7", "Queens"),
    Release(18, "18.3.0", "18.0.2", "Rocky"),
    Release(19, "19.3.2", "19.0.0", "Stein"),
    Release(20, "20.6.1", "20.0.0", "Train"),
    Release(21, "21.2.4", "21.0.0", "Ussuri"),
    Release(22, "22.4.0", "22.0.0", "Victoria"),
    Release(23, "23.2.2", "23.0.0", "Wallaby"),
    Release(24, "24.2.1", "24.0.0", "Xena"),
    Release(25, "25.3.0", "25.0.0", "Yoga"),
    Release(26, "26.3.0", "26.0.0", "Zed"),
    Release(27, "27.5.1", "27.0.0", "2023.1", "Antelope"),
    Release(28, "28.3.1", "28.0.0", "2023.2", "Bobcat"),
    Release(29, "29.4.0", "29.0.0", "2024.1", "Caracal"),
    Release(30, "30.3.0", "30.0.0", "2024.2", "Dalmatian"),
    Release(31, "31.3.1", "31.0.0", "2025.1", "Epoxy"),
    Release(32, "32.2.1", "32.0.0", "2025.2", "Flamingo"),
    Release(33, "33.0.2", "33.0.0", "2026.1", "Gazpacho"),
    Release(34, "34.0.0", "34.0.0", "2026.2", "Hibiscus"),
)
LATEST = RELEASES[-1]
