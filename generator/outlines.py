"""What refers to what, told from each file by itself: on which files each part of a site depends.

An outline is small, so those of all briefings can be held where the briefings can't. What is told
here is never too little: a part made from the files named here comes out as from all files.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from pydantic import BaseModel

from generator.fields import ID_PATTERN, Reference, Text
from generator.model import Briefing, Source
from generator.parts import SITE, Unit, units
from generator.prose import mentions
from generator.shape import marked

Name = tuple[str, str]
"""What something is (``actor``, ``topic``, ``place``, ``source``, ``briefing``), and its id."""

#: The registries that pages are made from; ``style`` is for checks only.
KINDS = {"actors": "actor", "topics": "topic", "places": "place", "sources": "source"}


@dataclass(frozen=True, slots=True)
class Outline:
    """What one briefing says of others: whether it is a draft, its former ids, what it names."""

    draft: bool
    aliases: tuple[str, ...]
    names: frozenset[Name]


def outline(briefing: Briefing) -> Outline:
    """The outline of a briefing; its own sources are left out, as no other file has them."""
    own = {source.id for source in briefing.sources}
    names = {name for name in _names(briefing) if name[0] != "source" or name[1] not in own}
    for source in briefing.sources:
        names.update(_around_source(source))
    return Outline(briefing.status == "draft", tuple(briefing.aliases), frozenset(names))


def _names(value: BaseModel) -> Iterator[Name]:
    for _, marker, words in marked(value):
        if isinstance(marker, Text):
            if marker.kind == "prose":
                yield from ((mention.to, mention.id) for mention in mentions(words))
        elif isinstance(marker, Reference):
            other, mark, _ = words.rpartition("#")
            if marker.to not in ("position", "basis"):
                yield marker.to, words
            elif mark:
                yield "briefing", other


def _around_source(source: Source) -> Iterator[Name]:
    """What a source's lines can be the ids of."""
    for kind, words in (("actor", source.publisher), ("source", source.carries)):
        if words and re.fullmatch(ID_PATTERN, words):
            yield kind, words


class Outlines:
    """The outlines of briefings, by id in the order of the site, and what follows from them.

    ``registries`` are entries by id, by the registry's name.
    """

    def __init__(
        self, outlines: Mapping[str, Outline], registries: Mapping[str, Mapping[str, BaseModel]]
    ) -> None:
        self.briefings = outlines
        self.registries = registries
        self._place = {key: number for number, key in enumerate(outlines)}

    @cached_property
    def _referring(self) -> dict[str, list[str]]:
        """For each briefing those that refer to it."""
        found: dict[str, list[str]] = {}
        for key, one in self.briefings.items():
            for kind, name in one.names:
                if kind == "briefing":
                    found.setdefault(name, []).append(key)
        return found

    @cached_property
    def _registered(self) -> dict[Name, frozenset[Name]]:
        """For each entry of the registries what it names."""
        found = {}
        for registry, kind in KINDS.items():
            for key, entry in self.registries.get(registry, {}).items():
                names = set(_names(entry))
                if isinstance(entry, Source):
                    names.update(_around_source(entry))
                found[kind, key] = frozenset(names)
        return found

    @cached_property
    def _naming_entries(self) -> dict[Name, set[Name]]:
        """For each entry of the registries the entries that name it."""
        found: dict[Name, set[Name]] = {}
        for entry, names in self._registered.items():
            for name in names:
                found.setdefault(name, set()).add(entry)
        return found

    @cached_property
    def _naming(self) -> dict[Name, list[str]]:
        """For each entry the briefings that name it, by themselves or by a shared source."""
        found: dict[Name, list[str]] = {}
        for key, one in self.briefings.items():
            for name in one.names | self._by_sources(one):
                found.setdefault(name, []).append(key)
        return found

    @cached_property
    def homes(self) -> dict[str, str]:
        """For each shared source the id of the first briefing that cites it."""
        shared = self.registries.get("sources", {})
        found: dict[str, str] = {}
        if not shared:
            return found
        for key, one in self.briefings.items():
            for kind, name in one.names | self._by_sources(one):
                if kind == "source" and name in shared:
                    found.setdefault(name, key)
        return found

    def _by_sources(self, one: Outline) -> set[Name]:
        return self._reached(name for name in one.names if name[0] == "source")

    def _reached(self, names: Iterable[Name]) -> set[Name]:
        """``names``, what they name, what that names …"""
        found = set(names)
        waiting = list(found)
        while waiting:
            new = self._registered.get(waiting.pop(), frozenset()) - found
            found |= new
            waiting += new
        return found

    def units(self) -> list[Unit]:
        """The parts of the site; what is named and in no registry is a mistake, and has none."""
        subjects = ("actors", "topics", "places")
        return units(self.briefings, [(one, self.registries.get(one, {})) for one in subjects])

    def around(self, unit: Unit) -> Collection[str]:
        """The briefings that a part is made from, in the order of the site.

        A page shows statements of briefings that refer to its own or that it refers to, and their
        words can refer to others again.
        """
        if unit == SITE:
            return self.briefings.keys()
        if unit.kind == "briefings":
            own = {unit.id} & self.briefings.keys()
        else:
            own = set(self._naming.get((unit.kind.removesuffix("s"), unit.id), ()))
        near = own | self._referred_to(own) | {one for key in own for one in self._to(key)}
        return sorted(near | self._referred_to(near), key=self._place.__getitem__)

    def _to(self, key: str) -> list[str]:
        return self._referring.get(key, [])

    def _referred_to(self, keys: Iterable[str]) -> set[str]:
        named = {
            name for key in keys for kind, name in self.briefings[key].names if kind == "briefing"
        }
        return named & self.briefings.keys()

    def entries(self, unit: Unit, around: Iterable[str]) -> list[Name]:
        """The entries of the registries that a part is made from, those that are none too."""
        names = {name for key in around for name in self.briefings[key].names}
        if unit.kind != "briefings":
            own = (unit.kind.removesuffix("s"), unit.id)
            names |= {own} | self._naming_entries.get(own, set())
        return sorted(name for name in self._reached(names) if name[0] != "briefing")

    @cached_property
    def digests(self) -> dict[Name, bytes]:
        """A hash of each entry of the registries."""
        return {
            (kind, key): blake2b(_plain(entry).encode(), digest_size=16).digest()
            for registry, kind in KINDS.items()
            for key, entry in self.registries.get(registry, {}).items()
        }


def _plain(entry: BaseModel) -> str:
    return f"{entry.model_dump_json()} {sorted(entry.model_fields_set)}"
