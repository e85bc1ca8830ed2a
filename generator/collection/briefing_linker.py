"""Links the parts of one briefing to everything they refer to, in both directions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from generator.collection.entries import (
    ActorEntry,
    BriefingEntry,
    EventEntry,
    PlaceEntry,
    SourceEntry,
    StatementEntry,
)
from generator.collection.reply_status import oldest_first, reply
from generator.collection.roles import role_on
from generator.model.briefing import Event, Position, Response
from generator.reading.loader import LoadedProject

if TYPE_CHECKING:
    from generator.collection.linker import Collection


class BriefingLinker:
    """Links one briefing. The steps run in order, each for all briefings before the next."""

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

    def link_parts(self) -> None:
        """Step 1: create the briefing's events, statements and sources, and link what they name."""
        briefing, model = self.briefing, self.briefing.model
        self._bibliography()
        briefing.topics = [self.collection.topic(topic) for topic in model.topics]
        briefing.places = self._places(model.places)
        for topic in briefing.topics:
            topic.briefings.append(briefing)
        for place in briefing.places:
            place.briefings.append(briefing)
        events = [self._event(index, event) for index, event in enumerate(model.background)]
        briefing.events = sorted(events, key=lambda event: (event.date.sort_key, event.index))
        briefing.positions = [
            self._statement(index, position) for index, position in enumerate(model.positions)
        ]
        briefing.responses = [
            self._statement(index, response) for index, response in enumerate(model.responses)
        ]

    def link_statements(self) -> None:
        """Step 2: link statements to what they answer, are based on or repeat, in any briefing."""
        briefing, collection = self.briefing, self.collection
        positions = {position.id: position for position in briefing.positions}
        events = {event.id: event for event in briefing.events}
        bases: dict[str, EventEntry | StatementEntry] = {**positions, **events}
        for statement in briefing.statements:
            if position := statement.position:
                statement.based_on = [bases[key] for key in position.based_on if key in bases]
                for basis in statement.based_on:
                    basis.basis_of.append(statement)
                statement.echoes = self._positions(position.echoes)
                for echoed in statement.echoes:
                    echoed.echoed_by.append(statement)
            if statement.is_response:
                statement.answers = self._positions(statement.model.to)
                for answered in statement.answers:
                    answered.answered_by.append(statement)
        briefing.lead = [positions[key] for key in briefing.model.lead if key in positions]
        for related in briefing.model.related:
            other = collection.briefing(related.briefing or "")
            briefing.related.append((related, other))
        for other in self._referred_to():
            if briefing not in other.referred_to_by:
                other.referred_to_by.append(briefing)

    def work_out_replies(self) -> None:
        """Step 3: the reply status of each accused party."""
        for position in self.briefing.positions:
            position.answered_by = oldest_first(position.answered_by)
            if position.kind == "allegation":
                position.replies = [reply(position, accused) for accused in position.against]

    def _referred_to(self) -> Iterator[BriefingEntry]:
        named = [other for _, other in self.briefing.related if other]
        linked = [
            other.briefing
            for statement in self.briefing.statements
            for other in (*statement.answers, *statement.echoes)
        ]
        anchors = (key.rpartition("#")[0] for key in self.mentioned.get("anchor", ()))
        mentioned = map(self.collection.briefing, [*self.mentioned.get("briefing", ()), *anchors])
        for other in (*named, *linked, *mentioned):
            if other is not None and other is not self.briefing:
                yield other

    def _bibliography(self) -> None:
        """Number the sources: first the briefing's own, then shared ones in order of citation."""
        briefing = self.briefing
        own = {source.id: source for source in briefing.model.sources}
        entries = {key: SourceEntry(key, source, briefing) for key, source in own.items()}
        shared = self.loaded.sources
        queue = [key for key in self.cited if key not in own]
        queue += [
            source.carries for source in own.values() if source.carries in shared and source.carries
        ]
        for key in queue:
            if key not in entries:
                model = shared.get(key)
                entries[key] = SourceEntry(key, model, None)
                if model and model.carries and model.carries in shared:
                    queue.append(model.carries)
        for number, entry in enumerate(entries.values(), 1):
            entry.number = number
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
            self._actors(model.actors),
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
        parties = tuple(self._actors(model.parties))
        speaker = collection.actor(model.speaker) if model.speaker else None
        place = collection.place(model.place) if model.place else None
        entry = StatementEntry(
            self.briefing,
            index,
            model,
            parties,
            speaker,
            self._role(model, speaker or (parties[0] if len(parties) == 1 else None)),
            place,
            self.briefing.sources_of(model.sources),
        )
        for party in parties:
            party.statements.append(entry)
        if speaker and speaker not in parties:
            speaker.spoken.append(entry)
        for quotation in model.quotes:
            if quotation.words_of in collection.actors:
                entry.quoted[quotation.words_of] = collection.actors[quotation.words_of]
        for actor in entry.quoted.values():
            if actor not in parties and actor is not speaker:
                actor.quoted_in.append(entry)
        if place:
            place.statements.append(entry)
        for source in entry.all_sources:
            source.cited_by.append(entry)
        if entry.position:
            entry.against = self._actors(entry.position.against)
            entry.addressed_to = self._actors(entry.position.addressed_to)
            for actor in entry.against:
                actor.accused_in.append(entry)
            for actor in entry.addressed_to:
                actor.addressed_in.append(entry)
        return entry

    def _role(self, model: Position | Response, person: ActorEntry | None) -> str:
        if model.speaker_role:
            return model.speaker_role
        if not person or not person.model:
            return ""
        return role_on(
            person.model, model.date, lambda key: self.collection.actor(key).name, model.parties
        )

    def _actors(self, keys: Iterable[str]) -> list[ActorEntry]:
        return [self.collection.actor(key) for key in keys]

    def _places(self, keys: Iterable[str]) -> list[PlaceEntry]:
        return [self.collection.place(key) for key in keys]

    def _positions(self, references: Iterable[str]) -> list[StatementEntry]:
        positions = (self.collection.position(reference, self.briefing) for reference in references)
        return [position for position in positions if position]
