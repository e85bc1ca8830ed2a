"""An actor, a topic or a place: its pages and its feed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from generator.addresses import urls
from generator.addresses.pagination import FIRST_PAGE
from generator.addresses.sections import FEEDS
from generator.build.dependencies import DependencyGraph, SiteContext
from generator.build.file_summary import EntityKey
from generator.build.snapshot import Snapshot
from generator.build.targets.base import Target
from generator.collection import linker
from generator.collection.entries import ActorEntry, Subject
from generator.collection.subject_pages import (
    SubjectPages,
    accusers_of,
    newest,
    period,
    shown_on,
)
from generator.exports.all_files import Data, subject_data
from generator.locale.interface import Interface
from generator.rendering.pages import Page, render_page
from generator.rendering.settings import Settings
from generator.search.pages import subject_found
from generator.search.records import SearchPage


class SubjectTarget(Target):
    """A page of an entry of a registry: ``mali``, or one part of a long one, ``mali/year--2025``.

    It shows the briefings that refer to it, and their statements with what answers or repeats them.
    The first page of a long one shows those that changed last. An id that is in no registry is a
    mistake, and has no target.
    """

    __slots__ = ()
    #: What an entry is called in references, and in the name of its template.
    entry_kind: ClassVar[str]
    is_searchable: ClassVar[bool] = True

    @classmethod
    def all(cls, graph: DependencyGraph) -> Iterable[Target]:
        for key in sorted(graph.registries.get(cls.kind, {})):
            pages = graph.subject_pages.get((cls.entry_kind, key))
            for page in pages.pages() if pages else [FIRST_PAGE]:
                yield cls(f"{key}/{page}" if page else key)

    @classmethod
    def for_path(cls, path: str, snapshot: Snapshot) -> Target | None:
        folder, _, name = path.rpartition("/")
        if folder.startswith(f"{cls.kind}/"):
            key = folder.removeprefix(f"{cls.kind}/")
        elif folder == f"feeds/{cls.kind}":
            key = name.rpartition(".")[0]
        else:
            return None
        entry, _, page = key.partition("/")
        if entry not in snapshot.graph.registries.get(cls.kind, {}):
            return None
        pages = snapshot.graph.subject_pages.get((cls.entry_kind, entry))
        is_page = not page or (pages is not None and page in pages.pages())
        return cls(key) if is_page else None

    @property
    def section(self) -> str:
        return self.kind

    @property
    def entry_id(self) -> str:
        """The id of the entry that it is a page of."""
        return self.id.partition("/")[0]

    @property
    def page(self) -> str:
        """The id of the page among those of the entry."""
        return self.id.partition("/")[2]

    @property
    def key(self) -> EntityKey:
        """The entry, as references name it."""
        return self.entry_kind, self.entry_id

    @property
    def page_paths(self) -> Sequence[str]:
        return (urls.entry(self.kind, self.id),)

    def title(self, path: str, snapshot: Snapshot, interface: Interface) -> str:
        entry: Any = snapshot.graph.registries.get(self.kind, {}).get(self.entry_id)
        return self._title(entry.name, interface) if entry else ""

    def _title(self, name: str, interface: Interface) -> str:
        if self.page == FIRST_PAGE:
            return name
        words = period(self.page, interface)
        return interface.gettext(
            "%(name)s: briefings published %(period)s", name=name, period=words
        )

    def find_inputs(self, graph: DependencyGraph) -> Collection[str]:
        if self.page:
            briefings = graph.subject_pages[self.key].briefings_on(self.page)
        else:
            briefings = graph.about(self.key)
        return graph.with_related(briefings, ("statement",))

    def digest_inputs(self, snapshot: Snapshot, context: SiteContext) -> Iterator[str | bytes]:
        yield from super().digest_inputs(snapshot, context)
        entries = snapshot.graph.entries
        yield b"".join(map(entries.digest, entries.needed_for(self.key)))
        if pages := context.subject_pages.get(self.key):
            yield repr((pages.page(self.page), sorted(pages.briefings_on(self.page))))

    def render_pages(
        self, collection: linker.Collection, settings: Settings, context: SiteContext
    ) -> tuple[Page, ...]:
        entry = self._entry(collection)
        if entry is None:
            return ()
        pages = context.subject_pages.get(self.key)
        shown = shown_on(entry, self._briefings(entry, pages))
        page = render_page(
            urls.entry(self.kind, self.id),
            f"{self.entry_kind}.md",
            collection,
            settings,
            entry=entry,
            shown=shown,
            here=pages.page(self.page) if pages else None,
            accusers=self._accusers(entry, pages),
            folder=f"{self.kind}/{entry.id}",
            label=lambda page: period(page, settings.interface) if page else entry.name,
            title=self._title(entry.name, settings.interface),
            section=f"{self.kind}/index.md",
        )
        days = [briefing.changed for briefing in shown.all_briefings() if briefing.changed]
        return (replace(page, modified=max(days, default=None)),)

    def _briefings(self, entry: Subject, pages: SubjectPages | None) -> Collection[str] | None:
        """The ids of the briefings that the page shows, None for all."""
        if pages is None:
            return None
        if self.page:
            return frozenset(pages.briefings_on(self.page))
        return newest(shown_on(entry, None).all_briefings())

    def _accusers(self, entry: Subject, pages: SubjectPages | None) -> list[Any]:
        """Those who accuse an actor, for the first of several pages."""
        if pages is None or self.page or not isinstance(entry, ActorEntry):
            return []
        return accusers_of(entry, pages)

    def render_files(
        self, collection: linker.Collection, settings: Settings, context: SiteContext
    ) -> Data:
        entry = self._entry(collection)
        if entry is None or self.page or FEEDS not in settings.sections:
            return Data({})
        return subject_data(self.kind, entry, collection, settings)

    def search_pages(
        self, collection: linker.Collection, settings: Settings
    ) -> tuple[SearchPage, ...]:
        entry = None if self.page else self._entry(collection)
        return (subject_found(self.kind, entry, collection, settings),) if entry else ()

    def _entry(self, collection: linker.Collection) -> Subject | None:
        return dict(collection.subjects())[self.kind].get(self.entry_id)


class ActorTarget(SubjectTarget):
    """An actor."""

    __slots__ = ()
    kind: ClassVar[str] = "actors"
    entry_kind: ClassVar[str] = "actor"


class TopicTarget(SubjectTarget):
    """A topic."""

    __slots__ = ()
    kind: ClassVar[str] = "topics"
    entry_kind: ClassVar[str] = "topic"


class PlaceTarget(SubjectTarget):
    """A place."""

    __slots__ = ()
    kind: ClassVar[str] = "places"
    entry_kind: ClassVar[str] = "place"
