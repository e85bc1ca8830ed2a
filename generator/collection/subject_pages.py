"""The pages of an actor, a topic or a place that many briefings are about.

They are divided by the day of publication of the briefings, so that a briefing stays on its page
when others are added. The division needs statistics only, so that no page needs all briefings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from generator.addresses.pagination import (
    ListPage,
    PagePath,
    Paginator,
    date_path,
    name_path,
)
from generator.collection.actor_record import BriefingRecords, records_of
from generator.collection.briefing_list import period_title
from generator.collection.entries import (
    ActorEntry,
    BriefingEntry,
    EventEntry,
    PlaceEntry,
    SourceEntry,
    StatementEntry,
    Subject,
    last_changed_first,
)
from generator.collection.reply_status import oldest_first
from generator.locale.interface import Interface

#: A page with more briefings than this is divided.
MOST_BRIEFINGS = 30
#: How many briefings, those changed last, the first page shows if it is divided.
NEWEST = 8
#: How many accusers the first page names if it is divided.
MOST_ACCUSERS = 50
#: How pages are called; no id of an author has two hyphens.
_MARK = "year--"
_CACHED = 16_384


class SubjectPages:
    """The pages of one actor, topic or place.

    ``briefings`` are the ids of the briefings that refer to it, with their days of publication. The
    id of a page is ``year--2025``, below a long one ``year--2025-03`` or ``year--2025-03-04``, and
    if one day is too long ``year--2025-03-04--ga``, with the first letters of the briefings' ids.
    """

    def __init__(self, briefings: Mapping[str, date | None]) -> None:
        on_days = Counter(briefings.values())
        self._paths = {
            briefing: _path(day, briefing if on_days[day] > MOST_BRIEFINGS else "")
            for briefing, day in briefings.items()
        }
        self._paginator = Paginator(self._paths.values(), MOST_BRIEFINGS)

    def pages(self) -> list[str]:
        """The ids of all pages, that with the address of the actor, topic or place first."""
        return self._paginator.pages()

    def page(self, page: str) -> ListPage:
        """A page and its neighbours, with the numbers of briefings."""
        return self._paginator.page(page)

    def page_of(self, briefing: str) -> str:
        """The page that a briefing is on."""
        return self._paginator.page_of(self._paths[briefing])

    def briefings_on(self, page: str) -> Collection[str]:
        """The ids of the briefings on a page."""
        return self._on_pages.get(page, ())

    @cached_property
    def _on_pages(self) -> Mapping[str, Collection[str]]:
        pages: dict[str, list[str]] = {}
        for briefing in self._paths:
            pages.setdefault(self.page_of(briefing), []).append(briefing)
        return pages


@lru_cache(_CACHED)
def _path(day: date | None, briefing: str) -> PagePath:
    """The pages that a briefing can be on; its id matters only if its day has too many."""
    days = date_path(day)
    letters = name_path(briefing, None)[:-1] if briefing else ()
    return tuple(f"{_MARK}{step}" for step in (*days, *(f"{days[-1]}--{slug}" for slug in letters)))


def period(page: str, interface: Interface) -> str:
    """What distinguishes a page: ``2025``, ``March 2025``, ``4 March 2025, Ga…``, ``Undated``."""
    day, _, letters = page.removeprefix(_MARK).partition("--")
    words = period_title(day, interface)
    return f"{words}, {letters.capitalize()}…" if letters else words


@dataclass(frozen=True, slots=True)
class Accuser:
    """Somebody who accuses an actor, how often, and the page with the first accusation."""

    actor: ActorEntry
    claims: int
    page: str


def accusers_of(actor: ActorEntry, pages: SubjectPages) -> list[Accuser]:
    """Those who accuse an actor most often."""
    counts: Counter[ActorEntry] = Counter()
    first: dict[ActorEntry, str] = {}
    for claim in oldest_first(actor.accused_in):
        for party in claim.parties:
            counts[party] += 1
            first.setdefault(party, claim.briefing.id)
    most = sorted(counts, key=lambda party: (-counts[party], party.id))[:MOST_ACCUSERS]
    return [Accuser(party, counts[party], pages.page_of(first[party])) for party in most]


@dataclass(frozen=True, slots=True)
class Shown:
    """What one page of an actor, a topic or a place shows."""

    briefings: list[BriefingEntry]
    groups: Sequence[BriefingRecords] = ()
    events: Sequence[EventEntry] = ()
    statements: Sequence[StatementEntry] = ()
    published: Sequence[SourceEntry] = ()
    controlled: Sequence[SourceEntry] = ()

    def all_briefings(self) -> Collection[BriefingEntry]:
        """The briefings that something on the page is from."""
        entries: list[EventEntry | StatementEntry] = [*self.events, *self.statements]
        return dict.fromkeys([*self.briefings, *(entry.briefing for entry in entries)])


def shown_on(entry: Subject, briefings: Collection[str] | None) -> Shown:
    """What the page with these ``briefings`` (by id) shows of an entry; all of it for None."""

    def is_shown(briefing: BriefingEntry) -> bool:
        return briefings is None or briefing.id in briefings

    if isinstance(entry, ActorEntry):
        groups = records_of(entry, is_shown)
        published = [source for source in entry.published if any(map(is_shown, source.cited_in))]
        controlled = [
            source
            for source in entry.controlled
            if source not in entry.published and any(map(is_shown, source.cited_in))
        ]
        about = [group.briefing for group in groups]
        return Shown(about, groups, published=published, controlled=controlled)
    about = list(filter(is_shown, entry.briefings))
    if isinstance(entry, PlaceEntry):
        events = [event for event in entry.events if is_shown(event.briefing)]
        statements = [said for said in entry.statements if is_shown(said.briefing)]
        return Shown(about, events=events, statements=statements)
    return Shown(about)


def newest(briefings: Collection[BriefingEntry]) -> frozenset[str]:
    """The ids of the briefings that changed last."""
    return frozenset(briefing.id for briefing in last_changed_first(briefings)[:NEWEST])
