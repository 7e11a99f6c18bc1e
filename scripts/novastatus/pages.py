"""Every generated page: which there are, and what each template is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from . import exports
from .compare import Verdict, overall, summary
from .edit import line_of
from .links import page_file, relative
from .model import Action, Driver, Kind, Status
from .site import Site
from .states import expand, pairs_of, status_of, task_states
from .views import action as actions
from .views import errata, history, proof, support
from .views import status as statuses
from .views.measured import unchanged
from .views.releases import release_changes
from .wait import plan


@dataclass(frozen=True)
class Page:
    """A page: its address and its Markdown."""

    address: str
    markdown: str
    """With absolute addresses, as the templates write it."""

    @property
    def file(self) -> str:
        """Its path below the docs folder."""
        return page_file(self.address)

    @property
    def content(self) -> str:
        """Its Markdown with relative links."""
        return relative(self.markdown, self.file)


def pages(site: Site) -> Iterator[Page]:
    """All generated pages: those of `addresses.addresses`."""
    catalog = site.catalog
    yield _page(site, "/", "home.md.j2")
    yield _page(site, "/statuses/", "statuses.md.j2")
    yield _actions_index(site)
    yield _matrix(site)
    for action in catalog.actions.values():
        yield _action(site, action)
    yield _page(site, "/triggers/", "triggers.md.j2")
    yield _page(
        site,
        "/transitions/",
        "transitions.md.j2",
        figure=site.life_cycle.svg.decode(),
    )
    yield _states(site)
    yield _support(site)
    for driver in catalog.drivers.values():
        yield _driver(site, driver)
    yield _page(site, "/schema/", "schema.md.j2", contract=exports.contents(catalog))
    yield _page(
        site,
        "/releases/",
        "releases.md.j2",
        releases=release_changes(catalog, site.evidence, site.measured),
    )
    yield _evidence(site)
    yield _errata(site)
    for piece in site.pieces:
        yield _page(site, piece.address, "source.md.j2", piece=piece, pieces=site.pieces)
    for status in catalog.statuses.values():  # last: their graphs are drawn meanwhile
        yield _status(site, status)


def _page(site: Site, address: str, template: str, **context: Any) -> Page:
    line = line_of(site.loaded, address)
    text = site.templates.get_template(template).render(address=address, line=line, **context)
    return Page(address, text.lstrip())


def _status(site: Site, status: Status) -> Page:
    catalog, name = site.catalog, status.name
    operation = catalog.operations.get(status.needs or "")
    pairs = set(pairs_of(catalog, name))
    return _page(
        site,
        f"/statuses/{name}/",
        "status.md.j2",
        status=status,
        figure=site.neighbourhood(name),
        guest=statuses.guest(status.holds),
        seen_by=statuses.seen_by(status),
        moves=statuses.moves(catalog, site.ways, site.edges, name),
        unguarded=actions.unguarded(catalog) if status.kind is Kind.UNKNOWN else [],
        arriving=statuses.arriving(site.edges, status),
        broken=statuses.arriving_by_failure(site.edges, name),
        onward=statuses.onward(site.edges, status),
        failing=statuses.failing(site.edges, name),
        holdings=statuses.holdings(status.holds),
        needed=operation,
        support_now=support.by_level(catalog, operation) if operation else [],
        support_removed=support.of_removed(catalog, operation) if operation else [],
        derived=expand(catalog, name),
        derivation=history.derivation(site.evidence, name),
        changes=history.touching(catalog, site.evidence, status.states),
        alike=unchanged(site.measured.guards, lambda change: change.pair in pairs),
        shown_alike=unchanged(site.measured.derivation, lambda change: name in (change.before, change.after)),
    )


def _action(site: Site, action: Action) -> Page:
    catalog = site.catalog
    operation = catalog.operations.get(action.operation or "")
    return _page(
        site,
        f"/actions/{action.name}/",
        "action.md.j2",
        action=action,
        accepted_in=actions.accepted_in(catalog, action),
        rows=actions.rows(catalog, site.ways, list(site.edges), action),
        guard=actions.guard(catalog, action),
        alike=unchanged(site.measured.guards, lambda change: change.what == action.name),
        transitions=catalog.transitions.get(action.name, []),
        wait=plan(catalog, action.name),
        support_now=support.by_level(catalog, operation) if operation else [],
    )


def _actions_index(site: Site) -> Page:
    accepted = {
        action.name: actions.accepted_in(site.catalog, action) for action in site.catalog.actions.values()
    }
    return _page(site, "/actions/", "actions.md.j2", groups=actions.GROUPS, accepted_in=accepted)


def _matrix(site: Site) -> Page:
    return _page(site, "/actions/matrix/", "matrix.md.j2", rows=site.matrix)


def _states(site: Site) -> Page:
    catalog = site.catalog
    shown = {pair: claims[0] for pair, claims in status_of(catalog).items()}
    idle = {vm_state: shown[vm_state, None] for vm_state in catalog.vm_states}
    rows = [
        (task, [(shown[vm, task], task is None or shown[vm, task] != idle[vm]) for vm in catalog.vm_states])
        for task in task_states(catalog)
    ]
    return _page(site, "/states/", "states.md.j2", rows=rows, idle=idle)


def _support(site: Site) -> Page:
    catalog = site.catalog
    return _page(
        site,
        "/support/",
        "support.md.j2",
        current=support.current(catalog),
        removed=support.removed(catalog),
        notes={
            operation.name: support.notes(catalog, operation) for operation in catalog.operations.values()
        },
    )


def _evidence(site: Site) -> Page:
    counts = summary(site.leaves)
    return _page(
        site,
        "/evidence/",
        "evidence.md.j2",
        counts=counts,
        totals=overall(counts),
        group_titles=proof.GROUPS,
        unproven=proof.weak(site.leaves, Verdict.UNPROVEN),
        differing=proof.weak(site.leaves, Verdict.DIFFERS),
        sourced=proof.weak(site.leaves, Verdict.SOURCED),
        records=proof.records(site.evidence),
        schemas=[path for path in site.evidence.files if path.startswith("schema/")],
    )


def _errata(site: Site) -> Page:
    parts = errata.parts(site.catalog, site.evidence)
    return _page(site, "/errata/", "errata.md.j2", parts=parts, anchors=errata.ANCHORS)


def _driver(site: Site, driver: Driver) -> Page:
    catalog = site.catalog
    return _page(
        site,
        f"/support/{driver.name}/",
        "driver.md.j2",
        driver=driver,
        lifetime=support.lifetime(driver),
        rows=support.history(catalog, driver),
        reachable=support.reachable(catalog, driver),
    )
