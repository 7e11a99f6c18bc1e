"""Addresses: pages are written with the site's absolute addresses, and published with relative ones.

So the site works below any path, and one place knows how an address becomes a file.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache

# They begin with plain text, which is what the search is quick at.
_MARKDOWN_LINK = re.compile(r"\]\((/[^)\s]*)(?=[)\s])")
_HTML_LINK = re.compile(r'href="(?<=\shref=")(/[^"]*)(?=")')
_FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)
_EXPLICIT_ID = re.compile(r"""\{[^}\n]*#([\w.:-]+)[^}\n]*\}|\sid="([^"]+)\"""")


def page_file(address: str) -> str:
    """The Markdown file of a page's address.

    >>> page_file("/statuses/ACTIVE/"), page_file("/statuses/"), page_file("/")
    ('statuses/ACTIVE.md', 'statuses/index.md', 'index.md')
    """
    parts = address.strip("/").split("/")
    if parts == [""]:
        return "index.md"
    return f"{parts[0]}/index.md" if len(parts) == 1 else f"{'/'.join(parts)}.md"


def page_address(file: str) -> str:
    """The address of a Markdown file: the reverse of `page_file`."""
    stem = file.removesuffix(".md")
    stem = "" if stem == "index" else stem.removesuffix("/index")
    return f"/{stem}/" if stem else "/"


def targets(markdown: str) -> Iterator[tuple[str, str, int]]:
    """Every link inside the site as (address, anchor or "", offset in the text), code blocks left out."""
    text = _FENCE.sub(lambda match: "\n" * match[0].count("\n"), markdown)
    for pattern in (_MARKDOWN_LINK, _HTML_LINK):
        for match in pattern.finditer(text):
            address, _, anchor = match[1].partition("#")
            yield address, anchor, match.start(1)


def anchors(markdown: str) -> list[str]:
    """The anchors that a page sets by hand: ``{#name}`` and ``id="name"``, in their order."""
    return [match[1] or match[2] for match in _EXPLICIT_ID.finditer(_FENCE.sub("", markdown))]


def relative(markdown: str, file: str) -> str:
    """The page's Markdown with relative links: to ``.md`` files in Markdown, to addresses in HTML."""
    here, page = posixpath.dirname(file) or ".", page_address(file)

    def to_file(match: re.Match[str]) -> str:
        address, hash_sign, anchor = match[1].partition("#")
        path = page_file(address) if address.endswith("/") else address.lstrip("/")
        return "](" + _relpath(path, here) + hash_sign + anchor

    def to_address(match: re.Match[str]) -> str:
        return f'href="{relative_address(match[1], page)}'

    return _HTML_LINK.sub(to_address, _MARKDOWN_LINK.sub(to_file, markdown))


def relative_address(address: str, page: str) -> str:
    """``address`` as seen from the page at the address ``page``.

    >>> relative_address("/statuses/ACTIVE/#stuck", "/actions/suspend/")
    '../../statuses/ACTIVE/#stuck'
    """
    path, hash_sign, anchor = address.partition("#")
    ending = "/" if path.endswith("/") else ""
    result = _relpath(path, page)
    return ("./" if result == "." else result + ending) + hash_sign + anchor


# The same few hundred pairs, thousands of times in a build.
_relpath = lru_cache(maxsize=None)(posixpath.relpath)
