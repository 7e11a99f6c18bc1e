"""Which kinds of page a built site has, each with the page that stands for it in tests and screenshots."""

from __future__ import annotations

from pathlib import Path


def addresses(site: Path) -> list[str]:
    """The address of every page of the built site, sorted: ``/``, ``/statuses/ACTIVE/``."""
    pages = (path.parent.relative_to(site).as_posix() for path in site.rglob("index.html"))
    return sorted("/" if page == "." else f"/{page}/" for page in pages)


def kind(address: str) -> str:
    """What kind of page stands at an address.

    >>> [kind(address) for address in ("/", "/statuses/", "/statuses/ACTIVE/", "/actions/matrix/")]
    ['home', 'statuses', 'statuses page', 'actions matrix']
    """
    parts = address.strip("/").split("/")
    if parts == [""]:
        return "home"
    if len(parts) == 1:
        return parts[0]
    return "actions matrix" if parts == ["actions", "matrix"] else f"{parts[0]} page"


def kinds(site: Path) -> dict[str, str]:
    """Kind to the address of its largest page, where most can go wrong; and the page for what is not there."""
    chosen: dict[str, str] = {}
    for address in sorted(addresses(site), key=lambda address: _size(site, address)):
        chosen[kind(address)] = address
    return dict(sorted(chosen.items())) | {"not found": "/statuses/suspendet/"}


def _size(site: Path, address: str) -> tuple[int, str]:
    return (site / address.lstrip("/") / "index.html").stat().st_size, address
