"""What refers to what, told from each file by itself: on which files each part of a site depends.

An outline is small, so those of all briefings can be held where the briefings can't. What is told
here is never too little: a part made from the files named here comes out as from all files.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from typing import Any, NamedTuple

from pydantic import BaseModel

from generator.addresses.pagination import PagePath, Paginator, date_path
from generator.build.targets import Target, all_targets
from generator.collection.statistics import (
    CHANGES,
    LISTS,
    SOURCES,
    BriefingStats,
    SiteStats,
    briefing_stats,
    publisher_path,
    site_stats,
    source_path,
)
from generator.model.briefing import Briefing
from generator.model.ids import ID_PATTERN
from generator.model.references import NamedReference, references_of
from generator.model.registries import Source

Name = tuple[str, str]
"""What something is (``actor``, ``topic``, ``place``, ``source``, ``briefing``), and its id.

``statement`` goes with the id of another briefing that a statement is answered or repeated of.
"""  #: Names of other briefings.
ELSEWHERE = ("briefing", "statement")

#: The registries that pages are made from; ``style`` is for checks only.
KINDS = {"actors": "actor", "topics": "topic", "places": "place", "sources": "source"}


class FileSummary(NamedTuple):
    """What one briefing says of others: whether it is a draft, its former ids, what it names, and
    what it adds to the pages that tell of all.

    It and what is in it are tuples, as ten thousand of them are unpacked for each command.
    """

    draft: bool
    aliases: tuple[str, ...]
    names: frozenset[Name]
    stats: BriefingStats


def summarise(briefing: Briefing, names_in_it: Iterable[NamedReference]) -> FileSummary:
    """The outline of a briefing that names these; its own sources are left out, as no other file
    has them.
    """
    own = {source.id for source in briefing.sources}
    names = {name for name in _names(names_in_it) if name[0] != "source" or name[1] not in own}
    for source in briefing.sources:
        names.update(_around_source(source))
    return FileSummary(
        briefing.status == "draft",
        tuple(briefing.aliases),
        frozenset(names),
        briefing_stats(briefing),
    )


def _names(names_in_it: Iterable[NamedReference]) -> Iterator[Name]:
    for to, words, _ in names_in_it:
        if to not in ("position", "basis"):
            yield to, words
        elif "#" in words:
            yield "statement", words.rpartition("#")[0]


def _around_source(source: Source) -> Iterator[Name]:
    """What a source's lines can be the ids of."""
    for kind, words in (("actor", source.publisher), ("source", source.carries)):
        if words and re.fullmatch(ID_PATTERN, words):
            yield kind, words


def intern_names(graph: Mapping[str, FileSummary]) -> dict[str, FileSummary]:
    """The same outlines, which hold each name once: read one by one, each brings its own."""
    names: dict[Name, Name] = {}
    return {
        key: one._replace(names=frozenset(names.setdefault(name, name) for name in one.names))
        for key, one in graph.items()
    }


@dataclass(frozen=True, slots=True)
class SiteContext:
    """What parts need to know of the whole site: its numbers, and how its lists are divided."""

    statistics: SiteStats
    paginators: Mapping[str, Paginator]


class DependencyGraph:
    """The outlines of briefings, by id in the order of the site, and what follows from them.

    ``registries`` are entries by id, by the registry's name.
    """

    def __init__(
        self, graph: Mapping[str, FileSummary], registries: Mapping[str, Mapping[str, BaseModel]]
    ) -> None:
        self.briefings = graph
        self.registries = registries
        self._place = {key: number for number, key in enumerate(graph)}
        self._around: dict[Target, Collection[str]] = {}
        self._entries_hashes: dict[str, bytes] = {}

    @cached_property
    def _referring(self) -> dict[Name, list[str]]:
        """Who refers to each briefing (``briefing``) and to its statements (``statement``)."""
        found: dict[Name, list[str]] = {}
        for key, one in self.briefings.items():
            for name in one.names:
                if name[0] in ELSEWHERE:
                    found.setdefault(name, []).append(key)
        return found

    @cached_property
    def _registered(self) -> dict[Name, frozenset[Name]]:
        """For each entry of the registries that names others what it names."""
        found = {}
        for registry, kind in KINDS.items():
            for key, entry in self.registries.get(registry, {}).items():
                names = set(_names(references_of(entry)))
                if isinstance(entry, Source):
                    names.update(_around_source(entry))
                if names:
                    found[kind, key] = frozenset(names)
        return found

    @cached_property
    def _naming_entries(self) -> dict[Name, set[Name]]:
        """For each entry of the registries the entries that name it."""
        found: dict[Name, set[Name]] = {}
        for entry, names in self._registered.items():
            for name in names:
                found.setdefault(name, set()).add(entry)
        return found

    @cached_property
    def _naming(self) -> dict[Name, list[str]]:
        """For each entry the briefings that name it, by themselves or by a shared source."""
        found: dict[Name, list[str]] = {}
        for key, one in self.briefings.items():
            for name in one.names | self._by_sources(one):
                found.setdefault(name, []).append(key)
        return found

    def naming(self, entries: Iterable[Name]) -> set[str]:
        """The briefings that name one of these entries, by themselves or by others."""
        reached = set(entries)
        waiting = set(reached)
        while waiting:
            new = self._naming_entries.get(waiting.pop(), set()) - reached
            reached |= new
            waiting |= new
        return {key for name in reached for key in self._naming.get(name, ())}

    @cached_property
    def first_citing(self) -> dict[str, str]:
        """For each shared source the id of the first briefing that cites it."""
        shared = self.registries.get("sources", {})
        found: dict[str, str] = {}
        if not shared:
            return found
        for key, one in self.briefings.items():
            for kind, name in one.names | self._by_sources(one):
                if kind == "source" and name in shared:
                    found.setdefault(name, key)
        return found

    def _by_sources(self, one: FileSummary) -> set[Name]:
        return self._reached(name for name in one.names if name[0] == "source")

    def _reached(self, names: Iterable[Name]) -> set[Name]:
        """``names``, what they name, what that names …"""
        found = set(names)
        waiting = found & self._registered.keys()
        while waiting:
            new = self._registered[waiting.pop()] - found
            found |= new
            waiting |= new & self._registered.keys()
        return found

    @cached_property
    def paginators(self) -> dict[str, Paginator]:
        """How each list of the site is divided into pages."""
        return {one: Paginator(steps for steps, _ in self._listed[one]) for one in LISTS}

    @cached_property
    def _listed(self) -> dict[str, list[tuple[PagePath, Collection[str]]]]:
        """Where each entry of each list stands, and the briefings that it comes from."""
        return {kind: list(self._entries_of(kind)) for kind in LISTS}

    def _entries_of(self, kind: str) -> Iterator[tuple[PagePath, Collection[str]]]:
        actors: Any = self.registries.get("actors", {})
        for key, one in self.briefings.items():
            if kind == SOURCES:
                told = [publisher_path(*source, actors) for source in one.stats.sources]
            elif kind == CHANGES:
                told = [date_path(day) for day in one.stats.changes]
            else:
                told = [date_path(day) for day, _ in one.stats.dated]
            yield from ((steps, (key,)) for steps in told)
        if kind == SOURCES:
            for key in self.first_citing:
                source: Any = self.registries["sources"][key]
                yield source_path(source, actors), self._naming.get(("source", key), ())

    @cached_property
    def _on_pages(self) -> dict[Target, list[str]]:
        """For each page of the lists the briefings that have something on it."""
        found: dict[Target, set[str]] = {}
        for kind, division in self.paginators.items():
            for steps, briefings in self._listed[kind]:
                found.setdefault(Target(kind, division.page_of(steps)), set()).update(briefings)
        return {target: sorted(keys, key=self._place.__getitem__) for target, keys in found.items()}

    @cached_property
    def statistics(self) -> SiteStats:
        """All briefings in numbers, but for the replies, which no file tells by itself."""
        by_key = {key: one.stats for key, one in self.briefings.items()}
        return site_stats(by_key, len(self.first_citing))

    def whole(self, replies: Mapping[str, int]) -> SiteContext:
        """What parts need to know of the whole site, with its ``replies`` counted by label."""
        told = dict(sorted(replies.items()))
        return SiteContext(replace(self.statistics, replies=told), self.paginators)

    def targets(self) -> list[Target]:
        """The parts of the site; what is named and in no registry is a mistake, and has none."""
        subjects = ("actors", "topics", "places")
        return all_targets(
            self.briefings,
            [(one, self.registries.get(one, {})) for one in subjects],
            [(one, division.pages()) for one, division in self.paginators.items()],
        )

    def inputs(self, target: Target) -> Collection[str]:
        """The briefings that a part is made from, in the order of the site.

        A briefing's page names briefings that refer to it or that it refers to. Other pages show
        statements with what answers or repeats them. Beyond these only ``linked`` matters.
        """
        if target not in self._around:
            self._around[target] = self._told_around(target)
        return self._around[target]

    def _told_around(self, target: Target) -> Collection[str]:
        if target.kind in LISTS:
            return self._on_pages.get(target, ())
        if target.kind == "site":
            own = {*self.statistics.latest, *self.statistics.fed, *self.first_citing.values()}
        elif target.kind == "briefings":
            own = {target.id} & self.briefings.keys()
        else:
            own = set(self._naming.get((target.kind.removesuffix("s"), target.id), ()))
        kinds = ELSEWHERE if target.kind == "briefings" else ("statement",)
        near = own.union(
            *(self._referring.get((kind, key), ()) for key in own for kind in kinds),
            (name for key in own for kind, name in self.briefings[key].names if kind in kinds),
        )
        return sorted(near & self.briefings.keys(), key=self._place.__getitem__)

    def own_entries(self, target: Target) -> list[Name]:
        """The entries of the registries that a part is made from whatever briefings it tells of."""
        if target.kind not in ("actors", "topics", "places"):
            return []
        own = (target.kind.removesuffix("s"), target.id)
        return _sorted(self._reached({own} | self._naming_entries.get(own, set())))

    def entries_of(self, key: str) -> list[Name]:
        """The entries of the registries that a briefing names, by itself or by others; those that
        are none too, and the briefings that its words link to.
        """
        return _sorted(self._reached(self.briefings[key].names))

    def entries_hash(self, key: str) -> bytes:
        """A hash of what ``entries_of`` gives, and of what these entries say."""
        if key not in self._entries_hashes:
            told = b"".join(map(self.entry_hash, self.entries_of(key)))
            self._entries_hashes[key] = blake2b(told, digest_size=16).digest()
        return self._entries_hashes[key]

    def entry_hash(self, name: Name) -> bytes:
        """A hash of an entry of the registries, or of a name that none has; all of one length.

        For a briefing it tells one thing: whether there is one.
        """
        return self._hashes.get(name) or _hash(name)

    @cached_property
    def _hashes(self) -> dict[Name, bytes]:
        entries = {
            (kind, key): _hash((kind, key), _plain(entry))
            for registry, kind in KINDS.items()
            for key, entry in self.registries.get(registry, {}).items()
        }
        there = (("briefing", key) for key in self.briefings)
        return entries | {name: _hash(name, "there") for name in there}


def _sorted(names: Iterable[Name]) -> list[Name]:
    return sorted(name for name in names if name[0] != "statement")


def _plain(entry: BaseModel) -> str:
    return f"{entry!r} {sorted(entry.model_fields_set)}"


def _hash(*told: Any) -> bytes:
    return blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=16).digest()
