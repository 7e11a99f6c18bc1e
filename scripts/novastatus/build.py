"""The seam: all files of the site that are made from the data, as bytes.

Pure: no clock, no network, no environment. Both adapters (`gen_pages.py`, `export_site.py`) write
exactly what `build` returns.
"""

from __future__ import annotations

from .load import Loaded
from .pages import pages
from .site import Site


def build(loaded: Loaded) -> dict[str, bytes]:
    """The generated files: path below the docs folder to content, sorted by path."""
    site = Site(loaded)
    files = {page.file: page.content.encode() for page in pages(site)}
    return dict(sorted(files.items()))
