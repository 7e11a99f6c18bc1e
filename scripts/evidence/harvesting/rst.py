"""The few pieces of reStructuredText that are read: simple tables, sections, bullets."""

from __future__ import annotations

import re
from collections.abc import Iterator

BORDER = re.compile(r"=+(?: +=+)+")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`*])")


def tables(text: str) -> list[list[tuple[int, list[str]]]]:
    """Every simple table: rows of (line number, cells), the heading first. A row goes on while its first column is
    empty."""
    found: list[list[tuple[int, list[str]]]] = []
    rows: list[tuple[int, list[str]]] = []
    spans: list[tuple[int, int]] = []
    borders = 0
    for number, line in enumerate(text.splitlines(), 1):
        if BORDER.fullmatch(line.strip()) and not line.startswith(" "):
            borders += 1
            if borders == 1:
                spans = [match.span() for match in re.finditer("=+", line)]
                rows = []
            elif borders == 3:
                found.append(rows)
                borders = 0
        elif borders and line.strip():
            add_row(rows, number, cells(line, spans))
    return found


def cells(line: str, spans: list[tuple[int, int]]) -> list[str]:
    """The text of a line under each column; the last column may run on."""
    ends = [start for start, _ in spans[1:]] + [len(line)]
    return [line[start:end].strip() for (start, _), end in zip(spans, ends, strict=True)]


def add_row(rows: list[tuple[int, list[str]]], number: int, texts: list[str]) -> None:
    if texts[0] or not rows:
        rows.append((number, texts))
    else:
        last = rows[-1][1]
        last[:] = [f"{old} {new}".strip() for old, new in zip(last, texts, strict=True)]


def sections(text: str) -> Iterator[tuple[str, int, list[str]]]:
    """(title, number of the first line after it, lines) of every section, whatever its depth."""
    lines = text.splitlines()
    heads = [i for i in range(len(lines) - 1) if is_title(lines, i)]
    for index, head in enumerate(heads):
        end = heads[index + 1] if index + 1 < len(heads) else len(lines)
        yield lines[head].strip(), head + 3, lines[head + 2 : end]


def is_title(lines: list[str], index: int) -> bool:
    title, under = lines[index], lines[index + 1]
    return (
        bool(title.strip())
        and re.fullmatch(r"([=~\-^*#])\1{2,}", under.rstrip()) is not None
        and title[0].isalnum()
    )


def bullets(lines: list[str]) -> Iterator[tuple[int, str]]:
    """(index, text) of every bullet: its line and the indented lines after it, up to an empty one."""
    for index, line in enumerate(lines):
        if re.match(r"[-*]\s+\S", line):
            text = [line[1:].strip()]
            for after in lines[index + 1 :]:
                if not after.startswith(" ") or not after.strip():
                    break
                text.append(after.strip())
            yield index, " ".join(text)


def sentences(text: str) -> list[str]:
    """A text cut after each full stop that ends a sentence."""
    return [part.strip() for part in SENTENCE.split(" ".join(text.split())) if part.strip()]


def prose(lines: list[str]) -> list[str]:
    """The sentences of a text: directives left out, every paragraph and bullet by itself."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        plain = line.strip().replace("\u200b", "")
        if not plain or re.match(r"[-*] ", plain) or plain.startswith(".. "):
            blocks.append([])
        if plain and not re.match(r"\.\. [\w-]+::|\.\. _", plain):
            blocks[-1].append(re.sub(r"^[-*] +", "", plain))
    return [sentence for block in blocks for sentence in sentences(" ".join(block))]
