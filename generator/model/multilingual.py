"""Texts of the registries that are written in several languages: names, offices, descriptions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from generator.model import languages
from generator.model.field_errors import misplaced, refusal, shown

_Entry = TypeVar("_Entry", bound=BaseModel)
_EXAMPLE = "`{en: Egypt, fr: Égypte}`"
#: A key that is longer and has no hyphen is more likely a word of a text with a colon.
_LONGEST_LANGUAGE = 3


class Multilingual(str):
    """A text in one language, which knows the same text in others.

    ``by_language`` has all of them by language tag (BCP 47), as written; ``language`` is the tag of
    the one that the text itself is. As read from a file, that is the first.
    """

    language: str
    by_language: Mapping[str, str]

    def __new__(cls, by_language: Mapping[str, str], language: str = "") -> Multilingual:
        """The text in ``language``, one of the keys, or the first."""
        language = language or next(iter(by_language))
        text = super().__new__(cls, by_language[language])
        text.language, text.by_language = language, dict(by_language)
        return text

    def __reduce__(self) -> tuple[type[Multilingual], tuple[Mapping[str, str], str]]:
        """Pickled with all languages."""
        return Multilingual, (self.by_language, self.language)

    def __repr__(self) -> str:
        """All languages: the keys of built pages are made of it."""
        return f"Multilingual({self.by_language!r}, {self.language!r})"

    def in_language(self, tag: str) -> Multilingual:
        """The text in the language of ``tag``, else in that language in another script or of
        another country, else the first that was written.
        """
        return Multilingual(self.by_language, languages.nearest(tag, self.by_language))


def in_all_languages(text: str) -> dict[str, str]:
    """``text`` in each of its languages, by tag. The tag of an ordinary text is empty."""
    return dict(text.by_language) if isinstance(text, Multilingual) else {"": text}


def all_names(entry: Any) -> dict[str, str]:
    """The names of an actor, a topic or a place, each once, with its language tag or an empty one.

    The first is the one that ``entry`` is shown by.
    """
    names = {str(entry.name): getattr(entry.name, "language", "")}
    for tag, name in in_all_languages(entry.name).items():
        names.setdefault(name, tag)
    for name in entry.also_known_as:
        names.setdefault(name, "")
    return names


def entry_in_language(entry: _Entry, tag: str) -> _Entry:
    """``entry`` of a registry with its texts in the language of ``tag``, as far as they have it.

    The same object if it has no text in several languages.
    """
    changed: dict[str, Any] = {}
    for attribute, value in entry.__dict__.items():
        if isinstance(value, Multilingual):
            changed[attribute] = value.in_language(tag)
        elif isinstance(value, list) and value and isinstance(value[0], BaseModel):
            items = [entry_in_language(item, tag) for item in value]
            if any(new is not old for new, old in zip(items, value, strict=True)):
                changed[attribute] = items
    return entry.model_copy(update=changed) if changed else entry


def multilingual(read: Callable[[object], str]) -> Callable[[object], str]:
    """A reader of a text, or of a mapping of language tags to texts that ``read`` reads."""

    def read_any(value: object) -> str:
        if isinstance(value, dict) and (not value or any(map(_is_language_like, value))):
            return _read_mapping(value, read)
        if isinstance(value, list) and len(value) > 1:  # else the advice is that of every key
            raise refusal(
                "One text, or texts by language, belong here, not a list.",
                f"Write one text, or each after its language: {_EXAMPLE}. Other names go below "
                "`also_known_as`.",
            )
        return read(value)

    return read_any


def _is_language_like(key: object) -> bool:
    """Whether a key is, or was meant as, a language tag; other keys are words before a colon."""
    text = str(key)
    try:
        languages.canonical(text)
    except languages.LanguageError as error:
        return bool(error.likely) or len(text) <= _LONGEST_LANGUAGE or "-" in text or "_" in text
    return True


def _read_mapping(value: Mapping[Any, object], read: Callable[[object], str]) -> Multilingual:
    if not value:
        raise refusal(
            "A text, or a text for each language, belongs here. There is none.",
            f"Write the text alone, or by language: {_EXAMPLE}.",
        )
    texts: dict[str, str] = {}
    typed: dict[str, str] = {}
    mistakes: list[InitErrorDetails] = []
    for key, text in value.items():
        try:
            tag = _read_tag(str(key), typed)
        except PydanticCustomError as error:
            mistakes.append(InitErrorDetails(type=error, loc=(key, "[key]"), input=key))
            continue
        try:
            texts[tag] = _read_text(text, tag, read)
        except PydanticCustomError as error:
            mistakes.append(InitErrorDetails(type=error, loc=(key,), input=text))
    if mistakes:
        raise ValidationError.from_exception_data("texts by language", mistakes)
    return Multilingual(texts)


def _read_tag(key: str, typed: dict[str, str]) -> str:
    try:
        tag = languages.canonical(key)
    except languages.LanguageError as error:
        hint = "" if error.likely else f"Write a language before each text: {_EXAMPLE}."
        raise refusal(error.reason, hint, error.likely) from None
    if tag in typed:
        raise refusal(
            f"{shown(key)} and {shown(typed[tag])} are the same language.",
            "Keep one. Other names go below `also_known_as`.",
        )
    typed[tag] = key
    return tag


def _read_text(text: object, tag: str, read: Callable[[object], str]) -> str:
    if text is None or isinstance(text, list | dict) or not str(text).strip():
        read_here = "an empty text" if isinstance(text, str) else shown(text)
        raise refusal(
            misplaced(read_here, f"the text in {languages.name(tag)}"),
            f"Write one text after `{tag}:`, or remove `{tag}`.",
        )
    return read(text)
