"""What a briefing or an entry names: the ids in its references and in its texts."""

from __future__ import annotations

from pydantic import BaseModel

from generator.model.fields import Reference
from generator.model.introspection import walk_words
from generator.model.prose_markdown import mentions

NamedReference = tuple[str, str, bool]
"""What something is (``actor``, ``topic``, ``position`` …), its id, and whether it is a text that
cites it or refers to it.
"""


def references_of(value: BaseModel) -> tuple[NamedReference, ...]:
    """All that ``value`` names, in the order of the format's keys."""
    found: list[NamedReference] = []
    for marker, words in walk_words(value):
        if isinstance(marker, Reference):
            found.append((marker.to, words, False))
        elif marker.kind == "prose":
            found += [(mention.to, mention.id, True) for mention in mentions(words)]
    return tuple(found)
