"""On which page of the site an entry is."""

from __future__ import annotations

from generator.addresses import urls
from generator.collection.entries import (
    ActorEntry,
    BriefingEntry,
    EventEntry,
    PlaceEntry,
    SourceEntry,
    StatementEntry,
    Subject,
    TopicEntry,
)

Linkable = Subject | SourceEntry | EventEntry | StatementEntry | BriefingEntry


def section_of(entry: Linkable) -> str:
    """The section that an entry's page belongs to; "" for what is on a briefing's page."""
    match entry:
        case ActorEntry():
            return "actors"
        case TopicEntry():
            return "topics"
        case PlaceEntry():
            return "places"
        case _:
            return ""


def page_and_anchor(entry: Linkable) -> tuple[str, str]:
    """The page that an entry is on, and its anchor there; empty if the entry is the page."""
    match entry:
        case ActorEntry():
            return urls.entry("actors", entry.id), ""
        case TopicEntry():
            return urls.entry("topics", entry.id), ""
        case PlaceEntry():
            return urls.entry("places", entry.id), ""
        case BriefingEntry():
            return urls.briefing(entry.id), ""
        case SourceEntry():
            briefing = entry.briefing or entry.cited_in[0]
            return urls.briefing(briefing.id), f"source--{entry.id}"
        case _:
            return urls.briefing(entry.briefing.id), entry.id
