"""Drawings of the transitions: all of them, and what lies around one status. DOT goes in, SVG comes out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from ..model import Catalog
from .life_scene import life_scene
from .near_scene import near_scene
from .scene import Scene, to_dot
from .svg import NoGraphviz, to_svgs

__all__ = ["Figure", "NoGraphviz", "address", "drawn", "life_cycle", "neighbourhood"]

Href = Callable[[str, str], str]
"""(kind, name) to an address; kind is ``status``, ``action`` or ``trigger``."""


@dataclass(frozen=True)
class Figure:
    """A drawing; each form of it is made when it is asked for."""

    scene: Scene

    @cached_property
    def dot(self) -> str:
        """Plain DOT, every place given; ``neato -n2 -Tsvg`` of any Graphviz draws the same.

        Its links are those of `alone`.
        """
        return _from_assets(to_dot(self.scene))

    @cached_property
    def svg(self) -> bytes:
        """For use inside a page: no prolog, no colours, no fixed size. Raises `NoGraphviz`."""
        return to_svgs([self.scene])[0]

    @cached_property
    def alone(self) -> bytes:
        """For a file of its own in the site's assets folder: with colours, light and dark. Raises `NoGraphviz`.

        Its links are relative, so that they hold below any path.
        """
        return _from_assets(to_svgs([self.scene], alone=True)[0].decode()).encode()


def _from_assets(text: str) -> str:
    """The text of a drawing with links as seen from the assets folder, where its file stands."""
    return re.sub(r'((?:href|HREF|URL)=")/', r"\1../", text)


def drawn(figures: Iterable[Figure]) -> list[bytes]:
    """The ``svg`` of several drawings, which takes Graphviz less time than one after the other."""
    return to_svgs(figure.scene for figure in figures)


def address(kind: str, name: str) -> str:
    """The site's address of a status, action or trigger."""
    return {"status": f"/statuses/{name}/", "action": f"/actions/{name}/"}.get(kind, f"/triggers/#{name}")


def life_cycle(catalog: Catalog, href: Href = address) -> Figure:
    """The whole graph: every status, and what leads from one to the other."""
    return Figure(life_scene(catalog, href))


def neighbourhood(catalog: Catalog, status: str, href: Href = address, narrow: bool = False) -> Figure:
    """What leads into ``status`` and out of it, each arrow with its triggers; ``narrow`` for 390 px."""
    return Figure(near_scene(catalog, status, href, narrow))
