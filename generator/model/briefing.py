"""The briefing format, version 1.1, as types: what each key is called, holds and means.

Names follow standards where one exists: CSL 1.0.2 for sources, EDTF for dates, BCP 47 for
languages. Authors see the descriptions here in their editor.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, PrivateAttr, model_validator

from generator.model.base import Model
from generator.model.fields import (
    ActorId,
    ActorIds,
    ActorOrWords,
    BasisIds,
    BriefingId,
    Claim,
    Day,
    EdtfDate,
    FormerId,
    Id,
    Language,
    Line,
    Name,
    NameOrNote,
    OneOrMoreActorIds,
    OriginalQuote,
    OwnPositionIds,
    PageTitle,
    PlaceId,
    PlaceIds,
    PositionIds,
    Prose,
    Quote,
    SourceIds,
    TopicIds,
    Url,
)
from generator.model.registries import ListedSource
from generator.model.translation_note import TranslationNote

Status = Literal["draft", "published", "archived"]
PositionKind = Literal["allegation", "demand", "statement"]
Stance = Literal[
    "denies", "disputes", "accepts_in_part", "accepts", "declines_to_comment", "answers"
]
#: The most positions that can head a briefing.
LEAD_LENGTH = 3
ChangeKind = Literal["update", "correction", "clarification"]


class ReportedDate(Model):
    """How some sources date what others date otherwise."""

    date: EdtfDate
    """The date that these sources give."""
    sources: SourceIds = Field(min_length=1)
    """Ids of the sources that give this date."""


class Version(Model):
    """What some sources say on a point where accounts differ."""

    text: Prose
    """What these sources say on the point."""
    language: Language | None = None
    """The language of this text, as a BCP 47 tag, if not the briefing's."""
    sources: SourceIds = Field(min_length=1)
    """Ids of the sources that say so."""


class Discrepancy(Model):
    """A point other than the date on which accounts differ; no version is preferred."""

    about: Line = Field(examples=["Number of ships"])
    """The point on which accounts differ, in a few words: Number of ships."""
    versions: list[Version] = Field(min_length=2)
    """What each side of the difference says; the page prefers none."""


class Original(Model):
    """The words of a translated quotation in the language they were said in."""

    text: OriginalQuote
    """The words as they were said, printed exactly as typed."""
    language: Language
    """The language they were said in, as a BCP 47 tag: fr, ar, zh-Hans."""


class NoOriginal(Model):
    """That the original of a translated quotation was looked for and not found."""

    as_of: Day
    """The day up to which you looked for it."""
    note: Prose | None = None
    """Where you looked, or why readers can't expect to find it."""


class Quotation(Model):
    """Words of a statement, to the letter or in translation."""

    is_own: ClassVar[bool] = False
    text: Quote
    """The quoted words, printed exactly as typed. Put them in quotes or after `|`."""
    form: Literal["verbatim", "translation"] = "verbatim"
    """`verbatim`: to the letter. `translation`: in another language than they were said in."""
    language: Language | None = Field(None, examples=["en", "fr", "zh-Hans"])
    """The language of these words, as a BCP 47 tag: en, fr, zh-Hans."""
    original: Original | None = None
    """For a translation: the words as they were said, with their language."""
    translator: NameOrNote | None = None
    """Who translated the words: a person, an agency, a ministry."""
    no_original: NoOriginal | None = None
    """For a translation: that its original was looked for and not found."""
    words_of: ActorOrWords | None = None
    """Whose words they are, where they are not the speaker's: a name, or the id of an actor."""
    rendering_of: Id | None = None
    """Any id. Quotations that share it render the same words differently. They are shown together.
    """
    sources: SourceIds = []
    """Ids of the sources of these words, if they are not those of the statement."""


class Withdrawal(Model):
    """That the author of a statement took it back."""

    date: EdtfDate
    """When it was taken back."""
    text: Prose
    """What was taken back, and in what words."""
    sources: SourceIds = []
    """Ids of the sources for it."""


class NoResponse(Model):
    """That no reply by a party was found up to a day."""

    party: ActorId
    """The actor of whom no reply was found."""
    as_of: Day
    """The day up to which you looked for a reply."""
    note: Prose | None = None
    """What was done to find one, or what readers should know about the silence."""


class Accounts(Model):
    """What events and statements share: where sources give different accounts."""

    reported_dates: list[ReportedDate] = []
    """Where sources date it differently: each date with its sources."""
    discrepancies: list[Discrepancy] = []
    """Where sources differ on anything else: a number, a venue, who signed."""


class Event(Accounts):
    """Something that happened, as background."""

    id: Id | None = None
    """A short name; positions refer to it with `based_on`. Never changes once published."""
    date: EdtfDate = Field(examples=["2024", "2024-08~", "2024-07-25/2024-07-27"])
    """When it happened: a day, a month or a year; with ?, ~ or % if uncertain, approximate or
    both; a/b for a span.
    """
    title: Line | None = None
    """A heading of a few words."""
    text: Prose
    """What happened, without taking sides."""
    places: PlaceIds = []
    """Ids of the places where it happened."""
    actors: ActorIds = []
    """Ids of the actors that had a part in it."""
    sources: SourceIds = []
    """Ids of the sources that report it."""
    aliases: list[Id] = Field([], examples=[["old-id"]])
    """Former ids of this event in this briefing; their anchors lead here."""


class Statement(Accounts):
    """What positions and responses share: who said what, where, when, on which source."""

    id: Id = Field(examples=["first-claim"])
    """A short name, which becomes the statement's anchor. Never changes once published."""
    parties: OneOrMoreActorIds = Field(alias="party")
    """The actor whose position it is: a state, an organisation, or a person speaking for themself.
    For a joint statement, a list of all who made it.
    """
    speaker: ActorId | None = None
    """The person or office that said it; the role on that date is looked up in data/actors.yml.
    """
    speaker_role: Line | None = None
    """The role to show, if not the one in data/actors.yml."""
    date: EdtfDate | None = None
    """When it was said: a day, a month or a year; with ?, ~ or % if uncertain, approximate or
    both; a/b for a span.
    """
    venue: Line | None = Field(None, examples=["Parliament, question time"])
    """Where or in what it was said: Parliament, question time; a letter to the council."""
    place: PlaceId | None = None
    """The id of the place where it was said."""
    text: Prose
    """The statement in neutral words."""
    quotes: list[Quotation] = []
    """The words themselves, each with its language."""
    sources: SourceIds = []
    """Ids of the sources: of this briefing's `sources` or of data/sources.yml."""
    withdrawn: Withdrawal | None = None
    """That its author took it back."""
    no_response: list[NoResponse] = []
    """That no reply by a party was found, and up to which day."""
    aliases: list[Id] = Field([], examples=[["old-id"]])
    """Former ids of this statement in this briefing, such as that of an entry joined with it; their
    anchors lead here.
    """


class Position(Statement):
    """An allegation, a demand or another statement."""

    kind: PositionKind = "statement"
    """`allegation` accuses someone, `demand` asks something of someone, `statement` is anything
    else.
    """
    claim: Claim | None = Field(None, examples=["that Esteria diverts the Halden"])
    """What is claimed, as a clause that begins with "that": that Esteria diverts the Halden.
    """
    against: ActorIds = []
    """The actors it accuses; an allegation needs them."""
    addressed_to: ActorIds = []
    """The actors a demand is put to."""
    based_on: BasisIds = []
    """Ids of events or positions that it says it is based on."""
    echoes: PositionIds = []
    """Positions it repeats: `id`, or `briefing#id`. An echo is shown as repetition, never as
    further support.
    """
    to: PositionIds = []
    """The positions it answers, if it answers any: `id`, or `briefing#id` in another briefing. It
    counts as a response too.
    """
    stance: Stance | None = None
    """How it answers the positions in `to`."""


class Response(Statement):
    """An answer to one or more positions."""

    to: PositionIds = Field(min_length=1, examples=[["first-claim"], ["river/flood#old-claim"]])
    """The positions it answers: `id`, or `briefing#id` in another briefing."""
    stance: Stance
    """How it answers: it denies, disputes, accepts in part, accepts, declines to comment, or
    answers otherwise.
    """


class Related(Model):
    """Another briefing, or a page elsewhere."""

    briefing: BriefingId | None = None
    """The id of another briefing."""
    url: Url | None = None
    """The address of a page elsewhere."""
    title: PageTitle | None = None
    """What that page is called."""
    note: Prose | None = None
    """Why a reader would go there."""


class Change(Model):
    """What changed in a published briefing."""

    date: Day
    """The day of the change."""
    kind: ChangeKind
    """`correction`: it was wrong. `update`: something new. `clarification`: it could be
    misunderstood.
    """
    text: Prose
    """What changed, in words for readers."""


class Briefing(Model):
    """A briefing on one disputed matter."""

    title: Line = Field(examples=["Norland accuses Esteria of diverting the Halden river"])
    """One line: who says what about whom, not who is right."""
    summary: Prose
    """The lead: what is disputed, between whom."""
    status: Status = "draft"
    """`draft`: shown in the preview only. `published`, or `archived`: no longer kept up to date.
    """
    language: Language | None = None
    """The language it is written in, as a BCP 47 tag, if not the site's."""
    authors: list[Name] = []
    """Who wrote it."""
    reviewers: list[Name] = []
    """Who checked it."""
    published: Day | None = Field(None, examples=["2025-03-04"])
    """The day it was first published."""
    updated: Day | None = None
    """The day of the last change of substance."""
    as_of: Day | None = None
    """The day up to which positions and replies were looked for; if left out, that of the last
    change.
    """
    review_by: Day | None = None
    """After this day the briefing is marked as due for review."""
    topics: TopicIds = []
    """Ids of the topics it is about, from data/topics.yml."""
    places: PlaceIds = []
    """Ids of the places it is about, from data/places.yml."""
    background: list[Event]
    """What happened, event by event; may be empty."""
    lead: OwnPositionIds = Field([], max_length=LEAD_LENGTH, examples=[["first-claim"]])
    """Ids of the one to three positions that the summary is about."""
    positions: list[Position]
    """Who says what: allegations, demands and statements."""
    responses: list[Response]
    """Who answers what; may be empty."""
    related: list[Related] = []
    """Other briefings, and pages elsewhere."""
    changes: list[Change] = []
    """What changed since publication."""
    aliases: list[FormerId] = Field([], examples=[["old-id"]])
    """Former ids of this briefing; their addresses redirect here."""
    sources: list[ListedSource] = []
    """Where readers can check all this."""
    _translation: TranslationNote | None = PrivateAttr(None)

    @property
    def translation(self) -> TranslationNote | None:
        return self._translation

    def with_translation(self, note: TranslationNote) -> Briefing:
        copied = self.model_copy()
        copied._translation = note
        return copied

    @model_validator(mode="before")
    @classmethod
    def _may_be_empty(cls, data: Any) -> Any:
        if isinstance(data, dict):
            lists = ("background", "positions", "responses")
            return {**data, **{key: [] for key in lists if data.get(key, ()) is None}}
        return data
