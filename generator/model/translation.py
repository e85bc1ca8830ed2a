"""The file of a translation as a type, made from the type of briefings.

A translation has the words of a briefing in another language, each in the shape of the original:
entries with an id by their id, others by their day or number. All other keys stay with the
original, so that a translation can't get them wrong. A text that joins the format can be translated
without further work.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model

from generator.model.base import Model
from generator.model.briefing import Briefing, Related, Status
from generator.model.fields import (
    Fingerprint,
    Language,
    Name,
    OriginalId,
    Text,
)
from generator.model.ids import ID_PATTERN
from generator.model.introspection import Key, entries_below, keys, keys_by_name
from generator.model.registries import is_note

# To look for docstrings in types without source text takes long.
_NO_DOCSTRINGS = ConfigDict(use_attribute_docstrings=False)


class _Part(Model):
    """What the entries of a translation have in common."""

    model_config = _NO_DOCSTRINGS


def _drop_empty(value: object) -> object:
    """A mapping without entries that have no value yet."""
    if isinstance(value, dict):
        return {key: item for key, item in value.items() if item is not None}
    return value


class TranslationFile(Model):
    """What the file of a translation has besides texts."""

    translation_of: OriginalId = Field(examples=["river-halden"])
    """The id of the briefing that it translates."""
    language: Language = Field(examples=["fr", "ar", "zh-Hans"])
    """The language of these words, as a BCP 47 tag. The file's name has it too."""
    translators: list[Name] = []
    """Who translated it."""
    status: Status = "draft"
    """`draft`: not shown to readers. `published`, or `archived`: no longer kept up to date."""
    translated_from: Annotated[dict[str, Fingerprint], BeforeValidator(_drop_empty)] = {}
    """What each text was translated from; `briefings translate` writes it."""


class _File(TranslationFile):
    """What the file is made from."""

    model_config = _NO_DOCSTRINGS


_originals: dict[type[BaseModel], type[BaseModel]] = {}


def original_of(model: type[BaseModel]) -> type[BaseModel] | None:
    """The type of which ``model`` has the texts in another language; None for other types."""
    return _originals.get(model)


def parts() -> list[type[Model]]:
    """The types of the entries in a translation."""
    below = dict.fromkeys(part for parents, part in entries_below(Translation) if parents)
    return [part for part in below if issubclass(part, Model)]


def is_translatable(role: object) -> bool:
    """Whether a field can hold words that a translation has in its own language."""
    return isinstance(role, Text) and role.translated != "never"


def has_words(role: Text, text: str, entry: BaseModel) -> bool:
    """Whether ``text``, of a field of ``entry``, is one that a translation has in its language.

    Names are not. A line in square brackets is the editors' note that no name is shown.
    """
    match role.translated:
        case "never":
            return False
        case "if title_by":
            return getattr(entry, "title_by", None) is not None
        case "if in brackets":
            return is_note(text)
        case "if no id":
            return not re.fullmatch(ID_PATTERN, text)
    return True


def short_key(group: object) -> str:
    """The key that an entry without an id stands for if it is written as one text, in the list
    ``group`` of a briefing or below it.
    """
    return "note" if group == "related" else "text"


def has_ids(model: type[BaseModel]) -> bool:
    """Whether the entries of a list of ``model`` have ids."""
    return "id" in keys_by_name(model)


def is_one_text(model: type[BaseModel]) -> bool:
    """Whether a translation writes an entry of ``model``, which has no id, as its only text."""
    return (
        len(_fields(model)) == 1
        and not has_ids(model)
        and not any(key.model and key.name in _fields(model) for key in keys(model))
    )


def _keyed(item: Any) -> Any:
    return Annotated[dict[str, item], BeforeValidator(_drop_empty)]


def _field(original: type[BaseModel], key: Key) -> Any:
    """The type of a key in a translation, or None if the original's key has no texts."""
    if key.model is None:
        if not is_translatable(key.role):
            return None
        text = original.model_fields[key.attribute].rebuild_annotation()
        return _keyed(Annotated[str, *_metadata(text)]) if key.many else text | None
    fields = _fields(key.model)
    if not fields:
        return None
    if key.many and is_one_text(key.model):
        (text,) = (field for field in fields.values())
        return _keyed(Annotated[str, *_metadata(text)])
    part = translation_of(key.model)
    return _keyed(part) if key.many else part | None


def _metadata(annotation: Any) -> tuple[Any, ...]:
    """What is known of the text in ``annotation``, which may be in a list or may be None."""
    while not hasattr(annotation, "__metadata__"):
        annotation = next(part for part in annotation.__args__ if part is not type(None))
    metadata: tuple[Any, ...] = annotation.__metadata__
    return metadata


@cache
def _fields(original: type[BaseModel]) -> dict[str, Any]:
    """The types of the keys that a translation of ``original`` has, by their names."""
    fields = {key.name: _field(original, key) for key in keys(original)}
    return {name: field for name, field in fields.items() if field is not None}


@cache
def translation_of(original: type[BaseModel], base: type[Model] = _Part) -> type[Model]:
    """The type of the mapping with the texts of ``original`` in another language."""
    definitions: dict[str, Any] = {
        name: (field, Field({} if key.many else None, description=key.description))
        for name, field in _fields(original).items()
        for key in [keys_by_name(original)[name]]
    }
    part = create_model(f"{original.__name__}Translation", __base__=base, **definitions)
    part.__doc__ = f"The texts of {original.__name__} in another language."
    _originals[part] = original
    globals()[part.__name__] = part  # values are pickled by the name of their type
    short = short_key("related" if original is Related else "")
    if short in definitions and not has_ids(original):
        part.short_form = short
    return part


#: The file of a translation. Its keys for texts are those of ``Briefing``.
Translation = translation_of(Briefing, _File)
