"""What an edition in another language says of texts that are in the language of the original."""

from __future__ import annotations

from markupsafe import Markup
from pydantic import BaseModel

from generator.collection.entries import BriefingEntry
from generator.locale.interface import Interface
from generator.model import languages
from generator.model.edition_texts import OriginalWords
from generator.rendering.html_texts import html_texts
from generator.rendering.settings import Settings
from generator.rendering.text_language import NONE

_NOTE = Markup('<p class="note untranslated">{}</p>')
#: The keys of statements and events whose lines are above the text.
_LINES = ("title", "claim", "venue", "speaker_role")


def is_untranslated(briefing: BriefingEntry, settings: Settings) -> bool:
    """Whether an edition of the site in another language shows a briefing as it was written."""
    return bool(settings.edition_path) and not languages.is_same(
        settings.language_of(briefing), settings.language
    )


def untranslated_note(text: OriginalWords, interface: Interface) -> Markup:
    """In what language a text is, and why."""
    gettext = html_texts(interface).gettext
    language = interface.language_name(text.language)
    if text.is_stale:
        note = gettext(
            "In %(language)s: the original has changed since its translation.", language=language
        )
    else:
        note = gettext("In %(language)s: not translated yet.", language=language)
    return _NOTE.format(note)


def untranslated_lines(entry: BaseModel, interface: Interface) -> Markup:
    """The same for the lines of a statement or an event, below its text, if this is translated.

    The text has the same note if it isn't, which is enough for both.
    """
    values = vars(entry)  # a model is slow to say that it has no such attribute
    if isinstance(values["text"], OriginalWords):
        return NONE
    lines = (values.get(name) for name in _LINES)
    untranslated = [line for line in lines if isinstance(line, OriginalWords)]
    untranslated.sort(key=lambda line: not line.is_stale)
    if not untranslated:
        return NONE
    gettext = html_texts(interface).gettext
    language = interface.language_name(untranslated[0].language)
    if untranslated[0].is_stale:
        note = gettext(
            "Some words above this text are in %(language)s: the original has changed since their "
            "translation.",
            language=language,
        )
    else:
        note = gettext(
            "Some words above this text are in %(language)s: not translated yet.",
            language=language,
        )
    return _NOTE.format(note)
