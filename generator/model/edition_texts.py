"""A briefing as the edition of a site in another language shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import count
from typing import Any, ClassVar

from pydantic import BaseModel

from generator.model.briefing import Briefing, Quotation
from generator.model.fields import Text
from generator.model.introspection import FieldPath, keys, keys_by_name
from generator.model.multilingual import Multilingual
from generator.model.registries import Source, is_note
from generator.model.translated_texts import OriginalText, TextState, compare
from generator.model.translation import TranslationFile, has_words
from generator.model.translation_note import TranslationNote

#: A translation that isn't known to be of other words is shown.
_SHOWN = (TextState.TRANSLATED, TextState.UNRECORDED)


class OriginalWords(str):
    """A text in the language of the original, because a translation lacks it.

    ``language`` is that language; ``is_stale`` says whether the translation is of words that the
    original no longer has. A text that is derived from it keeps both: see ``like``.
    """

    language: str
    is_stale: bool

    def __new__(cls, text: str, language: str, is_stale: bool = False) -> OriginalWords:
        """Mark a text."""
        words = super().__new__(cls, text)
        words.language, words.is_stale = language, is_stale
        return words

    def __reduce__(self) -> tuple[type[OriginalWords], tuple[str, str, bool]]:
        """Pickled with its marks."""
        return OriginalWords, (str(self), self.language, self.is_stale)


class OwnRendering(Quotation):
    """A translation of a quotation by the translators of the briefing, which no source has."""

    is_own: ClassVar[bool] = True


def like(source: str, text: str) -> str:
    """``text``, which was made from ``source``, in the language that ``source`` is marked with."""
    if isinstance(source, OriginalWords):
        return OriginalWords(text, source.language, source.is_stale)
    return text


def in_edition(briefing: Briefing, translation: TranslationFile, language: str) -> Briefing:
    """``briefing`` in the words of its translation. ``language`` is that of the original (BCP 47).

    Texts that the translation lacks, or has of other words than today's, are ``OriginalWords``. The
    translation's own renderings follow the quotations that they render.
    """
    words: dict[FieldPath, str] = {}
    renderings: dict[FieldPath, str] = {}
    untranslated: Counter[TextState] = Counter()
    for text in compare(briefing, translation).texts:
        original, given = text.original, text.given
        is_shown = text.state in _SHOWN
        if original.role.kind == "quote":
            if given and is_shown:
                renderings[original.path[:-1]] = given.text
        elif given and is_shown:
            words[original.path] = _bracketed(original, given.text)
        elif text.counts and not original.is_in_language:
            untranslated[text.state] += 1
            is_stale = text.state is TextState.STALE
            own_language = original.language or language
            words[original.path] = OriginalWords(original.text, own_language, is_stale)
    note = TranslationNote(
        tuple(translation.translators),
        untranslated[TextState.MISSING],
        untranslated[TextState.STALE],
    )
    in_words: Briefing = _with_words(briefing, words)
    shown = _with_renderings(in_words, renderings, translation)
    return shown.model_copy(update={"language": translation.language}).with_translation(note)


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


def _bracketed(original: OriginalText, text: str) -> str:
    """The translation of a text. A note in place of a name stays in brackets."""
    is_name = original.role.translated == "if in brackets" and not is_note(text)
    return f"[{text}]" if is_name else text


def _with_words(value: Any, words: Mapping[FieldPath, str]) -> Any:
    """``value`` with other texts at some paths below it, which are not validated again."""
    if () in words:
        return words[()]
    if not words:
        return value
    below: dict[str | int, dict[FieldPath, str]] = {}
    for path, text in words.items():
        below.setdefault(path[0], {})[path[1:]] = text
    if isinstance(value, list):
        return [_with_words(item, below.get(index, {})) for index, item in enumerate(value)]
    assert isinstance(value, BaseModel)
    new = {}
    for name, texts in below.items():
        attribute = keys_by_name(type(value))[str(name)].attribute
        new[attribute] = _with_words(getattr(value, attribute), texts)
    return value.model_copy(update=new)


def _with_renderings(
    briefing: Briefing, all_renderings: Mapping[FieldPath, str], translation: TranslationFile
) -> Briefing:
    """``briefing`` with translations of quotations, by the path of each, next to these.

    Both have one ``rendering_of``. The sources are those of the quotation alone.
    """
    by_statement: dict[FieldPath, dict[int, str]] = {}
    for path, text in all_renderings.items():
        by_statement.setdefault(path[:-2], {})[int(path[-1])] = text
    for (group, index), renderings in by_statement.items():
        statements = list(getattr(briefing, str(group)))
        statement = statements[int(index)]
        used = {quote.rendering_of for quote in statement.quotes}
        quotes: list[Quotation] = []
        for number, quote in enumerate(statement.quotes):
            if number not in renderings:
                quotes.append(quote)
                continue
            free = (f"quotation-{suffix}" for suffix in count(number + 1))
            words = quote.rendering_of or next(key for key in free if key not in used)
            used.add(words)
            rendering = OwnRendering(
                text=renderings[number],
                language=translation.language,
                form="translation",
                translator=", ".join(translation.translators) or None,
                rendering_of=words,
            )
            # Copied, because a text that is validated again loses its language.
            rendering = rendering.model_copy(update={"words_of": quote.words_of})
            quotes += [quote.model_copy(update={"rendering_of": words}), rendering]
        statements[int(index)] = statement.model_copy(update={"quotes": quotes})
        briefing = briefing.model_copy(update={str(group): statements})
    return briefing
