"""releases.json: what each release is called, when it was built, its newest microversion, which files are to be had."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

from .names import Names, Unreadable
from .releases import LATEST, RELEASES, Release
from .source import Source

HISTORY = "nova/api/openstack/compute/rest_api_version_history.rst"
MICROVERSIONS = "nova/api/openstack/api_version_request.py"
METHOD = (
    "version: the newest one of the release on the package index. date: the day on which the version that opened the"
    " release (X.0.0) was built, from the newest member date of its wheel; null where that version is no longer on the"
    " index (earliest is then the oldest one there, with its own day). The series name is read from the release notes,"
    " the nickname from the microversion history, both as Nova 34.0.0 carries them."
)


def build_day(wheel: Path) -> str:
    """The date of a wheel's newest member, "2019-04-10": Nova's wheels are built the day the version is tagged."""
    with zipfile.ZipFile(wheel) as archive:
        year, month, day = max(info.date_time for info in archive.infolist())[:3]
    return f"{year:04}-{month:02}-{day:02}"


def series_source(release: Release, documents: dict[str, str]) -> str | None:
    """ "path:line" of the release notes that tie the series to the release's number, in the newest documents."""
    path = f"releasenotes/source/{release.series.lower()}.rst"
    pattern = re.compile(rf"\b{release.number}\.\d+\.\d+")
    for number, line in enumerate(documents.get(path, "").splitlines(), 1):
        if pattern.search(line):
            return f"{path}:{number}"
    return None


def history_source(title: str, history: str) -> str | None:
    """ "path:line" of the heading in the microversion history that names a release by its full title."""
    for number, line in enumerate(history.splitlines(), 1):
        if "(Maximum in" in line and re.search(rf"\b{re.escape(title)}\b", line):
            return f"{HISTORY}:{number}"
    return None


def maximum(names: Names) -> str | None:
    """The newest microversion of a release, "2.104"."""
    try:
        return names.attribute(names.module(MICROVERSIONS), "_MAX_API_VERSION")
    except Unreadable:
        return None


def read_releases(
    sources: dict[int, Source], names: dict[int, Names], first: dict[int, Path]
) -> dict[str, Any]:
    """The content of releases.json. `first`: the wheel of each release's earliest version on the index."""
    newest = sources[LATEST.number]
    history = newest.read(HISTORY)
    entries: list[dict[str, Any]] = []
    unread: list[dict[str, str]] = []
    for release in RELEASES:
        title = " ".join(filter(None, (release.series, release.nickname)))
        proofs = [series_source(release, newest.documents), history_source(title, history)]
        day = build_day(first[release.number])
        if not any(proofs):
            unread.append({"where": str(release.number), "what": f"no text names it {title}"})
        if not release.first_is_initial:
            unread.append(
                {"where": str(release.number), "what": f"date of {release.number}.0.0: not on the index"}
            )
        entries.append(
            {
                "release": release.number,
                "series": release.series,
                "nickname": release.nickname,
                "name_sources": [proof for proof in proofs if proof],
                "version": release.last,
                "built": build_day(sources[release.number].wheel),
                "date": day if release.first_is_initial else None,
                "earliest": {"version": release.first, "built": day},
                "max_microversion": maximum(names[release.number]),
                "sdist": sources[release.number].sdist is not None,
            }
        )
    versions = [release.last for release in RELEASES]
    return {"topic": "releases", "nova": versions, "method": METHOD, "releases": entries, "unread": unread}
