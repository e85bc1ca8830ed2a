"""Functions and filters for templates that need nothing but their arguments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from generator.collection.answer_table import by_label
from generator.collection.entries import (
    ActorEntry,
    BriefingEntry,
    EventEntry,
    PlaceEntry,
    SourceEntry,
    StatementEntry,
)
from generator.collection.reply_status import answer_order, count_replies, oldest_first
from generator.locale import terms
from generator.locale.interface import Interface
from generator.model import edtf, languages, prose_markdown
from generator.model.briefing import Change
from generator.model.edition_texts import like
from generator.model.registries import is_note
from generator.model.sentences import first_sentence
from generator.rendering.escaping import as_html, html
from generator.rendering.text_language import isolated

_LINE_END = re.compile(r"\r\n|\r|\n")
#: How many actors or places the home page lists.
_MOST_LISTED = 12
#: How many claims a card shows of a briefing that names no `lead`.
_MOST_CLAIMS = 2


def nl2br(text: str) -> Markup:
    """A text with its line breaks; U+0085, U+2028 and U+2029 are not line breaks."""
    return Markup("<br>").join(escape(line) for line in _LINE_END.split(text))


def preserve_whitespace(text: str) -> Markup:
    """A text for a `pre` element: the lines of a page are stripped, those of this text are not."""
    return as_html(str(escape(text)).replace("\n", "&#10;"))


def backticks_to_code(message: str) -> Markup:
    """A problem's message with the text in backticks as code."""
    return Markup(re.sub("`([^`]+)`", r"<code>\1</code>", str(escape(message))))


def percent(value: float) -> str:
    """A share of a chart's width, as SVG writes it."""
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"


def text_direction(tag: str | None) -> str:
    """The writing direction of a language; ``auto`` if the language is unknown."""
    return languages.direction(tag) if tag else "auto"


def isolated_names(names: Iterable[str], interface: Interface) -> Markup:
    """Names one after another."""
    return as_html(str.join(html(interface.comma), [isolated(name, interface) for name in names]))


def actor_names(actors: Iterable[ActorEntry], interface: Interface) -> Markup:
    """The names of actors one after another."""
    return isolated_names([actor.name for actor in actors], interface)


def coordinates(latitude: float, longitude: float, interface: Interface) -> str:
    """A point in degrees: "12.6° N, 8° W"."""
    gettext = interface.gettext
    values = {"latitude": abs(latitude), "longitude": abs(longitude)}
    match latitude >= 0, longitude >= 0:
        case True, True:
            return gettext("%(latitude)s° N, %(longitude)s° E", **values)
        case True, False:
            return gettext("%(latitude)s° N, %(longitude)s° W", **values)
        case False, True:
            return gettext("%(latitude)s° S, %(longitude)s° E", **values)
        case _:
            return gettext("%(latitude)s° S, %(longitude)s° W", **values)


def by_time(entries: Iterable[Any]) -> list[Any]:
    """Events and statements, oldest first, undated ones last, each once."""
    return oldest_first(dict.fromkeys(entries))


def group_by_day(
    entries: Iterable[EventEntry | StatementEntry],
) -> list[list[EventEntry | StatementEntry]]:
    """Entries in their order: each event alone, successive statements with one date together."""
    groups: list[list[EventEntry | StatementEntry]] = []
    for entry in entries:
        last = groups[-1][-1] if groups else None
        if last and not (entry.is_event or last.is_event) and last.date == entry.date:
            groups[-1].append(entry)
        else:
            groups.append([entry])
    return groups


def has_answered(position: StatementEntry, party: str) -> bool:
    """Whether a party has any response to a position."""
    return any(party == actor.id for answer in position.answered_by for actor in answer.parties)


def claim_beyond_text(statement: StatementEntry) -> bool:
    """Whether a statement has a written claim that its text doesn't hold word for word."""
    claim = statement.position.claim if statement.position else None
    if not claim:
        return False
    clause = " ".join(claim.casefold().split()).removeprefix("that ")
    text = prose_markdown.plain(statement.model.text)
    return clause not in " ".join(text.casefold().split())


def order_note(position: StatementEntry, answer: StatementEntry, interface: Interface) -> str:
    """A note on when an answer was given; empty for an answer that came after the position."""
    if answer.date is None:
        return interface.gettext("this reply is undated")
    if position.date is None:
        return interface.gettext(
            "the statement it answers is undated, so which came first is not established"
        )
    match answer_order(answer.date, position.date):
        case edtf.Order.BEFORE:
            return interface.gettext("given before this statement")
        case edtf.Order.UNCERTAIN:
            return interface.gettext("which of the two came first is not established")
        case _:
            return ""


def reply_counts(briefings: Iterable[BriefingEntry], interface: Interface) -> list[tuple[str, int]]:
    """How many replies have each status, without the statuses that no reply has."""
    return sort_replies(by_label(count_replies(briefings)), interface)


def sort_replies(counts: Mapping[str, int], interface: Interface) -> list[tuple[str, int]]:
    """Counts of replies by status, in the order in which pages list the statuses."""
    return [(label, counts[label]) for label in terms.replies(interface) if counts.get(label)]


def most_frequent(counts: Mapping[str, int], entries: Mapping[str, Any]) -> list[Any]:
    """The entries with the highest ``counts`` (by id), for the home page."""
    known = [entries[key] for key in counts if key in entries]
    return sorted(known, key=lambda entry: (-counts[entry.id], entry.name))[:_MOST_LISTED]


def claims_on_card(briefing: BriefingEntry) -> list[StatementEntry]:
    """The positions that stand for a briefing: its `lead`, or else its first allegations."""
    if briefing.lead:
        return briefing.lead
    demands = [position for position in briefing.positions if position.kind == "demand"]
    return briefing.allegations[:_MOST_CLAIMS] or demands[:1]


def opening_sentence(prose: str) -> str:
    """The first sentence of authors' Markdown as plain text, in the language of the Markdown."""
    return like(prose, first_sentence(prose_markdown.plain(prose)))


def on_map(places: list[PlaceEntry]) -> bool:
    """Whether one of the places has coordinates, so that there is a map."""
    return any(
        place.model and place.model.latitude is not None and place.model.longitude is not None
        for place in places
    )


def other_referrers(briefing: BriefingEntry) -> list[BriefingEntry]:
    """The briefings that refer to a briefing that does not list them as related."""
    related = [other for _, other in briefing.related]
    return [other for other in briefing.referred_to_by if other not in related]


def count_originals(sources: Iterable[SourceEntry]) -> int:
    """How many sources there are, counting those that carry the same original once."""
    return len({source.original for source in sources})


def outlet(source: SourceEntry) -> str:
    """Who published a source, in few words; its author or the host of its address otherwise.

    A publisher or an author in brackets is a note of the editors that no name is shown.
    """
    model = source.model
    author = (model and model.author) or ""
    names = (name for name in (source.publisher_name, author) if name and not is_note(name))
    return next(names, "") or urlsplit((model and model.url) or "").hostname or ""


def last_correction(changes: Iterable[Change]) -> list[Change]:
    """The last change that corrected a mistake, in a list that is empty if there was none."""
    corrections = [change for change in changes if change.kind == "correction"]
    return sorted(corrections, key=lambda change: change.date)[-1:]


def change_anchor(change: Change, changes: Sequence[Change]) -> str:
    """The anchor of one of a briefing's ``changes`` on its page; the first of a day has no number.

    Two hyphens keep it apart from the ids of authors.
    """
    same_day = [other for other in changes if other.date == change.date]
    number = next(index for index, other in enumerate(same_day, 1) if other is change)
    return f"change--{change.date}" if number == 1 else f"change--{change.date}-{number}"


def brief_caption(as_of: date | None, interface: Interface) -> str:
    """The caption of the claims in brief."""
    if not as_of:
        return interface.gettext("Claims and replies")
    return interface.gettext("Claims and replies, as of %(day)s", day=interface.day(as_of))


def has_described_titles(sources: Iterable[SourceEntry]) -> bool:
    """Whether the editors described the title of any of the sources."""
    return any(source.model and source.model.title_by == "editors" for source in sources)
