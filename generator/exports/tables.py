"""The collection as tables: which there are, their columns, and their rows.

Each table says who, what, when and where in columns of its own, so that a spreadsheet can sort and
filter; lists of ids stand in one cell, divided by ``; ``. Names of columns are a promise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.collection.entries import BriefingEntry, EventEntry, StatementEntry
from generator.collection.linker import Collection
from generator.model import prose_markdown
from generator.model.briefing import Place, Source
from generator.model.dates import EdtfDate
from generator.rendering.template_functions import count_originals, order_note
from generator.rendering.view import View

Cell = str | int | float | bool | date | None
Row = tuple[Cell, ...]
ColumnType = Literal["string", "integer", "number", "boolean", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, and of what type (Frictionless Table Schema)."""

    name: str
    description: str
    type: ColumnType = "string"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``key`` names the columns that tell its rows apart, ``foreign`` columns of others.

    ``foreign`` goes from columns to the table and the columns that they name a row of. The rows
    are those of each briefing (``rows``) or of a registry (``entries``).
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


def _briefings(one: BriefingEntry, view: View) -> Iterator[Row]:
    model = one.model
    yield (
        one.id, view.permalink(one), one.title, prose_markdown.plain(model.summary), model.status,
        model.language or view.settings.language, model.published, model.updated, one.as_of,
        model.review_by, _list(topic.id for topic in one.topics),
        _list(place.id for place in one.places), _list(model.aliases),
    )  # fmt: skip


def _events(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    for one in briefing.events:
        yield (
            briefing.id, one.id, view.permalink(one), *_dated(one.date), one.model.title,
            prose_markdown.plain(one.model.text), _list(place.id for place in one.places),
            _list(actor.id for actor in one.actors), _list(one.model.sources),
        )  # fmt: skip


def _statements(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    for one in briefing.statements:
        position, withdrawn = one.position, one.withdrawn
        yield (
            briefing.id, one.id, view.permalink(one), one.kind, view.title(one), one.party.id,
            one.party.name, one.speaker.id if one.speaker else None,
            one.speaker.name if one.speaker else None, one.role, *_dated(one.date),
            one.model.venue, one.place.id if one.place else None,
            prose_markdown.plain(one.model.text),
            _list(actor.id for actor in one.against),
            _list(actor.id for actor in one.addressed_to),
            _list(position.based_on if position else ()),
            _list(_full(echo) for echo in one.echoes), _list(one.model.sources),
            count_originals(one.all_sources), one.response.stance if one.response else None,
            withdrawn.date.text if withdrawn else None,
            prose_markdown.plain(withdrawn.text) if withdrawn else None,
            _list(withdrawn.sources if withdrawn else ()),
        )  # fmt: skip


def _responses(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    for one in briefing.responses:
        for position in one.answers:
            assert one.response
            yield (
                briefing.id, one.id, view.permalink(one), one.party.id, one.party.name,
                one.response.stance, *_dated(one.date), prose_markdown.plain(one.model.text),
                position.briefing.id, position.id, view.permalink(position), position.party.id,
                position.date.text if position.date else None,
                order_note(position, one),
            )  # fmt: skip


def _replies(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    for one in briefing.allegations:
        for reply in one.replies:
            yield (
                briefing.id, one.id, one.party.id, reply.accused.id, reply.accused.name,
                reply.status.value, reply.label, reply.as_of, reply.order_unclear,
                _list(_full(answer) for answer in reply.responses),
            )  # fmt: skip


def _no_responses(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    for one in briefing.positions:
        for absence in one.no_responses:
            note = prose_markdown.plain(absence.note) if absence.note else None
            yield briefing.id, one.id, absence.party, absence.as_of, note


def _quotations(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    for one in briefing.statements:
        for number, quote in enumerate(one.model.quotes, 1):
            original = quote.original
            yield (
                briefing.id, one.id, number, quote.text, quote.form, quote.language,
                original.text if original else None, original.language if original else None,
                quote.translator, quote.rendering_of, _list(quote.sources),
            )  # fmt: skip


def _accounts(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    parts: list[EventEntry | StatementEntry] = [*briefing.events, *briefing.statements]
    for one in parts:
        for reported in one.model.reported_dates:
            yield (briefing.id, one.id, "date", reported.date.text, _list(reported.sources))
        for point in one.model.discrepancies:
            for version in point.versions:
                yield (
                    briefing.id, one.id, point.about, prose_markdown.plain(version.text),
                    _list(version.sources),
                )  # fmt: skip


def _sources(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    for number, one in enumerate(briefing.bibliography.values(), 1):
        model = one.model or Source.model_construct(title=one.id)
        yield (
            briefing.id, one.id, number, model.type, model.title, model.author,
            one.publisher_name, one.publisher.id if one.publisher else None,
            model.controlled_by, model.nature, *_dated(model.date), model.url,
            model.archive_url, model.accessed, model.language,
            prose_markdown.plain(model.note) if model.note else None, model.carries,
            one.original, one.briefing is None,
        )  # fmt: skip


def _changes(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    for change in briefing.model.changes:
        yield briefing.id, change.date, change.kind, prose_markdown.plain(change.text)


def _related(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    for related, other in briefing.related:
        note = prose_markdown.plain(related.note) if related.note else None
        title = other.title if other else related.title
        yield briefing.id, related.briefing, related.url, title, note


def _actors(collection: Collection, view: View) -> Iterator[Row]:
    for key, one in sorted(collection.actors.items()):
        if one.model:
            yield (
                key, view.permalink(one), one.name, one.model.type, one.model.country,
                _list(one.model.also_known_as), one.model.wikidata,
            )  # fmt: skip


def _roles(collection: Collection, view: View) -> Iterator[Row]:
    for key, one in sorted(collection.actors.items()):
        for role in one.model.roles if one.model else ():
            since = role.since.text if role.since else None
            yield key, role.role, role.of, since, role.until.text if role.until else None


def _subjects(kind: Literal["topics", "places"]) -> Callable[[Collection, View], Iterator[Row]]:
    def rows(collection: Collection, view: View) -> Iterator[Row]:
        for key, one in sorted(getattr(collection, kind).items()):
            model = one.model
            if not model:
                continue
            about = prose_markdown.plain(model.description) if model.description else None
            row: Row = (key, view.permalink(one), one.name, about, model.parent)
            if isinstance(model, Place):
                row = (*row, model.country, model.latitude, model.longitude)
            yield row

    return rows


def _dated(when: EdtfDate | None) -> tuple[Cell, Cell, Cell]:
    return (when.text, when.earliest, when.latest) if when else (None, None, None)


def _full(one: StatementEntry) -> str:
    return f"{one.briefing.id}#{one.id}"


def _list(values: Iterable[str]) -> str | None:
    return "; ".join(values) or None


def _columns(
    *described: tuple[str, str] | tuple[str, str, ColumnType] | Column,
) -> tuple[Column, ...]:
    return tuple(one if isinstance(one, Column) else Column(*one) for one in described)


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

TABLES = (
    Table(
        "briefings",
        "The briefings.",
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
        ),
        _briefings,
        ("id",),
    ),
    Table(
        "events",
        "The background, event by event.",
        _columns(
            _BRIEFING, ("id", "The event's anchor."), ("url", "Its place on the page."), *_DATE,
            ("title", "Its heading."), ("text", "What happened, in plain words."),
            ("places", "Ids of places."), ("actors", "Ids of actors."),
            ("sources", "Ids of sources."),
        ),
        _events,
        ("briefing", "id"),
        _OF_BRIEFING,
    ),
    Table(
        "statements",
        "Every position and response.",
        _columns(
            _BRIEFING, ("id", "The statement's id."), ("url", "Its place on the page."),
            ("kind", "allegation, demand, statement or response."),
            ("title", "What it is, in words."), ("party", "The id of the actor whose it is."),
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
        ),
        _statements,
        ("briefing", "id"),
        _OF_BRIEFING,
    ),
    Table(
        "responses",
        "Which response answers which position, one pair a row.",
        _columns(
            _BRIEFING, ("id", "The response's id."), ("url", "Its place on the page."),
            ("party", "The id of the actor whose it is."), ("party_name", "That actor's name."),
            ("stance", "How it answers."), *_DATE, ("text", "The response in neutral words."),
            ("to_briefing", "The id of the briefing of the position."),
            ("to_position", "The position's id."), ("to_url", "The position's place on its page."),
            ("to_party", "The id of the actor whose the position is."),
            ("to_date", "The position's date: EDTF."),
            ("note", "What is known about which came first."),
        ),
        _responses,
        ("briefing", "id", "to_briefing", "to_position"),
        (
            (("briefing", "id"), "statements", ("briefing", "id")),
            (("to_briefing", "to_position"), "statements", ("briefing", "id")),
        ),
    ),
    Table(
        "replies",
        "Whether each accused party replied to each allegation.",
        _columns(
            _BRIEFING, ("position", "The allegation's id."),
            ("party", "The id of the actor that alleges."),
            ("accused", "The id of the accused actor."), ("accused_name", "That actor's name."),
            ("status", "The reply status."), ("label", "The status in words."),
            ("as_of", "The day up to which no reply was found.", "date"),
            ("order_unclear", "Whether it is not established which came first.", "boolean"),
            ("responses", "The answers that decide the status: briefing#id."),
        ),
        _replies,
        ("briefing", "position", "accused"),
        _OF_POSITION,
    ),
    Table(
        "no-responses",
        "Recorded searches that found no reply.",
        _columns(
            _BRIEFING, ("position", "The position's id."), ("party", "The actor's id."),
            ("as_of", "The day up to which none was found.", "date"), ("note", "What was done."),
        ),
        _no_responses,
        (),
        _OF_POSITION,
    ),
    Table(
        "quotations",
        "The words of statements, one quotation a row.",
        _columns(
            _BRIEFING, _STATEMENT, ("number", "Its place among the statement's.", "integer"),
            ("text", "The words as printed."), ("form", "verbatim or translation."),
            ("language", "The language of these words: BCP 47."),
            ("original", "The words as they were said."),
            ("original_language", "The language they were said in."),
            ("translator", "Who translated them."),
            ("rendering_of", "The same for all renderings of the same words."),
            ("sources", "Ids of sources, if not the statement's."),
        ),
        _quotations,
        ("briefing", "statement", "number"),
        _OF_STATEMENT,
    ),
    Table(
        "accounts",
        "Where sources differ: each version with its sources.",
        _columns(
            _BRIEFING, ("part", "The id of the event or statement."),
            ("about", "The point on which they differ; date for its date."),
            ("version", "What these sources say."), ("sources", "Ids of these sources."),
        ),
        _accounts,
        (),
        _OF_BRIEFING,
    ),
    Table(
        "sources",
        "The sources of each briefing.",
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
        ),
        _sources,
        ("briefing", "id"),
        _OF_BRIEFING,
    ),
    Table(
        "changes",
        "What changed since publication.",
        _columns(
            _BRIEFING, ("date", "The day of the change.", "date"),
            ("kind", "update, correction or clarification."), ("text", "What changed."),
        ),
        _changes,
        (),
        _OF_BRIEFING,
    ),
    Table(
        "related",
        "Other briefings, and pages elsewhere, that briefings point to.",
        _columns(
            _BRIEFING, ("other", "The other briefing's id."), ("url", "The page's address."),
            ("title", "Its title."), ("note", "Why a reader would go there."),
        ),
        _related,
        (),
        _OF_BRIEFING,
    ),
    Table(
        "actors",
        "States, organisations, persons and outlets.",
        _columns(
            *_NAMED, ("type", "What kind of actor it is."), ("country", "ISO 3166-1 alpha-2."),
            ("also_known_as", "Other names."), ("wikidata", "The number of its Wikidata item."),
        ),
        None,
        ("id",),
        entries=_actors,
    ),
    Table(
        "roles",
        "Offices that persons held.",
        _columns(
            ("actor", "The person's id."), ("role", "The office."),
            ("of", "The id of the state or organisation."), ("from", "When it began: EDTF."),
            ("until", "When it ended: EDTF."),
        ),
        None,
        (),
        ((("actor",), "actors", ("id",)),),
        _roles,
    ),
    Table(
        "topics",
        "What briefings are about.",
        (*_NAMED, *_PART_OF),
        None,
        ("id",),
        entries=_subjects("topics"),
    ),
    Table(
        "places",
        "Where things happened or were said.",
        _columns(
            *_NAMED, *_PART_OF, ("country", "ISO 3166-1 alpha-2."),
            ("latitude", "Degrees north.", "number"), ("longitude", "Degrees east.", "number"),
        ),
        None,
        ("id",),
        entries=_subjects("places"),
    ),
)  # fmt: skip
