"""Nova's support matrix: which driver, by Nova's own account, does which operation, in every release."""

from __future__ import annotations

import configparser
import re

from .names import Names
from .source import Source
from .text import quote
from .topic import Facts, Topic

PATHS = ("doc/source/user/support-matrix.ini", "doc/source/support-matrix.ini")
# Until Nova 17 "driver-impl-x" and "driver-notes-x", with titles in [targets]; later "driver.x" and "driver-notes.x".
LEVEL = re.compile(r"driver(?:-impl-|\.)(?P<driver>.+)")
NOTE = re.compile(r"driver-notes[-.](?P<driver>.+)")
LEVELS = ("complete", "partial", "missing", "unknown")
KNOWN = ("title", "status", "notes", "cli", "api", "maturity")


def read(source: Source, names: Names) -> Facts:
    facts = Facts()
    found = source.first_document(*PATHS)
    if found is None:
        facts.miss("source distribution", "no support-matrix.ini")
        return facts
    path, text = found
    read_matrix(facts, path, text)
    return facts


def read_matrix(facts: Facts, path: str, text: str) -> None:
    """Adds "drivers", "operations", "support" and "paths" of one support-matrix.ini."""
    ini = configparser.RawConfigParser(strict=False, comment_prefixes=("#", ";"))
    ini.optionxform = str
    ini.read_string(text)
    facts.add("files", path=path)
    titles = drivers(ini)
    for driver, title in titles.items():
        facts.add("drivers", driver=driver, title=title)
    for section in ini.sections():
        if section != "targets" and not section.startswith("driver."):
            read_section(facts, path, section, dict(ini.items(section)), list(titles))


def drivers(ini: configparser.RawConfigParser) -> dict[str, str]:
    """driver -> title, in the order of the file's columns."""
    if ini.has_section("targets"):
        pairs = ((LEVEL.fullmatch(key), title) for key, title in ini.items("targets"))
        return {match["driver"]: title for match, title in pairs if match}
    sections = (s for s in ini.sections() if s.startswith("driver."))
    return {s.removeprefix("driver."): ini.get(s, "title") for s in sections}


def read_section(facts: Facts, path: str, section: str, options: dict[str, str], columns: list[str]) -> None:
    """One operation: its own entry, and an entry for each column (level null: the file gives none)."""
    facts.add(
        "operations",
        operation=section,
        title=options.get("title", ""),
        status=options.get("status", ""),
        cli=options.get("cli", ""),
        notes=quote(options.get("notes", "")),
    )
    levels = {m["driver"]: v.strip() for k, v in options.items() if (m := LEVEL.fullmatch(k))}
    notes = {m["driver"]: v for k, v in options.items() if (m := NOTE.fullmatch(k))}
    for driver in columns:
        level = levels.pop(driver, None)
        if level is not None and level not in LEVELS:
            facts.miss(f"{path} [{section}] {driver}", f"level {level!r}")
        else:
            note = {"note": quote(notes.pop(driver))} if driver in notes else {}
            facts.add("support", operation=section, driver=driver, level=level, **note)
    for driver in levels:
        facts.miss(f"{path} [{section}] {driver}", "a level for a driver that has no column")
    for driver, note in notes.items():
        facts.miss(f"{path} [{section}] {driver}", f"a note for a driver that has no column: {quote(note)}")
    for key in options:
        if key not in KNOWN and not LEVEL.fullmatch(key) and not NOTE.fullmatch(key):
            facts.miss(f"{path} [{section}] {key}", "option of unknown meaning")


TOPIC = Topic(
    "support_matrix",
    "Read with configparser from support-matrix.ini of the source distributions. Names of drivers and"
    " operations are the file's own. level null: the file has no cell for this driver and operation."
    " Notes are quotations, cut after 25 words (…).",
    read,
    {
        "files": ("path",),
        "drivers": ("driver",),
        "operations": ("operation",),
        "support": ("operation", "driver"),
    },
)
