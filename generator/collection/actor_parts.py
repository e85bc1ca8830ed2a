"""Actors that belong to others (``part_of``): a ministry to its state, an outlet to its owner."""

from __future__ import annotations

from generator.collection.entries import ActorEntry


def belongs_to(actor: ActorEntry, other: ActorEntry) -> bool:
    """Whether ``actor`` is ``other`` or a part of it, directly or through what it is part of."""
    seen: set[ActorEntry] = set()
    current: ActorEntry | None = actor
    while current and current not in seen:
        if current is other:
            return True
        seen.add(current)
        current = current.part_of
    return False


def all_parts(actor: ActorEntry) -> list[ActorEntry]:
    """The parts of ``actor``, their parts and so on, each once and without itself."""
    parts: dict[ActorEntry, None] = {}
    waiting = list(actor.parts)
    while waiting:
        part = waiting.pop(0)
        if part is not actor and part not in parts:
            parts[part] = None
            waiting += part.parts
    return list(parts)
