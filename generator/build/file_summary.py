"""A short summary of each briefing: what it refers to, and what it adds to site-wide pages.

Summaries are small: those of all briefings fit in memory where the briefings do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from generator.collection.statistics import BriefingStats, briefing_stats
from generator.model.briefing import Briefing
from generator.model.ids import ID_PATTERN
from generator.model.references import NamedReference
from generator.model.registries import Source
from generator.model.translation import TranslationFile

EntityKey = tuple[str, str]
"""The kind of what a file refers to (``actor``, ``topic``, ``place``, ``source``, ``briefing`` or
``statement``), and its id; for a statement of another briefing, the id of that briefing.
"""


class FileSummary(NamedTuple):
    """Whether a briefing is a draft, its former ids, what it refers to, and its statistics.

    ``language`` is the one that it names; empty if it names none. The summary and its parts are
    tuples, because every command unpickles all of them.
    """

    draft: bool
    aliases: tuple[str, ...]
    references: frozenset[EntityKey]
    stats: BriefingStats
    language: str = ""


class TranslationSummary(NamedTuple):
    """Of what a file is a translation, its language and title, whether it is a draft, and what its
    texts refer to. ``title_from`` is the fingerprint of what the title was translated from, empty
    if it isn't recorded.
    """

    original: str
    language: str
    title: str
    title_from: str
    draft: bool
    references: frozenset[EntityKey]


def summarise_translation(
    translation: TranslationFile, references: Iterable[NamedReference]
) -> TranslationSummary:
    """The summary of a translation with these references."""
    return TranslationSummary(
        translation.translation_of,
        translation.language,
        getattr(translation, "title", None) or "",
        translation.translated_from.get("title", ""),
        translation.status == "draft",
        frozenset(entity_keys(references)),
    )


def summarise(briefing: Briefing, references: Iterable[NamedReference]) -> FileSummary:
    """The summary of a briefing with these references.

    Its own sources are left out, because no other file can have them.
    """
    own = {source.id for source in briefing.sources}
    keys = {key for key in entity_keys(references) if key[0] != "source" or key[1] not in own}
    for source in briefing.sources:
        keys.update(source_references(source))
    for statement in (*briefing.positions, *briefing.responses):
        for quotation in statement.quotes:
            keys.update(_ids("actor", quotation.words_of))
    return FileSummary(
        briefing.status == "draft",
        tuple(briefing.aliases),
        frozenset(keys),
        briefing_stats(briefing),
        briefing.language or "",
    )


def entity_keys(references: Iterable[NamedReference]) -> Iterator[EntityKey]:
    """What ``references`` lead to outside their own file."""
    for kind, text, _ in references:
        if kind not in ("position", "own_position", "basis", "anchor"):
            yield kind, text
        elif "#" in text:
            # A link to a statement needs only to know that its briefing exists.
            yield "briefing" if kind == "anchor" else "statement", text.rpartition("#")[0]


def source_references(source: Source) -> Iterator[EntityKey]:
    """What a source's publisher and origin refer to, if they are ids."""
    yield from _ids("actor", source.publisher)
    yield from _ids("source", source.carries)


def _ids(kind: str, text: str | None) -> Iterator[EntityKey]:
    """A reference to ``text`` of this kind, if it is an id and no name."""
    if text and re.fullmatch(ID_PATTERN, text):
        yield kind, text


def share_values(summary: FileSummary, values: dict[Any, Any]) -> FileSummary:
    """``summary`` with one copy of what other summaries have too: each was unpickled with its own.

    ``values`` are those of the other summaries, each under itself.
    """

    def share(own: Iterable[Any]) -> Iterator[Any]:
        return (values.setdefault(value, value) for value in own)

    stats = summary.stats
    return summary._replace(
        references=frozenset(share(summary.references)),
        stats=stats._replace(
            topics=tuple(share(stats.topics)),
            places=tuple(share(stats.places)),
            said=tuple(share(stats.said)),
            accused=tuple(share(stats.accused)),
            dated=tuple(share(stats.dated)),
            sources=tuple((name, values.setdefault(day, day)) for name, day in stats.sources),
        ),
    )
