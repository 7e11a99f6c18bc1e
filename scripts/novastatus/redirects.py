"""Rules for web servers: another case or a known alias of a status leads to its page.

Without them the script on the 404 page does the same.
"""

from __future__ import annotations

import re

from .model import Catalog, Status


def files(catalog: Catalog) -> dict[str, bytes]:
    """Path below the site's root to the rules of one kind of server."""
    return {"redirects/nginx.conf": nginx(catalog).encode(), "_redirects": lines(catalog).encode()}


def nginx(catalog: Catalog) -> str:
    """Locations to ``include`` in a ``server`` block whose ``root`` is the site."""
    head = "# Include in the server block of the site: any case and any known alias of a status finds its page.\n"
    return head + "".join(map(_locations, catalog.statuses.values()))


def _locations(status: Status) -> str:
    # The exact address first (^~), or it would match its own rule and lead to itself for ever.
    names = "|".join(_pattern(name) for name in _names(status))
    page = f"/statuses/{status.name}/"
    return f'location ^~ {page} {{ }}\nlocation ~* "^/statuses/(?:{names})(?:/|/index[.]html)?$" {{ return 301 {page}; }}\n'


def _pattern(name: str) -> str:
    """A name as a regular expression that takes a space, a hyphen or an underscore for each of them."""
    return re.sub(r"(\\?[ _-])", "[ _-]", re.escape(name.lower()))


def lines(catalog: Catalog) -> str:
    """The same as ``_redirects`` lines, for hosts that read such a file: lower case, with hyphens or underscores."""
    made = [
        f"/statuses/{spelt}{ending} /statuses/{status.name}/ 301"
        for status in catalog.statuses.values()
        for name in _names(status)
        for spelt in sorted({re.sub("[ _-]", mark, name.lower()) for mark in "-_"})
        for ending in ("", "/")
    ]
    return "\n".join(dict.fromkeys(made)) + "\n"


def _names(status: Status) -> list[str]:
    return [status.name, *status.aliases]
