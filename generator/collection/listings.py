"""The entries on one page of a paginated list: the timeline, the sources, the changes."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from generator.addresses.pagination import (
    NOT_NAMED,
    UNDATED,
    PagePath,
    Paginator,
    date_path,
    letters_of,
)
from generator.collection.briefing_list import period_title
from generator.collection.entries import (
    ActorEntry,
    BriefingEntry,
    ChangeEntry,
    EventEntry,
    SourceEntry,
    StatementEntry,
)
from generator.collection.linker import Collection
from generator.collection.statistics import SOURCES, first_day, named_path
from generator.locale.interface import Interface
from generator.model.registries import is_note
from generator.model.scripts import script_name, script_of_letter

#: A heading of the timeline, and the entries below it.
Year = tuple[str, list[EventEntry | StatementEntry]]
#: A publisher's name, the actor it is, and its sources.
Publisher = tuple[str, ActorEntry | None, list[SourceEntry]]
#: A first letter or a script of publishers' names, its anchor, and the publishers.
Letter = tuple[str, str, list[Publisher]]


@dataclass(frozen=True, slots=True)
class ListingPage:
    """A page of a paginated list. ``id`` is unique within the list."""

    kind: str
    id: str
    paginator: Paginator


def _on_page(
    collection: Collection,
    part: ListingPage,
    entries: Callable[[], Iterable[Any]],
    path: Callable[[Any], PagePath],
) -> list[Any]:
    """Those of the ``entries`` of a list, each with its ``path``, that are on one of its pages.

    They are divided once for all pages that are built from one collection, which keeps the result:
    anything that lives longer would keep the whole collection in memory.
    """
    if part.paginator not in collection.by_page:
        pages: dict[str, list[Any]] = defaultdict(list)
        for entry in entries():
            pages[part.paginator.page_of(path(entry))].append(entry)
        collection.by_page[part.paginator] = pages
    return collection.by_page[part.paginator].get(part.id, [])


def _day_path(entry: EventEntry | StatementEntry) -> PagePath:
    return date_path(first_day(entry.date))


def _source_path(source: SourceEntry) -> PagePath:
    day = first_day(source.model.date) if source.model else None
    return named_path(source.publisher_name, day)


def by_year(collection: Collection, part: ListingPage, interface: Interface) -> list[Year]:
    """The entries of a page of the timeline, in order of time."""
    years: dict[str, list[EventEntry | StatementEntry]] = defaultdict(list)
    for entry in _on_page(collection, part, collection.chronology, _day_path):
        years[_day_path(entry)[0]].append(entry)
    undated = years.pop(UNDATED, [])
    named = sorted(years.items())
    return [*named, (period_title(UNDATED, interface), undated)] if undated else named


def by_publisher(
    collection: Collection, part: ListingPage, interface: Interface
) -> list[Publisher]:
    """The sources of a page, each once, by publisher in the order of their names."""
    once: dict[tuple[str, str], SourceEntry] = {}
    cited_in: dict[SourceEntry, list[BriefingEntry]] = {}
    for source in _on_page(collection, part, lambda: collection.sources, _source_path):
        key = (source.briefing.id if source.briefing else "", source.id)
        first = once.setdefault(key, source)
        cited_in.setdefault(first, []).extend(source.cited_in)
    groups: dict[str, list[SourceEntry]] = defaultdict(list)
    for source, briefings in cited_in.items():
        merged = replace(source, cited_in=list(dict.fromkeys(briefings)))
        groups[source.publisher_name].append(merged)
    for group in groups.values():
        group.sort(key=lambda source: interface.sort_key(source.title))
    names = sorted(groups, key=lambda name: (not _is_named(name), interface.sort_key(name)))
    return [(name, groups[name][0].publisher, groups[name]) for name in names]


def by_letter(publishers: Iterable[Publisher], interface: Interface) -> list[Letter]:
    """Publishers below their first letter: letters, then other scripts, then those not named."""
    groups: dict[tuple[int, str], list[Publisher]] = defaultdict(list)
    for publisher in publishers:
        groups[_letter(publisher[0], interface)].append(publisher)
    return [
        (
            label,
            label if label.isascii() and order == _LATIN else f"group-{number}",
            groups[order, label],
        )
        for number, (order, label) in enumerate(sorted(groups), start=1)
    ]


def _is_named(publisher: str) -> bool:
    """Whether a publisher's name is known; a note in brackets says that it isn't."""
    return bool(publisher) and not is_note(publisher)


_DIGITS, _LATIN, _SCRIPT, _NONE = range(4)


def _letter(name: str, interface: Interface) -> tuple[int, str]:
    """The order of the group of a publisher's name, and the label of the group."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    first = next(filter(str.isalnum, plain), "")
    if not _is_named(name):
        return _NONE, _not_named(interface)
    if not first:
        return _NONE, interface.gettext("Other signs")
    if not first.isalpha():
        return _DIGITS, "0–9"
    script = script_of_letter(first)
    if script == "Latn":
        return _LATIN, first.upper()
    if not script:
        return _SCRIPT, interface.gettext("Other scripts")
    return _SCRIPT, script_name(script, interface.locale)


def changes(collection: Collection, part: ListingPage) -> list[ChangeEntry]:
    """The changes of a page, newest first."""
    return [
        change
        for change in collection.changes()
        if part.paginator.page_of(date_path(change.model.date)) == part.id
    ]


def label(kind: str, page: str, interface: Interface) -> str:
    """The title of a page of a list, such as ``March 2024`` or ``Ba…``."""
    if page == UNDATED or kind != SOURCES:
        return period_title(page, interface)
    letters, _, year = page.partition("--")
    name = _not_named(interface) if letters == NOT_NAMED else f"{_letters(letters)}…"
    return interface.gettext("%(title)s, %(date)s", title=name, date=year) if year else name


def _not_named(interface: Interface) -> str:
    return interface.gettext("Publisher not named")


def _letters(slug: str) -> str:
    letters = letters_of(slug)
    return letters if slug.startswith("u-") else letters.capitalize()
