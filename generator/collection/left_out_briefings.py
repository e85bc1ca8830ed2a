"""Takes briefings that an edition leaves out from the lists of everything that is in it.

Statements keep their links to such briefings: that a claim was answered is true in each language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.collection.entries import (
    BriefingEntry,
    EventEntry,
    SourceEntry,
    StatementEntry,
    Subject,
)

if TYPE_CHECKING:
    from generator.collection.linker import Collection

_OF_ACTORS = (
    "statements",
    "spoken",
    "accused_in",
    "addressed_in",
    "events",
    "published",
    "controlled",
    "quoted_in",
    "mentioned_in",
)
_OF_TOPICS = ("briefings",)
_OF_PLACES = ("briefings", "events", "statements")


def leave_out(collection: Collection) -> None:
    """Remove what is elsewhere from actors, topics, places and the list of sources."""
    for entries, names in (
        (collection.actors, _OF_ACTORS),
        (collection.topics, _OF_TOPICS),
        (collection.places, _OF_PLACES),
    ):
        subject: Subject
        for subject in entries.values():
            for name in names:
                _keep_own(getattr(subject, name))
    _keep_own(collection.sources)


def home_of(
    entry: BriefingEntry | EventEntry | SourceEntry | StatementEntry,
) -> BriefingEntry:
    """The briefing on whose page an entry is."""
    if isinstance(entry, BriefingEntry):
        return entry
    if isinstance(entry, SourceEntry):
        return entry.briefing or entry.cited_in[0]
    return entry.briefing


def _keep_own(entries: list[Any]) -> None:
    entries[:] = [entry for entry in entries if not home_of(entry).is_elsewhere]
