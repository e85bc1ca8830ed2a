"""The tables of the data and their columns.

Who, what, when and where have a column each, so that a spreadsheet can sort and filter. A list of
ids is one cell, separated by ``; ``. Names of columns never change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from generator.collection.entries import BriefingEntry
from generator.collection.linker import Collection
from generator.exports import table_rows
from generator.exports.table_rows import Row
from generator.locale.catalogues import translatable
from generator.rendering.view import View

ColumnType = Literal["string", "integer", "number", "boolean", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, and of what type (Frictionless Table Schema)."""

    name: str
    description: str
    type: ColumnType = "string"


@dataclass(frozen=True, slots=True)
class Table:
    """A table. Its rows are those of each briefing (``rows``) or of a registry (``entries``).

    ``key`` is the primary key. Each foreign key has its columns, the other table and its columns.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    rows: Callable[[BriefingEntry, View], Iterator[Row]] | None
    key: tuple[str, ...] = ()
    foreign: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = ()
    entries: Callable[[Collection, View], Iterator[Row]] | None = None


_BRIEFING = Column("briefing", "The briefing's id.")
_DATE = (
    Column("date", "As written: EDTF, level 1."),
    Column("earliest", "The first day it can mean.", "date"),
    Column("latest", "The last day it can mean.", "date"),
)


def _columns(
    *described: tuple[str, str] | tuple[str, str, ColumnType] | Column,
) -> tuple[Column, ...]:
    return tuple(item if isinstance(item, Column) else Column(*item) for item in described)


_STATEMENT = Column("statement", "The statement's id in the briefing.")
_OF_BRIEFING = ((("briefing",), "briefings", ("id",)),)
_OF_STATEMENT = ((("briefing", "statement"), "statements", ("briefing", "id")),)
_OF_POSITION = ((("briefing", "position"), "statements", ("briefing", "id")),)
_NAMED = (
    Column("id", "Its id."),
    Column("url", "Its page."),
    Column("name", "Its name."),
)
_PART_OF = _columns(
    ("description", "What it is, in plain words."), ("parent", "The id of what it is part of.")
)
_ALSO = Column("also_known_as", "Other names.")

TABLES = (
    Table(
        "briefings",
        translatable("The briefings."),
        _columns(
            ("id", "The briefing's id."), ("url", "Its page."), ("title", "Its title."),
            ("summary", "The lead, in plain words."),
            ("status", "draft, published or archived."), ("language", "BCP 47."),
            ("published", "The day of first publication.", "date"),
            ("updated", "The day of the last change of substance.", "date"),
            ("as_of", "The day up to which positions and replies were looked for.", "date"),
            ("review_by", "The day by which it is to be reviewed.", "date"),
            ("topics", "Ids of topics."), ("places", "Ids of places."),
            ("aliases", "Former ids of the briefing."),
            ("lead", "Ids of the positions that head it."),
            ("authors", "Who wrote it."), ("reviewers", "Who checked it."),
        ),
        table_rows.briefings,
        ("id",),
    ),
    Table(
        "events",
        translatable("The background, event by event."),
        _columns(
            _BRIEFING, ("id", "The event's anchor."), ("url", "Its place on the page."), *_DATE,
            ("title", "Its heading."), ("text", "What happened, in plain words."),
            ("places", "Ids of places."), ("actors", "Ids of actors."),
            ("sources", "Ids of sources."), ("aliases", "Former ids of the event."),
        ),
        table_rows.events,
        ("briefing", "id"),
        _OF_BRIEFING,
    ),
    Table(
        "statements",
        translatable("Every position and response."),
        _columns(
            _BRIEFING, ("id", "The statement's id."), ("url", "Its place on the page."),
            ("kind", "allegation, demand, statement or response."),
            ("title", "What it is, in words."),
            ("party", "The id of the actor whose it is; of a joint statement, the first."),
            ("party_name", "That actor's name."), ("speaker", "The id of who said it."),
            ("speaker_name", "The speaker's name."), ("role", "The speaker's office that day."),
            *_DATE, ("venue", "In what it was said."), ("place", "The id of the place."),
            ("text", "The statement in neutral words."),
            ("against", "Ids of the actors it accuses."),
            ("addressed_to", "Ids of the actors a demand is put to."),
            ("based_on", "Ids of what it says it is based on."),
            ("echoes", "What it repeats: briefing#id."), ("sources", "Ids of sources."),
            ("sources_counted", "Sources, those with one original counted once.", "integer"),
            ("stance", "How a response answers."), ("withdrawn", "When it was taken back."),
            ("withdrawn_text", "What was taken back."),
            ("withdrawn_sources", "Ids of the sources for that."),
            ("parties", "Ids of all who made it; `party` is the first."),
            ("claim", "What is claimed, as a clause."),
            ("aliases", "Former ids of the statement."),
        ),
        table_rows.statements,
        ("briefing", "id"),
        _OF_BRIEFING,
    ),
    Table(
        "responses",
        translatable("Which response answers which position, one pair a row."),
        _columns(
            _BRIEFING, ("id", "The response's id."), ("url", "Its place on the page."),
            ("party", "The id of the actor whose it is."), ("party_name", "That actor's name."),
            ("stance", "How it answers."), *_DATE, ("text", "The response in neutral words."),
            ("to_briefing", "The id of the briefing of the position."),
            ("to_position", "The position's id."), ("to_url", "The position's place on its page."),
            ("to_party", "The id of the actor whose the position is."),
            ("to_date", "The position's date: EDTF."),
            ("note", "What is known about which came first."),
            ("parties", "Ids of all whose it is; `party` is the first."),
            ("to_parties", "Ids of all whose the position is; `to_party` is the first."),
        ),
        table_rows.responses,
        ("briefing", "id", "to_briefing", "to_position"),
        (
            (("briefing", "id"), "statements", ("briefing", "id")),
            (("to_briefing", "to_position"), "statements", ("briefing", "id")),
        ),
    ),
    Table(
        "replies",
        translatable("Whether each accused party replied to each allegation."),
        _columns(
            _BRIEFING, ("position", "The allegation's id."),
            ("party", "The id of the actor that alleges."),
            ("accused", "The id of the accused actor."), ("accused_name", "That actor's name."),
            ("status", "The reply status."), ("label", "The status in words."),
            ("as_of", "The day up to which no reply was found.", "date"),
            ("order_unclear", "Whether it is not established which came first.", "boolean"),
            ("responses", "The answers that decide the status: briefing#id."),
            ("parties", "Ids of all actors that allege; `party` is the first."),
        ),
        table_rows.replies,
        ("briefing", "position", "accused"),
        _OF_POSITION,
    ),
    Table(
        "no-responses",
        translatable("Recorded searches that found no reply."),
        _columns(
            _BRIEFING, ("position", "The position's id."), ("party", "The actor's id."),
            ("as_of", "The day up to which none was found.", "date"), ("note", "What was done."),
        ),
        table_rows.no_responses,
        (),
        _OF_POSITION,
    ),
    Table(
        "quotations",
        translatable("The words of statements, one quotation a row."),
        _columns(
            _BRIEFING, _STATEMENT, ("number", "Its place among the statement's.", "integer"),
            ("text", "The words as printed."), ("form", "verbatim or translation."),
            ("language", "The language of these words: BCP 47."),
            ("original", "The words as they were said."),
            ("original_language", "The language they were said in."),
            ("translator", "Who translated them."),
            ("rendering_of", "The same for all renderings of the same words."),
            ("sources", "Ids of sources, if not the statement's."),
            ("words_of", "Whose words they are, if not the speaker's: an actor's id or a name."),
            ("no_original_as_of", "The day up to which no original was found.", "date"),
            ("no_original_note", "Where it was looked for."),
        ),
        table_rows.quotations,
        ("briefing", "statement", "number"),
        _OF_STATEMENT,
    ),
    Table(
        "accounts",
        translatable("Where sources differ: each version with its sources."),
        _columns(
            _BRIEFING, ("part", "The id of the event or statement."),
            ("about", "The point on which they differ; date for its date."),
            ("version", "What these sources say."), ("sources", "Ids of these sources."),
            ("language", "The language of the version, if not the briefing's: BCP 47."),
        ),
        table_rows.accounts,
        (),
        _OF_BRIEFING,
    ),
    Table(
        "sources",
        translatable("The sources of each briefing."),
        _columns(
            _BRIEFING, ("id", "The source's id."), ("number", "Its number on the page.", "integer"),
            ("type", "A CSL 1.0.2 type."), ("title", "Its title."), ("author", "Who wrote it."),
            ("publisher", "Who published it."), ("publisher_actor", "The publisher's id."),
            ("controlled_by", "The id of who owns or directs the publisher."),
            ("nature", "primary or secondary."), *_DATE, ("url", "Its address."),
            ("archive_url", "The address of an archived copy."),
            ("accessed", "The day it was read.", "date"), ("language", "BCP 47."),
            ("note", "What is to be known of it."),
            ("carries", "The source or agency whose text it reprints."),
            ("original", "The same for all sources that carry the same text."),
            ("shared", "Whether several briefings share its entry.", "boolean"),
            ("title_by", "editors, if the title is their description."),
        ),
        table_rows.sources,
        ("briefing", "id"),
        _OF_BRIEFING,
    ),
    Table(
        "changes",
        translatable("What changed since publication."),
        _columns(
            _BRIEFING, ("date", "The day of the change.", "date"),
            ("kind", "update, correction or clarification."), ("text", "What changed."),
        ),
        table_rows.changes,
        (),
        _OF_BRIEFING,
    ),
    Table(
        "related",
        translatable("Other briefings, and pages elsewhere, that briefings point to."),
        _columns(
            _BRIEFING, ("other", "The other briefing's id."), ("url", "The page's address."),
            ("title", "Its title."), ("note", "Why a reader would go there."),
        ),
        table_rows.related,
        (),
        _OF_BRIEFING,
    ),
    Table(
        "actors",
        translatable("States, organisations, persons and outlets."),
        _columns(
            *_NAMED, ("type", "What kind of actor it is."), ("country", "ISO 3166-1 alpha-2."),
            ("also_known_as", "Other names."), ("wikidata", "The number of its Wikidata item."),
            ("part_of", "The id of the actor it belongs to."),
        ),
        None,
        ("id",),
        entries=table_rows.actors,
    ),
    Table(
        "roles",
        translatable("Offices that persons held."),
        _columns(
            ("actor", "The person's id."), ("role", "The office."),
            ("of", "The id of the state or organisation."), ("from", "When it began: EDTF."),
            ("until", "When it ended: EDTF."), ("sources", "Ids of the sources for it."),
        ),
        None,
        (),
        ((("actor",), "actors", ("id",)),),
        table_rows.roles,
    ),
    Table(
        "topics",
        translatable("What briefings are about."),
        (*_NAMED, *_PART_OF, _ALSO),
        None,
        ("id",),
        entries=table_rows.subjects("topics"),
    ),
    Table(
        "places",
        translatable("Where things happened or were said."),
        _columns(
            *_NAMED, *_PART_OF, ("country", "ISO 3166-1 alpha-2."),
            ("latitude", "Degrees north.", "number"), ("longitude", "Degrees east.", "number"),
            _ALSO,
        ),
        None,
        ("id",),
        entries=table_rows.subjects("places"),
    ),
)  # fmt: skip
