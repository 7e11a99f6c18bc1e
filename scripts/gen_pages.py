"""Adapter for mkdocs-gen-files: hands mkdocs every generated file, and the line that each page is edited at."""

import gc
import sys

import mkdocs_gen_files
from mkdocs.exceptions import PluginError

# Nearly all that a build makes stays to its end: Python would look through it for garbage again and again,
# and once more as it ends.
gc.set_threshold(2_000_000, 50, 50)
# `mkdocs serve` runs this again and again in one process: an edited module must not stay as it was.
for name in [name for name in sys.modules if name.partition(".")[0] == "novastatus"]:
    del sys.modules[name]

from novastatus import facts  # noqa: E402
from novastatus.build import build  # noqa: E402
from novastatus.edit import edit_path  # noqa: E402
from novastatus.problems import DataError  # noqa: E402

try:
    loaded = facts.read()
except DataError as error:
    raise PluginError(f"the data cannot be used:\n{error}") from None

for path, content in build(loaded).items():
    with mkdocs_gen_files.open(path, "wb") as file:
        file.write(content)
    if path.endswith(".md"):
        mkdocs_gen_files.set_edit_path(path, edit_path(loaded, path))
gc.freeze()
