"""What the search knows: a page for each briefing, actor, topic and place, with its parts.

A part (a statement, an event, a source) leads to the very place it is about, and carries what
readers filter and sort by. The parts of a page are found together, as the index names every page
once: with a page for each part, a first search among 10,000 briefings would fetch a megabyte.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.addresses import urls
from generator.collection.entries import (
    ActorEntry,
    BriefingEntry,
    EventEntry,
    SourceEntry,
    StatementEntry,
    Subject,
)
from generator.collection.linker import Collection
from generator.model import date_words, languages
from generator.model.briefing import Accounts
from generator.model.edtf import EdtfDate
from generator.model.prose_markdown import plain
from generator.rendering.settings import Settings
from generator.rendering.translations import translations
from generator.rendering.view import View


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """One part: its address below the site's root, its words, and what it can be filtered by.

    ``filters`` goes by filter (`actor`, `kind` …), ``date`` is the first day it can mean.
    """

    url: str
    title: str
    content: str
    about: str = ""
    filters: Mapping[str, list[str]] = field(default_factory=dict)
    date: str = ""

    @property
    def fragment(self) -> str:
        """Its anchor on its page; empty where it stands for the whole page."""
        return self.url.partition("#")[2]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page with the parts it is found by, of which the first stands for the page itself.

    ``names`` are those of an actor, a topic or a place, which are proposed for words like them.
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
        """What any of its parts can be filtered by."""
        found: dict[str, dict[str, None]] = {}
        for part in self.parts:
            for key, values in part.filters.items():
                found.setdefault(key, {}).update(dict.fromkeys(values))
        return {key: list(values) for key, values in found.items()}

    @property
    def dates(self) -> tuple[str, str] | None:
        """The first and the last day of its parts."""
        days = sorted(part.date for part in self.parts if part.date)
        return (days[0], days[-1]) if days else None


def briefing_found(
    briefing: BriefingEntry, collection: Collection, settings: Settings
) -> SearchPage:
    """A briefing's page with what it is found by; a shared source is found at the first briefing
    that cites it.
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
            *(_statement(one, view, names) for one in briefing.statements),
            *(_source(source, view, names) for source in sources),
        )
    )


def subject_found(
    kind: str, entry: Subject, collection: Collection, settings: Settings
) -> SearchPage:
    """The page of an actor, a topic or a place (``kind`` is the folder's name)."""
    view = View(urls.HOME, settings, collection)
    also = entry.model.also_known_as if isinstance(entry, ActorEntry) and entry.model else []
    about = getattr(entry.model, "description", None) or ""
    filters = {"kind": [translations(settings.language)["search"]["kind"][kind.removesuffix("s")]]}
    part = SearchRecord(view.url(entry), entry.name, text_of(*also, plain(about)), filters=filters)
    return SearchPage((part,), (entry.name, *also))


def _briefing(briefing: BriefingEntry, view: View, names: Any) -> SearchRecord:
    parties = [actor for actor, _ in briefing.parties()]
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
    when = model.date if model else None
    said = [source.publisher_name, date_words.word(when) if when else ""]
    language = model.language if model else None
    filters = {
        "kind": [names["search"]["kind"]["source"]],
        "year": _years(when),
        "language": [languages.name(language)] if language else [],
    }
    return SearchRecord(
        view.url(source),
        source.title,
        text_of(*text),
        ", ".join(filter(None, said)),
        {key: values for key, values in filters.items() if values},
        _first_day(when),
    )


def _accounts(model: Accounts) -> list[str]:
    """What a page says of points on which accounts differ."""
    told = [
        (one.about, *(plain(version.text) for version in one.versions))
        for one in model.discrepancies
    ]
    return [text for texts in told for text in texts]


def _statement(one: StatementEntry, view: View, names: Any) -> SearchRecord:
    quotes = one.model.quotes
    said = [words for quote in quotes for words in (quote.text, _original(quote)) if words]
    people = [one.party, *([one.speaker] if one.speaker else []), *one.against, *one.addressed_to]
    tags = [one.briefing.model.language or view.settings.language]
    tags += [quote.language for quote in quotes if quote.language]
    tags += [quote.original.language for quote in quotes if quote.original]
    places = [one.place.name] if one.place else []
    text = [plain(one.model.text), *said, *(actor.name for actor in people), one.role]
    text += _accounts(one.model)
    text += [plain(one.model.withdrawn.text)] if one.model.withdrawn else []
    text += [plain(none.note) for none in one.no_responses if none.note]
    return SearchRecord(
        view.url(one),
        view.title(one),
        text_of(*text, one.model.venue or "", *places),
        date_words.word(one.date) if one.date else "undated",
        _filters(
            kind=[names["kind"][one.kind]],
            actor=[actor.name for actor in people],
            briefing=one.briefing,
            places=places,
            years=_years(one.date),
            tags=tags,
            reply=[names["reply"][reply.label] for reply in one.replies],
        ),
        _first_day(one.date),
    )


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
    found = {
        "kind": kind,
        "actor": actor,
        "topic": [topic.name for topic in briefing.topics],
        "place": [*places, *(place.name for place in briefing.places)],
        "reply": reply,
        "year": years,
        "language": [languages.name(tag) for tag in tags],
    }
    return {key: list(dict.fromkeys(values)) for key, values in found.items() if values}


def _years(when: EdtfDate | None) -> list[str]:
    """The years a date can mean; those at its known ends where one is open."""
    days = [day for day in (when.earliest, when.latest) if day] if when else []
    if not days:
        return []
    return [str(year) for year in range(days[0].year, days[-1].year + 1)]


def _first_day(when: EdtfDate | None) -> str:
    return when.listed.isoformat() if when else ""


def text_of(*texts: str) -> str:
    """``texts`` one after the other, on one line, with a mark between that no reader looks for."""
    return " · ".join(filter(None, (" ".join(text.split()) for text in texts)))
