"""Where a briefing cites each of its sources: the way back from its list of sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.collection.entries import BriefingEntry, EventEntry, StatementEntry
from generator.collection.reply_status import oldest_first
from generator.locale.interface import Interface
from generator.model.prose_markdown import mentions
from generator.model.references import references_of

Entry = EventEntry | StatementEntry


@dataclass(frozen=True, slots=True)
class CitedAt:
    """What cites each source, by its id.

    ``entries`` are statements and events in order of time. They cite a source in their own list, by
    a quotation, an account or a date, or in a text. ``sections`` are the other parts of the page
    that cite it: ``summary``, ``related``, ``changes``.
    """

    entries: Mapping[str, list[Entry]]
    sections: Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class BackLink:
    """A link from a source to what cites it. ``number`` counts links of a group with this day."""

    entry: Entry
    day: str
    number: int


def group_back_links(entries: Iterable[Entry], interface: Interface) -> list[list[BackLink]]:
    """Links to statements of the same parties together, and those to events, in order of time."""
    groups: dict[tuple[str, ...], list[BackLink]] = {}
    for entry in entries:
        speakers = _party_ids(entry)
        links = groups.setdefault(speakers, [])
        day = interface.date(entry.date)
        number = 1 + sum(link.day == day for link in links)
        links.append(BackLink(entry, day, number))
    return list(groups.values())


def _party_ids(entry: Entry) -> tuple[str, ...]:
    return tuple(p.id for p in entry.parties) if isinstance(entry, StatementEntry) else ()


def cited_at(briefing: BriefingEntry) -> CitedAt:
    """What cites each source of a briefing."""
    cited: dict[str, list[Entry]] = {}
    for entry in oldest_first(briefing.entries):
        references = references_of(entry.model)
        for source_id in dict.fromkeys(key for to, key, _ in references if to == "source"):
            cited.setdefault(source_id, []).append(entry)
    model = briefing.model
    texts = [("summary", model.summary)]
    texts += [("related", related.note) for related in model.related if related.note]
    texts += [("changes", change.text) for change in model.changes]
    sections: dict[str, list[str]] = {}
    for section, text in texts:
        for mention in mentions(text):
            sections_of_source = sections.setdefault(mention.id, [])
            if mention.to == "source" and section not in sections_of_source:
                sections_of_source.append(section)
    return CitedAt(cited, sections)
