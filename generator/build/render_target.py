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
from generator.rendering.settings import Settings
from generator.search.records import SearchPage, briefing_found, subject_found


@dataclass(frozen=True, slots=True)
class TargetOutput:
    """What a part publishes: pages, and files by their path below the site's root.

    ``fragments`` go into files of the whole site; ``SITE`` has their frames (``shared``).
    ``found`` is what search finds of it.
    """

    pages: tuple[Page, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    fragments: tuple[Fragment, ...] = ()
    shared: tuple[AggregateFile, ...] = ()
    found: tuple[SearchPage, ...] = ()


def page_paths(target: Target) -> list[str]:
    """The paths of the pages that a part can have, known before it is made."""
    if target == SITE:
        return list(TITLES)
    if target.kind in LISTS:
        return [urls.list_page(target.kind, target.id)]
    if target.kind == "briefings":
        return [urls.briefing(target.id)]
    return [urls.entry(target.kind, target.id)]


def render(
    target: Target, collection: Collection, settings: Settings, context: SiteContext
) -> TargetOutput:
    """Make one part; nothing where ``collection`` has no such entry."""
    made = render_pages(target, collection, settings, context)
    found = search_pages(target, collection, settings)
    if target.kind == "site":
        data = site_data(collection, settings, context.statistics)
        return TargetOutput(made, data.files, shared=data.shared)
    if target.kind == "briefings":
        data = briefing_data(collection.briefings[target.id], collection, settings)
        return TargetOutput(made, data.files, data.fragments, found=found)
    entry = _subject(target, collection)
    files = subject_data(target.kind, entry, collection, settings).files if entry else {}
    return TargetOutput(made, files, found=found)


def render_pages(
    target: Target, collection: Collection, settings: Settings, context: SiteContext
) -> tuple[Page, ...]:
    """The pages of one part; none where ``collection`` has no such entry."""
    if target.kind == "site":
        data_files = {"tables": TABLES, "version": VERSION}
        return tuple(
            site_page(path, collection, settings, context.statistics, data_files) for path in TITLES
        )
    if target.kind in LISTS:
        part = ListingPage(target.kind, target.id, context.paginators[target.kind])
        return (list_page(part, collection, settings, context.statistics),)
    if target.kind == "briefings":
        return (briefing_page(collection.briefings[target.id], collection, settings),)
    entry = _subject(target, collection)
    return (subject_page(target.kind, entry, collection, settings),) if entry else ()


def search_pages(
    target: Target, collection: Collection, settings: Settings
) -> tuple[SearchPage, ...]:
    """What search finds of one part."""
    if target.kind == "briefings":
        return (briefing_found(collection.briefings[target.id], collection, settings),)
    entry = _subject(target, collection)
    return (subject_found(target.kind, entry, collection, settings),) if entry else ()


def _subject(target: Target, collection: Collection) -> Subject | None:
    return dict(collection.subjects()).get(target.kind, {}).get(target.id)
