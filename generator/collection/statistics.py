"""What the pages that tell of all briefings are made from: counts, and how lists are divided.

It is told from each briefing's facts, so that no page needs all briefings at hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from generator.addresses.pagination import PagePath, date_path, name_path
from generator.model.briefing import Actor, Briefing, Source
from generator.model.dates import EdtfDate

#: How many briefings the home page shows.
LATEST = 12
#: A feed holds the briefings that changed last.
IN_A_FEED = 30
#: Of a feed without entries, or of one whose briefings have no date.
NEVER = date(1970, 1, 1)

#: The lists of the whole site, by the folder of their pages.
TIMELINE, SOURCES, CHANGES = LISTS = ("timeline", "sources", "changes")


def first_day(when: EdtfDate | None) -> date | None:
    """The day at which something of that date is listed; None without one."""
    return when.listed if when else None


class BriefingStats(NamedTuple):
    """What one briefing adds to the pages that tell of all.

    ``said``, ``spoken`` and ``accused`` have an actor's id for each statement that is theirs, that
    they spoke for another, or that accuses them. ``dated`` has the day and the kind (``event``,
    ``position``, ``response``) of each entry of the timeline, ``sources`` the publisher as written
    and the day of each of the briefing's own.
    """

    published: date | None
    last_change: date | None
    changed: date | None
    moved: bool
    positions: int
    responses: int
    topics: tuple[str, ...]
    places: tuple[str, ...]
    said: tuple[str, ...]
    spoken: tuple[str, ...]
    accused: tuple[str, ...]
    dated: tuple[tuple[date | None, str], ...]
    sources: tuple[tuple[str, date | None], ...]
    changes: tuple[date, ...]


def briefing_stats(briefing: Briefing) -> BriefingStats:
    """The facts of one briefing."""
    statements = [*briefing.positions, *briefing.responses]
    dated = [
        *((event.date, "event") for event in briefing.background),
        *((position.date, "position") for position in briefing.positions),
        *((response.date, "response") for response in briefing.responses),
    ]
    last_change = briefing.updated or briefing.published
    changes = tuple(change.date for change in briefing.changes)
    return BriefingStats(
        briefing.published,
        last_change,
        max([*changes, *([last_change] if last_change else [])], default=None),
        bool(briefing.aliases),
        len(briefing.positions),
        len(briefing.responses),
        tuple(briefing.topics),
        tuple(briefing.places),
        tuple(statement.party for statement in statements),
        tuple(
            statement.speaker
            for statement in statements
            if statement.speaker and statement.speaker != statement.party
        ),
        tuple(actor for position in briefing.positions for actor in position.against),
        tuple((first_day(when), kind) for when, kind in dated if when),
        tuple((source.publisher or "", first_day(source.date)) for source in briefing.sources),
        changes,
    )


def source_path(source: Source, actors: Mapping[str, Actor]) -> PagePath:
    """Where a source stands in the list of sources."""
    return publisher_path(source.publisher or "", first_day(source.date), actors)


def publisher_path(publisher: str, day: date | None, actors: Mapping[str, Actor]) -> PagePath:
    """The same of a source of this publisher, an actor's id or a name, and of this day."""
    actor = actors.get(publisher)
    return name_path(actor.name if actor else publisher, day)


@dataclass(frozen=True, slots=True)
class SiteStats:
    """All briefings in numbers.

    ``topics`` and ``places`` count the briefings filed under each, ``statements`` what each actor
    said or spoke, ``parts_played`` what it said or is accused in, ``years`` a year's entries by
    kind. ``latest`` are the briefings last changed, ``fed`` those that the site's feed holds.
    ``replies`` counts reply statuses by their labels, which no briefing tells by itself.
    """

    briefings: int = 0
    positions: int = 0
    responses: int = 0
    sources: int = 0
    topics: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    statements: Mapping[str, int] = field(default_factory=dict)
    parts_played: Mapping[str, int] = field(default_factory=dict)
    years: tuple[tuple[str, Mapping[str, int]], ...] = ()
    latest: tuple[str, ...] = ()
    fed: tuple[str, ...] = ()
    changed: date | None = None
    moved: bool = False
    replies: Mapping[str, int] = field(default_factory=dict)


def site_stats(briefings: Mapping[str, BriefingStats], shared_sources: int) -> SiteStats:
    """The overview of ``briefings`` by id; ``shared_sources`` are those that any of them cites."""
    all_stats = briefings.values()
    years: dict[str, Counter[str]] = {}
    for stats in all_stats:
        for day, kind in stats.dated:
            years.setdefault(date_path(day)[0], Counter())[kind] += 1
    return SiteStats(
        briefings=len(briefings),
        positions=sum(stats.positions for stats in all_stats),
        responses=sum(stats.responses for stats in all_stats),
        sources=sum(len(stats.sources) for stats in all_stats) + shared_sources,
        topics=_counted(stats.topics for stats in all_stats),
        places=_counted(stats.places for stats in all_stats),
        statements=_counted((*stats.said, *stats.spoken) for stats in all_stats),
        parts_played=_counted((*stats.said, *stats.accused) for stats in all_stats),
        years=tuple((year, dict(sorted(count.items()))) for year, count in sorted(years.items())),
        latest=tuple(_latest(briefings)[:LATEST]),
        fed=tuple(_last_changed(briefings)[:IN_A_FEED]),
        changed=max((stats.changed for stats in all_stats if stats.changed), default=None),
        moved=any(stats.moved for stats in all_stats),
    )


def _counted(groups: Iterable[Iterable[str]]) -> dict[str, int]:
    return dict(sorted(Counter(key for keys in groups for key in keys).items()))


def _latest(briefings: Mapping[str, BriefingStats]) -> list[str]:
    def when(key: str) -> tuple[date, date, str]:
        stats = briefings[key]
        return stats.last_change or date.min, stats.published or date.min, key

    return sorted(briefings, key=when, reverse=True)


def _last_changed(briefings: Mapping[str, BriefingStats]) -> list[str]:
    return sorted(sorted(briefings), key=lambda key: briefings[key].changed or NEVER, reverse=True)
