"""The entries of the registries in `data/`, as types: actors, topics, places, sources and style.

Sources follow CSL 1.0.2. Authors see the descriptions here in their editor.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.model.base import Model
from generator.model.fields import (
    ActorId,
    Country,
    Day,
    EdtfDate,
    Id,
    Language,
    Latitude,
    Line,
    LineByLanguage,
    Longitude,
    Name,
    NameByLanguage,
    NameOrNote,
    PlaceId,
    Prose,
    ProseByLanguage,
    SourceIds,
    SourceTitle,
    TitleByLanguage,
    TopicId,
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
ActorType = Literal["state", "government", "organisation", "armed_group", "person", "media"]


class Source(Model):
    """Where something can be read, described with CSL's types. Several briefings can cite it."""

    type: SourceType | None = None
    """What it is, as a CSL 1.0.2 type: article-newspaper, speech, report, webpage, broadcast,
    post.
    """
    title: TitleByLanguage
    """Its title, as it is printed there; or that in each language."""
    title_by: Literal["editors"] | None = None
    """`editors`: the title is your own description of it, because it has none or none could be
    read.
    """
    author: NameByLanguage | None = None
    """Who wrote it, as it is printed there; or that in each language."""
    publisher: NameByLanguage | None = None
    """Who published it: a name, that in each language, or the id of an actor."""
    controlled_by: ActorId | None = None
    """The state or party that owns or directs the publisher, by its id."""
    nature: Literal["primary", "secondary"] | None = None
    """`primary`: the words themselves. `secondary`: a report on them."""
    date: EdtfDate | None = None
    """When it was published."""
    url: Url | None = Field(None, examples=["https://halden.example/gauge"])
    """Its web address, with https:// or http://."""
    archive_url: Url | None = None
    """The address of a dated, permanent copy."""
    accessed: Day | None = None
    """The day you read it."""
    language: Language | None = None
    """The language it is in, as a BCP 47 tag: fr, ar, zh-Hans."""
    note: ProseByLanguage | None = None
    """What a reader should know about it, or that in each language."""
    carries: Name | None = None
    """The source id, or the agency, whose text it reprints. Sources with one original count as
    one.
    """


class ListedSource(Source):
    """A source in a briefing's own list, where its id is a key of it."""

    id: Id
    """A short name, by which statements and texts cite it."""
    # Their words in other languages are in translations of the briefing.
    title: SourceTitle
    """Its title, as it is printed there."""
    author: NameOrNote | None = None
    """Who wrote it, as it is printed there."""
    publisher: NameOrNote | None = None
    """Who published it: a name, or the id of an actor."""
    note: Prose | None = None
    """What a reader should know about it."""


def is_note(name: str) -> bool:
    """Whether the editors wrote a line in place of a name: in brackets, as bibliographies do."""
    return name.startswith("[") and name.endswith("]")


class Role(Model):
    """An office a person held, and when."""

    role: LineByLanguage
    """The office: Foreign Minister; or its name in each language."""
    of: ActorId | None = None
    """The id of the state or organisation it belongs to."""
    since: EdtfDate | None = Field(None, alias="from", examples=["2023-05"])
    """When it began."""
    until: EdtfDate | None = None
    """When it ended; left out while it is held."""
    sources: SourceIds = []
    """Where the office is stated: ids from data/sources.yml."""


class Actor(Model):
    """A state, organisation, person or outlet that briefings name."""

    name: LineByLanguage
    """The name as readers see it, or the name in each language."""
    type: ActorType
    """What kind of actor it is."""
    country: Country | None = Field(None, examples=["ML"])
    """ISO 3166-1 alpha-2 code, for states and what belongs to one: ML."""
    also_known_as: list[Line] = []
    """Other names it goes by."""
    wikidata: Wikidata | None = Field(None, examples=["Q912"])
    """The number of its item in Wikidata: Q912."""
    part_of: ActorId | None = None
    """The id of the actor it belongs to: a ministry's state, an outlet's owner."""
    roles: list[Role] = []
    """Offices a person held, and when."""


class Topic(Model):
    """A subject that briefings are about."""

    name: LineByLanguage
    """The name as readers see it, or the name in each language."""
    also_known_as: list[Line] = []
    """Other names and spellings, by which readers can search for it."""
    description: ProseByLanguage | None = None
    """What it covers, or that in each language."""
    parent: TopicId | None = None
    """The id of the wider topic it is part of."""


class Place(Model):
    """A place that briefings are about, or where something was said or happened."""

    name: LineByLanguage
    """The name as readers see it, or the name in each language."""
    also_known_as: list[Line] = []
    """Other names and spellings, by which readers can search for it."""
    description: ProseByLanguage | None = None
    """Where it is, or what readers should know about it; or that in each language."""
    parent: PlaceId | None = None
    """The id of the wider place it is part of."""
    country: Country | None = None
    """ISO 3166-1 alpha-2 code: ML."""
    latitude: Latitude | None = None
    """Degrees north, from -90 to 90."""
    longitude: Longitude | None = None
    """Degrees east, from -180 to 180."""


class WatchedTerm(Model):
    """Wording the editors watch, with better wording."""

    term: Line
    """The word or words to watch for, in any case."""
    forms: list[Line] = []
    """Other forms of the term, such as inflections, that count as well."""
    instead: Line | None = None
    """What to write instead."""


class Style(Model):
    """The wording watched in one language."""

    loaded: list[WatchedTerm] = []
    """Words that judge."""
    attribution: list[WatchedTerm] = []
    """Verbs that report speech and judge it."""
