"""What was meant by a key that isn't known where it was written."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from generator.model.briefing import Briefing
from generator.model.introspection import FieldPath, Key, keys
from generator.model.registries import Actor, Source, Topic
from generator.model.registries import Place as PlaceModel
from generator.reading.problems import near, nearest
from generator.reading.synonyms import KEYS, NOT_HERE, plain_key

#: A key is offered at so many places at most.
_MOST = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A mapping of the format that has a key: the names that lead to it, from its file's top."""

    file: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a key was meant to be: one of those known ``here``, the likeliest first; one that is
    ``taken``, since it is written too; a key of other places (``elsewhere``); or nothing that
    briefings have, and why (``reason``).

    ``surely``: it can only be the first of ``here``, so what it holds is read as that.
    """

    here: tuple[Key, ...] = ()
    taken: str = ""
    elsewhere: tuple[Place, ...] = ()
    reason: str = ""
    surely: bool = False


def meaning_of(
    name: str,
    value: object,
    model: type[BaseModel],
    beside: Container[str],
    missing: Container[str],
) -> Meaning:
    """What was meant by the key ``name``, which ``model`` hasn't.

    ``beside`` are the keys written next to it, ``missing`` those of ``model`` that are needed and
    not written.
    """
    known = {key.name: key for key in keys(model)}
    free = [key for key in known if key not in beside]
    alike = _alike(name, free)
    called = [key for key in [KEYS.get(model.__name__, {}).get(plain_key(name))] if key in free]
    spelt = near(name, free)
    places = _having(name, model)
    if not places:
        loose = nearest(name, free)
        spelt += [loose] if loose and loose not in spelt else []
    candidates = dict.fromkeys([*alike, *_strong(name, spelt), *called, *spelt])
    fitting = [key for key in candidates if fits(known[key], value)]
    rest = [key for key in candidates if key not in fitting]
    here = tuple(known[key] for key in (*fitting, *rest))
    if places and here and not alike and not called and here[0].name not in missing:
        # A key of another place is no misspelt one of this.
        here = tuple(key for key in here if key.name in _strong(name, spelt))
    surely = bool(here) and fits(here[0], value)
    if not here and not places and isinstance(value, list):
        lists = [key for key in free if known[key].many and known[key].model and key in missing]
        here = (known[lists[0]],) if len(lists) == 1 else ()
    used = [key for key in known if key in beside]
    taken = next(iter([*_alike(name, used), *near(name, used, 1)]), "")
    if here or (places and not _alike(name, used)):
        taken = ""
    if not here and not places:
        places = _having_like(name, model)
    reason = NOT_HERE.get(plain_key(name), "") if model.__name__ == "Briefing" else ""
    return Meaning(here, taken, places, "" if here else reason, surely)


def fits(key: Key, value: object) -> bool:
    """Whether ``value`` has the shape that ``key`` holds, or would have it as the only item."""
    if value is None:
        return True
    if key.many:
        return isinstance(value, list) or (isinstance(value, str) and key.model is None)
    if key.model:
        return isinstance(value, dict)
    return isinstance(value, str)


def _alike(name: str, known: list[str]) -> list[str]:
    """Those that differ in case, in hyphens, or in being singular or plural."""
    bare = _singular(plain_key(name))
    return [key for key in known if _singular(plain_key(key)) == bare]


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _strong(name: str, spelt: list[str]) -> list[str]:
    """Those spelt as ``name`` but for a letter or two."""
    return [key for key in spelt if near(name, [key]) and abs(len(key) - len(name)) <= 2]


@cache
def _places() -> Mapping[str, tuple[tuple[Place, type[BaseModel]], ...]]:
    """Every mapping of the format, by the keys that it has."""
    found: dict[str, list[tuple[Place, type[BaseModel]]]] = {}
    files: list[tuple[str, type[BaseModel]]] = [
        ("", Briefing),
        ("data/actors.yml", Actor),
        ("data/places.yml", PlaceModel),
        ("data/topics.yml", Topic),
        ("data/sources.yml", Source),
    ]
    for file, root in files:
        for names, model in _below(root, ()):
            for key in keys(model):
                found.setdefault(key.name, []).append((Place(file, names), model))
    return {key: tuple(held) for key, held in found.items()}


def _below(
    model: type[BaseModel], names: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], type[BaseModel]]]:
    yield names, model
    for key in keys(model):
        if key.model:
            yield from _below(key.model, (*names, key.name))


def _having(name: str, model: type[BaseModel]) -> tuple[Place, ...]:
    """Where the format has the key ``name``: below ``model`` if anywhere, else in its file."""
    below = [names for names, inner in _below(model, ()) if _has(inner, name)]
    if below:
        least = min(map(len, below))
        return tuple(Place("", names) for names in below if len(names) == least)[:_MOST]
    held = _places().get(name, ())
    own = _files_of(model)
    same = [place for place, _ in held if place.file in own] or [place for place, _ in held]
    least = min((len(place.names) for place in same), default=0)
    return tuple(place for place in same if len(place.names) == least)[:_MOST]


def _having_like(name: str, model: type[BaseModel]) -> tuple[Place, ...]:
    """The same of the key that is spelt most like ``name``."""
    alike = _alike(name, list(_places()))
    return _having(alike[0], model) if alike else ()


def _has(model: type[BaseModel], name: str) -> bool:
    return any(key.name == name for key in keys(model))


@cache
def _files_of(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(
        place.file for held in _places().values() for place, inner in held if inner is model
    )


def belongs(name: str, places: tuple[Place, ...]) -> str:
    """Where a key belongs, as a sentence."""
    where = " or ".join(dict.fromkeys(map(_shown, places)))
    return f"`{name}` belongs {where}."


def _shown(place: Place) -> str:
    path = ", there under ".join(f"`{step}`" for step in place.names)
    if place.file:
        return f"in {place.file}{f', under {path}' if path else ''}"
    return f"under {path}" if path else "at the top level of a briefing"


def with_names_right(
    data: Any,
    places: Any,
    renamed: Mapping[FieldPath, tuple[str, bool]],
    here: FieldPath = (),
) -> tuple[Any, Any]:
    """``data``, and where all of it stands, with some keys under another name.

    ``renamed`` has the new name for each key's path, and whether its value becomes a list's item.
    """
    offset, held = places if isinstance(places, tuple) else (places, ())
    if isinstance(data, dict):
        new_data: dict[str, Any] = {}
        new_places: dict[str, Any] = {}
        for name, value in data.items():
            key_offset, place = held[name] if held else (offset, offset)
            value, place = with_names_right(value, place, renamed, (*here, name))
            new, wrapped = renamed.get((*here, name), (name, False))
            if wrapped:
                value, place = [value], (place, [place])
            new_data[new], new_places[new] = value, (key_offset, place)
        return new_data, (offset, new_places)
    if isinstance(data, list):
        pairs = [
            with_names_right(value, held[index] if held else offset, renamed, (*here, index))
            for index, value in enumerate(data)
        ]
        return [value for value, _ in pairs], (offset, [place for _, place in pairs])
    return data, places
