"""A briefing as the edition of a site in another language shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from generator.model.briefing import Briefing, Quotation
from generator.model.fields import Text
from generator.model.introspection import FieldPath, keys
from generator.model.multilingual import Multilingual
from generator.model.registries import Source
from generator.model.translated_briefing import TranslatedBriefing, translated, with_words
from generator.model.translated_texts import TextState
from generator.model.translation import TranslationFile, has_words
from generator.model.translation_note import TranslationNote


class OriginalWords(str):
    """A text in the language of the original, because a translation lacks it.

    ``language`` is that language; ``is_stale`` says whether the translation is of words that the
    original no longer has. A text that is derived from it keeps both: see ``like``.
    """

    language: str
    is_stale: bool

    def __new__(cls, text: str, language: str, *, is_stale: bool = False) -> OriginalWords:
        """Mark a text."""
        words = super().__new__(cls, text)
        words.language, words.is_stale = language, is_stale
        return words

    def __reduce__(self) -> tuple[Callable[..., OriginalWords], tuple[str, str, bool]]:
        """Pickled with its marks."""
        return _marked, (str(self), self.language, self.is_stale)


def _marked(text: str, language: str, is_stale: bool) -> OriginalWords:
    return OriginalWords(text, language, is_stale=is_stale)


def like(source: str, text: str) -> str:
    """``text``, which was made from ``source``, in the language that ``source`` is marked with."""
    if isinstance(source, OriginalWords):
        return OriginalWords(text, source.language, is_stale=source.is_stale)
    return text


def in_edition(briefing: Briefing, translation: TranslationFile, language: str) -> Briefing:
    """``briefing`` in the words of its translation. ``language`` is that of the original.

    Texts that the translation lacks are ``OriginalWords``. The translation's own renderings follow
    the quotations that they render.
    """
    result = translated(briefing, translation, language)
    originals: dict[FieldPath, str] = {
        path: OriginalWords(
            _at(briefing, path), result.languages[path], is_stale=state is TextState.STALE
        )
        for path, state in result.untranslated.items()
    }
    in_words: Briefing = with_words(result.briefing, originals)
    counts = Counter(result.untranslated.values())
    note = TranslationNote(
        tuple(translation.translators), counts[TextState.MISSING], counts[TextState.STALE]
    )
    shown = _with_renderings(in_words, result, ", ".join(note.translators) or None)
    return shown.model_copy(update={"language": result.language}).with_translation(note)


def with_marked_texts(source: Source, language: str) -> Source:
    """A source of the registry. What its editors wrote in one language only is ``OriginalWords``
    in ``language``.
    """
    originals = {
        key.attribute: OriginalWords(text, language)
        for key in keys(Source)
        if isinstance(key.role, Text) and (text := getattr(source, key.attribute))
        if not isinstance(text, Multilingual) and has_words(key.role, text, source)
    }
    return source.model_copy(update=originals) if originals else source


def _at(value: Any, path: FieldPath) -> str:
    for step in path:
        value = value[step] if isinstance(step, int) else _attribute(value, str(step))
    return str(value)


def _attribute(value: Any, name: str) -> Any:
    fields = type(value).model_fields
    attribute = next((key for key, field in fields.items() if field.alias == name), name)
    return getattr(value, attribute)


def _with_renderings(
    briefing: Briefing, result: TranslatedBriefing, translator: str | None
) -> Briefing:
    by_statement: dict[FieldPath, dict[int, str]] = {}
    for path, text in result.renderings.items():
        by_statement.setdefault(path[:-2], {})[int(path[-1])] = text
    for (group, index), renderings in by_statement.items():
        statements = list(getattr(briefing, str(group)))
        statement = statements[int(index)]
        quotes: list[Quotation] = []
        for number, quote in enumerate(statement.quotes):
            quotes.append(quote)
            if number in renderings:
                update = {
                    "text": renderings[number],
                    "language": result.language,
                    "form": "translation",
                    "original": None,
                    "no_original": None,
                    "translator": translator,
                }
                quotes.append(quote.model_copy(update=update))
        statements[int(index)] = statement.model_copy(update={"quotes": quotes})
        briefing = briefing.model_copy(update={str(group): statements})
    return briefing
