"""The list of all briefings, and its pages by year of publication and by status."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from generator.addresses import urls
from generator.addresses.pagination import FIRST_PAGE
from generator.build.dependencies import DependencyGraph, SiteContext
from generator.build.snapshot import Snapshot
from generator.build.targets.base import Target
from generator.collection import linker
from generator.collection.briefing_list import FILTERS, short_title, title
from generator.collection.statistics import BriefingStats, SiteStats
from generator.locale.interface import Interface
from generator.reading.loader import DATA
from generator.rendering.pages import Page, render_page
from generator.rendering.settings import Settings
from generator.rendering.template_functions import most_frequent

_FOLDER = "briefings"


class BriefingListTarget(Target):
    """A page of the list of briefings; the first page has no id.

    It is made from the statistics of the briefings, so no briefing is read for it.
    """

    __slots__ = ()
    kind: ClassVar[str] = "briefing-list"

    @classmethod
    def all(cls, graph: DependencyGraph) -> Iterable[Target]:
        return map(cls, sorted(graph.briefing_list.pages))

    @classmethod
    def sections(cls) -> Sequence[Target]:
        return (cls(FIRST_PAGE),)

    @classmethod
    def for_path(cls, path: str, snapshot: Snapshot) -> Target | None:
        folder, _, name = path.rpartition("/")
        kind, _, page = folder.partition("/")
        if name != "index.md" or kind != _FOLDER:
            return None
        is_page = page == FIRST_PAGE or page in snapshot.graph.briefing_list.pages
        return cls(page) if is_page else None

    @property
    def section(self) -> str:
        return _FOLDER

    @property
    def page_paths(self) -> Sequence[str]:
        return (urls.list_page(_FOLDER, self.id),)

    def title(self, path: str, snapshot: Snapshot, interface: Interface) -> str:
        return title(self.id, interface)

    def in_menu(self, path: str) -> bool:
        return self.id == FIRST_PAGE

    def find_inputs(self, graph: DependencyGraph) -> Collection[str]:
        return ()

    def digest_inputs(self, snapshot: Snapshot, context: SiteContext) -> Iterator[str | bytes]:
        yield from super().digest_inputs(snapshot, context)
        briefing_list, statistics = context.briefing_list, context.statistics
        yield repr(briefing_list.page(self.id))
        topics: set[str] = set()
        for briefing, stats in briefing_list.listed(self.id):
            yield repr((briefing, *_shown(stats)))
            topics.update(stats.topics)
        entries = snapshot.graph.entries
        yield b"".join(entries.digest(("topic", topic)) for topic in sorted(topics))
        if self.id == FIRST_PAGE:
            yield repr([briefing_list.values(name) for name in FILTERS])
            yield repr((statistics.topics, statistics.places, statistics.parts_played))
            yield from (snapshot.hashes[path] for path in snapshot.hashes if path.startswith(DATA))

    def render_pages(
        self, collection: linker.Collection, settings: Settings, context: SiteContext
    ) -> tuple[Page, ...]:
        briefing_list = context.briefing_list
        listed = list(briefing_list.listed(self.id))
        interface = settings.interface
        page = render_page(
            urls.list_page(_FOLDER, self.id),
            "briefings.md",
            collection,
            settings,
            here=briefing_list.page(self.id),
            listed=listed,
            filters={name: briefing_list.values(name) for name in FILTERS},
            subjects=list(_subjects(collection, settings, context.statistics)),
            title=title(self.id, interface),
            label=partial(short_title, interface=interface),
            section=urls.BRIEFINGS,
        )
        days = [stats.changed for _, stats in listed if stats.changed]
        return (replace(page, modified=max(days, default=None)),)


def _subjects(
    collection: linker.Collection, settings: Settings, statistics: SiteStats
) -> Iterator[tuple[str, list[Any], Mapping[str, int], int]]:
    """The topics, actors and places with most briefings or statements, whose pages list theirs.

    For each section its most frequent entries, the number of briefings of each if it is known, and
    the number of all entries.
    """
    for section, counts, is_counted in (
        ("topics", statistics.topics, True),
        ("actors", statistics.parts_played, False),
        ("places", statistics.places, True),
    ):
        entries = {
            key: entry for key, entry in dict(collection.subjects())[section].items() if entry.model
        }
        frequent = most_frequent(counts, entries)
        if section in settings.sections and frequent:
            yield section, frequent, counts if is_counted else {}, len(entries)


def _shown(stats: BriefingStats) -> tuple[object, ...]:
    """What a page depends on of a briefing."""
    return (
        stats.title,
        stats.language,
        stats.status,
        stats.published,
        stats.last_change,
        stats.changed,
        stats.topics,
    )
