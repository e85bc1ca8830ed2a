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
from generator.collection.left_out_briefings import home_of

Linkable = Subject | SourceEntry | EventEntry | StatementEntry | BriefingEntry

_SECTIONS: dict[type, str] = {ActorEntry: "actors", TopicEntry: "topics", PlaceEntry: "places"}


def section_of(entry: Linkable) -> str:
    """The section that an entry's page belongs to; "" for what is on a briefing's page."""
    return _SECTIONS.get(type(entry), "")


def page_and_anchor(entry: Linkable) -> tuple[str, str]:
    """The page that an entry is on, and its anchor there; empty if the entry is the page.

    What an edition leaves out is in the main edition.
    """
    if isinstance(entry, Subject):
        return urls.entry(section_of(entry), entry.id), ""
    home = home_of(entry)
    page = urls.briefing(home.id)
    if home.is_elsewhere:
        page = urls.in_main_edition(page)
    if isinstance(entry, SourceEntry):
        return page, f"source--{entry.id}"
    return page, "" if entry is home else entry.id
