"""What the search finds: a page for each briefing, actor, topic and place, with its parts.

A part (a statement, an event, a source) has the address of its place on the page, and the values
that readers filter and sort by. The index lists pages instead of parts, because a first search
among 10,000 briefings would otherwise fetch a megabyte.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.addresses import urls
from generator.collection.entries import (
    BriefingEntry,
    EventEntry,
    SourceEntry,
    StatementEntry,
    Subject,
)
from generator.collection.linker import Collection
from generator.model import date_words, languages
from generator.model.briefing import Accounts, Quotation
from generator.model.edtf import EdtfDate
from generator.model.prose_markdown import plain
from generator.rendering.settings import Settings
from generator.rendering.translations import translations
from generator.rendering.view import View


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """One part: its address below the site's root, its text, and what readers filter it by.

    ``filters`` has the values of each filter (`actor`, `kind` …). ``date`` is the
    first possible day.
    """

    url: str
    title: str
    content: str
    about: str = ""
    filters: Mapping[str, list[str]] = field(default_factory=dict)
    date: str = ""

    @property
    def fragment(self) -> str:
        """The anchor on its page; empty for the part that is the page itself."""
        return self.url.partition("#")[2]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page with its parts. The first part is the page itself.

    ``names`` are the names of an actor, a topic or a place, which the search page proposes for
    words like them.
    """

    parts: tuple[SearchRecord, ...]
    names: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return self.parts[0].url

    @property
    def title(self) -> str:
        return self.parts[0].title

    @property
    def filters(self) -> dict[str, list[str]]:
        """The filter values of all parts."""
        values_by_filter: dict[str, dict[str, None]] = {}
        for part in self.parts:
            for key, values in part.filters.items():
                values_by_filter.setdefault(key, {}).update(dict.fromkeys(values))
        return {key: list(values) for key, values in values_by_filter.items()}

    @property
    def dates(self) -> tuple[str, str] | None:
        """The first and the last day of its parts."""
        days = sorted(part.date for part in self.parts if part.date)
        return (days[0], days[-1]) if days else None


def briefing_found(
    briefing: BriefingEntry, collection: Collection, settings: Settings
) -> SearchPage:
    """The search page of a briefing.

    A shared source is a part of the first briefing that cites it.
    """
    view = View(urls.HOME, settings, collection)
    names = translations(settings.language)
    sources = [
        source
        for source in briefing.bibliography.values()
        if source.briefing or collection.first_citing.get(source.id) == briefing.id
    ]
    return SearchPage(
        (
            _briefing(briefing, view, names),
            *(_event(event, view, names) for event in briefing.events),
            *(_statement(statement, view, names) for statement in briefing.statements),
            *(_source(source, view, names) for source in sources),
        )
    )


def subject_found(
    kind: str, entry: Subject, collection: Collection, settings: Settings
) -> SearchPage:
    """The search page of an actor, a topic or a place. ``kind`` is the name of its folder."""
    view = View(urls.HOME, settings, collection)
    also = entry.model.also_known_as if entry.model else []
    about = getattr(entry.model, "description", None) or ""
    filters = {"kind": [translations(settings.language)["search"]["kind"][kind.removesuffix("s")]]}
    part = SearchRecord(view.url(entry), entry.name, text_of(*also, plain(about)), filters=filters)
    return SearchPage((part,), (entry.name, *also))


def _briefing(briefing: BriefingEntry, view: View, names: Any) -> SearchRecord:
    parties = dict.fromkeys(actor for group, _ in briefing.parties() for actor in group)
    day = briefing.last_change
    return SearchRecord(
        view.url(briefing),
        briefing.title,
        text_of(plain(briefing.model.summary)),
        date_words.word_day(day) if day else "",
        _filters(
            kind=[names["search"]["kind"]["briefing"]],
            actor=[actor.name for actor in parties],
            briefing=briefing,
            years=[str(day.year)] if day else [],
            tags=[briefing.model.language or view.settings.language],
        ),
        day.isoformat() if day else "",
    )


def _event(event: EventEntry, view: View, names: Any) -> SearchRecord:
    places = [place.name for place in event.places]
    actors = [actor.name for actor in event.actors]
    text = [plain(event.model.text), *_accounts(event.model)]
    return SearchRecord(
        view.url(event),
        event.model.title or names["search"]["kind"]["event"],
        text_of(*text, *actors, *places),
        date_words.word(event.date),
        _filters(
            kind=[names["search"]["kind"]["event"]],
            actor=actors,
            briefing=event.briefing,
            places=places,
            years=_years(event.date),
            tags=[event.briefing.model.language or view.settings.language],
        ),
        _first_day(event.date),
    )


def _source(source: SourceEntry, view: View, names: Any) -> SearchRecord:
    model = source.model
    text = [source.publisher_name]
    text += [model.author or "", plain(model.note or "")] if model else []
    date = model.date if model else None
    about = [source.publisher_name, date_words.word(date) if date else ""]
    language = model.language if model else None
    filters = {
        "kind": [names["search"]["kind"]["source"]],
        "year": _years(date),
        "language": [languages.name(language)] if language else [],
    }
    return SearchRecord(
        view.url(source),
        source.title,
        text_of(*text),
        ", ".join(filter(None, about)),
        {key: values for key, values in filters.items() if values},
        _first_day(date),
    )


def _accounts(model: Accounts) -> list[str]:
    """The texts on points on which accounts differ."""
    texts = []
    for discrepancy in model.discrepancies:
        texts.append(discrepancy.about)
        texts += [plain(version.text) for version in discrepancy.versions]
    return texts


def _statement(statement: StatementEntry, view: View, names: Any) -> SearchRecord:
    quotes = statement.model.quotes
    quoted = [text for quote in quotes for text in (quote.text, _original(quote)) if text]
    people = [
        *statement.parties,
        *([statement.speaker] if statement.speaker else []),
        *statement.against,
        *statement.addressed_to,
    ]
    tags = [statement.briefing.model.language or view.settings.language]
    tags += [quote.language for quote in quotes if quote.language]
    tags += [quote.original.language for quote in quotes if quote.original]
    places = [statement.place.name] if statement.place else []
    claim = statement.position.claim if statement.position else None
    text = [
        claim or "",
        plain(statement.model.text),
        *quoted,
        *(actor.name for actor in people),
        statement.role,
    ]
    text += _accounts(statement.model)
    text += [plain(statement.model.withdrawn.text)] if statement.model.withdrawn else []
    text += [*(actor.name for actor in statement.quoted.values()), *_quotation_notes(quotes)]
    text += [plain(missing.note) for missing in statement.no_responses if missing.note]
    return SearchRecord(
        view.url(statement),
        view.title(statement),
        text_of(*text, statement.model.venue or "", *places),
        date_words.word(statement.date) if statement.date else "undated",
        _filters(
            kind=[names["kind"][statement.kind]],
            actor=[actor.name for actor in people],
            briefing=statement.briefing,
            places=places,
            years=_years(statement.date),
            tags=tags,
            reply=[names["reply"][reply.label] for reply in statement.replies],
        ),
        _first_day(statement.date),
    )


def _quotation_notes(quotes: Iterable[Quotation]) -> Iterator[str]:
    """What is said of quotations: whose words they are, and what is known of their original."""
    for quote in quotes:
        yield quote.words_of or ""
        yield plain(quote.no_original.note) if quote.no_original and quote.no_original.note else ""


def _original(quote: Any) -> str:
    return quote.original.text if quote.original else ""


def _filters(
    *,
    kind: list[str],
    actor: Iterable[str],
    briefing: BriefingEntry,
    years: list[str],
    tags: Iterable[str],
    places: Iterable[str] = (),
    reply: Iterable[str] = (),
) -> dict[str, list[str]]:
    filters = {
        "kind": kind,
        "actor": actor,
        "topic": [topic.name for topic in briefing.topics],
        "place": [*places, *(place.name for place in briefing.places)],
        "reply": reply,
        "year": years,
        "language": [languages.name(tag) for tag in tags],
    }
    return {key: list(dict.fromkeys(values)) for key, values in filters.items() if values}


def _years(date: EdtfDate | None) -> list[str]:
    """All possible years of a date. An open interval counts by its known end."""
    days = [day for day in (date.earliest, date.latest) if day] if date else []
    if not days:
        return []
    return [str(year) for year in range(days[0].year, days[-1].year + 1)]


def _first_day(date: EdtfDate | None) -> str:
    return date.listed.isoformat() if date else ""


def text_of(*texts: str) -> str:
    """``texts`` on one line, with a separator. No phrase in `search-words.js` spans it."""
    return " · ".join(filter(None, (" ".join(text.split()) for text in texts)))
