"""How each part of a site is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.addresses import urls
from generator.build.dependencies import SiteContext
from generator.build.targets import SITE, Target
from generator.collection.entries import Subject
from generator.collection.linker import Collection
from generator.collection.listings import ListingPage
from generator.collection.statistics import LISTS
from generator.exports.aggregate_files import AggregateFile, Fragment
from generator.exports.all_files import briefing_data, site_data, subject_data
from generator.exports.json_records import VERSION
from generator.exports.tables import TABLES
from generator.rendering.pages import (
    TITLES,
    Page,
    briefing_page,
    list_page,
    site_page,
    subject_page,
)
from generator.rendering.view import Settings
from generator.search.records import SearchPage, briefing_found, subject_found


@dataclass(frozen=True, slots=True)
class TargetOutput:
    """What a part publishes: pages, and files by their path below the site's root.

    ``shares`` go into files of the whole site, for which the site's own part has what stands around
    them (``shared``). ``found`` is what search finds of it.
    """

    pages: tuple[Page, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    shares: tuple[Fragment, ...] = ()
    shared: tuple[AggregateFile, ...] = ()
    found: tuple[SearchPage, ...] = ()


def page_paths(unit: Target) -> list[str]:
    """The paths of the pages that a part can have, known before it is made."""
    if unit == SITE:
        return list(TITLES)
    if unit.kind in LISTS:
        return [urls.list_page(unit.kind, unit.id)]
    if unit.kind == "briefings":
        return [urls.briefing(unit.id)]
    return [urls.entry(unit.kind, unit.id)]


def render(
    unit: Target, collection: Collection, settings: Settings, whole: SiteContext
) -> TargetOutput:
    """Make one part; nothing where ``collection`` has no such entry."""
    made = render_pages(unit, collection, settings, whole)
    found = search_pages(unit, collection, settings)
    if unit.kind == "site":
        data = site_data(collection, settings, whole.overview)
        return TargetOutput(made, data.files, shared=data.shared)
    if unit.kind == "briefings":
        data = briefing_data(collection.briefings[unit.id], collection, settings)
        return TargetOutput(made, data.files, data.shares, found=found)
    entry = _subject(unit, collection)
    files = subject_data(unit.kind, entry, collection, settings).files if entry else {}
    return TargetOutput(made, files, found=found)


def render_pages(
    unit: Target, collection: Collection, settings: Settings, whole: SiteContext
) -> tuple[Page, ...]:
    """The pages of one part; none where ``collection`` has no such entry."""
    if unit.kind == "site":
        data_files = {"tables": TABLES, "version": VERSION}
        return tuple(
            site_page(path, collection, settings, whole.overview, data_files) for path in TITLES
        )
    if unit.kind in LISTS:
        part = ListingPage(unit.kind, unit.id, whole.divisions[unit.kind])
        return (list_page(part, collection, settings, whole.overview),)
    if unit.kind == "briefings":
        return (briefing_page(collection.briefings[unit.id], collection, settings),)
    entry = _subject(unit, collection)
    return (subject_page(unit.kind, entry, collection, settings),) if entry else ()


def search_pages(
    unit: Target, collection: Collection, settings: Settings
) -> tuple[SearchPage, ...]:
    """What search finds of one part."""
    if unit.kind == "briefings":
        return (briefing_found(collection.briefings[unit.id], collection, settings),)
    entry = _subject(unit, collection)
    return (subject_found(unit.kind, entry, collection, settings),) if entry else ()


def _subject(unit: Target, collection: Collection) -> Subject | None:
    return dict(collection.subjects()).get(unit.kind, {}).get(unit.id)
