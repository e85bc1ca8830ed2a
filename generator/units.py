"""The parts that a site is made of, each by itself: what there is, and how one is made.

A part is a briefing, an actor, a topic or a place with all that it publishes, or what tells of all
of them. Parts depend on the files that ``outlines`` names and on nothing else, so they can be made
in any order, beside each other, and used again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator import routes
from generator.collection import Collection
from generator.entries import Subject
from generator.exports.files import briefing_data, site_data, subject_data
from generator.exports.search import SearchPage, briefing_found, subject_found
from generator.exports.shares import Share, SharedFile
from generator.rendering import TITLES, Page, briefing_page, site_page, subject_page
from generator.view import Settings


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """One part: its kind (the folder of its pages; ``site``, ``briefings``) and its id.

    The site as a whole has no id.
    """

    kind: str
    id: str = ""


SITE = Unit("site")


@dataclass(frozen=True, slots=True)
class Made:
    """What a part publishes: pages, and files by their path below the site's root.

    ``shares`` go into files of the whole site, for which the site's own part has what stands around
    them (``shared``).
    """

    pages: tuple[Page, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    shares: tuple[Share, ...] = ()
    shared: tuple[SharedFile, ...] = ()


def units(briefings: Iterable[str], subjects: Iterable[tuple[str, Iterable[str]]]) -> list[Unit]:
    """The parts of a site with these ids; ``subjects`` go by the folder of their pages."""
    return [
        SITE,
        *(Unit("briefings", one) for one in briefings),
        *(Unit(kind, one) for kind, ids in subjects for one in sorted(ids)),
    ]


def page_paths(unit: Unit) -> list[str]:
    """The paths of the pages that a part can have, known before it is made."""
    if unit == SITE:
        return list(TITLES)
    if unit.kind == "briefings":
        return [routes.briefing(unit.id)]
    return [routes.entry(unit.kind, unit.id)]


def make(unit: Unit, collection: Collection, settings: Settings) -> Made:
    """Make one part; nothing where ``collection`` has no such entry."""
    if unit.kind == "site":
        data = site_data(collection, settings)
        pages = tuple(site_page(path, collection, settings) for path in TITLES)
        return Made(pages, data.files, shared=data.shared)
    if unit.kind == "briefings":
        briefing = collection.briefings[unit.id]
        data = briefing_data(briefing, collection, settings)
        page = briefing_page(briefing, collection, settings)
        return Made((page,), data.files, data.shares)
    entry = _subject(unit, collection)
    if entry is None:
        return Made()
    data = subject_data(unit.kind, entry, collection, settings)
    return Made((subject_page(unit.kind, entry, collection, settings),), data.files)


def find(unit: Unit, collection: Collection, settings: Settings) -> tuple[SearchPage, ...]:
    """What search finds of one part."""
    if unit.kind == "briefings":
        return (briefing_found(collection.briefings[unit.id], collection, settings),)
    entry = _subject(unit, collection)
    return (subject_found(unit.kind, entry, collection, settings),) if entry else ()


def _subject(unit: Unit, collection: Collection) -> Subject | None:
    return dict(collection.subjects())[unit.kind].get(unit.id) if unit != SITE else None
