"""The rows of the tables: tuples with a cell for each column of ``tables``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Literal

from generator.collection.entries import BriefingEntry, StatementEntry, Subject
from generator.collection.linker import Collection
from generator.model import prose_markdown
from generator.model.edtf import EdtfDate
from generator.model.registries import Place, Source
from generator.rendering.template_functions import count_originals, order_note
from generator.rendering.view import View

Cell = str | int | float | bool | date | None
Row = tuple[Cell, ...]


def briefings(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    """The row of a briefing."""
    model = briefing.model
    yield (
        briefing.id, view.permalink(briefing), briefing.title,
        prose_markdown.plain(model.summary), model.status, view.settings.language_of(briefing),
        model.published, model.updated, briefing.as_of,
        model.review_by, _list(topic.id for topic in briefing.topics),
        _list(place.id for place in briefing.places), _list(model.aliases), _list(model.lead),
        _list(model.authors), _list(model.reviewers),
    )  # fmt: skip


def events(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    """The rows of a briefing's events."""
    for event in briefing.events:
        yield (
            briefing.id, event.id, view.permalink(event), *_dated(event.date), event.model.title,
            prose_markdown.plain(event.model.text), _list(place.id for place in event.places),
            _list(actor.id for actor in event.actors), _list(event.model.sources),
            _list(event.model.aliases),
        )  # fmt: skip


def statements(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    """The rows of a briefing's statements."""
    for statement in briefing.statements:
        position, withdrawn = statement.position, statement.withdrawn
        yield (
            briefing.id, statement.id, view.permalink(statement), statement.kind,
            view.title(statement),
            statement.parties[0].id, statement.parties[0].name,
            statement.speaker.id if statement.speaker else None,
            statement.speaker.name if statement.speaker else None,
            statement.role, *_dated(statement.date),
            statement.model.venue, statement.place.id if statement.place else None,
            prose_markdown.plain(statement.model.text),
            _list(actor.id for actor in statement.against),
            _list(actor.id for actor in statement.addressed_to),
            _list(position.based_on if position else ()),
            _list(_full_id(echo) for echo in statement.echoes), _list(statement.model.sources),
            count_originals(statement.all_sources),
            statement.stance,
            withdrawn.date.text if withdrawn else None,
            prose_markdown.plain(withdrawn.text) if withdrawn else None,
            _list(withdrawn.sources if withdrawn else ()),
            _list(party.id for party in statement.parties),
            position.claim if position else None,
            _list(statement.model.aliases),
        )  # fmt: skip


def responses(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    """A row for each pair of a response and the position that it answers."""
    for response in briefing.answers:
        for position in response.answers:
            yield (
                briefing.id, response.id, view.permalink(response), response.parties[0].id,
                response.parties[0].name, response.stance, *_dated(response.date),
                prose_markdown.plain(response.model.text),
                position.briefing.id, position.id, view.permalink(position), position.parties[0].id,
                position.date.text if position.date else None,
                order_note(position, response, view.interface),
                _list(party.id for party in response.parties),
                _list(party.id for party in position.parties),
            )  # fmt: skip


def replies(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    """A row for each pair of an allegation and an accused party."""
    for allegation in briefing.allegations:
        for reply in allegation.replies:
            yield (
                briefing.id, allegation.id, allegation.parties[0].id,
                reply.accused.id, reply.accused.name,
                reply.status.value, reply.label, reply.as_of, reply.order_unclear,
                _list(_full_id(answer) for answer in reply.responses),
                _list(party.id for party in allegation.parties),
            )  # fmt: skip


def no_responses(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    """The rows of searches for a reply that found none."""
    for statement in briefing.statements:
        for absence in statement.no_responses:
            note = prose_markdown.plain(absence.note) if absence.note else None
            yield briefing.id, statement.id, absence.party, absence.as_of, note


def quotations(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    """The rows of a briefing's quotations."""
    for statement in briefing.statements:
        for number, quote in enumerate(statement.model.quotes, 1):
            original, absent = quote.original, quote.no_original
            yield (
                briefing.id, statement.id, number, quote.text, quote.form, quote.language,
                original.text if original else None, original.language if original else None,
                quote.translator, quote.rendering_of, _list(quote.sources), quote.words_of,
                absent.as_of if absent else None,
                prose_markdown.plain(absent.note) if absent and absent.note else None,
            )  # fmt: skip


def accounts(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    """A row for each version of a point on which sources differ."""
    for part in briefing.entries:
        for reported in part.model.reported_dates:
            yield (briefing.id, part.id, "date", reported.date.text, _list(reported.sources), None)
        for point in part.model.discrepancies:
            for version in point.versions:
                yield (
                    briefing.id, part.id, point.about, prose_markdown.plain(version.text),
                    _list(version.sources), version.language,
                )  # fmt: skip


def sources(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    """The rows of a briefing's sources."""
    for number, source in enumerate(briefing.bibliography.values(), 1):
        model = source.model or Source.model_construct(title=source.id)
        yield (
            briefing.id, source.id, number, model.type, model.title, model.author,
            source.publisher_name, source.publisher.id if source.publisher else None,
            model.controlled_by, model.nature, *_dated(model.date), model.url,
            model.archive_url, model.accessed, model.language,
            prose_markdown.plain(model.note) if model.note else None, model.carries,
            source.original, source.briefing is None, model.title_by,
        )  # fmt: skip


def changes(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    """The rows of a briefing's changes."""
    for change in briefing.model.changes:
        yield briefing.id, change.date, change.kind, prose_markdown.plain(change.text)


def related(briefing: BriefingEntry, view: View) -> Iterator[Row]:
    """The rows of what a briefing points to."""
    for related, other in briefing.related:
        note = prose_markdown.plain(related.note) if related.note else None
        title = other.title if other else related.title
        yield briefing.id, related.briefing, related.url, title, note


def actors(collection: Collection, view: View) -> Iterator[Row]:
    """The rows of the actors in the registry."""
    for key, actor in sorted(collection.actors.items()):
        if actor.model:
            yield (
                key, _address(actor, view), actor.name, actor.model.type, actor.model.country,
                _list(actor.model.also_known_as), actor.model.wikidata,
                actor.model.part_of,
            )  # fmt: skip


def roles(collection: Collection, view: View) -> Iterator[Row]:
    """The rows of the offices of all actors."""
    for key, actor in sorted(collection.actors.items()):
        for role in actor.model.roles if actor.model else ():
            since = role.since.text if role.since else None
            until = role.until.text if role.until else None
            yield key, role.role, role.of, since, until, _list(role.sources)


def subjects(kind: Literal["topics", "places"]) -> Callable[[Collection, View], Iterator[Row]]:
    """A function that gives the rows of the topics or the places."""

    def rows(collection: Collection, view: View) -> Iterator[Row]:
        for key, entry in sorted(getattr(collection, kind).items()):
            model = entry.model
            if not model:
                continue
            about = prose_markdown.plain(model.description) if model.description else None
            row: Row = (key, _address(entry, view), entry.name, about, model.parent)
            if isinstance(model, Place):
                row = (*row, model.country, model.latitude, model.longitude)
            yield (*row, _list(model.also_known_as))

    return rows


def _address(entry: Subject, view: View) -> str | None:
    """The address of an entry's page; None if the site has none."""
    return view.permalink(entry) if view.has_page(entry) else None


def _dated(when: EdtfDate | None) -> tuple[Cell, Cell, Cell]:
    return (when.text, when.earliest, when.latest) if when else (None, None, None)


def _full_id(statement: StatementEntry) -> str:
    return f"{statement.briefing.id}#{statement.id}"


def _list(values: Iterable[str]) -> str | None:
    return "; ".join(values) or None
