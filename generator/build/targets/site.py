"""What a site has once: the home page, the directories, the search, the data, the feed of all."""

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
from generator.exports.json_records import VERSION
from generator.exports.tables import TABLES
from generator.reading.loader import DATA
from generator.rendering.charts.place_map import place_map
from generator.rendering.pages import Page, render_page
from generator.rendering.settings import Settings

#: The titles of the pages; the home page has the site's name.
TITLES = {
    urls.HOME: "",
    urls.ACTORS: "Actors",
    urls.TOPICS: "Topics",
    urls.PLACES: "Places",
    urls.SEARCH: "Search",
    urls.DATA: "Data",
}
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
        return SITE if path in TITLES or path.startswith(_FOLDERS) else None

    @property
    def page_paths(self) -> Sequence[str]:
        return tuple(TITLES)

    def title(self, path: str, snapshot: Snapshot) -> str:
        return TITLES[path]

    def in_menu(self, path: str) -> bool:
        return path not in (urls.SEARCH, urls.DATA)

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
        return tuple(self._page(path, collection, settings, context) for path in TITLES)

    def _page(
        self, path: str, collection: linker.Collection, settings: Settings, context: SiteContext
    ) -> Page:
        statistics = context.statistics
        folder = path.partition("/")[0]
        values: dict[str, Any] = {"overview": statistics, "title": TITLES[path]}
        template = f"{folder}.md"
        match path:
            case urls.HOME:
                template = "home.md"
                values["latest"] = [collection.briefings[key] for key in statistics.latest]
                values["years"] = _recent_years(context)
            case urls.DATA:
                values |= {"tables": TABLES, "version": VERSION}
            case urls.ACTORS | urls.TOPICS | urls.PLACES:
                entries = dict(collection.subjects())[folder].values()
                values["entries"] = sorted(
                    entries, key=lambda entry: (entry.name.casefold(), entry.id)
                )
                if path == urls.PLACES:
                    # Those that most briefings are about come first: they get the symbols.
                    values["map"] = place_map(
                        sorted(
                            values["entries"], key=lambda place: -statistics.places.get(place.id, 0)
                        )
                    )
        page = render_page(path, template, collection, settings, **values)
        return replace(page, modified=statistics.changed)

    def render_files(
        self, collection: linker.Collection, settings: Settings, context: SiteContext
    ) -> Data:
        return site_data(collection, settings, context.statistics)


def _recent_years(context: SiteContext) -> list[tuple[str, int, str]]:
    """The last years of the timeline, each with its number of entries and the page that has it."""
    pages = set(context.paginators[TIMELINE].pages())
    dated = [(year, sum(counts.values())) for year, counts in context.statistics.years]
    return [(year, count, year if year in pages else FIRST_PAGE) for year, count in dated[-_YEARS:]]


SITE = SiteTarget()
