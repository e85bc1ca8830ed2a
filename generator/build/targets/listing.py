"""The pages of the site-wide lists: the timeline, the sources and the changes."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from generator.addresses import urls
from generator.addresses.pagination import FIRST_PAGE
from generator.build.dependencies import DependencyGraph, SiteContext
from generator.build.snapshot import Snapshot
from generator.build.targets.base import Target
from generator.collection import linker
from generator.collection.entries import BriefingEntry
from generator.collection.listings import (
    ListingPage,
    by_letter,
    by_publisher,
    by_year,
    changes,
    label,
)
from generator.collection.statistics import CHANGES, SOURCES, TIMELINE, SiteStats
from generator.locale import terms
from generator.locale.interface import Interface
from generator.rendering.charts.years import years
from generator.rendering.pages import Page, render_page
from generator.rendering.settings import Settings
from generator.rendering.template_functions import has_described_titles


class ListTarget(Target):
    """The page of a list with this id; the first page has none."""

    __slots__ = ()

    @classmethod
    def all(cls, graph: DependencyGraph) -> Iterable[Target]:
        return map(cls, graph.paginators[cls.kind].pages())

    @classmethod
    def sections(cls) -> Sequence[Target]:
        return (cls(FIRST_PAGE),)

    @classmethod
    def for_path(cls, path: str, snapshot: Snapshot) -> Target | None:
        folder, _, name = path.rpartition("/")
        if name != "index.md" or not f"{folder}/".startswith(f"{cls.kind}/"):
            return None
        page = folder.removeprefix(cls.kind).lstrip("/")
        # The first page is in every menu, and exists on every site.
        is_page = page == FIRST_PAGE or page in snapshot.graph.paginators[cls.kind].pages()
        return cls(page) if is_page else None

    @property
    def section(self) -> str:
        return self.kind

    @property
    def page_paths(self) -> Sequence[str]:
        return (urls.list_page(self.kind, self.id),)

    def title(self, path: str, snapshot: Snapshot, interface: Interface) -> str:
        return self._title(interface)

    def _title(self, interface: Interface) -> str:
        name = terms.sections(interface)[self.kind]
        if not self.id:
            return name
        part = label(self.kind, self.id, interface)
        return interface.gettext("%(list)s: %(part)s", list=name, part=part)

    def in_menu(self, path: str) -> bool:
        return self.id == FIRST_PAGE

    def find_inputs(self, graph: DependencyGraph) -> Collection[str]:
        return graph.on_list_page(self.kind, self.id)

    def digest_inputs(self, snapshot: Snapshot, context: SiteContext) -> Iterator[str | bytes]:
        yield from super().digest_inputs(snapshot, context)
        changed = context.statistics.changed if self.id == FIRST_PAGE else None
        yield repr((context.paginators[self.kind].page(self.id), changed))

    def render_pages(
        self, collection: linker.Collection, settings: Settings, context: SiteContext
    ) -> tuple[Page, ...]:
        paginator, interface = context.paginators[self.kind], settings.interface
        name = terms.sections(interface)[self.kind]
        part = ListingPage(self.kind, self.id, paginator)
        shown, values = self.entries(collection, part, context.statistics, interface)
        page = render_page(
            urls.list_page(self.kind, self.id),
            f"{self.kind}.md",
            collection,
            settings,
            part=part,
            here=paginator.page(self.id),
            label=lambda page: label(self.kind, page, interface) if page else name,
            title=self._title(interface),
            section=urls.list_page(self.kind, FIRST_PAGE),
            **values,
        )
        days = [briefing.changed for briefing in shown if briefing.changed]
        # Only the list's first page depends on briefings that it doesn't show.
        default = context.statistics.changed if self.id == FIRST_PAGE else None
        return (replace(page, modified=max(days, default=default)),)

    @abstractmethod
    def entries(
        self,
        collection: linker.Collection,
        part: ListingPage,
        statistics: SiteStats,
        interface: Interface,
    ) -> tuple[Iterable[BriefingEntry], dict[str, Any]]:
        """The briefings that the page shows, and the values for its template."""


class TimelineTarget(ListTarget):
    """A page of the timeline."""

    __slots__ = ()
    kind: ClassVar[str] = TIMELINE

    def digest_inputs(self, snapshot: Snapshot, context: SiteContext) -> Iterator[str | bytes]:
        yield from super().digest_inputs(snapshot, context)
        if self.id == FIRST_PAGE:
            yield repr(context.statistics.years)

    def entries(
        self,
        collection: linker.Collection,
        part: ListingPage,
        statistics: SiteStats,
        interface: Interface,
    ) -> tuple[Iterable[BriefingEntry], dict[str, Any]]:
        groups = by_year(collection, part, interface)
        # The first page shows a chart of the whole timeline.
        bars = years(statistics.years) if part.id == FIRST_PAGE else []
        shown = (entry.briefing for _, entries in groups for entry in entries)
        return shown, {"years": groups, "bars": bars}


class SourcesTarget(ListTarget):
    """A page of the list of sources."""

    __slots__ = ()
    kind: ClassVar[str] = SOURCES

    def entries(
        self,
        collection: linker.Collection,
        part: ListingPage,
        statistics: SiteStats,
        interface: Interface,
    ) -> tuple[Iterable[BriefingEntry], dict[str, Any]]:
        publishers = by_publisher(collection, part, interface)
        sources = [source for _, _, group in publishers for source in group]
        shown = (briefing for source in sources for briefing in source.cited_in)
        described = has_described_titles(sources)
        return shown, {"letters": by_letter(publishers, interface), "described": described}


class ChangesTarget(ListTarget):
    """A page of the list of changes."""

    __slots__ = ()
    kind: ClassVar[str] = CHANGES

    def entries(
        self,
        collection: linker.Collection,
        part: ListingPage,
        statistics: SiteStats,
        interface: Interface,
    ) -> tuple[Iterable[BriefingEntry], dict[str, Any]]:
        entries = changes(collection, part)
        return (entry.briefing for entry in entries), {"changes": entries}
