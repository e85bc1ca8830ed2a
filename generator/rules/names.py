"""Which ids have a name, for authors who write a name in place of an id."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from generator.collection.entries import BriefingEntry
from generator.model.multilingual import all_names
from generator.reading.loader import LoadedProject


def folded(name: str) -> str:
    """``name`` in the form used to compare names: without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", letters))


def ids_by_name(
    kind: str, loaded: LoadedProject, briefing: BriefingEntry | None
) -> dict[str, list[str]]:
    """The ids of one kind by their names, which are ``folded``."""
    names: dict[str, dict[str, None]] = {}
    for id_, name in _names(kind, loaded, briefing):
        if words := folded(name):
            names.setdefault(words, {})[id_] = None
    return {name: list(ids) for name, ids in names.items()}


def _names(
    kind: str, loaded: LoadedProject, briefing: BriefingEntry | None
) -> Iterator[tuple[str, str]]:
    if kind in ("actor", "topic", "place"):
        for id_, entry in loaded.entries(f"{kind}s").items():
            yield from ((id_, name) for name in all_names(entry))
    if kind == "source":
        yield from ((id_, source.title) for id_, source in loaded.sources.items())
    lists = {"source": "sources", "basis": "background"}
    if kind in lists and briefing:
        for entry in getattr(briefing.model, lists[kind]):
            if entry.id and entry.title:
                yield entry.id, entry.title
