"""The view of one page: the addresses, links and texts in it that depend on where it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from generator.addresses import urls
from generator.collection.entries import (
    ActorEntry,
    BriefingEntry,
    EventEntry,
    SourceEntry,
    StatementEntry,
    Subject,
)
from generator.collection.left_out_briefings import home_of
from generator.collection.linker import Collection
from generator.locale.interface import Interface
from generator.model import prose_markdown
from generator.model.edition_texts import OriginalWords
from generator.rendering.entry_addresses import Linkable, page_and_anchor, section_of
from generator.rendering.escaping import as_html
from generator.rendering.prose_links import ProseLinks
from generator.rendering.settings import Settings
from generator.rendering.statement_titles import full_title
from generator.rendering.templates import macros
from generator.rendering.text_language import (
    NONE,
    attributes,
    authors_language,
    bdi,
    foreign,
    in_language,
    language_attributes,
    publisher_language,
    source_title_language,
    title_as_cited,
)
from generator.rendering.untranslated import untranslated_note


@dataclass(frozen=True, slots=True)
class View:
    """What a template needs to know about its page.

    ``briefing`` is the briefing whose page it is, if it is one's.
    """

    path: str
    settings: Settings
    collection: Collection
    briefing: BriefingEntry | None = None
    interface: Interface = field(init=False, repr=False)
    _urls: dict[Linkable, str] = field(default_factory=dict, init=False, repr=False)
    _permalinks: dict[Linkable, str] = field(default_factory=dict, init=False, repr=False)
    _titles: dict[StatementEntry, str] = field(default_factory=dict, init=False, repr=False)
    _html: dict[tuple[Any, ...], Markup] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "interface", self.settings.interface)

    def relative_url(self, path: str, fragment: str = "") -> str:
        """The address of another page or file, from this page."""
        return self._relative(path, self.path, fragment)

    def absolute_url(self, path: str, fragment: str = "") -> str:
        """The address of a page or file for use elsewhere: complete if the site's is known."""
        has_url = bool(self.settings.url)
        return self._from_home(path, fragment) if has_url else self.relative_url(path, fragment)

    def _from_home(self, path: str, fragment: str) -> str:
        return urljoin(self.settings.url, self._relative(path, urls.HOME, fragment))

    def _relative(self, path: str, start: str, fragment: str) -> str:
        return urls.relative_url(path, start, fragment, directory_urls=self.settings.directory_urls)

    def has(self, section: str) -> bool:
        """Whether the site has a section."""
        return section in self.settings.sections

    def has_page(self, entry: Linkable) -> bool:
        """Whether the site has a page with an entry: not of an actor, a topic or a place if their
        section is left out.
        """
        section = section_of(entry)
        return not section or self.has(section)

    def url(self, entry: Linkable) -> str:
        """The address of an entry: its page, or its anchor on its briefing's page."""
        if entry not in self._urls:
            self._urls[entry] = self.relative_url(*page_and_anchor(entry))
        return self._urls[entry]

    def permalink(self, entry: Linkable) -> str:
        """The permanent address of an entry: complete if the site's is known."""
        if entry not in self._permalinks:
            self._permalinks[entry] = self.absolute_url(*page_and_anchor(entry))
        return self._permalinks[entry]

    def elsewhere(self, entry: Linkable) -> Markup:
        """The attributes, after a space, of a link to an entry; empty if its page is in this
        edition of the site.
        """
        home = None if isinstance(entry, Subject) else home_of(entry)
        is_here = not (home and home.is_elsewhere)
        return NONE if is_here else _elsewhere(self.settings.language_of(home))

    def elsewhere_path(self, path: str) -> Markup:
        """The same for a link to the page at ``path``."""
        is_here = not path.startswith(urls.in_main_edition(""))
        return NONE if is_here else _elsewhere(self.settings.main_language)

    def list_page(self, kind: str, page: str) -> str:
        """The address of a page of one of the site's lists."""
        return self.relative_url(urls.list_page(kind, page))

    def actor_anchor(self, actor: ActorEntry, fragment: str) -> str:
        """The address of a part of an actor's page; "" if the actor has no page."""
        has_page = actor.model and self.has_page(actor)
        return self.relative_url(urls.entry("actors", actor.id), fragment) if has_page else ""

    def link(self, entry: Subject) -> Markup:
        """A link to an actor, a topic or a place."""
        return self._cached(macros(self.interface).link, entry)

    def statement_title(self, entry: StatementEntry | EventEntry) -> Markup:
        """The title of a statement or an event: "Allegation by Norland against Esteria"."""
        return self._cached(macros(self.interface).statement_title, entry)

    def short_title(self, entry: StatementEntry | EventEntry) -> Markup:
        """The title of a statement or an event without whom it accuses, and its date."""
        return self._cached(macros(self.interface).short_title, entry)

    def _cached(self, macro: Callable[..., Markup], *arguments: Any) -> Markup:
        """The output of a macro; pages need most of them several times."""
        key = (macro, *arguments)
        if key not in self._html:
            self._html[key] = macro(self, *arguments)
        return self._html[key]

    def prose(self, text: str, briefing: BriefingEntry | None = None, language: str = "") -> Markup:
        """Authors' Markdown as HTML, in the language and with the citations of ``briefing``."""
        briefing = briefing or self.briefing
        html = as_html(prose_markdown.to_html(text, ProseLinks(self, briefing)))
        if isinstance(text, OriginalWords):
            marks = language_attributes(text.language)
            note = untranslated_note(text, self.interface)
            return Markup("<div{}>{}</div>{}").format(marks, html, note)
        marks = self._marks(language or authors_language(text, briefing, self.settings))
        return Markup("<div{}>{}</div>").format(marks, html) if marks else html

    def _marks(self, tag: str) -> Markup:
        return attributes(tag, self.interface.language)

    def language_attributes(self, text: str, briefing: BriefingEntry | None = None) -> Markup:
        """The attributes, after a space, of a text by authors, of a briefing or the site's own."""
        return self._marks(authors_language(text, briefing, self.settings))

    def words(self, text: str, briefing: BriefingEntry) -> Markup:
        """A line of text by the authors of a briefing, in its language."""
        return bdi(self.language_attributes(text, briefing), text)

    def in_language(self, text: str, tag: str) -> Markup:
        """A title in a language, or in that of the main edition."""
        return in_language(text, tag or self.settings.main_language, self.interface)

    def titled(self, briefing: BriefingEntry) -> Markup:
        """The title of a briefing, in its language."""
        return self.words(briefing.title, briefing)

    def page_language(self, subject: Subject | BriefingEntry | None) -> str:
        """The language of the page's title, which is the interface's if authors didn't write it."""
        if isinstance(subject, BriefingEntry):
            return self.settings.language_of(subject)
        if subject:
            return authors_language(subject.name, None, self.settings)
        return self.name_language if self.path == urls.HOME else self.interface.language

    @property
    def name_language(self) -> str:
        """The language of the site's name and description."""
        return self.settings.name_language or self.settings.main_language

    @property
    def name_attributes(self) -> Markup:
        """The attributes, after a space, of the site's name and description."""
        return self._marks(self.name_language)

    @property
    def site_name(self) -> Markup:
        """The name of the site, in its language."""
        return self.in_language(self.settings.name, self.name_language)

    def title_language(self, source: SourceEntry) -> str:
        """The language of a source's title; empty if it is unknown or that of the interface."""
        return foreign(source_title_language(source, self.settings), self.interface.language)

    def title_attributes(self, source: SourceEntry) -> Markup:
        """The attributes, after a space, of a source's title."""
        return self._marks(source_title_language(source, self.settings))

    def source_title(self, source: SourceEntry) -> Markup:
        """The title of a source, in its language; in brackets if the editors wrote it."""
        return bdi(self.title_attributes(source), title_as_cited(source))

    def publisher(self, source: SourceEntry) -> Markup:
        """The name of a source's publisher, or the editors' note that none is shown."""
        return bdi(self._marks(publisher_language(source, self.settings)), source.publisher_name)

    def source_note(self, source: SourceEntry) -> Markup:
        """The editors' note on a source."""
        note = (source.model and source.model.note) or ""
        tag = authors_language(note, source.briefing, self.settings)
        return self.prose(note, home_of(source), tag)

    def is_on_page(self, entry: StatementEntry | EventEntry) -> bool:
        """Whether an entry is on this page."""
        return self.briefing is entry.briefing

    def title(self, statement: StatementEntry) -> str:
        """The title of a statement as plain text: "Allegation by Norland against Esteria"."""
        if statement not in self._titles:
            self._titles[statement] = full_title(
                self.interface.gettext,
                self.interface,
                statement.kind,
                statement.stance,
                *(
                    self.interface.join(actor.name for actor in actors)
                    for actors in (statement.parties, statement.against, statement.addressed_to)
                ),
            )
        return self._titles[statement]

    def report_url(self, statement: StatementEntry) -> str:
        """The address at which readers report an error in a statement; empty if there is none."""
        imprint = self.settings.imprint
        if not imprint.report_error:
            return ""
        address = self._from_home(*page_and_anchor(statement))
        return imprint.report_url(address, self.title(statement))


def _elsewhere(tag: str) -> Markup:
    return Markup(' hreflang="{}"').format(tag)
