"""A briefing in the words of its translation, as far as these are of what it says today.

Whatever shows it depends on the briefing, the translation and the original's language alone, so a
result can be cached by the digests of the two files and this language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from generator.model.briefing import Briefing
from generator.model.introspection import FieldPath, keys
from generator.model.registries import is_note
from generator.model.translated_texts import ComparedText, OriginalText, TextState, compare
from generator.model.translation import TranslationFile

_SHOWN = (TextState.TRANSLATED, TextState.UNRECORDED)


@dataclass(frozen=True)
class TranslatedBriefing:
    """A briefing in another language.

    ``briefing`` has the words to show, all else is the original's. ``languages`` has the language
    of each text by its path in ``briefing`` (``("positions", 0, "text")``), ``untranslated`` why a
    text is the original's: it is ``missing`` or ``stale``. ``renderings`` are translations of
    quotations, by the quotation's path; the quotation itself stays as it was said.
    """

    briefing: Briefing
    language: str
    languages: Mapping[FieldPath, str]
    untranslated: Mapping[FieldPath, TextState]
    renderings: Mapping[FieldPath, str]


def translated(
    briefing: Briefing, translation: TranslationFile, language: str
) -> TranslatedBriefing:
    """``briefing`` in the words of ``translation``. ``language`` is that of the original (BCP 47).

    A text that the translation lacks, or that is of other words than today's, is the original's.
    """
    words: dict[FieldPath, str] = {}
    languages: dict[FieldPath, str] = {}
    untranslated: dict[FieldPath, TextState] = {}
    renderings: dict[FieldPath, str] = {}
    for text in compare(briefing, translation).texts:
        path, given = text.original.path, text.given
        if text.original.role.kind == "quote":
            if given and text.state in _SHOWN:
                renderings[path[:-1]] = given.text
        elif given and text.state in _SHOWN:
            words[path] = _bracketed(text.original, given.text)
            languages[path] = translation.language
        elif text.counts or text.original.is_in_language:
            languages[path] = _own_language(text, translation.language, language)
            if not text.original.is_in_language:
                untranslated[path] = text.state
    return TranslatedBriefing(
        with_words(briefing, words), translation.language, languages, untranslated, renderings
    )


def _bracketed(original: OriginalText, text: str) -> str:
    """The translation of a text. A note in place of a name stays in brackets."""
    is_name = original.role.translated == "if in brackets" and not is_note(text)
    return f"[{text}]" if is_name else text


def _own_language(text: ComparedText, language: str, original: str) -> str:
    return language if text.original.is_in_language else text.original.language or original


def with_words(value: Any, words: Mapping[FieldPath, str]) -> Any:
    """``value`` with other texts at some paths below it, which are not validated again."""
    if () in words:
        return words[()]
    if not words:
        return value
    below: dict[str | int, dict[FieldPath, str]] = {}
    for path, text in words.items():
        below.setdefault(path[0], {})[path[1:]] = text
    if isinstance(value, list):
        return [with_words(item, below.get(index, {})) for index, item in enumerate(value)]
    assert isinstance(value, BaseModel)
    attributes = {key.name: key.attribute for key in keys(type(value))}
    new = {
        attributes[str(name)]: with_words(getattr(value, attributes[str(name)]), texts)
        for name, texts in below.items()
    }
    return value.model_copy(update=new)
