"""The text of one release: modules from the wheel, documents from the source distribution."""

from __future__ import annotations

import ast
import io
import tarfile
import tokenize
import warnings
import zipfile
from functools import cached_property
from pathlib import Path

DOCUMENTS = ("api-guide/", "api-ref/", "doc/source/", "releasenotes/source/")


def parse(text: str) -> ast.Module:
    """The syntax tree of `text`. Before Nova 18 a few modules use `async` as a name, which is a keyword since
    Python 3.7: it is read as `async_`, on the same line."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # old escapes in strings, of no interest
        try:
            return ast.parse(text)
        except SyntaxError:
            return ast.parse(rename_async(text))


def rename_async(text: str) -> str:
    """`text` with each token `async` spelled `async_`; strings and comments stay."""
    lines = text.splitlines(keepends=True)
    found = [t.start for t in tokenize.generate_tokens(io.StringIO(text).readline) if t.string == "async"]
    for row, column in reversed(found):
        line = lines[row - 1]
        lines[row - 1] = line[: column + 5] + "_" + line[column + 5 :]
    return "".join(lines)


class Source:
    """One release to read from. `read` gives a file of the wheel, `document` one of the source distribution."""

    def __init__(self, number: int, version: str, wheel: Path, sdist: Path | None) -> None:
        self.number = number
        self.version = version
        self.wheel = wheel
        self.sdist = sdist
        self._zip = zipfile.ZipFile(wheel)
        self.files = frozenset(self._zip.namelist())

    def read(self, path: str) -> str:
        return self._zip.read(path).decode("utf-8")

    def folders(self, under: str) -> list[str]:
        """Names of the Python packages directly under a folder of the wheel."""
        depth = under.count("/") + 1
        inits = (f for f in self.files if f.startswith(under + "/") and f.endswith("/__init__.py"))
        return sorted({f.split("/")[depth] for f in inits if f.count("/") == depth + 1})

    def modules(self, under: str) -> list[str]:
        """Paths of the modules directly in a folder of the wheel."""
        prefix = under + "/"
        return sorted(
            f
            for f in self.files
            if f.startswith(prefix) and f.endswith(".py") and "/" not in f[len(prefix) :]
        )

    @cached_property
    def documents(self) -> dict[str, str]:
        """path -> text of the documentation sources; empty when there is no source distribution."""
        found: dict[str, str] = {}
        if self.sdist is None:
            return found
        with tarfile.open(self.sdist) as archive:
            for member in archive:
                path = member.name.partition("/")[2]
                if (
                    member.isfile()
                    and path.startswith(DOCUMENTS)
                    and path.endswith((".rst", ".inc", ".ini", ".yaml"))
                ):
                    found[path] = archive.extractfile(member).read().decode("utf-8")
        return found

    def forget(self) -> None:
        """Drops the documents, which are read again when they are wanted again."""
        self.__dict__.pop("documents", None)

    def first_document(self, *paths: str) -> tuple[str, str] | None:
        """(path, text) of the first of `paths` that exists; files moved between releases."""
        for path in paths:
            if path in self.documents:
                return path, self.documents[path]
        return None
