"""All tables of the data. Those with rows of each briefing: their columns, and a cell for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from generator.collection.entries import BriefingEntry, StatementEntry, Subject
from generator.exports.registry_tables import REGISTRY_TABLES
from generator.exports.table import Column, Row, Table, dated, listed, table
from generator.locale.catalogues import translatable
from generator.model.prose_markdown import plain
from generator.model.registries import Source
from generator.rendering.template_functions import count_originals, order_note
from generator.rendering.view import View

_BRIEFING = Column("briefing", "The briefing's id.")
_STATEMENT = Column("statement", "The statement's id in the briefing.")
_DATE = (
    Column("date", "As written: EDTF, level 1."),
    Column("earliest", "The first day it can mean.", "date"),
    Column("latest", "The last day it can mean.", "date"),
)
_OF_BRIEFING = ((("briefing",), "briefings", ("id",)),)
_OF_STATEMENT = ((("briefing", "statement"), "statements", ("briefing", "id")),)
_OF_POSITION = ((("briefing", "position"), "statements", ("briefing", "id")),)


@table(
    "briefings",
    translatable("The briefings."),
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
    key=("id",),
)  # fmt: skip
def _briefings(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    model = briefing.model
    yield (
        briefing.id, view.permalink(briefing), briefing.title,
        plain(model.summary), model.status, view.settings.language_of(briefing),
        model.published, model.updated, briefing.as_of,
        model.review_by, _ids(briefing.topics),
        _ids(briefing.places), listed(model.aliases), listed(model.lead),
        listed(model.authors), listed(model.reviewers),
    )  # fmt: skip


@table(
    "events",
    translatable("The background, event by event."),
    _BRIEFING, ("id", "The event's anchor."), ("url", "Its place on the page."), *_DATE,
    ("title", "Its heading."), ("text", "What happened, in plain words."),
    ("places", "Ids of places."), ("actors", "Ids of actors."),
    ("sources", "Ids of sources."), ("aliases", "Former ids of the event."),
    key=("briefing", "id"),
    foreign=_OF_BRIEFING,
)  # fmt: skip
def _events(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    for event in briefing.events:
        yield (
            briefing.id, event.id, view.permalink(event), *dated(event.date), event.model.title,
            plain(event.model.text), _ids(event.places),
            _ids(event.actors), listed(event.model.sources),
            listed(event.model.aliases),
        )  # fmt: skip


@table(
    "statements",
    translatable("Every position and response."),
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
    key=("briefing", "id"),
    foreign=_OF_BRIEFING,
)  # fmt: skip
def _statements(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    for statement in briefing.statements:
        position, withdrawn = statement.position, statement.withdrawn
        yield (
            briefing.id, statement.id, view.permalink(statement), statement.kind,
            view.title(statement),
            statement.parties[0].id, statement.parties[0].name,
            statement.speaker.id if statement.speaker else None,
            statement.speaker.name if statement.speaker else None,
            statement.role, *dated(statement.date),
            statement.model.venue, statement.place.id if statement.place else None,
            plain(statement.model.text), _ids(statement.against), _ids(statement.addressed_to),
            listed(position.based_on if position else ()),
            listed(_full_id(echo) for echo in statement.echoes), listed(statement.model.sources),
            count_originals(statement.all_sources), statement.stance,
            withdrawn.date.text if withdrawn else None,
            plain(withdrawn.text) if withdrawn else None,
            listed(withdrawn.sources if withdrawn else ()), _ids(statement.parties),
            position.claim if position else None, listed(statement.model.aliases),
        )  # fmt: skip


@table(
    "responses",
    translatable("Which response answers which position, one pair a row."),
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
    key=("briefing", "id", "to_briefing", "to_position"),
    foreign=(
        (("briefing", "id"), "statements", ("briefing", "id")),
        (("to_briefing", "to_position"), "statements", ("briefing", "id")),
    ),
)  # fmt: skip
def _responses(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    for response in briefing.answers:
        for position in response.answers:
            yield (
                briefing.id, response.id, view.permalink(response), response.parties[0].id,
                response.parties[0].name, response.stance, *dated(response.date),
                plain(response.model.text),
                position.briefing.id, position.id, view.permalink(position), position.parties[0].id,
                position.date.text if position.date else None,
                order_note(position, response, view.interface),
                _ids(response.parties), _ids(position.parties),
            )  # fmt: skip


@table(
    "replies",
    translatable("Whether each accused party replied to each allegation."),
    _BRIEFING, ("position", "The allegation's id."),
    ("party", "The id of the actor that alleges."),
    ("accused", "The id of the accused actor."), ("accused_name", "That actor's name."),
    ("status", "The reply status."), ("label", "The status in words."),
    ("as_of", "The day up to which no reply, or no later one, was found.", "date"),
    ("order_unclear", "Whether it is not established which came first.", "boolean"),
    ("responses", "The answers that decide the status: briefing#id."),
    ("parties", "Ids of all actors that allege; `party` is the first."),
    key=("briefing", "position", "accused"),
    foreign=_OF_POSITION,
)  # fmt: skip
def _replies(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    for allegation in briefing.allegations:
        for reply in allegation.replies:
            yield (
                briefing.id, allegation.id, allegation.parties[0].id,
                reply.accused.id, reply.accused.name,
                reply.status.value, reply.label, reply.as_of, reply.order_unclear,
                listed(_full_id(answer) for answer in reply.responses),
                _ids(allegation.parties),
            )  # fmt: skip


@table(
    "no-responses",
    translatable("Recorded searches that found no reply."),
    _BRIEFING, ("position", "The position's id."), ("party", "The actor's id."),
    ("as_of", "The day up to which none was found.", "date"), ("note", "What was done."),
    foreign=_OF_POSITION,
)  # fmt: skip
def _no_responses(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    for statement in briefing.statements:
        for absence in statement.no_responses:
            details = absence.party, absence.as_of, plain(absence.note or "")
            yield briefing.id, statement.id, *details


@table(
    "quotations",
    translatable("The words of statements, one quotation a row."),
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
    ("own_translation", "Whether it is a translation of this site, in no source.", "boolean"),
    key=("briefing", "statement", "number"),
    foreign=_OF_STATEMENT,
)  # fmt: skip
def _quotations(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    for statement in briefing.statements:
        for number, quote in enumerate(statement.model.quotes, 1):
            original, absent = quote.original, quote.no_original
            yield (
                briefing.id, statement.id, number, quote.text, quote.form, quote.language,
                original.text if original else None, original.language if original else None,
                quote.translator, quote.rendering_of, listed(quote.sources), quote.words_of,
                absent.as_of if absent else None,
                plain(absent.note) if absent and absent.note else None, quote.is_own,
            )  # fmt: skip


@table(
    "accounts",
    translatable("Where sources differ: each version with its sources."),
    _BRIEFING, ("part", "The id of the event or statement."),
    ("about", "The point on which they differ; date for its date."),
    ("version", "What these sources say."), ("sources", "Ids of these sources."),
    ("language", "The language of the version, if not the briefing's: BCP 47."),
    foreign=_OF_BRIEFING,
)  # fmt: skip
def _accounts(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    for part in briefing.entries:
        for reported in part.model.reported_dates:
            yield (briefing.id, part.id, "date", reported.date.text, listed(reported.sources), None)
        for point in part.model.discrepancies:
            for version in point.versions:
                yield (
                    briefing.id, part.id, point.about, plain(version.text),
                    listed(version.sources), version.language,
                )  # fmt: skip


@table(
    "sources",
    translatable("The sources of each briefing."),
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
    key=("briefing", "id"),
    foreign=_OF_BRIEFING,
)  # fmt: skip
def _sources(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    for source in briefing.bibliography.values():
        model = source.model or Source.model_construct(title=source.id)
        yield (
            briefing.id, source.id, source.number, model.type, model.title, model.author,
            source.publisher_name, source.publisher.id if source.publisher else None,
            model.controlled_by, model.nature, *dated(model.date), model.url,
            model.archive_url, model.accessed, model.language,
            plain(model.note or ""), model.carries,
            source.original, source.briefing is None, model.title_by,
        )  # fmt: skip


@table(
    "changes",
    translatable("What changed since publication."),
    _BRIEFING, ("date", "The day of the change.", "date"),
    ("kind", "update, correction or clarification."), ("text", "What changed."),
    foreign=_OF_BRIEFING,
)  # fmt: skip
def _changes(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    for change in briefing.model.changes:
        yield briefing.id, change.date, change.kind, plain(change.text)


@table(
    "related",
    translatable("Other briefings, and pages elsewhere, that briefings point to."),
    _BRIEFING, ("other", "The other briefing's id."), ("url", "The page's address."),
    ("title", "Its title."), ("note", "Why a reader would go there."),
    foreign=_OF_BRIEFING,
)  # fmt: skip
def _related(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    for related, other in briefing.related:
        note = plain(related.note or "")
        title = other.title if other else related.title
        yield briefing.id, related.briefing, related.url, title, note


def _ids(entries: Iterable[Subject]) -> str:
    return listed(entry.id for entry in entries)


def _full_id(statement: StatementEntry) -> str:
    return f"{statement.briefing.id}#{statement.id}"


BRIEFING_TABLES: tuple[Table[BriefingEntry], ...] = (
    _briefings, _events, _statements, _responses, _replies, _no_responses, _quotations, _accounts,
    _sources, _changes, _related,
)  # fmt: skip
TABLES: tuple[Table[Any], ...] = (*BRIEFING_TABLES, *REGISTRY_TABLES)
