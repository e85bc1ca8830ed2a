"""The pages that the search finds: one for each briefing, actor, topic and place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from generator.addresses import urls
from generator.collection.entries import (
    ActorEntry,
    BriefingEntry,
    EventEntry,
    PlaceEntry,
    SourceEntry,
    StatementEntry,
    Subject,
)
from generator.collection.linker import Collection
from generator.locale import terms
from generator.locale.interface import Interface
from generator.model.briefing import Accounts, Quotation
from generator.model.edtf import EdtfDate
from generator.model.multilingual import all_names
from generator.model.prose_markdown import plain
from generator.model.sentences import first_sentence
from generator.rendering.settings import Settings
from generator.rendering.text_language import (
    authors_language,
    foreign,
    known_language,
    publisher_language,
    source_title_language,
    title_as_cited,
)
from generator.rendering.view import View
from generator.search.records import (
    UNKNOWN,
    Filters,
    Role,
    SearchPage,
    SearchRecord,
    SearchText,
    texts_of,
)
from generator.search.reply_texts import reply_counts, reply_texts


def briefing_found(
    briefing: BriefingEntry, collection: Collection, settings: Settings
) -> SearchPage:
    """The search page of a briefing.

    A shared source is a part of the first briefing that cites it.
    """
    parts = _BriefingParts(briefing, View(urls.HOME, settings, collection))
    sources = [
        source
        for source in briefing.bibliography.values()
        if source.briefing or collection.first_citing.get(source.id) == briefing.id
    ]
    return SearchPage(
        (
            parts.page(),
            *(parts.event(event) for event in briefing.events),
            *(parts.statement(statement) for statement in briefing.statements),
            *(parts.source(source) for source in sources),
        )
    )


def subject_found(
    kind: str, entry: Subject, collection: Collection, settings: Settings
) -> SearchPage:
    """The search page of an actor, a topic or a place. ``kind`` is the name of its folder."""
    view = View(urls.HOME, settings, collection)
    interface = settings.interface
    kind = kind.removesuffix("s")
    kind_name = kinds_found(interface)[kind]
    names = all_names(entry.model) if entry.model else {entry.name: ""}
    other_names = {name: tag for name, tag in names.items() if name != entry.name}
    description = getattr(entry.model, "description", None) or ""
    actor = entry.model if isinstance(entry, ActorEntry) else None
    page_language = interface.language
    tag = foreign(authors_language(description, None, settings), page_language)
    part = SearchRecord(
        view.url(entry),
        entry.name,
        (
            *(
                text
                for name, written_in in other_names.items()
                for text in texts_of(name, role="name", language=foreign(written_in, page_language))
            ),
            *([_prose(plain(description), tag)] if description else []),
        ),
        kind,
        (kind_name, terms.actor_types(interface)[actor.type] if actor else ""),
        filters={"kind": {kind: kind_name}},
        language=foreign(names[entry.name], page_language),
    )
    return SearchPage((part,), tuple(names))


class _BriefingParts:
    """Makes the parts of a briefing's search page. ``tag`` is the language it is written in."""

    def __init__(self, briefing: BriefingEntry, view: View) -> None:
        self.briefing, self.view, self.interface = briefing, view, view.interface
        self.kinds = kinds_found(view.interface)
        self.tag = view.settings.language_of(briefing)

    def _written_in(self, text: str) -> str:
        """The language of a text of the authors, empty if it is the interface's."""
        return self._foreign(known_language(text) or self.tag)

    def _foreign(self, tag: str) -> str:
        return foreign(tag, self.interface.language)

    def _line(self, text: str, role: Role = "") -> Iterator[SearchText]:
        """A line by the briefing's authors, in its language."""
        return texts_of(text, role=role, language=self._written_in(text))

    def _notes(self, *notes: str) -> Iterator[SearchText]:
        """Prose of the briefing's authors, each in its language."""
        for note in notes:
            yield from texts_of(plain(note), language=self._written_in(note))

    def _names(self, *names: str, role: Role = "name") -> Iterator[SearchText]:
        """Names, each in its language if it has one."""
        for name in names:
            yield from texts_of(name, role=role, language=self._foreign(known_language(name)))

    def page(self) -> SearchRecord:
        briefing = self.briefing
        day = self.interface.day(briefing.as_of) if briefing.as_of else ""
        checked = self.interface.gettext("checked to %(day)s", day=day) if day else ""
        return SearchRecord(
            self.view.url(briefing),
            briefing.title,
            (self._prose(briefing.model.summary),),
            "briefing",
            (self.kinds["briefing"], checked),
            tuple(reply_counts(briefing, self.interface)),
            self._filters("briefing", chain(*(parties for parties, _ in briefing.parties()))),
            language=self._written_in(briefing.title),
        )

    def event(self, event: EventEntry) -> SearchRecord:
        kind = self.kinds["event"]
        places = [place.name for place in event.places]
        return SearchRecord(
            self.view.url(event),
            event.model.title or kind,
            (
                self._prose(event.model.text),
                *self._accounts(event.model),
                *self._names(*(actor.name for actor in event.actors), *places),
            ),
            "event",
            (kind if event.model.title else "", self.interface.date(event.date)),
            filters=self._filters("event", event.actors, places=event.places, date=event.date),
            date=_first_day(event.date),
            language=self._written_in(event.model.title) if event.model.title else "",
        )

    def statement(self, statement: StatementEntry) -> SearchRecord:
        quotes = statement.model.quotes
        tags = [quote.language for quote in quotes if quote.language]
        tags += [quote.original.language for quote in quotes if quote.original]
        return SearchRecord(
            self.view.url(statement),
            self.view.title(statement),
            tuple(self._statement_texts(statement)),
            "statement",
            (self.interface.date(statement.date),),
            tuple(reply_texts(statement, self.interface)),
            self._filters(
                statement.kind,
                (*statement.people, *statement.quoted.values()),
                places=[statement.place] if statement.place else (),
                date=statement.date,
                tags=tags,
                reply=[reply.label for reply in statement.replies],
            ),
            _first_day(statement.date),
        )

    def _statement_texts(self, statement: StatementEntry) -> Iterator[SearchText]:
        model = statement.model
        text, claim = plain(model.text), statement.claim
        if not text.startswith(claim):
            yield from self._line(claim, "claim")
            claim = ""
        yield self._prose(model.text, claim)
        speaker = statement.speaker.name if statement.speaker else ""
        if speaker or statement.role:
            # "Prime Minister of Mali" says for whom; "Malik" doesn't.
            said_by = f"{speaker} {statement.role}"
            names = [party.name for party in statement.parties]
            parties = [name for name in names if not _has_words(said_by, name)]
            yield from self._names(speaker, role="speaker")
            yield from self._line(statement.role, "speaker")
            yield from self._names(*parties, role="speaker")
        for quote in model.quotes:
            yield from self._quote(quote, statement)
        yield from self._accounts(model)
        notes = [missing.note for missing in statement.no_responses if missing.note]
        withdrawn = [model.withdrawn.text] if model.withdrawn else []
        yield from self._notes(*withdrawn, *notes)
        yield from self._line(model.venue or "")
        if statement.place:
            yield from self._names(statement.place.name)

    def source(self, source: SourceEntry) -> SearchRecord:
        model, kind, settings = source.model, self.kinds["source"], self.view.settings
        date = model.date if model else None
        language = model.language if model else None
        title_language = self._foreign(source_title_language(source, settings))
        note = (model.note if model else None) or ""
        note_language = self._foreign(authors_language(note, source.briefing, settings))
        publisher_tag = self._foreign(publisher_language(source, settings))
        filters = {"kind": {"source": kind}}
        if language:
            filters["language"] = {language: self.interface.language_name(language)}
        return SearchRecord(
            self.view.url(source),
            title_as_cited(source),
            (
                *texts_of(source.publisher_name, role="name", language=publisher_tag),
                *self._names((model.author if model else None) or ""),
                *texts_of(plain(note), language=note_language),
            ),
            "source",
            (kind, source.publisher_name, self.interface.date(date) if date else ""),
            filters=filters,
            language=title_language,
        )

    def _prose(self, text: str, claim: str | None = None) -> SearchText:
        """A text of the briefing's authors in its language; see ``_prose``."""
        return _prose(plain(text), self._written_in(text), claim)

    def _quote(self, quote: Quotation, statement: StatementEntry) -> Iterator[SearchText]:
        """Quoted words and their original, with whose they are if not the speaker's."""
        author = statement.quoted.get(quote.words_of or "")
        words_of = author.name if author else quote.words_of or ""
        yield from self._names(words_of) if author else self._line(words_of, "name")
        for words in (quote, quote.original):
            if words:
                line = " ".join(words.text.split())
                language = self._language_of(words.language)
                yield SearchText(line, "quote", language, words_of=words_of)
        if quote.no_original and quote.no_original.note:
            yield from self._notes(quote.no_original.note)

    def _language_of(self, tag: str | None) -> str:
        return self._foreign(tag) if tag else UNKNOWN

    def _accounts(self, model: Accounts) -> Iterator[SearchText]:
        """The texts on points on which accounts differ."""
        for discrepancy in model.discrepancies:
            yield from self._line(discrepancy.about)
            for version in discrepancy.versions:
                tag = known_language(version.text) or version.language or self.tag
                yield from texts_of(plain(version.text), language=self._language_of(tag))

    def _filters(
        self,
        kind: str,
        actors: Iterable[ActorEntry],
        *,
        places: Iterable[PlaceEntry] = (),
        date: EdtfDate | None = None,
        tags: Iterable[str] = (),
        reply: Iterable[str] = (),
    ) -> Filters:
        statuses = terms.replies(self.interface)
        filters = {
            "kind": {kind: self.kinds[kind]},
            "actor": {actor.id: actor.name for actor in actors},
            "topic": {topic.id: topic.name for topic in self.briefing.topics},
            "place": {place.id: place.name for place in (*places, *self.briefing.places)},
            "reply": {label: statuses[label] for label in reply},
            "year": {year: year for year in _years(date)},
            "language": {tag: self.interface.language_name(tag) for tag in (self.tag, *tags)},
        }
        # The values become keys in JSON, for which a subclass of `str` is refused.
        return {
            key: {str(value): name for value, name in names.items()}
            for key, names in filters.items()
            if names
        }


def kinds_found(interface: Interface) -> dict[str, str]:
    """The names of what the search finds."""
    pgettext = interface.pgettext
    return {
        "briefing": pgettext("kind of result", "Briefing"),
        "event": pgettext("kind of result", "Event"),
        "actor": pgettext("kind of result", "Actor"),
        "topic": pgettext("kind of result", "Topic"),
        "place": pgettext("kind of result", "Place"),
        "source": pgettext("kind of result", "Source"),
        "page": pgettext("kind of result", "Page"),
        **terms.kinds(interface),
    }


def _prose(text: str, language: str, claim: str | None = None) -> SearchText:
    """A text of the authors. It begins with ``claim``, by default with its first sentence."""
    claim = first_sentence(text) if claim is None else claim
    return SearchText(text, "", language, len(claim.encode("utf-16-le")) // 2)


def _has_words(text: str, words: str) -> bool:
    """Whether ``words`` are in a text, and not only as a part of longer words."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def _years(date: EdtfDate | None) -> list[str]:
    """All possible years of a date. An open interval counts by its known end."""
    days = [day for day in (date.earliest, date.latest) if day] if date else []
    if not days:
        return []
    return [str(year) for year in range(days[0].year, days[-1].year + 1)]


def _first_day(date: EdtfDate | None) -> str:
    return date.listed.isoformat() if date else ""
