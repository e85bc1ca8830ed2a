"""The briefing format, version 1, as types: what each key is called, holds and means.

Names follow the field's standards where one exists: CSL 1.0.2 for sources, EDTF for dates,
BCP 47 for languages. The descriptions here are the ones authors see in their editor.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from generator.fields import (
    ActorId,
    ActorIds,
    BasisIds,
    BriefingId,
    Country,
    Day,
    EdtfDate,
    FormerId,
    Id,
    Language,
    Latitude,
    Line,
    Longitude,
    PlaceId,
    PlaceIds,
    PositionIds,
    Prose,
    Quote,
    SourceIds,
    TopicId,
    TopicIds,
    Url,
    Wikidata,
)

# CSL 1.0.2, appendix III: the types an item can have.
SourceType = Literal[
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
    "broadcast", "chapter", "classic", "collection", "dataset", "document", "entry",
    "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing",
    "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical",
    "personal_communication", "post", "post-weblog", "regulation", "report", "review",
    "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
]  # fmt: skip
Status = Literal["draft", "published", "archived"]
PositionKind = Literal["allegation", "demand", "statement"]
Stance = Literal[
    "denies", "disputes", "accepts_in_part", "accepts", "declines_to_comment", "answers"
]
ChangeKind = Literal["update", "correction", "clarification"]
ActorType = Literal["state", "government", "organisation", "armed_group", "person", "media"]


class Model(BaseModel):
    """A mapping of known keys; a key written without a value counts as not written."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, data: Any) -> Any:
        if isinstance(data, dict) and None in data.values():
            return {key: value for key, value in data.items() if value is not None}
        return data


class ReportedDate(Model):
    """How some sources date what others date otherwise."""

    date: EdtfDate
    sources: SourceIds = Field(min_length=1)


class Version(Model):
    """What some sources say on a point where accounts differ."""

    text: Prose
    sources: SourceIds = Field(min_length=1)


class Discrepancy(Model):
    """A point other than the date on which accounts differ; no version is preferred."""

    about: Line
    versions: list[Version] = Field(min_length=2)


class Original(Model):
    """The words of a translated quotation in the language they were said in."""

    text: Quote
    language: Language


class Quotation(Model):
    """Words of a statement, to the letter or in translation."""

    text: Quote
    form: Literal["verbatim", "translation"] = "verbatim"
    language: Language | None = None
    original: Original | None = None
    translator: Line | None = None
    rendering_of: Id | None = Field(
        None, description="Shared by quotations that render the same words differently."
    )
    sources: SourceIds = []


class Withdrawal(Model):
    """That the author of a statement took it back."""

    date: EdtfDate
    text: Prose
    sources: SourceIds = []


class NoResponse(Model):
    """That no reply by a party was found up to a day."""

    party: ActorId
    as_of: Day
    note: Prose | None = None


class Accounts(Model):
    """What events and statements share: where sources give different accounts."""

    reported_dates: list[ReportedDate] = []
    discrepancies: list[Discrepancy] = []


class Event(Accounts):
    """Something that happened, told as background."""

    id: Id | None = None
    date: EdtfDate
    title: Line | None = None
    text: Prose
    places: PlaceIds = []
    actors: ActorIds = []
    sources: SourceIds = []


class Statement(Accounts):
    """What positions and responses share: who said what, where, when, on which source."""

    id: Id
    party: ActorId = Field(description="The actor whose position it is.")
    speaker: ActorId | None = Field(None, description="The person or office that said it.")
    speaker_role: Line | None = Field(None, description="Overrides the role in data/actors.yml.")
    date: EdtfDate | None = None
    venue: Line | None = None
    place: PlaceId | None = None
    text: Prose = Field(description="The statement in neutral words.")
    quotes: list[Quotation] = []
    sources: SourceIds = []
    withdrawn: Withdrawal | None = None


class Position(Statement):
    """An allegation, a demand or another statement."""

    kind: PositionKind = "statement"
    against: ActorIds = Field([], description="The actors it accuses.")
    addressed_to: ActorIds = Field([], description="The actors a demand is put to.")
    based_on: BasisIds = Field(
        [], description="Events or positions it rests on by its own account."
    )
    echoes: PositionIds = Field([], description="Positions it repeats; never further support.")
    no_response: list[NoResponse] = []


class Response(Statement):
    """An answer to one or more positions."""

    to: PositionIds = Field(min_length=1, description="The positions it answers.")
    stance: Stance


class Related(Model):
    """Another briefing, or a page elsewhere."""

    briefing: BriefingId | None = None
    url: Url | None = None
    title: Line | None = None
    note: Prose | None = None


class Change(Model):
    """What readers are told changed in a published briefing."""

    date: Day
    kind: ChangeKind
    text: Prose


class Source(Model):
    """Where something can be read, described with CSL's types."""

    type: SourceType | None = None
    title: Line
    author: Line | None = None
    publisher: Line | None = Field(None, description="A name, or the id of an actor.")
    controlled_by: ActorId | None = Field(
        None, description="The state or party that owns or directs the publisher."
    )
    nature: Literal["primary", "secondary"] | None = None
    date: EdtfDate | None = None
    url: Url | None = None
    archive_url: Url | None = None
    accessed: Day | None = None
    language: Language | None = None
    note: Prose | None = None
    carries: Line | None = Field(
        None, description="The source id or the agency whose text it reprints."
    )


class ListedSource(Source):
    """A source in a briefing's own list, where its id is a key of it."""

    id: Id


class Briefing(Model):
    """A briefing on one disputed matter."""

    title: Line
    summary: Prose = Field(description="The lead: what is disputed, between whom.")
    status: Status = "draft"
    language: Language | None = None
    published: Day | None = None
    updated: Day | None = None
    as_of: Day | None = Field(
        None, description="The day up to which positions and replies were looked for."
    )
    review_by: Day | None = None
    topics: TopicIds = []
    places: PlaceIds = []
    background: list[Event]
    positions: list[Position]
    responses: list[Response]
    related: list[Related] = []
    changes: list[Change] = []
    aliases: list[FormerId] = []
    sources: list[ListedSource] = []

    @model_validator(mode="before")
    @classmethod
    def _may_be_empty(cls, data: Any) -> Any:
        if isinstance(data, dict):
            lists = ("background", "positions", "responses")
            written = [key for key in lists if data.get(key, ()) is None]
            return {**data, **{key: [] for key in written}} if written else data
        return data


class Role(Model):
    """An office a person held, and when."""

    role: Line
    of: ActorId | None = None
    since: EdtfDate | None = Field(None, alias="from")
    until: EdtfDate | None = None


class Actor(Model):
    """A state, organisation, person or outlet that briefings name."""

    name: Line
    type: ActorType
    country: Country | None = None
    also_known_as: list[Line] = []
    wikidata: Wikidata | None = None
    roles: list[Role] = []


class Topic(Model):
    """A subject that briefings are about."""

    name: Line
    description: Prose | None = None
    parent: TopicId | None = None


class Place(Model):
    """A place that briefings are about, or where something was said or happened."""

    name: Line
    description: Prose | None = None
    parent: PlaceId | None = None
    country: Country | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class WatchedTerm(Model):
    """Wording the editors watch, with what may stand instead."""

    term: Line
    instead: Line | None = None


class Style(Model):
    """The wording watched in one language."""

    loaded: list[WatchedTerm] = []
    attribution: list[WatchedTerm] = []
