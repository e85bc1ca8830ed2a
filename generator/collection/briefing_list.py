"""The list of all briefings: its order, and its pages by year of publication and by status.

It is made from the statistics of the briefings, so that none of its pages needs them in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from generator.addresses.pagination import (
    FIRST_PAGE,
    MOST,
    UNDATED,
    ListPage,
    PagePath,
    Paginator,
    date_path,
)
from generator.collection.statistics import BriefingStats
from generator.locale import terms
from generator.locale.interface import Interface
from generator.model import dates

#: What readers narrow the list down by. Pages of topics, actors and places list theirs themselves.
YEAR, STATUS = FILTERS = ("year", "status")
#: How many briefings the first page shows if it can't show all.
NEWEST = 50
#: The order of the values of `status`.
_STATUSES = ("draft", "published", "archived")
#: Separates a filter and its value in the id of a page. No id of a briefing can contain it.
_MARK = "--"


class BriefingList:
    """The list of the ``briefings`` with these ids, newest first by the day of publication.

    The id of a page is a filter and a value, ``year--2025`` or ``status--archived``, and below a
    long page also a part of the year: ``year--2025-03``, ``status--archived--2025``.
    """

    def __init__(self, briefings: Mapping[str, BriefingStats]) -> None:
        self._briefings = briefings

    @cached_property
    def order(self) -> Sequence[str]:
        """The ids of all briefings. Drafts without a day come first, because they are new."""

        def sort_key(briefing: str) -> tuple[date, str]:
            return self._briefings[briefing].published or date.max, briefing

        return sorted(self._briefings, key=sort_key, reverse=True)

    @cached_property
    def _positions(self) -> Mapping[str, int]:
        return {briefing: position for position, briefing in enumerate(self.order)}

    def neighbours(self, briefing: str) -> tuple[str | None, str | None]:
        """The briefings before and after one in the list."""
        position = self._positions.get(briefing)
        if position is None:
            return None, None
        before = self.order[position - 1] if position else None
        after = self.order[position + 1] if position + 1 < len(self.order) else None
        return before, after

    def title_of(self, briefing: str) -> tuple[str, str]:
        """The title of a briefing, as written, and its language as ``BriefingStats`` has it."""
        stats = self._briefings[briefing]
        return stats.title, stats.language

    @cached_property
    def _paths(self) -> Mapping[str, Mapping[str, PagePath]]:
        """For each filter the pages that each briefing can be on."""
        paths: dict[str, dict[str, PagePath]] = {name: {} for name in FILTERS}
        for briefing, stats in self._briefings.items():
            days = date_path(stats.published)
            status = f"{STATUS}{_MARK}{stats.status}"
            paths[YEAR][briefing] = tuple(f"{YEAR}{_MARK}{part}" for part in days)
            paths[STATUS][briefing] = (status, *(f"{status}{_MARK}{part}" for part in days))
        if len({steps[0] for steps in paths[STATUS].values()}) < 2:
            paths[STATUS].clear()  # a page with all briefings exists already
        return paths

    @cached_property
    def _paginators(self) -> Mapping[str, Paginator]:
        return {
            name: Paginator(
                paths.values(), divides_first=len({steps[0] for steps in paths.values()}) > 1
            )
            for name, paths in self._paths.items()
        }

    @cached_property
    def _on_pages(self) -> Mapping[str, Sequence[str]]:
        """The briefings on each page of a filter, in the order of the list."""
        pages: dict[str, list[str]] = {}
        for name, paths in self._paths.items():
            for briefing in self.order:
                if briefing in paths:
                    page = self._paginators[name].page_of(paths[briefing])
                    pages.setdefault(page, []).append(briefing)
        return pages

    @cached_property
    def pages(self) -> frozenset[str]:
        """The ids of all pages."""
        return frozenset(page for name in FILTERS for page in self._paginators[name].pages())

    def page(self, page: str) -> ListPage:
        """A page with its neighbours. The first page has no parts: ``values`` lists them."""
        if page == FIRST_PAGE:
            return ListPage(page, len(self._briefings))
        return self._paginators[page.partition(_MARK)[0]].page(page)

    def values(self, name: str) -> Sequence[tuple[str, int]]:
        """The pages of a filter, each with its number of briefings: years newest first."""
        parts = self._paginators[name].page(FIRST_PAGE).parts
        if name == YEAR:
            return sorted(parts, reverse=True)
        return sorted(parts, key=lambda part: _STATUSES.index(part[0].partition(_MARK)[2]))

    def listed(self, page: str) -> Iterator[tuple[str, BriefingStats]]:
        """The briefings that a page shows, with their statistics."""
        briefings = self._on_pages.get(page, ())
        if page == FIRST_PAGE:
            briefings = self.order if len(self.order) <= MOST else self.order[:NEWEST]
        for briefing in briefings:
            yield briefing, self._briefings[briefing]


def title(page: str, interface: Interface) -> str:
    """The title of a page: "Briefings published: March 2025"."""
    if page == FIRST_PAGE:
        return interface.gettext("Briefings")
    name, _, rest = page.partition(_MARK)
    if name == YEAR:
        if rest == UNDATED:
            return interface.gettext("Briefings without a day of publication")
        return interface.gettext(
            "Briefings published: %(period)s", period=period_title(rest, interface)
        )
    status, _, part = rest.partition(_MARK)
    status = terms.statuses(interface)[status]
    if not part:
        return interface.gettext("Briefings: %(status)s", status=status)
    period = period_title(part, interface)
    return interface.gettext("Briefings: %(status)s, %(period)s", status=status, period=period)


def short_title(page: str, interface: Interface) -> str:
    """What distinguishes a page from its neighbours: ``2025``, ``March 2025`` or ``Archived``."""
    if page == FIRST_PAGE:
        return title(page, interface)
    rest = page.partition(_MARK)[2]
    if page.startswith(STATUS) and _MARK not in rest:
        return terms.statuses(interface)[rest]
    return period_title(rest.rpartition(_MARK)[2], interface)


def period_title(part: str, interface: Interface) -> str:
    """The words for a year, a month or a day as ``date_path`` has it."""
    if part == UNDATED:
        return interface.pgettext("heading", "Undated")
    return interface.date(dates.parse(part))
