"""The seam: all files of the site that are made from the data, as bytes.

Pure: no clock, no network, no environment. Both adapters (`gen_pages.py`, `export_site.py`) write
exactly what `build` returns.
"""

from __future__ import annotations

from . import exports, redirects, schema
from .finder import finder
from .graph import graphml
from .load import Loaded
from .pages import pages
from .site import Site


def build(loaded: Loaded) -> dict[str, bytes]:
    """The generated files: path below the docs folder to content, sorted by path."""
    site = Site(loaded)
    _ = site.near  # Graphviz begins: by the time a page needs its drawings they are there
    files: dict[str, bytes] = {}
    files["assets/finder.json"] = finder(loaded.catalog)
    files["assets/life-cycle.dot"] = site.life_cycle.dot.encode()
    files["assets/life-cycle.svg"] = site.life_cycle.alone
    files["assets/transitions.graphml"] = graphml(loaded.catalog)
    files |= exports.files(loaded.catalog)
    files |= schema.files(loaded.catalog)
    files |= redirects.files(loaded.catalog)
    files |= {f"evidence/records/{path}": content for path, content in loaded.evidence.files.items()}
    files |= {page.file: page.content.encode() for page in pages(site)}
    return dict(sorted(files.items()))
