"""Write the site's whole source, hand-written and generated, into a plain folder: ``export_site.py OUT``.

Any generator that reads Markdown can take it from there; Zensical takes it with the ``mkdocs.yml`` beside it.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from novastatus import facts
from novastatus.build import build
from novastatus.problems import DataError

MARK = ".exported"


def export(out: Path) -> int:
    """Write the tree to ``out``/docs, with what else a generator needs; the exit code."""
    if out.exists() and any(out.iterdir()) and not (out / MARK).exists():
        return _say(f"{out} holds something else: choose an empty folder, or a new one")
    try:
        files = build(facts.read())
    except DataError as error:
        return _say(str(error))
    for name in ("docs", "overrides"):
        shutil.rmtree(out / name, ignore_errors=True)
        if Path(name).exists():
            shutil.copytree(name, out / name)
    for path, content in files.items():
        target = out / "docs" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    (out / "mkdocs.yml").write_text(without_generator(Path("mkdocs.yml").read_text("utf-8")), "utf-8")
    (out / MARK).write_text("made by export_site.py, which may overwrite what is here\n", "utf-8")
    return 0


def without_generator(config: str) -> str:
    """``mkdocs.yml`` without the lines between ``# generated:`` and ``# end``: the files are there already.

    >>> without_generator("a: 1\\n# generated: x\\nb: 2\\n# end\\nc: 3\\n")
    'a: 1\\nc: 3\\n'
    """
    kept, skipping = [], False
    for line in config.splitlines(keepends=True):
        skipping = skipping or line.strip().startswith("# generated:")
        if not skipping:
            kept.append(line)
        skipping = skipping and line.strip() != "# end"
    return "".join(kept)


def _say(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(_say("say where to: export_site.py OUT"))
    sys.exit(export(Path(sys.argv[1])))
