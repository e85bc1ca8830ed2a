"""All briefings together: ids resolved, links in both directions, reply statuses, chronology."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

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
from generator.collection.reply_status import oldest_first, reply
from generator.collection.roles import role_on
from generator.model.briefing import Event, Position, Response, Style
from generator.model.dates import EdtfDate
from generator.model.prose_markdown import mentions
from generator.reading.loader import BRIEFINGS, LoadedProject

_Entry = TypeVar("_Entry", ActorEntry, TopicEntry, PlaceEntry)
_Member = TypeVar("_Member", TopicEntry, PlaceEntry)


@dataclass(slots=True, eq=False)
class Collection:
    """Every briefing and everything the registries declare, by id.

    What briefings name and no registry declares is there too, but for whoever asks for it by its
    id only (``actor``, ``topic``, ``place``): it is a mistake that a rule reports.
    ``names`` holds the names of actors and those actors, by the first word of the name.
    ``first_citing`` has for each shared source the id of the first briefing that cites it.
    ``all_ids`` are the ids of all briefings of the site, where these are only some.
    """

    briefings: dict[str, BriefingEntry] = field(default_factory=dict)
    actors: dict[str, ActorEntry] = field(default_factory=dict)
    topics: dict[str, TopicEntry] = field(default_factory=dict)
    places: dict[str, PlaceEntry] = field(default_factory=dict)
    sources: list[SourceEntry] = field(default_factory=list)
    names: dict[str, list[tuple[str, ActorEntry]]] = field(default_factory=dict)
    style: Mapping[str, Style] = field(default_factory=dict)
    first_citing: Mapping[str, str] = field(default_factory=dict)
    all_ids: Container[str] = ()
    _undeclared_actors: dict[str, ActorEntry] = field(default_factory=dict, repr=False)
    _undeclared_topics: dict[str, TopicEntry] = field(default_factory=dict, repr=False)
    _undeclared_places: dict[str, PlaceEntry] = field(default_factory=dict, repr=False)

    def actor(self, key: str) -> ActorEntry:
        """The actor of that id; an undeclared one has no ``model``, and no page."""
        return self.actors.get(key) or _get(self._undeclared_actors, key, ActorEntry)

    def topic(self, key: str) -> TopicEntry:
        """The topic of that id; an undeclared one has no ``model``, and no page."""
        return self.topics.get(key) or _get(self._undeclared_topics, key, TopicEntry)

    def place(self, key: str) -> PlaceEntry:
        """The place of that id; an undeclared one has no ``model``, and no page."""
        return self.places.get(key) or _get(self._undeclared_places, key, PlaceEntry)

    def position(self, reference: str, briefing: BriefingEntry) -> StatementEntry | None:
        """The position ``id`` of ``briefing`` or ``briefing#id``; None where there is none."""
        other, _, own = reference.rpartition("#")
        home = self.briefings.get(other) if other else briefing
        return next((one for one in home.positions if one.id == own), None) if home else None

    def named_in(self, text: str) -> Iterator[tuple[str, ActorEntry]]:
        """The actors that a text names, or refers to by ``actor:id``, with the words that do."""
        end = 0
        for word in re.finditer(r"\w+", text):
            if word.start() < end:
                continue
            for name, actor in self.names.get(word[0], ()):
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
        """Every change readers are told of, newest first."""
        every = [
            ChangeEntry(briefing, change)
            for briefing in self.briefings.values()
            for change in briefing.model.changes
        ]
        return sorted(every, key=lambda one: (one.model.date, one.briefing.id), reverse=True)

    def chronology(self) -> list[EventEntry | StatementEntry]:
        """Every dated event and statement of every briefing, in order of time."""
        dated: list[tuple[EdtfDate, EventEntry | StatementEntry]] = []
        for briefing in self.briefings.values():
            every: list[EventEntry | StatementEntry] = [*briefing.events, *briefing.statements]
            for entry in every:
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
) -> Collection:
    """Link up what was loaded; without ``drafts`` as if no draft existed.

    With ``among`` as if only these briefings did, in the order of all: what such a part says of a
    briefing is right where the part has all that ``DependencyGraph.inputs`` names. Which briefing
    is first to cite a shared source (``first_citing``), and which others there are (``all_ids``),
    can't be worked out from a part.
    """
    collection = Collection(style=loaded.style)
    _registries(loaded, collection)
    for briefing_id in loaded.briefings if among is None else among:
        reading = loaded.briefings[briefing_id]
        if drafts or reading.value.status != "draft":
            path = f"{BRIEFINGS}{briefing_id}.yml"
            collection.briefings[briefing_id] = BriefingEntry(briefing_id, path, reading.value)
    linkers = [_Linker(loaded, collection, one) for one in collection.briefings.values()]
    for linker in linkers:
        linker.parts()
    for linker in linkers:
        linker.answers()
    for briefing in collection.briefings.values():
        _work_out_replies(briefing)
    collection.first_citing = _first_citing(collection) if first_citing is None else first_citing
    collection.all_ids = collection.briefings.keys() if all_ids is None else all_ids
    return collection


def _first_citing(collection: Collection) -> dict[str, str]:
    found: dict[str, str] = {}
    for source in collection.sources:
        if source.briefing is None:
            found.setdefault(source.id, source.cited_in[0].id)
    return found


def _registries(loaded: LoadedProject, collection: Collection) -> None:
    for key, actor in loaded.actors.items():
        entry = collection.actors[key] = ActorEntry(key, actor)
        for name in (actor.name, *actor.also_known_as):
            if first := re.search(r"\w+", name):
                collection.names.setdefault(first[0], []).append((name[first.start() :], entry))
    for named in collection.names.values():
        named.sort(key=lambda one: -len(one[0]))  # the longest name that fits is the one meant
    for key, topic in loaded.topics.items():
        collection.topics[key] = TopicEntry(key, topic)
    for key, place in loaded.places.items():
        collection.places[key] = PlaceEntry(key, place)
    _family(collection.topics)
    _family(collection.places)
    for holder in list(collection.actors.values()):
        offices = [role.of for role in holder.model.roles if role.of] if holder.model else []
        for office in dict.fromkeys(offices):
            collection.actor(office).office_holders.append(holder)


def _family(entries: dict[str, _Member]) -> None:
    for entry in entries.values():
        parent = entries.get(entry.model.parent or "") if entry.model else None
        if parent and parent is not entry:
            _adopt(parent, entry)


def _adopt(parent: Any, part: Any) -> None:
    part.parent = parent
    parent.parts.append(part)


def _get(entries: dict[str, _Entry], key: str, make: Callable[[str, None], _Entry]) -> _Entry:
    if key not in entries:
        entries[key] = make(key, None)
    return entries[key]


class _Linker:
    """Links one briefing's parts to what they name."""

    def __init__(
        self, loaded: LoadedProject, collection: Collection, briefing: BriefingEntry
    ) -> None:
        self.loaded = loaded
        self.collection = collection
        self.briefing = briefing
        self.cited: list[str] = []
        self.mentioned: dict[str, list[str]] = {}
        for to, key, in_prose in loaded.briefings[briefing.id].references:
            if in_prose:
                self.mentioned.setdefault(to, []).append(key)
            if to == "source":
                self.cited.append(key)

    def parts(self) -> None:
        """What the briefing consists of, and what each part names outside it."""
        briefing, model = self.briefing, self.briefing.model
        self._bibliography()
        briefing.topics = [self.collection.topic(one) for one in model.topics]
        briefing.places = self._places(model.places)
        for topic in briefing.topics:
            topic.briefings.append(briefing)
        for place in briefing.places:
            place.briefings.append(briefing)
        events = [self._event(index, event) for index, event in enumerate(model.background)]
        briefing.events = sorted(events, key=lambda one: (one.date.sort_key, one.index))
        briefing.positions = [
            self._statement(index, one) for index, one in enumerate(model.positions)
        ]
        briefing.responses = [
            self._statement(index, one) for index, one in enumerate(model.responses)
        ]

    def answers(self) -> None:
        """What the briefing's parts answer, rest on and repeat, here and in other briefings."""
        briefing, collection = self.briefing, self.collection
        bases: dict[str, EventEntry | StatementEntry] = {
            **{one.id: one for one in briefing.positions},
            **{one.id: one for one in briefing.events},
        }
        for one in briefing.positions:
            assert one.position
            one.based_on = [bases[key] for key in one.position.based_on if key in bases]
            for basis in one.based_on:
                basis.basis_of.append(one)
            one.echoes = self._positions(one.position.echoes)
            for echoed in one.echoes:
                echoed.echoed_by.append(one)
        for one in briefing.responses:
            assert one.response
            one.answers = self._positions(one.response.to)
            for answered in one.answers:
                answered.answered_by.append(one)
        for related in briefing.model.related:
            other = collection.briefings.get(related.briefing or "")
            briefing.related.append((related, other))
        for other in self._referred_to():
            if briefing not in other.referred_to_by:
                other.referred_to_by.append(briefing)

    def _referred_to(self) -> Iterator[BriefingEntry]:
        briefings = self.collection.briefings
        named = [other for _, other in self.briefing.related if other]
        linked = [
            other.briefing
            for one in self.briefing.statements
            for other in (*one.answers, *one.echoes)
        ]
        told = [briefings.get(key) for key in self.mentioned.get("briefing", ())]
        for other in (*named, *linked, *told):
            if other is not None and other is not self.briefing:
                yield other

    def _bibliography(self) -> None:
        """Number the sources: the briefing's own list first, then shared ones as they are cited."""
        briefing = self.briefing
        own = {source.id: source for source in briefing.model.sources}
        entries = {key: SourceEntry(key, source, briefing) for key, source in own.items()}
        shared = self.loaded.sources
        queue = [key for key in self.cited if key not in own]
        queue += [one.carries for one in own.values() if one.carries in shared and one.carries]
        for key in queue:
            if key not in entries:
                model = shared.get(key)
                entries[key] = SourceEntry(key, model, None)
                if model and model.carries and model.carries in shared:
                    queue.append(model.carries)
        for entry in entries.values():
            self._source(entry, entries)
        briefing.bibliography = entries
        for key in dict.fromkeys(self.mentioned.get("actor", ())):
            self.collection.actor(key).mentioned_in.append(briefing)

    def _source(self, entry: SourceEntry, entries: dict[str, SourceEntry]) -> None:
        actors = self.collection.actors
        source = entry.model
        entry.cited_in.append(self.briefing)
        self.collection.sources.append(entry)
        if not source:
            return
        if source.publisher in actors:
            entry.publisher = actors[source.publisher]
            entry.publisher.published.append(entry)
        if source.controlled_by:
            entry.controlled_by = self.collection.actor(source.controlled_by)
            entry.controlled_by.controlled.append(entry)
        entry.carries = entries.get(source.carries or "")

    def _event(self, index: int, model: Event) -> EventEntry:
        entry = EventEntry(
            self.briefing,
            index,
            model,
            self._places(model.places),
            [self.collection.actor(one) for one in model.actors],
            self.briefing.sources_of(model.sources),
        )
        for place in entry.places:
            place.events.append(entry)
        for actor in entry.actors:
            actor.events.append(entry)
        for source in entry.sources:
            source.cited_by.append(entry)
        return entry

    def _statement(self, index: int, model: Position | Response) -> StatementEntry:
        collection = self.collection
        party = collection.actor(model.party)
        speaker = collection.actor(model.speaker) if model.speaker else None
        place = collection.place(model.place) if model.place else None
        entry = StatementEntry(
            self.briefing,
            index,
            model,
            party,
            speaker,
            self._role(model, speaker or party),
            place,
            self.briefing.sources_of(model.sources),
        )
        entry.party.statements.append(entry)
        if speaker and speaker is not entry.party:
            speaker.spoken.append(entry)
        if place:
            place.statements.append(entry)
        for source in entry.all_sources:
            source.cited_by.append(entry)
        if entry.position:
            entry.against = [collection.actor(one) for one in entry.position.against]
            entry.addressed_to = [collection.actor(one) for one in entry.position.addressed_to]
            for actor in entry.against:
                actor.accused_in.append(entry)
            for actor in entry.addressed_to:
                actor.addressed_in.append(entry)
        return entry

    def _role(self, model: Position | Response, person: ActorEntry) -> str:
        if model.speaker_role:
            return model.speaker_role
        if not person.model:
            return ""
        return role_on(person.model, model.date, lambda key: self.collection.actor(key).name)

    def _places(self, keys: Iterable[str]) -> list[PlaceEntry]:
        return [self.collection.place(key) for key in keys]

    def _positions(self, references: Iterable[str]) -> list[StatementEntry]:
        found = (self.collection.position(one, self.briefing) for one in references)
        return [one for one in found if one]


def _work_out_replies(briefing: BriefingEntry) -> None:
    for one in briefing.positions:
        one.answered_by = oldest_first(one.answered_by)
        if one.kind == "allegation":
            one.replies = [reply(one, accused) for accused in one.against]
