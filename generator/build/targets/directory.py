"""The pages that list the entries of a registry, and the page that lists the data files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from generator.addresses import urls
from generator.addresses.sections import SUBJECTS, index_page
from generator.build.dependencies import DependencyGraph, SiteContext
from generator.build.snapshot import Snapshot
from generator.build.targets.base import Target
from generator.collection import linker
from generator.collection.entries import PlaceEntry
from generator.exports.json_records import VERSION
from generator.exports.tables import TABLES
from generator.locale import terms
from generator.locale.interface import Interface
from generator.reading.loader import DATA
from generator.rendering.charts.place_map import place_map
from generator.rendering.pages import Page, render_page
from generator.rendering.settings import Settings


class DirectoryTarget(Target):
    """The list of all actors, all topics or all places. The id is the folder's name."""

    __slots__ = ()
    kind: ClassVar[str] = "directories"
    #: The page of the actors has the table of who answers whom.
    needs_replies: ClassVar[bool] = True

    @classmethod
    def all(cls, graph: DependencyGraph) -> Iterable[Target]:
        return cls.sections()

    @classmethod
    def sections(cls) -> Sequence[Target]:
        return tuple(map(cls, SUBJECTS))

    @classmethod
    def for_path(cls, path: str, snapshot: Snapshot) -> Target | None:
        return next((target for target in cls.sections() if path in target.page_paths), None)

    @property
    def section(self) -> str:
        return self.id

    @property
    def page_paths(self) -> Sequence[str]:
        return (index_page(self.id),)

    def title(self, path: str, snapshot: Snapshot, interface: Interface) -> str:
        return terms.sections(interface)[self.id]

    def in_menu(self, path: str) -> bool:
        return True

    def find_inputs(self, graph: DependencyGraph) -> Collection[str]:
        return ()

    def digest_inputs(self, snapshot: Snapshot, context: SiteContext) -> Iterator[str | bytes]:
        yield from super().digest_inputs(snapshot, context)
        statistics = context.statistics
        yield repr((statistics.topics, statistics.places, statistics.statements))
        yield repr((statistics.changed, statistics.answers if self.id == "actors" else None))
        yield from (snapshot.hashes[path] for path in snapshot.hashes if path.startswith(DATA))

    def render_pages(
        self, collection: linker.Collection, settings: Settings, context: SiteContext
    ) -> tuple[Page, ...]:
        statistics = context.statistics
        subjects = dict(collection.subjects())[self.id].values()
        sort_key = settings.interface.sort_key
        entries = sorted(subjects, key=lambda entry: (sort_key(entry.name), entry.id))
        places = [entry for entry in entries if isinstance(entry, PlaceEntry)]
        # Those that most briefings are about come first: they get the symbols of the map.
        places.sort(key=lambda place: -statistics.places.get(place.id, 0))
        page = render_page(
            index_page(self.id),
            f"{self.id}.md",
            collection,
            settings,
            title=terms.sections(settings.interface)[self.id],
            overview=statistics,
            entries=entries,
            map=place_map(places),
        )
        return (replace(page, modified=statistics.changed),)


class DataPageTarget(Target):
    """The page that lists the site's data files."""

    __slots__ = ()
    kind: ClassVar[str] = "data"

    @classmethod
    def all(cls, graph: DependencyGraph) -> Iterable[Target]:
        return cls.sections()

    @classmethod
    def sections(cls) -> Sequence[Target]:
        return (cls(),)

    @classmethod
    def for_path(cls, path: str, snapshot: Snapshot) -> Target | None:
        return cls() if path == urls.DATA else None

    @property
    def section(self) -> str:
        return "data"

    @property
    def page_paths(self) -> Sequence[str]:
        return (urls.DATA,)

    def title(self, path: str, snapshot: Snapshot, interface: Interface) -> str:
        return terms.sections(interface)["data"]

    def find_inputs(self, graph: DependencyGraph) -> Collection[str]:
        return ()

    def digest_inputs(self, snapshot: Snapshot, context: SiteContext) -> Iterator[str | bytes]:
        yield from super().digest_inputs(snapshot, context)
        yield repr(context.statistics.changed)

    def render_pages(
        self, collection: linker.Collection, settings: Settings, context: SiteContext
    ) -> tuple[Page, ...]:
        page = render_page(
            urls.DATA,
            "data.md",
            collection,
            settings,
            title=terms.sections(settings.interface)["data"],
            tables=TABLES,
            version=VERSION,
        )
        return (replace(page, modified=context.statistics.changed),)
