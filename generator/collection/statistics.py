"""Statistics for the pages about all briefings: counts, latest briefings, keys for pagination.

They are added up from the statistics of each briefing, so that no page needs all briefings in
memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from generator.addresses.pagination import PagePath, date_path, name_path
from generator.collection.answer_table import AnswerTable
from generator.model.briefing import Briefing
from generator.model.edtf import EdtfDate
from generator.model.registries import Actor, Source, is_note

#: How many briefings the home page shows.
LATEST = 12
#: How many briefings a feed has: those that changed last.
IN_A_FEED = 30
#: The date of a feed without entries, and of a briefing without dates.
NEVER = date(1970, 1, 1)

#: The lists of the whole site, by the folder of their pages.
TIMELINE, SOURCES, CHANGES = LISTS = ("timeline", "sources", "changes")


def first_day(when: EdtfDate | None) -> date | None:
    """The day under which something with this date is listed, or None."""
    return when.listed if when else None


def last_change(briefing: Briefing) -> date | None:
    """The day the briefing was updated, or else published."""
    return briefing.updated or briefing.published


def changed(briefing: Briefing) -> date | None:
    """The last day on which something changed for readers."""
    days = [change.date for change in briefing.changes]
    return max(filter(None, [*days, last_change(briefing)]), default=None)


class BriefingStats(NamedTuple):
    """Statistics of one briefing, for the pages about all briefings.

    ``title`` and ``status`` are as written; ``language`` is the title's (BCP 47), empty if it is
    that of the site's main edition. ``said``, ``spoken`` and ``accused`` have one actor id for each
    statement of the actor, for each that the actor spoke for another, and for each accusation.
    ``dated`` has the day and the kind (``event``, ``position``, ``response``) of each entry of the
    timeline. ``sources`` has the publisher as written and the day of each source that the briefing
    declares.
    """

    title: str
    language: str
    status: str
    published: date | None
    last_change: date | None
    changed: date | None
    has_former_ids: bool
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
    """The statistics of one briefing."""
    statements = [*briefing.positions, *briefing.responses]
    dated = [
        *((event.date, "event") for event in briefing.background),
        *((position.date, "position") for position in briefing.positions),
        *((response.date, "response") for response in briefing.responses),
    ]
    changes = tuple(change.date for change in briefing.changes)
    return BriefingStats(
        briefing.title,
        getattr(briefing.title, "language", "") or briefing.language or "",
        briefing.status,
        briefing.published,
        last_change(briefing),
        changed(briefing),
        bool(briefing.aliases),
        len(briefing.positions),
        len(briefing.responses)
        + sum(1 for position in briefing.positions if position.to and position.stance),
        tuple(briefing.topics),
        tuple(briefing.places),
        tuple(party for statement in statements for party in statement.parties),
        tuple(
            statement.speaker
            for statement in statements
            if statement.speaker and statement.speaker not in statement.parties
        ),
        tuple(actor for position in briefing.positions for actor in position.against),
        tuple((first_day(when), kind) for when, kind in dated if when),
        tuple((source.publisher or "", first_day(source.date)) for source in briefing.sources),
        changes,
    )


def source_path(source: Source, actors: Mapping[str, Actor]) -> PagePath:
    """The pages on which a source can be in the list of sources."""
    return publisher_path(source.publisher or "", first_day(source.date), actors)


def publisher_path(publisher: str, day: date | None, actors: Mapping[str, Actor]) -> PagePath:
    """The same for a source of this day and this ``publisher``: an actor's id or a name."""
    actor = actors.get(publisher)
    return named_path(actor.name if actor else publisher, day)


def named_path(publisher: str, day: date | None) -> PagePath:
    """The same for the name of a publisher; a note in brackets, in any language, is none."""
    return name_path("" if is_note(publisher) else publisher, day)


@dataclass(frozen=True, slots=True)
class SiteStats:
    """Statistics of all briefings.

    ``topics`` and ``places`` count the briefings on each, ``statements`` the statements that each
    actor made or spoke, ``parts_played`` those that it made or is accused in. ``years`` counts the
    entries of each year by kind. ``latest`` are the briefings changed last, ``fed`` those in the
    site's feed. ``replies`` counts reply statuses by label, ``answers`` is the table of them. They
    need all briefings, because an answer can be in another one.
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
    has_former_ids: bool = False
    replies: Mapping[str, int] = field(default_factory=dict)
    answers: AnswerTable = field(default_factory=AnswerTable)


def site_stats(briefings: Mapping[str, BriefingStats], shared_sources: int) -> SiteStats:
    """The sum of ``briefings``. ``shared_sources`` is the number of registry sources cited."""
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
        has_former_ids=any(stats.has_former_ids for stats in all_stats),
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
