"""An actor, a topic or a place: its page and its feed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from generator.addresses import urls
from generator.addresses.sections import FEEDS
from generator.build.dependencies import DependencyGraph, SiteContext
from generator.build.snapshot import Snapshot
from generator.build.targets.base import Target
from generator.collection import linker
from generator.collection.actor_record import records_of
from generator.collection.entries import ActorEntry, BriefingEntry, Subject
from generator.exports.all_files import Data, subject_data
from generator.locale.interface import Interface
from generator.rendering.pages import Page, render_page
from generator.rendering.settings import Settings
from generator.rendering.template_functions import briefings_of
from generator.search.pages import subject_found
from generator.search.records import SearchPage


class SubjectTarget(Target):
    """The entry of a registry with this id.

    It shows the briefings that refer to it, and their statements with what answers or repeats them.
    An id that is in no registry is a mistake, and has no target.
    """

    __slots__ = ()
    #: What an entry is called in references, and in the name of its template.
    entry_kind: ClassVar[str]
    is_searchable: ClassVar[bool] = True

    @classmethod
    def all(cls, graph: DependencyGraph) -> Iterable[Target]:
        return map(cls, sorted(graph.registries.get(cls.kind, {})))

    @classmethod
    def for_path(cls, path: str, snapshot: Snapshot) -> Target | None:
        folder, _, name = path.rpartition("/")
        if folder.startswith(f"{cls.kind}/"):
            key = folder.removeprefix(f"{cls.kind}/")
        elif folder == f"feeds/{cls.kind}":
            key = name.rpartition(".")[0]
        else:
            return None
        return cls(key) if key in snapshot.graph.registries.get(cls.kind, {}) else None

    @property
    def section(self) -> str:
        return self.kind

    @property
    def page_paths(self) -> Sequence[str]:
        return (urls.entry(self.kind, self.id),)

    def title(self, path: str, snapshot: Snapshot, interface: Interface) -> str:
        entry: Any = snapshot.graph.registries.get(self.kind, {}).get(self.id)
        return entry.name if entry else ""

    def find_inputs(self, graph: DependencyGraph) -> Collection[str]:
        keys = graph.entries.parts_of((self.entry_kind, self.id))
        briefings = {briefing for key in keys for briefing in graph.referring_to(key)}
        return graph.with_related(briefings, ("statement",))

    def digest_inputs(self, snapshot: Snapshot, context: SiteContext) -> Iterator[str | bytes]:
        yield from super().digest_inputs(snapshot, context)
        entries = snapshot.graph.entries
        yield b"".join(map(entries.digest, entries.needed_for((self.entry_kind, self.id))))

    def render_pages(
        self, collection: linker.Collection, settings: Settings, context: SiteContext
    ) -> tuple[Page, ...]:
        entry = self._entry(collection)
        if entry is None:
            return ()
        path = urls.entry(self.kind, self.id)
        page = render_page(
            path,
            f"{self.entry_kind}.md",
            collection,
            settings,
            entry=entry,
            section=f"{self.kind}/index.md",
        )
        days = [briefing.changed for briefing in self._shown(entry) if briefing.changed]
        return (replace(page, modified=max(days, default=None)),)

    def render_files(
        self, collection: linker.Collection, settings: Settings, context: SiteContext
    ) -> Data:
        entry = self._entry(collection)
        if entry is None or FEEDS not in settings.sections:
            return Data({})
        return subject_data(self.kind, entry, collection, settings)

    def search_pages(
        self, collection: linker.Collection, settings: Settings
    ) -> tuple[SearchPage, ...]:
        entry = self._entry(collection)
        return (subject_found(self.kind, entry, collection, settings),) if entry else ()

    def _shown(self, entry: Subject) -> list[BriefingEntry]:
        """The briefings that the page of ``entry`` shows."""
        return briefings_of(entry)

    def _entry(self, collection: linker.Collection) -> Subject | None:
        return dict(collection.subjects())[self.kind].get(self.id)


class ActorTarget(SubjectTarget):
    """The actor with this id."""

    __slots__ = ()
    kind: ClassVar[str] = "actors"
    entry_kind: ClassVar[str] = "actor"

    def _shown(self, entry: Subject) -> list[BriefingEntry]:
        return (
            [group.briefing for group in records_of(entry)] if isinstance(entry, ActorEntry) else []
        )


class TopicTarget(SubjectTarget):
    """The topic with this id."""

    __slots__ = ()
    kind: ClassVar[str] = "topics"
    entry_kind: ClassVar[str] = "topic"


class PlaceTarget(SubjectTarget):
    """The place with this id."""

    __slots__ = ()
    kind: ClassVar[str] = "places"
    entry_kind: ClassVar[str] = "place"
