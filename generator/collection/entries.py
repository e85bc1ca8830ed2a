"""The linked objects of a collection: values of the model, linked in both directions.

An entry has links to the entries it names and to those that name it. An undeclared id becomes an
entry whose ``model`` is None, so that a preview can show its name while a rule reports it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from generator.collection import statistics
from generator.collection.reply_status import Reply
from generator.model import prose_markdown
from generator.model.briefing import (
    Briefing,
    Change,
    Event,
    NoResponse,
    Position,
    Related,
    Response,
    Stance,
    Withdrawal,
)
from generator.model.edition_texts import like
from generator.model.edtf import EdtfDate
from generator.model.registries import Actor, Place, Source, Topic
from generator.model.sentences import first_sentence


@dataclass(slots=True, eq=False)
class _RegistryEntry:
    id: str
    model: Actor | Topic | Place | None

    @property
    def name(self) -> str:
        return self.model.name if self.model else self.id


@dataclass(slots=True, eq=False)
class ActorEntry(_RegistryEntry):
    """An actor, with everything it said, is accused of, answered or publishes.

    ``spoken`` are statements that it spoke for others, ``quoted_in`` those of others that quote its
    words. ``role_sources`` has the sources of each of its roles.
    """

    model: Actor | None
    statements: list[StatementEntry] = field(default_factory=list)
    spoken: list[StatementEntry] = field(default_factory=list)
    accused_in: list[StatementEntry] = field(default_factory=list)
    addressed_in: list[StatementEntry] = field(default_factory=list)
    events: list[EventEntry] = field(default_factory=list)
    published: list[SourceEntry] = field(default_factory=list)
    controlled: list[SourceEntry] = field(default_factory=list)
    office_holders: list[ActorEntry] = field(default_factory=list)
    part_of: ActorEntry | None = None
    parts: list[ActorEntry] = field(default_factory=list)
    quoted_in: list[StatementEntry] = field(default_factory=list)
    role_sources: list[list[SourceEntry]] = field(default_factory=list)
    mentioned_in: list[BriefingEntry] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class TopicEntry(_RegistryEntry):
    """A topic, with its parent and the briefings on it."""

    model: Topic | None
    parent: TopicEntry | None = None
    parts: list[TopicEntry] = field(default_factory=list)
    briefings: list[BriefingEntry] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class PlaceEntry(_RegistryEntry):
    """A place, with its parent, the briefings on it, and what happened or was said there."""

    model: Place | None
    parent: PlaceEntry | None = None
    parts: list[PlaceEntry] = field(default_factory=list)
    briefings: list[BriefingEntry] = field(default_factory=list)
    events: list[EventEntry] = field(default_factory=list)
    statements: list[StatementEntry] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class SourceEntry:
    """A source as one briefing cites it, with its publisher and what cites it.

    ``briefing`` is the briefing that declares it, None if a registry does. ``number`` is its number
    on the page of the briefing, from 1.
    """

    id: str
    model: Source | None
    briefing: BriefingEntry | None
    publisher: ActorEntry | None = None
    controlled_by: ActorEntry | None = None
    carries: SourceEntry | None = None
    number: int = 0
    cited_by: list[StatementEntry | EventEntry] = field(default_factory=list)
    cited_in: list[BriefingEntry] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.model.title if self.model else self.id

    @property
    def publisher_name(self) -> str:
        """The publisher as readers see it: the actor's name, or the line as typed, or empty."""
        if self.publisher:
            return self.publisher.name
        return (self.model.publisher if self.model else None) or ""

    @property
    def original(self) -> str:
        """A key for the original text. Sources with the same key carry the same text."""
        seen = {self}
        last = self
        while last.carries and last.carries not in seen:
            last = last.carries
            seen.add(last)
        agency = last.model.carries if last.model and not last.carries else None
        if agency:
            return f"agency:{' '.join(agency.casefold().split())}"
        return f"{last.briefing.id if last.briefing else ''}#{last.id}"


@dataclass(slots=True, eq=False)
class EventEntry:
    """An event of a briefing's background."""

    is_event: ClassVar[bool] = True
    briefing: BriefingEntry
    index: int
    model: Event
    places: list[PlaceEntry]
    actors: list[ActorEntry]
    sources: list[SourceEntry]
    basis_of: list[StatementEntry] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The event's anchor. An event without an id gets one that no author can write."""
        return self.model.id or f"event--{self.index + 1}"

    @property
    def date(self) -> EdtfDate:
        return self.model.date

    @property
    def withdrawn(self) -> None:
        return None


@dataclass(slots=True, eq=False)
class StatementEntry:
    """A position or a response, linked to whom it names and what it answers or is based on.

    ``parties`` are all who made it together, in the order of the file; usually one. ``quoted`` are
    the actors whose words its quotations are, if not the speaker's, by their ids (``words_of``).
    """

    is_event: ClassVar[bool] = False
    briefing: BriefingEntry
    index: int
    model: Position | Response
    parties: tuple[ActorEntry, ...]
    speaker: ActorEntry | None
    role: str
    place: PlaceEntry | None
    sources: list[SourceEntry]
    against: list[ActorEntry] = field(default_factory=list)
    addressed_to: list[ActorEntry] = field(default_factory=list)
    based_on: list[EventEntry | StatementEntry] = field(default_factory=list)
    basis_of: list[StatementEntry] = field(default_factory=list)
    echoes: list[StatementEntry] = field(default_factory=list)
    echoed_by: list[StatementEntry] = field(default_factory=list)
    answers: list[StatementEntry] = field(default_factory=list)
    answered_by: list[StatementEntry] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    quoted: dict[str, ActorEntry] = field(default_factory=dict)
    #: ``allegation``, ``demand``, ``statement`` or ``response``.
    kind: str = field(init=False)
    date: EdtfDate | None = field(init=False)

    def __post_init__(self) -> None:
        self.date = self.model.date
        self.kind = self.model.kind if isinstance(self.model, Position) else "response"

    @property
    def id(self) -> str:
        return self.model.id

    @property
    def withdrawn(self) -> Withdrawal | None:
        return self.model.withdrawn

    @property
    def position(self) -> Position | None:
        return self.model if isinstance(self.model, Position) else None

    @property
    def is_response(self) -> bool:
        """Whether it answers positions: a response, or a position with ``to`` and ``stance``."""
        return self.stance is not None

    @property
    def stance(self) -> Stance | None:
        """How it answers the positions in ``answers``; None if it answers nothing."""
        return self.model.stance if self.model.to else None

    @property
    def claim(self) -> str:
        """What is claimed: the author's clause, or else the first sentence of the text, whole."""
        written = self.position.claim if self.position else None
        text = self.model.text
        return written or like(text, first_sentence(prose_markdown.plain(text)))

    @property
    def all_sources(self) -> list[SourceEntry]:
        """Its own sources and those of its quotations, each once."""
        quoted = (
            self.briefing.source(source_id)
            for quote in self.model.quotes
            for source_id in quote.sources
        )
        return list(dict.fromkeys([*self.sources, *quoted]))

    @property
    def people(self) -> list[ActorEntry]:
        """All whom it names: its parties and its speaker, those accused, those addressed."""
        named = [*self.parties, self.speaker, *self.against, *self.addressed_to]
        return list(filter(None, named))

    @property
    def no_responses(self) -> list[NoResponse]:
        return self.model.no_response


@dataclass(slots=True, eq=False)
class BriefingEntry:
    """A briefing with its linked parts. ``bibliography`` is in the order of the numbers."""

    id: str
    path: str
    model: Briefing
    topics: list[TopicEntry] = field(default_factory=list)
    places: list[PlaceEntry] = field(default_factory=list)
    events: list[EventEntry] = field(default_factory=list)
    positions: list[StatementEntry] = field(default_factory=list)
    responses: list[StatementEntry] = field(default_factory=list)
    lead: list[StatementEntry] = field(default_factory=list)
    related: list[tuple[Related, BriefingEntry | None]] = field(default_factory=list)
    referred_to_by: list[BriefingEntry] = field(default_factory=list)
    bibliography: dict[str, SourceEntry] = field(default_factory=dict)
    is_elsewhere: bool = False  # only the main edition of the site has it

    @property
    def title(self) -> str:
        return self.model.title

    @property
    def as_of(self) -> date | None:
        """The day up to which the authors looked for positions and replies."""
        return self.model.as_of or self.model.updated or self.model.published

    @property
    def last_change(self) -> date | None:
        return statistics.last_change(self.model)

    @property
    def changed(self) -> date | None:
        """The last day on which something changed for readers."""
        return statistics.changed(self.model)

    @property
    def is_draft(self) -> bool:
        return self.model.status == "draft"

    @property
    def statements(self) -> list[StatementEntry]:
        return [*self.positions, *self.responses]

    @property
    def entries(self) -> list[EventEntry | StatementEntry]:
        """Its events, then its statements."""
        return [*self.events, *self.statements]

    @property
    def allegations(self) -> list[StatementEntry]:
        return [position for position in self.positions if position.kind == "allegation"]

    def has_anchor(self, key: str) -> bool:
        """Whether a statement or an event of the briefing has this id."""
        statements = (statement.id for statement in self.statements)
        return key in statements or key in (event.model.id for event in self.events)

    def source(self, source_id: str) -> SourceEntry:
        """The source with this id in the briefing."""
        return self.bibliography[source_id]

    def sources_of(self, source_ids: list[str]) -> list[SourceEntry]:
        """The sources with these ids in the briefing, in the same order."""
        return [self.bibliography[source_id] for source_id in source_ids]

    def number(self, source_id: str) -> int:
        """The number of a source on this briefing's page, from 1."""
        return self.bibliography[source_id].number

    @property
    def answers(self) -> list[StatementEntry]:
        """All statements that answer others: positions with ``to``, then responses."""
        return [statement for statement in self.statements if statement.is_response]

    def parties(self) -> Iterator[tuple[tuple[ActorEntry, ...], list[StatementEntry]]]:
        """The parties in order of their first position, each with its positions.

        Those that made a statement together are one group.
        """
        grouped: dict[tuple[ActorEntry, ...], list[StatementEntry]] = {}
        for position in self.positions:
            grouped.setdefault(position.parties, []).append(position)
        yield from grouped.items()


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """A change of a published briefing, as listed for readers."""

    briefing: BriefingEntry
    model: Change


def last_changed_first(briefings: Iterable[BriefingEntry]) -> list[BriefingEntry]:
    """The briefings by the day of their last change; of one day, by their ids."""
    ordered = sorted(briefings, key=lambda briefing: briefing.id)
    return sorted(ordered, key=lambda briefing: briefing.changed or date.min, reverse=True)


Subject = ActorEntry | TopicEntry | PlaceEntry
"""An entry of a registry that has its own page."""
