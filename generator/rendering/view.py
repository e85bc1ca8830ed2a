"""What templates work with: the words and filters of the interface, and one page's view."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any
from urllib.parse import urljoin

import yaml
from babel import Locale
from jinja2 import PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from generator.addresses import urls
from generator.collection.entries import (
    ActorEntry,
    BriefingEntry,
    EventEntry,
    PlaceEntry,
    SourceEntry,
    StatementEntry,
    TopicEntry,
)
from generator.collection.linker import Collection
from generator.collection.reply_status import answer_order, count_replies, oldest_first
from generator.model import date_words, edtf, languages, prose_markdown
from generator.rendering import citations, escaping
from generator.rendering.fast_jinja import Engine

Linkable = (
    ActorEntry | TopicEntry | PlaceEntry | SourceEntry | EventEntry | StatementEntry | BriefingEntry
)
_LINE_END = re.compile(r"\r\n|\r|\n")
MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Settings:
    """What the site's own configuration says about its pages; ``url`` is empty where unknown.

    ``pdf`` tells that each briefing is there as a PDF file too; ``card_fonts`` are font files that
    the cards of links are drawn with where the package's own lack a sign.
    """

    name: str = ""
    description: str = ""
    language: str = "en"
    directory_urls: bool = True
    url: str = ""
    pdf: bool = False
    card_fonts: tuple[bytes, ...] = field(default=(), repr=False)


@cache
def environment() -> Engine:
    environment = Engine(
        loader=PackageLoader("generator", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters |= {
        "md": lambda words: Markup(escaping.text(str(words))),
        "when": lambda value: date_words.word(value),
        "day": lambda value: date_words.word_day(value),
        "language": languages.name,
        "country": _country,
        "plain": prose_markdown.plain,
        "lines": _lines,
        "verbatim": _verbatim,
        "short": _short,
        "coded": _coded,
        "percent": _percent,
        "csl": citations.csl,
        "bibtex": citations.bibtex,
        "ris": citations.ris,
        "reference": citations.plain,
    }
    return environment


def forget_files() -> None:
    """Have templates and words read again: of a preview, they can be edited meanwhile."""
    environment.cache_clear()
    words.cache_clear()


@cache
def words(language: str) -> Any:
    """The interface's words; English where there are none in ``language``."""
    file = _catalogue(language if has_words(language) else "en")
    return yaml.load(file.read_text("utf-8"), Loader=yaml.SafeLoader)


@cache
def has_words(language: str) -> bool:
    """Whether the interface has words in a language."""
    return _catalogue(language).is_file()


def _catalogue(language: str) -> Traversable:
    return resources.files("generator") / "locale" / f"{language.partition('-')[0]}.yml"


def _short(words: str, length: int) -> str:
    """At most ``length`` characters of a text, cut at a word's end."""
    if len(words) <= length:
        return words
    cut, blank, _ = words[:length].rpartition(" ")
    return f"{cut if blank else words[:length]}…"


def _lines(words: str) -> Markup:
    """Verbatim words with their line breaks kept; U+0085, U+2028 and U+2029 are none."""
    return Markup("<br>").join(escape(line) for line in _LINE_END.split(words))


def _verbatim(text: str) -> Markup:
    """Lines for a `pre` element, with all blanks: a page's own lines are stripped of theirs."""
    return Markup(str(escape(text)).replace("\n", "&#10;"))


def _listed(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _coded(message: str) -> Markup:
    """A problem's message with what stands in backticks as code."""
    return Markup(re.sub("`([^`]+)`", r"<code>\1</code>", str(escape(message))))


def _percent(value: float) -> str:
    """A share of a picture's width as SVG writes it."""
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"


def _country(code: str) -> str:
    """The English name of a country (ISO 3166-1 alpha-2); the code where it has none."""
    return str(Locale("en").territories.get(code, code))


@dataclass(frozen=True, slots=True)
class View:
    """What a template needs to know of the page it is filling: addresses, prose, reply words."""

    path: str
    settings: Settings
    collection: Collection
    home: BriefingEntry | None = None
    _addresses: dict[Linkable, str] = field(default_factory=dict, init=False, repr=False)
    _lasting: dict[Linkable, str] = field(default_factory=dict, init=False, repr=False)
    _titles: dict[StatementEntry, str] = field(default_factory=dict, init=False, repr=False)
    _said: dict[Any, Markup] = field(default_factory=dict, init=False, repr=False)

    def to(self, path: str, fragment: str = "") -> str:
        """The address of another page, or of an anchor on it."""
        return urls.relative_url(
            path, self.path, fragment, directory_urls=self.settings.directory_urls
        )

    def url(self, entry: Linkable) -> str:
        """The address of an entry: its page, or its anchor on its briefing's page."""
        if entry not in self._addresses:
            self._addresses[entry] = self.to(*_place(entry))
        return self._addresses[entry]

    def link(self, entry: ActorEntry | TopicEntry | PlaceEntry) -> Markup:
        """A link to an actor, a topic or a place."""
        return self._once(("link", entry), self, entry)

    def named(self, one: StatementEntry | EventEntry) -> Markup:
        """What a statement or an event is: "Allegation by Norland against Esteria"."""
        return self._once(("named", one), words(self.settings.language), one)

    def cross(self, one: StatementEntry | EventEntry, *, dated: bool = True) -> Markup:
        """A link to a statement or an event."""
        return self._once(("cross", one, dated), self, words(self.settings.language), one, dated)

    def _once(self, macro: tuple[Any, ...], *given: Any) -> Markup:
        """What a macro makes of an entry; pages have most of them several times."""
        if macro not in self._said:
            macros = environment().imported("macros.html")
            self._said[macro] = getattr(macros, macro[0])(*given)
        return self._said[macro]

    def list_page(self, kind: str, page: str) -> str:
        """The path of a page of one of the site's lists."""
        return urls.list_page(kind, page)

    def pdf(self, briefing: BriefingEntry) -> str:
        """The address of a briefing's PDF file."""
        return self.to(urls.briefing_pdf(briefing.id))

    def json(self, briefing: BriefingEntry) -> str:
        """The address of a briefing's data."""
        return self.to(urls.briefing_json(briefing.id))

    def bibliography(self, briefing: BriefingEntry) -> str:
        """The address of a briefing's sources as CSL-JSON."""
        return self.to(urls.briefing_bibliography(briefing.id))

    def feed(self, kind: str, entry_id: str, ending: str) -> str:
        """The address of a feed; ``kind`` is the folder's name, ``ending`` ``xml`` or ``json``."""
        return self.to(f"{urls.feed(kind, entry_id)}.{ending}")

    def yaml(self, briefing: BriefingEntry) -> str:
        """The address of the copy of a briefing's YAML."""
        return self.to(urls.briefing_yaml(briefing.id))

    def prose(self, text: str, briefing: BriefingEntry | None = None) -> Markup:
        """Authors' Markdown as HTML; citations are numbered as on ``briefing``'s page."""
        html = Markup(prose_markdown.to_html(text, _Links(self, briefing or self.home)))
        language = self.authors_language(briefing or self.home)
        return Markup("<div{}>{}</div>").format(language, html) if language else html

    def authors_language(self, briefing: BriefingEntry | None = None) -> Markup:
        """The attributes, after a space, of an author's text on a site whose words are in another
        language; nothing on others.
        """
        if has_words(self.settings.language):
            return Markup()
        tag = (briefing.model.language if briefing else None) or self.settings.language
        return Markup(' lang="{}" dir="{}"').format(tag, languages.direction(tag))

    def only_referring(self, briefing: BriefingEntry) -> list[BriefingEntry]:
        """The briefings that refer to one which does not name them as related."""
        named = [other for _, other in briefing.related]
        return [other for other in briefing.referred_to_by if other not in named]

    def here(self, entry: StatementEntry | EventEntry) -> bool:
        """Whether an entry stands on this very page."""
        return self.home is entry.briefing

    def title(self, one: StatementEntry) -> str:
        """What a statement is, in plain words: "Allegation by Norland against Esteria"."""
        if one not in self._titles:
            self._titles[one] = self._titled(one)
        return self._titles[one]

    def _titled(self, one: StatementEntry) -> str:
        names = words(self.settings.language)
        title = f"{names['kind'][one.kind]} by {one.party.name}"
        if one.against:
            title += f" against {_listed(actor.name for actor in one.against)}"
        if one.addressed_to:
            title += f" to {_listed(actor.name for actor in one.addressed_to)}"
        return f"{title}: {names['stance'][one.response.stance]}" if one.response else title

    def citation(self, one: StatementEntry | BriefingEntry) -> citations.Item:
        """How a statement or a whole briefing on this site is cited, as a CSL-JSON item."""
        briefing = one if isinstance(one, BriefingEntry) else one.briefing
        statement = None if isinstance(one, BriefingEntry) else one
        title = briefing.title
        if statement:
            when = date_words.word(statement.date) if statement.date else "undated"
            title = f"{self.title(statement)}, {when}"
        return citations.item(
            key=f"{briefing.id}.{statement.id}" if statement else briefing.id,
            title=title,
            container=briefing.title if statement else "",
            publisher=self.settings.name,
            issued=briefing.last_change,
            language=briefing.model.language or self.settings.language,
            url=self.permalink(one) if self.settings.url else "",
        )

    def permalink(self, one: Linkable) -> str:
        """The lasting address of an entry: whole where the site's own is known."""
        if not self.settings.url:
            return self.url(one)
        if one not in self._lasting:
            self._lasting[one] = self.address(*_place(one))
        return self._lasting[one]

    def address(self, path: str, fragment: str = "") -> str:
        """The address of a page or file for use elsewhere: whole where the site's own is known."""
        if not self.settings.url:
            return self.to(path, fragment)
        from_home = urls.relative_url(
            path, urls.HOME, fragment, directory_urls=self.settings.directory_urls
        )
        return urljoin(self.settings.url, from_home)

    def actor(self, actor_id: str) -> ActorEntry:
        """The actor of that id, known or not."""
        return self.collection.actor(actor_id)

    def has_answered(self, position: StatementEntry, party: str) -> bool:
        """Whether a party has any response to a position."""
        return any(one.party.id == party for one in position.answered_by)

    def order_note(self, position: StatementEntry, answer: StatementEntry) -> str:
        """What a reader must know of when an answer was given; empty for one that came after."""
        if answer.date is None:
            return "this reply is undated"
        if position.date is None:
            return "the statement it answers is undated, so which came first is not established"
        match answer_order(answer.date, position.date):
            case edtf.Order.BEFORE:
                return "given before this statement"
            case edtf.Order.UNCERTAIN:
                return "which of the two came first is not established"
            case _:
                return ""

    def by_time(self, entries: list[Any]) -> list[Any]:
        """Events and statements in order of time, undated ones last, each once."""
        return oldest_first(dict.fromkeys(entries))

    def reply_counts(self, briefings: Iterable[BriefingEntry]) -> list[tuple[str, int]]:
        """How many replies of each kind, by the words for them; only kinds that there are."""
        return self.in_order(count_replies(briefings))

    def in_order(self, replies: Mapping[str, int]) -> list[tuple[str, int]]:
        """Reply statuses, counted by their labels, in the order in which readers see them."""
        return [(label, replies[label]) for label in words("en")["reply"] if replies.get(label)]

    def busiest(self, weights: Mapping[str, int], entries: Mapping[str, Any]) -> list[Any]:
        """The entries that are in most, by the ``weights`` of their ids, for the home page."""
        known = [entries[key] for key in weights if key in entries]
        return sorted(known, key=lambda one: (-weights[one.id], one.name))[:MOST_SHOWN]

    def briefings_of(self, entry: ActorEntry | TopicEntry | PlaceEntry) -> list[BriefingEntry]:
        """The briefings in which an actor has a part, that are on a topic, or that are about a
        place or tell of something there, in the order of their titles.
        """
        match entry:
            case ActorEntry():
                linked = [*entry.statements, *entry.spoken, *entry.accused_in, *entry.addressed_in]
                found = {one.briefing for one in linked} | {one.briefing for one in entry.events}
                found |= set(entry.mentioned_in)
            case PlaceEntry():
                found = {one.briefing for one in entry.events}
                found |= {one.briefing for one in entry.statements} | set(entry.briefings)
            case TopicEntry():
                found = set(entry.briefings)
        return sorted(found, key=lambda one: (one.title.casefold(), one.id))

    def counted(self, sources: list[SourceEntry]) -> int:
        """How many sources there are, those that carry the same original counted once."""
        return len({one.original for one in sources})

    def renderings(self, quotes: list[Any]) -> list[list[Any]]:
        """Quotations in their order, rival renderings of the same words together."""
        groups: dict[str, list[Any]] = {}
        for index, quote in enumerate(quotes):
            groups.setdefault(quote.rendering_of or f"#{index}", []).append(quote)
        return list(groups.values())

    def direction(self, tag: str | None) -> str:
        """The writing direction of a language; ``auto`` where it is not told."""
        return languages.direction(tag) if tag else "auto"


def _place(entry: Linkable) -> tuple[str, str]:
    """The page that an entry stands on, and its anchor there; empty where it is the whole page."""
    match entry:
        case ActorEntry():
            return urls.entry("actors", entry.id), ""
        case TopicEntry():
            return urls.entry("topics", entry.id), ""
        case PlaceEntry():
            return urls.entry("places", entry.id), ""
        case BriefingEntry():
            return urls.briefing(entry.id), ""
        case SourceEntry():
            home = entry.briefing or entry.cited_in[0]
            return urls.briefing(home.id), f"source--{entry.id}"
        case _:
            return urls.briefing(entry.briefing.id), entry.id


@dataclass(frozen=True, slots=True)
class _Links:
    view: View
    briefing: BriefingEntry | None

    def citation(self, source_id: str) -> tuple[str, str] | None:
        if self.briefing is None or source_id not in self.briefing.bibliography:
            return None
        page = urls.briefing(self.briefing.id)
        number = str(self.briefing.number(source_id))
        return number, self.view.to(page, f"source--{source_id}")

    def reference(self, kind: str, target: str) -> str | None:
        collection = self.view.collection
        if kind == "briefing":
            known = target in collection.all_ids
            return self.view.to(urls.briefing(target)) if known else None
        return self.view.url(collection.actors[target]) if target in collection.actors else None
