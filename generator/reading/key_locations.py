"""Where in the format a key belongs, for advice on one that is written elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel

from generator.model.briefing import Briefing
from generator.model.introspection import entries_below, keys, keys_by_name
from generator.model.registries import Actor, Place, Source, Topic

#: How many locations of a key are named at most.
_MOST = 3
_FILES: tuple[tuple[str, type[BaseModel]], ...] = (
    ("", Briefing),
    ("data/actors.yml", Actor),
    ("data/places.yml", Place),
    ("data/topics.yml", Topic),
    ("data/sources.yml", Source),
)


@dataclass(frozen=True, slots=True)
class KeyLocation:
    """An entry of the format that has a key: the keys that lead to it from the top of its file.

    ``file`` is a registry's path, or empty for a briefing and for entries below the current model.
    """

    file: str
    parents: tuple[str, ...]

    def __str__(self) -> str:
        path = ", there under ".join(f"`{key}`" for key in self.parents)
        if self.file:
            return f"in {self.file}{f', under {path}' if path else ''}"
        return f"under {path}" if path else "at the top level of a briefing"


def locations_of(name: str, model: type[BaseModel]) -> tuple[KeyLocation, ...]:
    """Where the format has the key ``name``: below ``model`` if it is there, else in its file, else
    in any file. Only the locations nearest to the top.
    """
    below = [parents for parents, inner in entries_below(model) if name in keys_by_name(inner)]
    if below:
        return _nearest([KeyLocation("", parents) for parents in below])
    everywhere = _locations().get(name, [])
    files = _files_of(model)
    return _nearest([location for location in everywhere if location.file in files] or everywhere)


def key_names() -> list[str]:
    """The names of all keys of the format."""
    return list(_locations())


def belongs(name: str, locations: tuple[KeyLocation, ...]) -> str:
    """A sentence that says where the key ``name`` belongs."""
    return f"`{name}` belongs {' or '.join(dict.fromkeys(map(str, locations)))}."


def _nearest(locations: list[KeyLocation]) -> tuple[KeyLocation, ...]:
    least = min((len(location.parents) for location in locations), default=0)
    return tuple(location for location in locations if len(location.parents) == least)[:_MOST]


@cache
def _locations() -> Mapping[str, list[KeyLocation]]:
    locations: dict[str, list[KeyLocation]] = {}
    for file, root in _FILES:
        for parents, model in entries_below(root):
            for key in keys(model):
                locations.setdefault(key.name, []).append(KeyLocation(file, parents))
    return locations


@cache
def _files_of(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(
        file for file, root in _FILES for _, inner in entries_below(root) if inner is model
    )
