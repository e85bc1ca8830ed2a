"""The texts of a briefing next to those of its translation: which are missing, and which are of
other words than today's.

Each text has a name, the same in ``translated_from``, in messages and for commands: the keys that
lead to it in the translation's file, joined by dots, without a last ``text``: ``summary``,
``positions.diversion``, ``positions.diversion.claim``, ``changes.2025-03-05#2``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from generator.model.briefing import Briefing
from generator.model.fields import Text
from generator.model.fingerprints import fingerprint
from generator.model.introspection import FieldPath, Key, keys, walk_fields
from generator.model.languages import is_same
from generator.model.translation import (
    TranslationFile,
    has_ids,
    has_words,
    is_one_text,
    is_translatable,
    short_key,
)

KeyPath = tuple[str, ...]
"""The keys that lead to a text in the file of a translation."""


class TextState(StrEnum):
    """What a translation has of a text.

    ``stale``: the original has changed since. ``unrecorded``: ``translated_from`` lacks the text,
    so nobody knows whether it is of today's words.
    """

    TRANSLATED = "translated"
    STALE = "stale"
    UNRECORDED = "unrecorded"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class OriginalText:
    """A text of a briefing: its ``path`` in the briefing, and its ``keys`` in a translation.

    ``is_optional``: a translation is complete without it, as quotations stay in their language.
    ``is_in_language``: it is in the language of the translation. ``language`` is its language
    (BCP 47), empty if that is the briefing's.
    """

    path: FieldPath
    keys: KeyPath
    role: Text
    text: str
    is_optional: bool = False
    is_in_language: bool = False
    language: str = ""

    @property
    def name(self) -> str:
        return text_name(self.keys)

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.text)


@dataclass(frozen=True, slots=True)
class GivenText:
    """A text of a translation: its ``path`` in the file's values."""

    name: str
    path: FieldPath
    role: Text
    text: str


@dataclass(frozen=True, slots=True)
class ComparedText:
    """A text of the original, that of the translation if it has one, and what this means."""

    original: OriginalText
    given: GivenText | None
    state: TextState

    @property
    def name(self) -> str:
        return self.original.name

    @property
    def counts(self) -> bool:
        """Whether it is one of the texts that a translation needs, or has."""
        return not self.original.is_optional or self.given is not None


@dataclass(frozen=True)
class Comparison:
    """A briefing and a translation of it, text by text. ``unknown`` are texts of the translation
    that translate nothing: the original has no such text.
    """

    texts: tuple[ComparedText, ...]
    unknown: tuple[GivenText, ...]

    def having(self, state: TextState) -> list[ComparedText]:
        """The texts in one state, without those that aren't needed."""
        return [text for text in self.counted if text.state is state]

    @cached_property
    def counted(self) -> list[ComparedText]:
        """The texts that a translation needs, or has."""
        return [text for text in self.texts if text.counts]


def compare(briefing: Briefing, translation: TranslationFile) -> Comparison:
    """``briefing`` and ``translation`` text by text, in the order of the format."""
    given = {text.name: text for text in given_texts(translation)}
    recorded = translation.translated_from
    texts = tuple(
        ComparedText(original, given.get(original.name), _state(original, given, recorded))
        for original in original_texts(briefing, translation.language)
    )
    known = {text.name for text in texts}
    return Comparison(texts, tuple(text for text in given.values() if text.name not in known))


def _state(
    original: OriginalText, given: dict[str, GivenText], recorded: dict[str, str]
) -> TextState:
    if original.name not in given:
        return TextState.MISSING
    if original.name not in recorded:
        return TextState.UNRECORDED
    is_current = recorded[original.name] == original.fingerprint
    return TextState.TRANSLATED if is_current else TextState.STALE


def given_texts(translation: TranslationFile) -> list[GivenText]:
    """The texts of a translation that have words."""
    return [
        GivenText(text_name(path), path, role, text)
        for path, role, text in walk_fields(translation)
        if isinstance(role, Text) and is_translatable(role) and text.strip()
    ]


def text_name(path: FieldPath) -> str:
    """The name of the text at ``path`` in a translation."""
    steps = path[:-1] if len(path) > 1 and path[-1] == short_key(path[0]) else path
    return ".".join(map(str, steps))


def original_texts(briefing: Briefing, language: str) -> list[OriginalText]:
    """The texts of ``briefing`` that a translation into ``language`` can have."""
    return list(_texts(briefing, (), (), language))


def _texts(
    value: BaseModel, path: FieldPath, place: KeyPath, language: str
) -> Iterator[OriginalText]:
    for key in sorted(keys(type(value)), key=lambda key: key.model is not None):
        content = getattr(value, key.attribute)
        if not content or not (key.model or is_translatable(key.role)):
            continue
        # The language of a version or a quotation is that of its text, not of notes on it.
        own = getattr(value, "language", None) if key.name == "text" else None
        is_done = bool(own) and is_same(str(own), language)
        for item_place, item_path, item in _items(key, content, place, path):
            if isinstance(key.role, Text):
                if has_words(key.role, item, value):
                    yield OriginalText(
                        item_path,
                        item_place,
                        key.role,
                        item,
                        is_optional=is_done or key.role.translated == "optional",
                        is_in_language=is_done,
                        language=str(own or ""),
                    )
                continue
            below = list(_texts(item, item_path, item_place, language))
            # A text alone is written in place of its entry.
            is_short = key.many and len(below) == 1 and not has_ids(type(item))
            for text in below:
                stands_for_entry = is_short and _stands_for(key, text)
                yield replace(text, keys=item_place) if stands_for_entry else text


def _items(
    key: Key, content: Any, place: KeyPath, path: FieldPath
) -> list[tuple[KeyPath, FieldPath, Any]]:
    """What ``key`` holds, each with its keys in a translation and its path in the briefing."""
    own = (*place, key.name)
    if not key.many:
        return [(own, (*path, key.name), content)]
    return [
        ((*own, name), (*path, key.name, index), item)
        for index, (name, item) in enumerate(zip(entry_keys(content), content, strict=True))
    ]


def _stands_for(key: Key, text: OriginalText) -> bool:
    """Whether a translation can have ``text`` in place of its entry in the list ``key``."""
    assert key.model
    return is_one_text(key.model) or text.keys[-1] == short_key(text.keys[0])


def entry_keys(entries: Sequence[Any]) -> list[str]:
    """By what a translation names each of these entries: its id, or else its day, or its number.

    Those of a second entry of one day end with ``#2``.
    """
    ids = {entry.id for entry in entries if getattr(entry, "id", None)}
    names: list[str] = []
    for index, entry in enumerate(entries):
        date = getattr(entry, "date", None)
        name = getattr(entry, "id", None) or str(getattr(date, "text", date or index))
        taken = {*names, *(ids if not getattr(entry, "id", None) else ())}
        repeats = (f"{name}#{number}" for number in range(2, len(entries) + 2))
        names.append(name if name not in taken else next(n for n in repeats if n not in taken))
    return names
