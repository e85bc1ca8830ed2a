"""What an actor's page lists: all that it said, is accused of or named in, by briefing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from generator.collection.actor_parts import all_parts
from generator.collection.entries import (
    ActorEntry,
    BriefingEntry,
    EventEntry,
    StatementEntry,
    last_changed_first,
)
from generator.collection.reply_status import oldest_first

Connection = Literal["said", "spoke", "quoted", "accused", "addressed", "named"]
"""What an actor has to do with a statement or an event."""


@dataclass(frozen=True, slots=True)
class Record:
    """A statement or an event of an actor's page.

    ``part`` is the part of the actor that it concerns (a ministry of a state), None if it concerns
    the actor itself. ``first_of`` are the accusers (by id) whose first accusation of the actor
    itself it is.
    """

    entry: StatementEntry | EventEntry
    connection: Connection
    part: ActorEntry | None = None
    first_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BriefingRecords:
    """The records of one briefing, in order of time."""

    briefing: BriefingEntry
    records: tuple[Record, ...]


def records_of(
    actor: ActorEntry, is_shown: Callable[[BriefingEntry], bool] = lambda briefing: True
) -> list[BriefingRecords]:
    """Everything about an actor and its parts, each entry once; the last changed briefing first.

    Only the briefings that are shown (``is_shown``) are among it.
    """
    records: dict[StatementEntry | EventEntry, Record] = {}
    owners = (actor, *all_parts(actor))
    for owner in owners:
        part = None if owner is actor else owner
        for connection, entries in _connections(owner):
            for entry in entries:
                if is_shown(entry.briefing):
                    records.setdefault(entry, Record(entry, connection, part))
    by_briefing: dict[BriefingEntry, list[StatementEntry | EventEntry]] = {
        briefing: [] for owner in owners for briefing in owner.mentioned_in if is_shown(briefing)
    }
    for entry in records:
        by_briefing.setdefault(entry.briefing, []).append(entry)
    seen: set[str] = set()
    groups = []
    for briefing in last_changed_first(by_briefing):
        entries = oldest_first(by_briefing[briefing])
        shown = tuple(_with_accusers(records[entry], actor, seen) for entry in entries)
        groups.append(BriefingRecords(briefing, shown))
    return groups


def _connections(
    actor: ActorEntry,
) -> Iterator[tuple[Connection, Iterable[StatementEntry | EventEntry]]]:
    """The closest connection comes first."""
    yield "said", actor.statements
    yield "spoke", actor.spoken
    yield "quoted", actor.quoted_in
    yield "accused", actor.accused_in
    yield "addressed", actor.addressed_in
    yield "named", actor.events


def _with_accusers(record: Record, actor: ActorEntry, seen: set[str]) -> Record:
    """The record with the accusers whose first accusation of ``actor`` it is: then ``seen``."""
    entry = record.entry
    if isinstance(entry, EventEntry) or actor not in entry.against:
        return record
    new = tuple(party.id for party in entry.parties if party.id not in seen)
    seen.update(new)
    return Record(entry, record.connection, record.part, new)
