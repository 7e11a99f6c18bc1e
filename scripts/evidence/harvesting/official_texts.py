"""What Nova's own documents claim about statuses: parsed claims and short quotations, to be compared with Nova."""

from __future__ import annotations

import re

from . import rst
from .names import Names
from .source import Source
from .states import read_state_map, read_states
from .text import digest, quote
from .topic import Facts, Topic

VM_STATES = ("doc/source/reference/vm-states.rst", "doc/source/vmstates.rst")
GUIDE = "api-guide/source/server_concepts.rst"
SERVERS = "api-ref/source/servers.inc"
PARAMETERS = "api-ref/source/parameters.yaml"
ACTIONS = re.compile(r"api-ref/source/(servers[\w-]*|server-migrations)\.inc")
MARKER = re.compile(r"\*\*(.+?)\*\*:?")
END = ("Normal response codes", "Error response codes", "Request", ".. rest_parameters")
SHOUTED = re.compile(r"[A-Z]{4,}(?:_[A-Z]+)*")
EDGE = re.compile(r"^\s*(\w+) -> +(\w+)")


def read(source: Source, names: Names) -> Facts:
    facts = Facts()
    if source.sdist is None:
        facts.miss("source distribution", "not on the index")
        return facts
    words = known_words(source, names)
    found = source.first_document(*VM_STATES)
    if found:
        read_vm_states_page(facts, *found)
    else:
        facts.miss("vm-states page", "not in the source distribution")
    for page, path in (("api-ref", SERVERS), ("api-guide", GUIDE)):
        read_status_list(facts, page, path, source.documents[path], words["statuses"])
    read_parameter(facts, source.documents[PARAMETERS])
    for path in sorted(source.documents):
        if ACTIONS.fullmatch(path):
            read_conditions(facts, path, source.documents[path], words)
    return facts


def known_words(source: Source, names: Names) -> dict[str, set[str]]:
    """The statuses, vm_states and task_states of this release, to recognise them in texts."""
    states = read_states(source, names).lists
    return {
        "statuses": {entry["status"] for entry in read_state_map(source, names).lists["statuses"]},
        "vm_states": {entry["value"] for entry in states["vm_states"]},
        "task_states": {entry["value"] for entry in states["task_states"]},
    }


def read_vm_states_page(facts: Facts, path: str, text: str) -> None:
    """The diagram's edges and the page's two tables; cells are split at commas and lower-cased, nothing else."""
    facts.add("files", page="vm-states", path=path, digest=digest(text))
    for number, line in enumerate(text.splitlines(), 1):
        if match := EDGE.match(line):
            facts.add("diagram", source=match[1], target=match[2], last_line=number)
    read = 0
    for (_, head), *rows in rst.tables(text):
        if len(head) == 4:
            read += 1
            for number, (command, vm_states, task_states, target) in rows:
                claim = {
                    "vm_states": split(vm_states),
                    "task_states": split(task_states),
                    "target": split(target),
                }
                facts.add("requirements", command=command.lower(), **claim, last_line=number)
        elif len(head) == 2:
            read += 1
            for number, (vm_state, commands) in rows:
                facts.add("commands", vm_state=vm_state.lower(), commands=split(commands), last_line=number)
    if read != 2:
        facts.miss(path, f"{read} of 2 tables")


def split(cell: str) -> list[str]:
    return [part.strip().lower() for part in cell.split(",") if part.strip()]


def read_status_list(facts: Facts, page: str, path: str, text: str, statuses: set[str]) -> None:
    """One entry for each sentence that describes a status."""
    facts.add("files", page=page, path=path, digest=digest(text))
    seen: set[str] = set()
    for index, bullet in rst.bullets(text.splitlines()):
        match = re.match(r"``(\w+)``[.:]\s*(.+)", bullet)
        if not match or not match[1].isupper() or match[1] in seen:
            continue
        seen.add(match[1])
        for number, sentence in enumerate(rst.sentences(match[2]), 1):
            entry = {"page": page, "status": match[1], "sentence": number, "quote": quote(sentence)}
            facts.add("status_texts", **entry, path=path, last_line=index + 1)
    for status in sorted(statuses - seen):
        facts.add("status_gaps", page=page, status=status)


def read_parameter(facts: Facts, text: str) -> None:
    """The description of the parameter server_status in the API reference."""
    match = re.search(r"^server_status:\n((?:[ \t]+.*\n|\n)+)", text, re.MULTILINE)
    if not match:
        facts.miss(PARAMETERS, "no parameter server_status")
        return
    described = re.search(r"description: \|\n((?:    .*\n|\n)+)", match[1])
    line = text.count("\n", 0, match.start()) + 1
    entry = {"page": "api-ref parameter", "status": None, "sentence": 1}
    facts.add(
        "status_texts",
        **entry,
        quote=quote(described[1] if described else ""),
        path=PARAMETERS,
        last_line=line,
    )


def read_conditions(facts: Facts, path: str, text: str, words: dict[str, set[str]]) -> None:
    """What each section of the API reference demands beforehand and promises afterwards."""
    facts.add("files", page="api-ref actions", path=path, digest=digest(text))
    for title, first_line, lines in rst.sections(text):
        part, start, collected = "introduction", first_line, []
        for offset, line in enumerate([*lines, "Request"]):
            marker = MARKER.fullmatch(line.strip())
            if marker or line.startswith(END):
                add_condition(facts, path, title, part, start, collected, words)
                part, start, collected = (marker[1].lower() if marker else ""), first_line + offset, []
                if not marker:
                    break
            else:
                collected.append(line)


def add_condition(
    facts: Facts, path: str, title: str, part: str, line: int, lines: list[str], words: dict[str, set[str]]
) -> None:
    """An entry if the text names a status or a state; the quotation is the first sentence that does."""
    spoken = rst.prose(lines)
    named = {word for sentence in spoken for word in re.findall(r"``([\w-]+)``", sentence)}
    found = {kind: sorted(named & known) for kind, known in words.items() if named & known}
    others = {word for word in named - words["statuses"] if SHOUTED.fullmatch(word)}
    if others:
        found["not_statuses"] = sorted(others)
    if not found or not part:
        return
    telling = [s for s in spoken if any(f"``{word}``" in s for group in found.values() for word in group)]
    facts.add(
        "conditions", path=path, section=title, part=part, **found, quote=quote(telling[0]), last_line=line
    )


TOPIC = Topic(
    "official_texts",
    "Read from the source distributions' documents. requirements, commands and diagram: the two"
    " tables and the graph of the vm-states page, cells split at commas and lower-cased. status_texts:"
    " each sentence of the lists of statuses in the API reference and the API guide, quoted and cut"
    " after 25 words (…). status_gaps: statuses that a list leaves out. conditions: statuses,"
    " vm_states and task_states that a part (introduction, preconditions, postconditions …) of a"
    " section of the API reference names, with the first sentence that does; not_statuses: words in"
    " capitals that are no status of that release. files: a hash of each text's words. Pictures"
    " (create-vm-states.svg) are not read.",
    read,
    {
        "files": ("page", "path"),
        "requirements": ("command",),
        "commands": ("vm_state",),
        "diagram": ("source", "target"),
        "status_texts": ("page", "status", "sentence"),
        "status_gaps": ("page", "status"),
        "conditions": ("path", "section", "part"),
    },
)
