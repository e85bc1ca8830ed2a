"""The language of texts: ``lang`` and ``dir`` where it isn't the page's (WCAG 2.2, 3.1.2)."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from generator.collection.entries import SourceEntry
from generator.locale.interface import Interface
from generator.model import languages
from generator.model.registries import is_note
from generator.rendering.escaping import as_html, html

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


def own_language(text: str, interface: Interface) -> Markup:
    """The attributes of a text that knows its language, such as a name in several languages. Empty
    if it is in that of the interface, or is a name without a language.
    """
    tag = getattr(text, "language", "")
    return NONE if not tag or is_language(tag, interface.language) else language_attributes(tag)


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
    tag = getattr(text, "language", "") or tag
    same = not tag or is_language(tag, interface.language)
    return bdi(NONE if same else language_attributes(tag), text)


def source_title_language(source: SourceEntry, main_language: str) -> str:
    """The language of a source's title (BCP 47); empty if it is unknown.

    A title that the editors wrote is in their language: that of the briefing with the source, or of
    the site's registries.
    """
    model = source.model
    if not model:
        return ""
    if model.title_by == "editors":
        return editors_language(model.title, source, main_language)
    return getattr(model.title, "language", "") or model.language or ""


def publisher_language(source: SourceEntry, main_language: str) -> str:
    """The language of a publisher's name (BCP 47), empty if it has none.

    In brackets it is a note of the editors.
    """
    name = source.publisher_name
    if is_note(name):
        return editors_language(name, source, main_language)
    return getattr(name, "language", "")


def editors_language(text: str, source: SourceEntry, main_language: str) -> str:
    """The language of the editors' words about a source (BCP 47)."""
    briefing = source.briefing
    written_in = (briefing.model.language if briefing else None) or main_language
    return getattr(text, "language", "") or written_in
