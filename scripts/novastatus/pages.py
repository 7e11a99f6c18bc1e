"""Every generated page: which there are, and what each template is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .links import page_file, relative
from .load import Loc
from .site import Site


@dataclass(frozen=True)
class Page:
    """A page: its address, its Markdown, and the facts it is about."""

    address: str
    markdown: str
    """With absolute addresses, as the templates write it."""
    about: Loc = ()

    @property
    def file(self) -> str:
        """Its path below the docs folder."""
        return page_file(self.address)

    @property
    def content(self) -> str:
        """Its Markdown with relative links."""
        return relative(self.markdown, self.file)


def pages(site: Site) -> Iterator[Page]:
    """All generated pages."""
    for name in site.catalog.statuses:
        yield _page(site, f"/statuses/{name}/", "status.md.j2", ("statuses", name), status=site.catalog.statuses[name])


def _page(site: Site, address: str, template: str, about: Loc = (), **context: Any) -> Page:
    line = site.lines.at(about)
    text = site.templates.get_template(template).render(site=site, address=address, line=line, **context)
    return Page(address, text, about)
