"""On which page of the site an entry is."""

from __future__ import annotations

from generator.addresses import urls
from generator.collection.elsewhere import home_of
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


def is_elsewhere(entry: Linkable) -> bool:
    """Whether an entry is of a briefing that this edition of the site leaves out."""
    return not isinstance(entry, Subject) and home_of(entry).is_elsewhere


def page_and_anchor(entry: Linkable) -> tuple[str, str]:
    """The page that an entry is on, and its anchor there; empty if the entry is the page.

    What an edition leaves out is in the main edition.
    """
    page, anchor = _page_and_anchor(entry)
    return (urls.in_main_edition(page) if is_elsewhere(entry) else page), anchor


def _page_and_anchor(entry: Linkable) -> tuple[str, str]:
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
            return urls.briefing(home_of(entry).id), f"source--{entry.id}"
        case _:
            return urls.briefing(home_of(entry).id), entry.id
