"""The references in a briefing or a registry entry: ids in its fields and in its texts."""

from __future__ import annotations

from pydantic import BaseModel

from generator.model.fields import Reference
from generator.model.introspection import walk_words
from generator.model.prose_markdown import mentions

NamedReference = tuple[str, str, bool]
"""The target's kind (``actor``, ``topic``, ``position`` …), its id, and whether a text names it."""


def references_of(value: BaseModel) -> tuple[NamedReference, ...]:
    """All references in ``value``, in the order of the format's keys."""
    references: list[NamedReference] = []
    for role, text in walk_words(value):
        if isinstance(role, Reference):
            references.append((role.to, text, False))
        elif role.kind == "prose":
            references += [(mention.to, mention.id, True) for mention in mentions(text)]
    return tuple(references)
