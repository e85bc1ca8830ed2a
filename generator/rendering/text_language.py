"""The language of texts: ``lang`` and ``dir`` where it isn't the page's (WCAG 2.2, 3.1.2)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from generator.collection.entries import BriefingEntry, SourceEntry
from generator.locale.interface import Interface
from generator.model import languages
from generator.model.registries import is_note
from generator.rendering.escaping import as_html, html

if TYPE_CHECKING:
    from generator.rendering.settings import Settings

_CACHED = 1_024
#: No attributes.
NONE = Markup()


@lru_cache(_CACHED)
def language_attributes(tag: str) -> Markup:
    """The attributes of a text in a language (BCP 47), after a space."""
    return Markup(' lang="{}" dir="{}"').format(tag, languages.direction(tag))


@lru_cache(_CACHED)
def is_language(tag: str, page_language: str) -> bool:
    """Whether two tags are the same but for a script that the language is usually written in."""
    if tag == page_language:
        return True
    return _without_script(tag) == _without_script(page_language) and languages.is_same(
        tag, page_language
    )


def _without_script(tag: str) -> str:
    return tag.replace(f"-{languages.likely_script(tag)}", "")


def foreign(tag: str, page_language: str) -> str:
    """A language tag; empty if it is that of the page, or empty."""
    return "" if not tag or is_language(tag, page_language) else tag


def attributes(tag: str, page_language: str) -> Markup:
    """The attributes, after a space, of a text whose language is known and isn't the page's."""
    return language_attributes(tag) if foreign(tag, page_language) else NONE


def known_language(text: str) -> str:
    """The language of a text that knows it, such as a name in several languages; empty if not."""
    return getattr(text, "language", "")


def own_language(text: str, interface: Interface) -> Markup:
    """The attributes of a text that knows its language."""
    return attributes(known_language(text), interface.language)


def bdi(attributes: Markup, text: str) -> Markup:
    """A text, escaped, kept apart from the direction of the words around it."""
    # A page has hundreds of these, and ``Markup.format`` takes three times as long.
    return as_html(f"<bdi{attributes}>{html(text)}</bdi>")


def isolated(text: str, interface: Interface) -> Markup:
    """A name or a title, kept apart from the direction of the words around it."""
    return bdi(own_language(text, interface), text)


def in_language(text: str, tag: str, interface: Interface) -> Markup:
    """A title in a language (BCP 47), unless it knows its own, kept apart from the words around it.

    An empty ``tag`` is that of the interface.
    """
    return bdi(attributes(known_language(text) or tag, interface.language), text)


def authors_language(text: str, briefing: BriefingEntry | None, settings: Settings) -> str:
    """The language of a text by the authors of a briefing, or of the site's registries (BCP 47)."""
    return known_language(text) or settings.language_of(briefing)


def title_as_cited(source: SourceEntry) -> str:
    """The title of a source, in brackets if it is the editors' description."""
    by_editors = source.model and source.model.title_by == "editors"
    return f"[{source.title}]" if by_editors else source.title


def source_title_language(source: SourceEntry, settings: Settings) -> str:
    """The language of a source's title (BCP 47); empty if it is unknown.

    A title that the editors wrote is in their language: that of the briefing with the source, or of
    the site's registries.
    """
    model = source.model
    if not model:
        return ""
    if model.title_by == "editors":
        return authors_language(model.title, source.briefing, settings)
    return known_language(model.title) or model.language or ""


def publisher_language(source: SourceEntry, settings: Settings) -> str:
    """The language of a publisher's name (BCP 47), empty if it has none.

    In brackets it is a note of the editors.
    """
    name = source.publisher_name
    if is_note(name):
        return authors_language(name, source.briefing, settings)
    return known_language(name)
