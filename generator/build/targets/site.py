"""What a site has once: the home page, the search, the data of all briefings, the feed of all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from generator.addresses import urls
from generator.addresses.pagination import FIRST_PAGE
from generator.build.dependencies import DependencyGraph, SiteContext
from generator.build.snapshot import Snapshot
from generator.build.targets.base import Target
from generator.collection import linker
from generator.collection.statistics import TIMELINE
from generator.exports.all_files import Data, site_data
from generator.locale import terms
from generator.locale.interface import Interface
from generator.reading.loader import DATA
from generator.rendering import script_texts
from generator.rendering.pages import Page, render_page
from generator.rendering.settings import Settings

_PAGES = (urls.HOME, urls.SEARCH)
#: How many years of the timeline the home page names.
_YEARS = 6
#: The folders of what is not a page.
_FOLDERS = ("data/", "feeds/", "assets/")


class SiteTarget(Target):
    """What a site has once."""

    __slots__ = ()
    kind: ClassVar[str] = "site"
    needs_replies: ClassVar[bool] = True

    @classmethod
    def all(cls, graph: DependencyGraph) -> Iterable[Target]:
        return (SITE,)

    @classmethod
    def sections(cls) -> Sequence[Target]:
        return (SITE,)

    @classmethod
    def for_path(cls, path: str, snapshot: Snapshot) -> Target | None:
        return SITE if path in _PAGES or path.startswith(_FOLDERS) else None

    @property
    def page_paths(self) -> Sequence[str]:
        return _PAGES

    def title(self, path: str, snapshot: Snapshot, interface: Interface) -> str:
        return terms.sections(interface)["search"] if path == urls.SEARCH else ""

    def in_menu(self, path: str) -> bool:
        return path != urls.SEARCH

    def find_inputs(self, graph: DependencyGraph) -> Collection[str]:
        statistics = graph.statistics
        shown = {*statistics.latest, *statistics.fed, *graph.first_citing.values()}
        return graph.with_related(shown, ("statement",))

    def digest_inputs(self, snapshot: Snapshot, context: SiteContext) -> Iterator[str | bytes]:
        yield from super().digest_inputs(snapshot, context)
        yield repr((context.statistics, _recent_years(context)))
        yield from (snapshot.hashes[path] for path in snapshot.hashes if path.startswith(DATA))

    def render_pages(
        self, collection: linker.Collection, settings: Settings, context: SiteContext
    ) -> tuple[Page, ...]:
        statistics = context.statistics
        latest = [collection.briefings[key] for key in statistics.latest]
        values: dict[str, Any] = {"overview": statistics, "latest": latest}
        values["years"] = _recent_years(context)
        title = terms.sections(settings.interface)["search"]
        pages = (
            render_page(urls.HOME, "home.md", collection, settings, **values),
            render_page(urls.SEARCH, "search.md", collection, settings, title=title),
        )
        return tuple(replace(page, modified=statistics.changed) for page in pages)

    def render_files(
        self, collection: linker.Collection, settings: Settings, context: SiteContext
    ) -> Data:
        data = site_data(collection, settings, context.statistics)
        return replace(data, files={**data.files, **script_texts.script(settings.interface)})


def _recent_years(context: SiteContext) -> list[tuple[str, int, str]]:
    """The last years of the timeline, each with its number of entries and the page that has it."""
    pages = set(context.paginators[TIMELINE].pages())
    dated = [(year, sum(counts.values())) for year, counts in context.statistics.years]
    return [(year, count, year if year in pages else FIRST_PAGE) for year, count in dated[-_YEARS:]]


SITE = SiteTarget()
