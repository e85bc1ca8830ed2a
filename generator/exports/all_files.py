"""Every file beside the pages: the data in each of its forms, feeds, and cards for links."""

from __future__ import annotations

from dataclasses import dataclass

from generator.addresses import urls
from generator.addresses.sections import FEEDS
from generator.collection.entries import BriefingEntry, Subject
from generator.collection.linker import Collection
from generator.collection.statistics import SiteStats
from generator.exports.aggregate_files import AggregateFile, Fragment
from generator.exports.bibliography import briefing_bibliography, shared_bibliographies
from generator.exports.csv_files import briefing_rows, package, shared_tables
from generator.exports.feeds import site_feed, subject_feed
from generator.exports.json_files import briefing_json, shared_json
from generator.exports.json_records import Recorder
from generator.exports.json_schema import record_schemas
from generator.exports.redirects import redirects, script
from generator.rendering.settings import Settings
from generator.rendering.social_cards import briefing_card, site_card
from generator.rendering.view import View


@dataclass(frozen=True, slots=True)
class Data:
    """Files by their path below the site's root, and what goes into those of the whole site."""

    files: dict[str, bytes]
    fragments: tuple[Fragment, ...] = ()
    shared: tuple[AggregateFile, ...] = ()


def briefing_data(briefing: BriefingEntry, collection: Collection, settings: Settings) -> Data:
    """What one briefing publishes beside its page."""
    view = View(urls.HOME, settings, collection)
    files = briefing_card(briefing, settings) | redirects(briefing, collection, settings)
    if "data" not in settings.sections:
        return Data(files)
    record, shares = briefing_json(briefing, Recorder(view))
    bibliography, sources = briefing_bibliography(briefing, settings.interface)
    fragments = (*shares, *briefing_rows(briefing, view), *sources)
    return Data(record | bibliography | files, fragments)


def subject_data(kind: str, entry: Subject, collection: Collection, settings: Settings) -> Data:
    """What an actor, a topic or a place publishes beside its page: its feed."""
    return Data(subject_feed(kind, entry, collection, settings))


def site_data(collection: Collection, settings: Settings, shown: SiteStats) -> Data:
    """What the site publishes as a whole; ``collection`` has the latest briefings."""
    view = View(urls.HOME, settings, collection)
    files = {**site_card(settings), **(script() if shown.has_former_ids else {})}
    if FEEDS in settings.sections:
        files |= site_feed(shown.fed, collection, settings)
    if "data" not in settings.sections:
        return Data(files)
    files |= {**record_schemas(), urls.DATA_PACKAGE: package(settings)}
    shared = (
        *shared_json(Recorder(view)),
        *shared_tables(collection, view),
        *shared_bibliographies(),
    )
    return Data(files, shared=shared)
