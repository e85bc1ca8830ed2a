"""Dependency graph: which briefings and registry entries each build target needs.

It is made from the summaries of the files. It may name a file too many, never one too few: a target
that is built from the files named here equals one that is built from all files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import blake2b
from typing import Any, Protocol

from pydantic import BaseModel

from generator.addresses.pagination import PagePath, Paginator, date_path
from generator.addresses.sections import SECTIONS
from generator.build.file_summary import EntityKey, FileSummary
from generator.build.registry_entries import RegistryEntries
from generator.collection.answer_table import ReplyKey, answer_table, by_label
from generator.collection.briefing_list import BriefingList
from generator.collection.statistics import (
    CHANGES,
    LISTS,
    SOURCES,
    BriefingStats,
    SiteStats,
    publisher_path,
    site_stats,
    source_path,
)
from generator.collection.subject_pages import MOST_BRIEFINGS, SubjectPages

#: What references call the entries that have pages, by their registry.
SUBJECT_KINDS = {"actors": "actor", "topics": "topic", "places": "place"}
#: The kinds of references to other briefings.
TO_BRIEFINGS = ("briefing", "statement")


class Dependent(Protocol):
    """Something that is built from briefings: a target."""

    def find_inputs(self, graph: DependencyGraph) -> Collection[str]:
        """The briefings that it is built from, in the order of the site."""


@dataclass(frozen=True, slots=True)
class PageLanguages:
    """In which of a site's ``languages`` its generated pages exist, the main one first.

    ``partial`` has the languages of each page that not all editions have, by the page's path,
    ``translations`` those into which each briefing is translated, by its id.
    """

    languages: tuple[str, ...] = ()
    partial: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    translations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, path: str) -> tuple[str, ...]:
        """The languages in which the page at ``path`` exists."""
        return self.partial.get(path, self.languages)


@dataclass(frozen=True)
class SiteContext:
    """What targets need to know about the site besides their inputs, worked out when needed.

    ``replies`` are those of all briefings.
    """

    graph: DependencyGraph
    replies: Mapping[ReplyKey, int]

    @cached_property
    def statistics(self) -> SiteStats:
        """The numbers of all briefings."""
        replies = self.replies
        return replace(
            self.graph.statistics, replies=by_label(replies), answers=answer_table(replies)
        )

    @property
    def paginators(self) -> Mapping[str, Paginator]:
        """How each list of the site is divided into pages."""
        return self.graph.paginators

    @property
    def briefing_list(self) -> BriefingList:
        """The list of all briefings."""
        return self.graph.briefing_list

    @property
    def subject_pages(self) -> Mapping[EntityKey, SubjectPages]:
        """The pages of each actor, topic and place whose page is divided."""
        return self.graph.subject_pages

    @property
    def page_languages(self) -> PageLanguages:
        """In which languages of the site its pages exist."""
        return self.graph.page_languages


class DependencyGraph:
    """What the summaries of all ``briefings`` (by id, in the order of the site) imply.

    ``registries`` has the entries by the registry's name and their id. ``sections`` are the parts
    of the site that its owner wants. Briefings that an edition leaves out (``left_out``) are part
    of nothing but the pages of those that they answer, repeat or refer to, or the other way round.
    """

    def __init__(
        self,
        briefings: Mapping[str, FileSummary],
        registries: Mapping[str, Mapping[str, BaseModel]],
        sections: Sequence[str] = SECTIONS,
        left_out: Set[str] = frozenset(),
    ) -> None:
        #: With those that are left out, in the order of the site.
        self.all_briefings = briefings
        self.briefings = (
            {key: summary for key, summary in briefings.items() if key not in left_out}
            if left_out
            else briefings
        )
        #: The languages of the briefings that are left out, by their ids; empty for the site's.
        self.elsewhere = {
            key: summary.language for key, summary in briefings.items() if key in left_out
        }
        self.registries = registries
        self.sections = sections
        self.entries = RegistryEntries(registries, self.briefings, self.elsewhere)
        self._positions = {briefing: number for number, briefing in enumerate(briefings)}
        self.page_languages = PageLanguages()
        self._inputs: dict[Dependent, Collection[str]] = {}
        self._neighbours: dict[str, list[str]] = {}
        self._entries_digests: dict[str, bytes] = {}

    def inputs(self, target: Dependent) -> Collection[str]:
        """The briefings that a target is built from, in the order of the site."""
        if target not in self._inputs:
            self._inputs[target] = target.find_inputs(self)
        return self._inputs[target]

    def neighbours(self, briefing: str) -> list[str]:
        """``with_related`` of one briefing; empty for one that no edition has."""
        if briefing not in self._neighbours:
            self._neighbours[briefing] = self.with_related({briefing} & self.briefings.keys())
        return self._neighbours[briefing]

    def with_related(
        self, briefings: Collection[str], kinds: Iterable[str] = TO_BRIEFINGS
    ) -> list[str]:
        """``briefings``, those that they refer to and those that refer to them, in site order.

        ``statement`` alone as ``kinds`` means: by answering or repeating a statement.
        """
        related = set(briefings).union(
            *(self._referring.get((kind, key), ()) for key in briefings for kind in kinds),
            (
                name
                for key in briefings
                for kind, name in self.all_briefings[key].references
                if kind in kinds
            ),
        )
        return self.in_order(related & self.all_briefings.keys())

    def near_each_other(self, briefings: Sequence[str]) -> list[str]:
        """``briefings`` so that those that refer to each other are mostly close.

        A batch of them then needs few others: of 10,000, half as many as in the order of the site.
        """
        wanted, waiting = set(briefings), [*reversed(briefings)]
        result: list[str] = []
        while waiting:
            briefing = waiting.pop()
            if briefing in wanted:
                wanted.remove(briefing)
                result.append(briefing)
                waiting += reversed(self.neighbours(briefing))
        return result

    def in_order(self, briefings: Iterable[str]) -> list[str]:
        """``briefings`` in the order of the site."""
        return sorted(briefings, key=self._positions.__getitem__)

    @cached_property
    def _referring(self) -> dict[EntityKey, list[str]]:
        """The briefings that refer to each briefing, and to statements of each briefing."""
        referring: dict[EntityKey, list[str]] = {}
        for briefing, summary in self.all_briefings.items():
            for key in summary.references:
                if key[0] in TO_BRIEFINGS:
                    referring.setdefault(key, []).append(briefing)
        return referring

    def referring_to(self, key: EntityKey) -> Collection[str]:
        """The briefings that refer to an entry, themselves or through a shared source."""
        return self._referring_to_entries.get(key, ())

    @cached_property
    def _referring_to_entries(self) -> dict[EntityKey, list[str]]:
        referring: dict[EntityKey, list[str]] = {}
        for briefing, summary in self.briefings.items():
            for key in summary.references | self._through_sources(summary):
                referring.setdefault(key, []).append(briefing)
        return referring

    def referring_to_any(self, keys: Iterable[EntityKey]) -> set[str]:
        """The briefings that refer to one of these entries, themselves or through other entries."""
        return {
            briefing for key in self.entries.referring(keys) for briefing in self.referring_to(key)
        }

    def _through_sources(self, summary: FileSummary) -> set[EntityKey]:
        sources = (key for key in summary.references if key[0] == "source")
        return self.entries.referenced(sources, through="source")

    @cached_property
    def first_citing(self) -> dict[str, str]:
        """For each shared source the id of the first briefing that cites it."""
        shared = self.registries.get("sources", {})
        first: dict[str, str] = {}
        if not shared:
            return first
        for briefing, summary in self.briefings.items():
            for kind, key in summary.references | self._through_sources(summary):
                if kind == "source" and key in shared:
                    first.setdefault(key, briefing)
        return first

    def entries_of(self, briefing: str) -> list[EntityKey]:
        """What a briefing refers to, itself or through entries, whether it exists or not."""
        return self.entries.sorted(self.entries.referenced(self.all_briefings[briefing].references))

    def entries_digest(self, briefing: str) -> bytes:
        """A digest of ``entries_of`` a briefing and of their content."""
        if briefing not in self._entries_digests:
            digests = b"".join(map(self.entries.digest, self.entries_of(briefing)))
            self._entries_digests[briefing] = blake2b(digests, digest_size=16).digest()
        return self._entries_digests[briefing]

    @cached_property
    def statistics(self) -> SiteStats:
        """The numbers of all briefings, without replies: no summary has these."""
        return site_stats(self._stats, len(self.first_citing))

    @cached_property
    def briefing_list(self) -> BriefingList:
        """The list of all briefings."""
        return BriefingList(self._stats)

    @cached_property
    def _stats(self) -> Mapping[str, BriefingStats]:
        return {briefing: summary.stats for briefing, summary in self.briefings.items()}

    def site_context(self, replies: Mapping[ReplyKey, int]) -> SiteContext:
        """What targets need to know about the site, with its ``replies`` counted."""
        return SiteContext(self, replies)

    def with_page_languages(self, page_languages: PageLanguages) -> DependencyGraph:
        """The same graph in one of several editions of a site."""
        graph = copy(self)
        graph.page_languages = page_languages
        return graph

    def about(self, key: EntityKey) -> set[str]:
        """The briefings that refer to an actor or its parts, a topic or a place."""
        parts = self.entries.parts_of(key)
        return {briefing for part in parts for briefing in self.referring_to(part)}

    @cached_property
    def subject_pages(self) -> Mapping[EntityKey, SubjectPages]:
        """The pages of each actor, topic and place whose page is divided."""
        divided = {}
        for registry, kind in SUBJECT_KINDS.items():
            for entry in self.registries.get(registry, {}):
                about = self.about((kind, entry))
                if len(about) > MOST_BRIEFINGS:
                    days = {key: self._stats[key].published for key in sorted(about)}
                    divided[kind, entry] = SubjectPages(days)
        return divided

    @cached_property
    def paginators(self) -> dict[str, Paginator]:
        """How each list of the site is divided into pages."""
        return {kind: paginator for kind, (paginator, _) in self._lists.items()}

    def on_list_page(self, kind: str, page: str) -> Collection[str]:
        """The briefings that have an entry on a page of a list."""
        return self._lists[kind][1].get(page, ())

    @cached_property
    def _lists(self) -> dict[str, tuple[Paginator, dict[str, list[str]]]]:
        """The pages of each list, and the briefings on each page."""
        return {kind: self._list(kind) for kind in LISTS}

    def _list(self, kind: str) -> tuple[Paginator, dict[str, list[str]]]:
        entries = list(self._list_entries(kind))
        paginator = Paginator(path for path, _ in entries)
        pages: dict[str, set[str]] = {}
        for path, briefings in entries:
            pages.setdefault(paginator.page_of(path), set()).update(briefings)
        return paginator, {page: self.in_order(on_page) for page, on_page in pages.items()}

    def _list_entries(self, kind: str) -> Iterator[tuple[PagePath, Collection[str]]]:
        """The pages that each entry of a list can be on, and the briefings that it comes from."""
        actors: Any = self.registries.get("actors", {})
        for briefing, stats in self._stats.items():
            if kind == SOURCES:
                paths = [publisher_path(*source, actors) for source in stats.sources]
            elif kind == CHANGES:
                paths = [date_path(day) for day in stats.changes]
            else:
                paths = [date_path(day) for day, _ in stats.dated]
            yield from ((path, (briefing,)) for path in paths)
        if kind == SOURCES:
            for key in self.first_citing:
                source: Any = self.registries["sources"][key]
                yield source_path(source, actors), self.referring_to(("source", key))
