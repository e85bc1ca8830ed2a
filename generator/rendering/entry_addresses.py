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


#: The sections whose pages are about one entry.
_SECTIONS: dict[type[Linkable], str] = {
    ActorEntry: "actors",
    TopicEntry: "topics",
    PlaceEntry: "places",
}


def section_of(entry: Linkable) -> str:
    """The section that an entry's page belongs to; "" for what is on a briefing's page."""
    return _SECTIONS.get(type(entry), "")


def is_elsewhere(entry: Linkable) -> bool:
    """Whether an entry is of a briefing that this edition of the site leaves out."""
    return not isinstance(entry, Subject) and home_of(entry).is_elsewhere


def page_and_anchor(entry: Linkable) -> tuple[str, str]:
    """The page that an entry is on, and its anchor there; empty if the entry is the page.

    What an edition leaves out is in the main edition.
    """
    if isinstance(entry, Subject):
        return urls.entry(section_of(entry), entry.id), ""
    briefing = home_of(entry)
    page = urls.briefing(briefing.id)
    if briefing.is_elsewhere:
        page = urls.in_main_edition(page)
    if entry is briefing:
        return page, ""
    return page, f"source--{entry.id}" if isinstance(entry, SourceEntry) else entry.id
