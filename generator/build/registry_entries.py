"""What the entries of the registries refer to, and a digest of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from hashlib import blake2b
from typing import Any

from pydantic import BaseModel

from generator.build.file_summary import EntityKey, entity_keys, source_references
from generator.model.references import references_of
from generator.model.registries import Actor, Source

#: The kind of the entries of each registry that pages show; ``style`` is for rules only.
ENTRY_KINDS = {"actors": "actor", "topics": "topic", "places": "place", "sources": "source"}


class RegistryEntries:
    """The entries of ``registries`` (by registry and id) on a site with these ``briefings``.

    ``elsewhere`` are the languages of briefings that are in the main edition alone, by their ids.
    """

    def __init__(
        self,
        registries: Mapping[str, Mapping[str, BaseModel]],
        briefings: Iterable[str],
        elsewhere: Mapping[str, str],
    ) -> None:
        self._entries = {
            (kind, key): entry
            for registry, kind in ENTRY_KINDS.items()
            for key, entry in registries.get(registry, {}).items()
        }
        self._briefings, self._elsewhere = briefings, elsewhere

    @cached_property
    def _references(self) -> dict[EntityKey, frozenset[EntityKey]]:
        """What each entry refers to; without entries that refer to nothing."""
        references = {}
        for key, entry in self._entries.items():
            keys = set(entity_keys(references_of(entry)))
            if isinstance(entry, Source):
                keys.update(source_references(entry))
            if keys:
                references[key] = frozenset(keys)
        return references

    @cached_property
    def _referring(self) -> dict[EntityKey, set[EntityKey]]:
        """The entries that refer to each entry."""
        referring: dict[EntityKey, set[EntityKey]] = {}
        for key, references in self._references.items():
            for other in references:
                referring.setdefault(other, set()).add(key)
        return referring

    def referenced(self, keys: Iterable[EntityKey], through: str = "") -> set[EntityKey]:
        """``keys``, what these entries refer to, what those refer to, and so on.

        With a kind as ``through``, only references of entries of this kind are followed.
        """
        result = set(keys)
        pending = list(result)
        while pending:
            key = pending.pop()
            if through and key[0] != through:
                continue
            new = self._references.get(key, frozenset()) - result
            result |= new
            pending += new
        return result

    def referring(self, keys: Iterable[EntityKey]) -> set[EntityKey]:
        """``keys``, the entries that refer to these, those that refer to them, and so on."""
        result = set(keys)
        pending = set(result)
        while pending:
            new = self._referring.get(pending.pop(), set()) - result
            result |= new
            pending |= new
        return result

    def parts_of(self, key: EntityKey) -> set[EntityKey]:
        """An actor and the actors that belong to it, directly or through others."""
        result, pending = {key}, [key]
        while pending:
            owner = pending.pop()
            for part in self._referring.get(owner, set()) - result:
                entry = self._entries[part]
                if isinstance(entry, Actor) and entry.part_of == owner[1]:
                    result.add(part)
                    pending.append(part)
        return result

    def needed_for(self, key: EntityKey) -> list[EntityKey]:
        """The entries that the page of one entry depends on, whichever briefings it shows."""
        parts = self.parts_of(key)
        referring = set[EntityKey]().union(*(self._referring.get(part, set()) for part in parts))
        return self.sorted(self.referenced(parts | referring))

    @staticmethod
    def sorted(keys: Iterable[EntityKey]) -> list[EntityKey]:
        """``keys`` in order, without statements: these are part of a briefing."""
        return sorted(key for key in keys if key[0] != "statement")

    def digest(self, key: EntityKey) -> bytes:
        """A digest of an entry, or of a reference to nothing; all have the same length.

        That of a briefing depends only on whether the briefing exists, and in which edition.
        """
        return self._digests.get(key) or _digest(key)

    @cached_property
    def _digests(self) -> dict[EntityKey, bytes]:
        entries = {
            key: _digest(key, f"{entry!r} {sorted(entry.model_fields_set)}")
            for key, entry in self._entries.items()
        }
        briefings = (("briefing", briefing) for briefing in self._briefings)
        elsewhere = {
            ("briefing", briefing): _digest(("briefing", briefing), "elsewhere", language)
            for briefing, language in self._elsewhere.items()
        }
        return entries | {key: _digest(key, "exists") for key in briefings} | elsewhere


def _digest(*values: Any) -> bytes:
    return blake2b(repr(values).encode("utf-8", "surrogatepass"), digest_size=16).digest()
