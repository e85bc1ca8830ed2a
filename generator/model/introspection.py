"""The model's shape: which keys a mapping has, and what kind of value each holds.

Read once from the type annotations, so that whatever walks over values (references, texts,
error messages) covers a new key the day it is added to the model.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from generator.model.fields import Reference, Text

FieldPath = tuple[str | int, ...]
"""Where a value is in a file: keys, and numbers of items from 0."""

#: Names come from files, so there is no end of them.
_CACHED = 1_024


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a mapping: its name in the file, and what its value (or each item) is.

    ``type`` is the bare type of the value or item: ``str``, ``EdtfDate``, a ``Literal``, a model.
    """

    name: str
    attribute: str
    many: bool
    type: Any
    model: type[BaseModel] | None
    role: Reference | Text | None


@cache
def keys(model: type[BaseModel]) -> tuple[Key, ...]:
    """The keys of ``model``, in the order the format documents them."""
    return tuple(
        _key(field.alias or name, name, field.annotation, list(field.metadata))
        for name, field in model.model_fields.items()
    )


def _key(name: str, attribute: str, annotation: Any, metadata: list[Any]) -> Key:
    many = False
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *more = get_args(annotation)
            metadata += more
        elif origin is list:
            (annotation,) = get_args(annotation)
            many = True
        elif origin in (Union, UnionType):
            annotation = next(part for part in get_args(annotation) if part is not type(None))
        else:
            break
    nested = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    marker = next((mark for mark in metadata if isinstance(mark, Reference | Text)), None)
    return Key(name, attribute, many, annotation, annotation if nested else None, marker)


def names_below(model: type[BaseModel]) -> dict[str, bool]:
    """The names of all keys of ``model`` and of what stands below them: whether each is text."""
    names: dict[str, bool] = {}
    for key in keys(model):
        names[key.name] = isinstance(key.role, Text) and not key.many
        if key.model:
            names |= names_below(key.model)
    return names


def meaning(model: type[BaseModel], attribute: str) -> str:
    """What a field means, in the words that authors see in their editor; on one line."""
    return " ".join((model.model_fields[attribute].description or "").split())


def model_at(model: type[BaseModel], path: FieldPath) -> type[BaseModel] | None:
    """The model of the mapping at ``path`` below ``model``; None where there is none."""
    return _below(model, tuple(step for step in path if isinstance(step, str)))


@lru_cache(_CACHED)
def _below(model: type[BaseModel], names: tuple[str, ...]) -> type[BaseModel] | None:
    current: type[BaseModel] | None = model
    for step in names:
        key = next((key for key in keys(current) if key.name == step), None) if current else None
        current = key.model if key else None
    return current


AnnotatedField = tuple[FieldPath, Reference | Text, str]
"""Where a reference or a text stands, what it is, and its words."""


def walk_fields(value: BaseModel, path: FieldPath = ()) -> list[AnnotatedField]:
    """Every reference and every text in ``value``, which stands at ``path``."""
    found: list[AnnotatedField] = []
    _mark(value, path, found)
    return found


def _mark(value: BaseModel, path: FieldPath, found: list[AnnotatedField]) -> None:
    for key in _telling(type(value)):
        held = getattr(value, key.attribute)
        if not held:
            continue
        for place, item in _items(held, (*path, key.name), key.many):
            if key.role:
                found.append((place, key.role, item))
            else:
                _mark(item, place, found)


def walk_words(value: BaseModel) -> list[tuple[Reference | Text, str]]:
    """Every reference and every text in ``value``, without where they stand, which takes time."""
    found: list[tuple[Reference | Text, str]] = []
    _mark_words(value, found)
    return found


def _mark_words(value: BaseModel, found: list[tuple[Reference | Text, str]]) -> None:
    held_by = value.__dict__
    for attribute, many, marker in _attributes(type(value)):
        held = held_by[attribute]
        if not held:
            continue
        items = held if many else (held,)
        if marker:
            found += [(marker, item) for item in items]
        else:
            for item in items:
                _mark_words(item, found)


@cache
def _attributes(model: type[BaseModel]) -> list[tuple[str, bool, Reference | Text | None]]:
    return [(key.attribute, key.many, key.role) for key in _telling(model)]


def walk_data(model: type[BaseModel], data: object, path: FieldPath = ()) -> list[AnnotatedField]:
    """Every reference and text of ``data``, which is shaped like ``model`` as far as it is sound.

    Unlike ``walk_fields`` it also sees the parts of a file that could not be read.
    """
    found: list[AnnotatedField] = []
    _mark_data(model, data, path, found)
    return found


def _mark_data(
    model: type[BaseModel], data: object, path: FieldPath, found: list[AnnotatedField]
) -> None:
    if not isinstance(data, dict):
        return
    for key in _telling(model):
        held = data.get(key.name)
        if not held or isinstance(held, list) is not key.many:
            continue
        for place, item in _items(held, (*path, key.name), key.many):
            if key.model:
                _mark_data(key.model, item, place, found)
            elif key.role and isinstance(item, str):
                found.append((place, key.role, item))


class Unread:
    """Stands where a file has a value of another type than its key takes."""

    def __repr__(self) -> str:
        return "UNREAD"


UNREAD = Unread()


def declared(model: type[BaseModel], data: object) -> Any:
    """``data`` as a mapping of ``model``, mistakes included, with ``UNREAD`` for what has another
    type than the model declares: so a text is a text, a list a list, and a mapping a mapping.

    A key that the model doesn't know has ``UNREAD`` as well; a key without a value has None.
    """
    if not isinstance(data, dict):
        return UNREAD
    known = _by_name(model)
    return {name: _declared(known.get(name), value) for name, value in data.items()}


def _declared(key: Key | None, value: object) -> Any:
    if value is None:
        return None
    if key is None:
        return UNREAD
    if not key.many:
        return _declared_item(key, value)
    return [_declared_item(key, item) for item in value] if isinstance(value, list) else UNREAD


def _declared_item(key: Key, value: object) -> Any:
    if key.model:
        return declared(key.model, value)
    return value if isinstance(value, str) else UNREAD


@cache
def _by_name(model: type[BaseModel]) -> dict[str, Key]:
    return {key.name: key for key in keys(model)}


@cache
def _telling(model: type[BaseModel]) -> tuple[Key, ...]:
    """The keys that references or texts can stand below."""
    return tuple(key for key in keys(model) if key.role or key.model)


def _items(held: Any, path: FieldPath, many: bool) -> list[tuple[FieldPath, Any]]:
    if not many:
        return [(path, held)]
    return [((*path, index), item) for index, item in enumerate(held)]
