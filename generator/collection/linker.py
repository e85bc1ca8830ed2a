"""Links all briefings: resolves ids, links in both directions, works out reply statuses."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from generator.addresses.pagination import Paginator
from generator.collection.briefing_linker import BriefingLinker
from generator.collection.entries import (
    ActorEntry,
    BriefingEntry,
    ChangeEntry,
    EventEntry,
    PlaceEntry,
    SourceEntry,
    StatementEntry,
    Subject,
    TopicEntry,
)
from generator.collection.left_out_briefings import leave_out
from generator.model.edtf import EdtfDate
from generator.model.multilingual import all_names
from generator.model.prose_markdown import mentions
from generator.model.registries import Style
from generator.reading.loader import BRIEFINGS, LoadedProject

_Entry = TypeVar("_Entry", ActorEntry, TopicEntry, PlaceEntry)


@dataclass(slots=True, eq=False)
class Collection:
    """All briefings and all entries of the registries, by id.

    Undeclared actors, topics and places are a mistake that a rule reports. Only the methods
    ``actor``, ``topic`` and ``place`` return them. ``first_citing`` has for each shared source the
    id of the first briefing that cites it. ``all_ids`` are the ids of all briefings of the site,
    even if this collection has only some of them. ``elsewhere`` are briefings of the main edition
    that this edition leaves out: only what answers or repeats them, or refers to them, leads to
    them. ``elsewhere_ids`` are the ids of all of these, each with the language that it names or "".
    """

    briefings: dict[str, BriefingEntry] = field(default_factory=dict)
    actors: dict[str, ActorEntry] = field(default_factory=dict)
    topics: dict[str, TopicEntry] = field(default_factory=dict)
    places: dict[str, PlaceEntry] = field(default_factory=dict)
    sources: list[SourceEntry] = field(default_factory=list)
    style: Mapping[str, Style] = field(default_factory=dict)
    first_citing: Mapping[str, str] = field(default_factory=dict)
    all_ids: Container[str] = ()
    elsewhere: dict[str, BriefingEntry] = field(default_factory=dict)
    elsewhere_ids: Mapping[str, str] = field(default_factory=dict)
    #: For each list, the entries on each of its pages (filled by ``listings``).
    by_page: dict[Paginator, Mapping[str, list[Any]]] = field(default_factory=dict, repr=False)
    _undeclared: dict[tuple[object, str], Any] = field(default_factory=dict, repr=False)
    _names: dict[str, list[tuple[str, ActorEntry]]] = field(default_factory=dict, repr=False)

    def actor(self, key: str) -> ActorEntry:
        """The actor of that id; an undeclared one has no ``model``, and no page."""
        return self.actors.get(key) or self._undeclared_entry(ActorEntry, key)

    def topic(self, key: str) -> TopicEntry:
        """The topic of that id; an undeclared one has no ``model``, and no page."""
        return self.topics.get(key) or self._undeclared_entry(TopicEntry, key)

    def place(self, key: str) -> PlaceEntry:
        """The place of that id; an undeclared one has no ``model``, and no page."""
        return self.places.get(key) or self._undeclared_entry(PlaceEntry, key)

    def _undeclared_entry(self, kind: Callable[[str, None], _Entry], key: str) -> _Entry:
        entry: _Entry = self._undeclared.setdefault((kind, key), kind(key, None))
        return entry

    def briefing(self, key: str) -> BriefingEntry | None:
        """The briefing of that id, in this edition or elsewhere."""
        return self.briefings.get(key) or self.elsewhere.get(key)

    def position(self, reference: str, briefing: BriefingEntry) -> StatementEntry | None:
        """The position with the reference ``id`` (in ``briefing``) or ``briefing#id``, or None."""
        other, _, position_id = reference.rpartition("#")
        home = self.briefing(other) if other else briefing
        positions = home.positions if home else ()
        return next((position for position in positions if position.id == position_id), None)

    def names(self) -> Mapping[str, Sequence[tuple[str, ActorEntry]]]:
        """Pairs of a name and its actor, by the first word of the name, the longest name first.

        Only rules need them, so they are made on first use: pages are built in hundreds of batches.
        """
        if not self._names:
            for actor in self.actors.values():
                for name in all_names(actor.model):
                    if first := re.search(r"\w+", name):
                        pair = name[first.start() :], actor
                        self._names.setdefault(first[0], []).append(pair)
            for pairs in self._names.values():
                pairs.sort(key=lambda pair: -len(pair[0]))
        return self._names

    def named_in(self, text: str) -> Iterator[tuple[str, ActorEntry]]:
        """The actors that a text names, or refers to by ``actor:id``, each with these words."""
        end = 0
        for word in re.finditer(r"\w+", text):
            if word.start() < end:
                continue
            for name, actor in self.names().get(word[0], ()):
                rest = text[word.start() + len(name) : word.start() + len(name) + 1]
                if text.startswith(name, word.start()) and not rest.isalnum():
                    end = word.start() + len(name)
                    yield name, actor
                    break
        for mention in mentions(text):
            meant = self.actors.get(mention.id) if mention.to == "actor" else None
            if meant is not None and meant.model:
                yield f"actor:{meant.id}", meant

    def subjects(self) -> list[tuple[str, Mapping[str, Subject]]]:
        """Actors, topics and places, by the folder of their pages."""
        return [("actors", self.actors), ("topics", self.topics), ("places", self.places)]

    def changes(self) -> list[ChangeEntry]:
        """All changes after publication, newest first."""
        changes = [
            ChangeEntry(briefing, change)
            for briefing in self.briefings.values()
            for change in briefing.model.changes
        ]
        return sorted(
            changes, key=lambda change: (change.model.date, change.briefing.id), reverse=True
        )

    def chronology(self) -> list[EventEntry | StatementEntry]:
        """Every dated event and statement of every briefing, in order of time."""
        dated: list[tuple[EdtfDate, EventEntry | StatementEntry]] = []
        for briefing in self.briefings.values():
            for entry in briefing.entries:
                if entry.date is not None:
                    dated.append((entry.date, entry))
        dated.sort(key=lambda pair: (pair[0].sort_key, pair[1].briefing.id, pair[1].index))
        return [entry for _, entry in dated]


def link(
    loaded: LoadedProject,
    *,
    drafts: bool = True,
    among: Iterable[str] | None = None,
    first_citing: Mapping[str, str] | None = None,
    all_ids: Container[str] | None = None,
    elsewhere: Mapping[str, str] | None = None,
) -> Collection:
    """Link the briefings and registries; without ``drafts`` as if there were no drafts.

    ``among`` limits the collection to these briefings, in the order of all. A briefing in it is
    complete if everything in ``DependencyGraph.inputs`` is in it too. The first briefing to cite
    each shared source (``first_citing``) and the ids of all briefings (``all_ids``) must then be
    given, because a subset can't supply them. ``elsewhere`` are the languages of the briefings that
    this edition leaves out, by their ids.
    """
    collection = Collection(style=loaded.style, elsewhere_ids=elsewhere or {})
    _registries(loaded, collection)
    linkers: list[BriefingLinker] = []
    for briefing_id in loaded.briefings if among is None else among:
        reading = loaded.briefings[briefing_id]
        if drafts or reading.value.status != "draft":
            path = f"{BRIEFINGS}{briefing_id}.yml"
            entry = BriefingEntry(briefing_id, path, reading.value)
            entry.is_elsewhere = briefing_id in collection.elsewhere_ids
            kept = collection.elsewhere if entry.is_elsewhere else collection.briefings
            kept[briefing_id] = entry
            linkers.append(BriefingLinker(loaded, collection, entry))
    for linker in linkers:
        linker.link_parts()
    for linker in linkers:
        linker.link_statements()
    for linker in linkers:
        linker.work_out_replies()
    if collection.elsewhere:
        leave_out(collection)
    collection.first_citing = _first_citing(collection) if first_citing is None else first_citing
    collection.all_ids = collection.briefings.keys() if all_ids is None else all_ids
    return collection


def _first_citing(collection: Collection) -> dict[str, str]:
    first_citing: dict[str, str] = {}
    for source in collection.sources:
        if source.briefing is None:
            first_citing.setdefault(source.id, source.cited_in[0].id)
    return first_citing


def _registries(loaded: LoadedProject, collection: Collection) -> None:
    for key, actor in loaded.actors.items():
        collection.actors[key] = ActorEntry(key, actor)
    for key, topic in loaded.topics.items():
        collection.topics[key] = TopicEntry(key, topic)
    for key, place in loaded.places.items():
        collection.places[key] = PlaceEntry(key, place)
    _family(collection.topics)
    _family(collection.places)
    for key, actor in loaded.actors.items():
        entry = collection.actors[key]
        for office in dict.fromkeys(role.of for role in actor.roles if role.of):
            collection.actor(office).office_holders.append(entry)
        entry.role_sources = [
            [SourceEntry(source, loaded.sources.get(source), None) for source in role.sources]
            for role in actor.roles
        ]
        if actor.part_of and actor.part_of != key:
            entry.part_of = collection.actor(actor.part_of)
            entry.part_of.parts.append(entry)


def _family(entries: Mapping[str, Any]) -> None:
    for entry in entries.values():
        parent = entries.get(entry.model.parent)
        if parent and parent is not entry:
            entry.parent = parent
            parent.parts.append(entry)
