"""Introspection of the model: which keys a mapping has, and what type of value each takes.

This is read from the type annotations, so that everything that walks over values (references,
texts, error messages) covers a new key as soon as the model has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.model.fields import OneOrMore, Reference, Text
from generator.model.multilingual import Multilingual

FieldPath = tuple[str | int, ...]
"""The place of a value in a file: keys, and indexes of list items."""

#: Names come from files, so their number has no limit.
_CACHED = 1_024


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a mapping: its name in the file, and what its value (or each item of a list) is.

    ``type`` is the type without annotations: ``str``, ``EdtfDate``, a ``Literal``, a model.
    ``one_or_more`` is true of a list for which a single item can be written, ``keyed`` of a mapping
    of such values, whose keys are ids or numbers; ``by_language`` of a text for which a mapping of
    language tags to texts can be written. An entry can't do without it if it ``is_needed``, and
    ``description`` is what authors see in their editor, on one line.
    """

    name: str
    attribute: str
    many: bool
    type: Any
    model: type[BaseModel] | None
    role: Reference | Text | None
    one_or_more: bool = False
    keyed: bool = False
    by_language: bool = False
    is_needed: bool = False
    description: str = ""


@cache
def keys(model: type[BaseModel]) -> tuple[Key, ...]:
    """The keys of ``model``, in the order the format documents them."""
    return tuple(
        _key(field.alias or attribute, attribute, field)
        for attribute, field in model.model_fields.items()
    )


@cache
def keys_by_name(model: type[BaseModel]) -> dict[str, Key]:
    """The keys of ``model`` by their names in the file."""
    return {key.name: key for key in keys(model)}


def _key(name: str, attribute: str, field: FieldInfo) -> Key:
    annotation: Any = field.annotation
    metadata = list(field.metadata)
    many = keyed = False
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *more = get_args(annotation)
            metadata += more
        elif origin is list:
            (annotation,) = get_args(annotation)
            many = True
        elif origin is dict:
            _, annotation = get_args(annotation)
            keyed = True
        elif origin in (Union, UnionType):
            annotation = next(part for part in get_args(annotation) if part is not type(None))
        else:
            break
    nested = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    role = next((item for item in metadata if isinstance(item, Reference | Text)), None)
    return Key(
        name,
        attribute,
        many,
        annotation,
        model=annotation if nested else None,
        role=role,
        one_or_more=any(isinstance(item, OneOrMore) for item in metadata),
        keyed=keyed,
        by_language=isinstance(role, Text) and role.by_language,
        is_needed=field.is_required(),
        description=" ".join((field.description or "").split()),
    )


def entries_below(
    model: type[BaseModel], parents: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], type[BaseModel]]]:
    """``model`` and all models below it, each with the keys that lead to it."""
    yield parents, model
    for key in keys(model):
        if key.model:
            yield from entries_below(key.model, (*parents, key.name))


def names_below(model: type[BaseModel]) -> dict[str, bool]:
    """The names of the keys of ``model`` and of all mappings below it: whether each is text."""
    return {
        key.name: isinstance(key.role, Text) and not key.many
        for _, below in entries_below(model)
        for key in keys(below)
    }


def model_at(model: type[BaseModel], path: FieldPath) -> type[BaseModel] | None:
    """The model of the mapping at ``path`` below ``model``, or None."""
    return _below(model, tuple(step for step in path if isinstance(step, str)))


@lru_cache(_CACHED)
def _below(model: type[BaseModel], names: tuple[str, ...]) -> type[BaseModel] | None:
    current: type[BaseModel] | None = model
    entry: type[BaseModel] | None = None  # of the entries of a mapping, whose key is the next name
    for name in names:
        if entry:
            current, entry = entry, None
            continue
        key = keys_by_name(current).get(name) if current else None
        model_below = key.model if key else None
        is_keyed = bool(key and key.keyed)
        current, entry = (None, model_below) if is_keyed else (model_below, None)
    return current


AnnotatedField = tuple[FieldPath, Reference | Text, str]
"""The path of a reference or a text, its role, and its value."""


def walk_fields(value: BaseModel, path: FieldPath = ()) -> list[AnnotatedField]:
    """All references and texts in ``value``, which is at ``path``."""
    fields: list[AnnotatedField] = []
    for key in _relevant_keys(type(value)):
        content = getattr(value, key.attribute)
        for item_path, item in _items(content, (*path, key.name)) if content else ():
            if key.role:
                fields.append((item_path, key.role, item))
            else:
                fields += walk_fields(item, item_path)
    return fields


def walk_words(value: BaseModel) -> list[tuple[Reference | Text, str]]:
    """All references and texts in ``value``; this is faster than ``walk_fields`` with its paths."""
    texts: list[tuple[Reference | Text, str]] = []
    values = value.__dict__
    for attribute, many, keyed, role in _attributes(type(value)):
        content: Any = values[attribute]
        if not content:
            continue
        items = content if many else content.values() if keyed else (content,)
        if content.__class__ is Multilingual:
            items = content.by_language.values()
        if role:
            texts += [(role, item) for item in items]
        else:
            for item in items:
                texts += walk_words(item)
    return texts


@cache
def _attributes(model: type[BaseModel]) -> list[tuple[str, bool, bool, Reference | Text | None]]:
    return [(key.attribute, key.many, key.keyed, key.role) for key in _relevant_keys(model)]


def walk_data(model: type[BaseModel], data: object, path: FieldPath = ()) -> list[AnnotatedField]:
    """All references and texts of ``data``, the content of a file, as far as it fits ``model``.

    Unlike ``walk_fields`` it includes the parts of a file that have mistakes.
    """
    fields: list[AnnotatedField] = []
    if not isinstance(data, dict):
        return fields
    for key in _relevant_keys(model):
        value = data.get(key.name)
        many = isinstance(value, list)
        if not value or (many is not key.many and not key.one_or_more):
            continue
        if key.keyed and not isinstance(value, dict):
            continue
        for item_path, item in _items(value, (*path, key.name), keyed=key.keyed or key.by_language):
            if key.model and isinstance(item, str) and (short := _short_form(key.model)):
                fields.append((item_path, short, item))
            elif key.model:
                fields += walk_data(key.model, item, item_path)
            elif key.role and isinstance(item, str):
                fields.append((item_path, key.role, item))
    return fields


#: Replaces a value of another type than its key takes.
UNREAD = object()


def declared(model: type[BaseModel], data: object) -> Any:
    """``data`` as a mapping with the types that ``model`` declares, even if it has mistakes.

    A value of another type, or of an unknown key, is ``UNREAD``; a key without a value has None.
    """
    if not isinstance(data, dict):
        return UNREAD
    known = keys_by_name(model)
    return {name: _declared(known.get(name), value) for name, value in data.items()}


def _declared(key: Key | None, value: object) -> Any:
    if value is None:
        return None
    if key is None:
        return UNREAD
    if key.keyed:
        if not isinstance(value, dict):
            return UNREAD
        return {name: _declared_item(key, item) for name, item in value.items()}
    if key.by_language and isinstance(value, dict):
        return next((text for text in value.values() if isinstance(text, str)), UNREAD)
    if not key.many or (key.one_or_more and isinstance(value, str)):
        return _declared_item(key, value)
    return [_declared_item(key, item) for item in value] if isinstance(value, list) else UNREAD


def _declared_item(key: Key, value: object) -> Any:
    if key.model and not (isinstance(value, str) and _short_form(key.model)):
        return declared(key.model, value)
    return value if isinstance(value, str) else UNREAD


@cache
def _relevant_keys(model: type[BaseModel]) -> tuple[Key, ...]:
    """The keys that can have references or texts below them."""
    return tuple(key for key in keys(model) if key.role or key.model)


def _items(value: Any, path: FieldPath, *, keyed: bool = True) -> list[tuple[FieldPath, Any]]:
    """The items of a list, of a mapping if it can be ``keyed``, or of a text in several languages;
    or else the value itself.
    """
    if isinstance(value, Multilingual):
        return [((*path, tag), text) for tag, text in value.by_language.items()]
    if isinstance(value, list):
        return [((*path, index), item) for index, item in enumerate(value)]
    if keyed and isinstance(value, dict):
        return [((*path, name), item) for name, item in value.items()]
    return [(path, value)]


@cache
def _short_form(model: type[BaseModel]) -> Text | None:
    """The role of the text that can be written in place of an entry of ``model``, if one can."""
    key = keys_by_name(model).get(getattr(model, "short_form", ""))
    return key.role if key and isinstance(key.role, Text) else None
