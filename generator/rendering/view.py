"""The view of one page: the addresses, links and texts in it that depend on where it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from generator.addresses import urls
from generator.collection.elsewhere import home_of
from generator.collection.entries import (
    ActorEntry,
    BriefingEntry,
    EventEntry,
    SourceEntry,
    StatementEntry,
    Subject,
)
from generator.collection.linker import Collection
from generator.collection.reply_status import Reply, replies_to
from generator.locale.interface import Interface
from generator.model import languages, prose_markdown
from generator.model.briefing import Change, Quotation
from generator.model.edition_texts import OriginalWords
from generator.rendering import citations
from generator.rendering.entry_addresses import (
    Linkable,
    is_elsewhere,
    page_and_anchor,
    section_of,
)
from generator.rendering.escaping import as_html
from generator.rendering.prose_links import ProseLinks
from generator.rendering.quotations import words_anchor
from generator.rendering.settings import Settings
from generator.rendering.statement_titles import full_title
from generator.rendering.template_functions import change_anchor
from generator.rendering.templates import macros
from generator.rendering.text_language import (
    NONE,
    bdi,
    editors_language,
    in_language,
    is_language,
    language_attributes,
    publisher_language,
    source_title_language,
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
        return urls.relative_url(
            path, self.path, fragment, directory_urls=self.settings.directory_urls
        )

    def absolute_url(self, path: str, fragment: str = "") -> str:
        """The address of a page or file for use elsewhere: complete if the site's is known."""
        if not self.settings.url:
            return self.relative_url(path, fragment)
        from_home = urls.relative_url(
            path, urls.HOME, fragment, directory_urls=self.settings.directory_urls
        )
        return urljoin(self.settings.url, from_home)

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
        if not self.settings.url:
            return self.url(entry)
        if entry not in self._permalinks:
            self._permalinks[entry] = self.absolute_url(*page_and_anchor(entry))
        return self._permalinks[entry]

    def elsewhere(self, entry: Linkable) -> Markup:
        """The attributes, after a space, of a link to an entry; empty if its page is in this
        edition of the site.
        """
        if not is_elsewhere(entry) or isinstance(entry, Subject):
            return NONE
        return _elsewhere(self.language_of(home_of(entry)))

    def elsewhere_path(self, path: str) -> Markup:
        """The same for a link to the page at ``path``."""
        is_here = not path.startswith(urls.in_main_edition(""))
        return NONE if is_here else _elsewhere(self.settings.main_language)

    def change_url(self, briefing: BriefingEntry, change: Change) -> str:
        """The address of a change in the list on its briefing's page."""
        anchor = change_anchor(change, briefing.model.changes)
        return self.relative_url(urls.briefing(briefing.id), anchor)

    def list_page(self, kind: str, page: str) -> str:
        """The address of a page of one of the site's lists."""
        return self.relative_url(urls.list_page(kind, page))

    def pdf(self, briefing: BriefingEntry) -> str:
        """The address of a briefing's PDF file."""
        return self.relative_url(urls.briefing_pdf(briefing.id))

    def json(self, briefing: BriefingEntry) -> str:
        """The address of a briefing's data."""
        return self.relative_url(urls.briefing_json(briefing.id))

    def yaml(self, briefing: BriefingEntry) -> str:
        """The address of the copy of a briefing's YAML."""
        return self.relative_url(urls.briefing_yaml(briefing.id))

    def bibliography(self, briefing: BriefingEntry) -> str:
        """The address of a briefing's sources as CSL-JSON."""
        return self.relative_url(urls.briefing_bibliography(briefing.id))

    def feed(self, kind: str, entry_id: str, ending: str) -> str:
        """The address of a feed; ``kind`` is the folder's name, ``ending`` ``xml`` or ``json``."""
        return self.relative_url(f"{urls.feed(kind, entry_id)}.{ending}")

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

    def cross_reference(self, entry: StatementEntry | EventEntry, *, dated: bool = True) -> Markup:
        """A link to a statement or an event."""
        return self._cached(macros(self.interface).cross_reference, entry, dated)

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
        html = as_html(prose_markdown.to_html(text, ProseLinks(self, briefing or self.briefing)))
        if isinstance(text, OriginalWords):
            return self._untranslated(text, html)
        marks = self._unless_pages(language) if language else None
        marks = self.authors_language(briefing or self.briefing, text) if marks is None else marks
        return Markup("<div{}>{}</div>").format(marks, html) if marks else html

    def _untranslated(self, text: OriginalWords, html: Markup) -> Markup:
        """A text in the language of the original, and why it is."""
        note = untranslated_note(text, self.interface)
        return Markup("<div{}>{}</div>{}").format(language_attributes(text.language), html, note)

    def authors_language(self, briefing: BriefingEntry | None = None, text: str = "") -> Markup:
        """The attributes, after a space, of a text by the authors of a briefing, or of the site's.
        A ``Multilingual`` text knows its language."""
        tag = getattr(text, "language", "") or (briefing.model.language if briefing else None)
        return self._unless_pages(tag or self.settings.main_language)

    def _unless_pages(self, tag: str) -> Markup:
        """The attributes of a text; empty if its language is unknown or that of the interface."""
        same = not tag or is_language(tag, self.interface.language)
        return NONE if same else language_attributes(tag)

    def words(self, text: str, briefing: BriefingEntry) -> Markup:
        """A line of text by the authors of a briefing, in its language."""
        return bdi(self.authors_language(briefing, text), text)

    def in_language(self, text: str, tag: str) -> Markup:
        """A title in a language, or in that of the main edition."""
        return in_language(text, tag or self.settings.main_language, self.interface)

    def titled(self, briefing: BriefingEntry) -> Markup:
        """The title of a briefing, in its language."""
        return self.words(briefing.title, briefing)

    def page_language(self, subject: Subject | BriefingEntry | None) -> str:
        """The language of the page's title, which is the interface's if authors didn't write it."""
        if isinstance(subject, BriefingEntry):
            return self.language_of(subject)
        if subject:
            return str(getattr(subject.name, "language", "") or self.settings.main_language)
        return self.name_language if self.path == urls.HOME else self.interface.language

    @property
    def name_language(self) -> str:
        """The language of the site's name and description."""
        return self.settings.name_language or self.settings.main_language

    @property
    def name_attributes(self) -> Markup:
        """The attributes of the site's name and description."""
        return self._unless_pages(self.name_language)

    def title_language(self, source: SourceEntry) -> str:
        """The language of a source's title; empty if it is unknown or that of the interface."""
        tag = source_title_language(source, self.settings.main_language)
        return "" if not tag or is_language(tag, self.interface.language) else tag

    def title_attributes(self, source: SourceEntry) -> Markup:
        """The attributes, after a space, of a source's title."""
        return self._unless_pages(self.title_language(source))

    def source_title(self, source: SourceEntry) -> Markup:
        """The title of a source, in its language."""
        return bdi(self.title_attributes(source), source.title)

    def publisher(self, source: SourceEntry) -> Markup:
        """The name of a source's publisher, or the editors' note that none is shown."""
        tag = publisher_language(source, self.settings.main_language)
        return bdi(self._unless_pages(tag), source.publisher_name)

    def source_note(self, source: SourceEntry) -> Markup:
        """The editors' note on a source."""
        note = source.model.note if source.model else None
        tag = editors_language(note or "", source, self.settings.main_language)
        return self.prose(note or "", source.briefing or source.cited_in[0], tag)

    @property
    def site_name(self) -> Markup:
        """The name of the site, in its language."""
        return self.in_language(self.settings.name, self.name_language)

    def is_on_page(self, entry: StatementEntry | EventEntry) -> bool:
        """Whether an entry is on this page."""
        return self.briefing is entry.briefing

    def title(self, statement: StatementEntry) -> str:
        """The title of a statement as plain text: "Allegation by Norland against Esteria"."""
        if statement not in self._titles:
            self._titles[statement] = self._title(statement)
        return self._titles[statement]

    def _title(self, statement: StatementEntry) -> str:
        return full_title(
            self.interface.gettext,
            self.interface,
            statement.kind,
            statement.stance,
            self.party_names(statement),
            self.interface.join(actor.name for actor in statement.against),
            self.interface.join(actor.name for actor in statement.addressed_to),
        )

    def party_names(self, statement: StatementEntry) -> str:
        """The names of all who made a statement, as plain text: "Norland and Sundmark"."""
        return self.interface.join(party.name for party in statement.parties)

    def replies_to(self, claim: StatementEntry) -> list[Reply]:
        """The replies to a claim by everybody who is accused, addressed or answered it."""
        return replies_to(claim, self.collection.actor)

    def citation(self, entry: StatementEntry | BriefingEntry) -> citations.Item:
        """How to cite a statement or a briefing on this site, as a CSL-JSON item."""
        briefing = entry if isinstance(entry, BriefingEntry) else entry.briefing
        statement = None if isinstance(entry, BriefingEntry) else entry
        title = briefing.title
        if statement:
            title = self.interface.dated(self.title(statement), statement.date)
        return citations.item(
            key=f"{briefing.id}.{statement.id}" if statement else briefing.id,
            title=title,
            container=briefing.title if statement else "",
            publisher=self.settings.name,
            issued=briefing.last_change,
            language=briefing.model.language or self.settings.main_language,
            url=self.permalink(entry) if self.settings.url else "",
        )

    def report_url(self, entry: StatementEntry | BriefingEntry) -> str:
        """The address at which readers report an error in a statement; empty if there is none."""
        imprint = self.settings.imprint
        if not imprint.report_error or isinstance(entry, BriefingEntry):
            return ""
        page, anchor = page_and_anchor(entry)
        address = urls.relative_url(
            page, urls.HOME, anchor, directory_urls=self.settings.directory_urls
        )
        return imprint.report_url(urljoin(self.settings.url, address), self.title(entry))

    def language_of(self, briefing: BriefingEntry) -> str:
        """The language that a briefing is written in."""
        return briefing.model.language or self.settings.main_language

    def is_untranslated(self, briefing: BriefingEntry) -> bool:
        """Whether an edition of the site in another language shows a briefing as it was written."""
        return bool(self.settings.edition_path) and not languages.is_same(
            self.language_of(briefing), self.settings.language
        )

    def words_table(self, statement: StatementEntry, group: list[Quotation]) -> str:
        """The address of the table that compares a group of renderings."""
        page = urls.briefing(statement.briefing.id)
        return self.relative_url(page, words_anchor(group, statement))

    def actor(self, actor_id: str) -> ActorEntry:
        """The actor of that id, registered or not."""
        return self.collection.actor(actor_id)


def _elsewhere(tag: str) -> Markup:
    return Markup(' hreflang="{}"').format(tag)
