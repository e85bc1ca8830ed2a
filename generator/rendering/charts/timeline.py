"""How the dates of a briefing lie in time: events, claims and answers on one axis."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.collection.entries import EventEntry, StatementEntry
from generator.locale.interface import Interface
from generator.rendering.charts.scale import Span, Tick, scale, ticks

Entry = EventEntry | StatementEntry
#: The height of each row of marks, of the labels below the axis, and of all together.
_ROW = 13
_LABELS = 21
HEIGHT = 3 * _ROW + _LABELS
#: The width of a mark in the smallest chart, which is 288 pixels wide, in per cent.
_MARK = 100 * 8 / 288
#: A date that takes less than this share of the axis, in per cent, is a mark without a bar.
_POINT = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """An event or a statement: its kind, its middle and the two ends of its span."""

    kind: str
    x: float
    y: int
    start: float
    end: float

    @property
    def is_span(self) -> bool:
        return self.end - self.start > _POINT


@dataclass(frozen=True, slots=True)
class Timeline:
    """The chart; ``axis`` and all `y` are pixels, all `x` per cent of the width."""

    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    breaks: tuple[float, ...]
    axis: int = 3 * _ROW
    height: int = HEIGHT


def timeline(entries: Iterable[Entry], interface: Interface) -> Timeline | None:
    """The chart of ``entries``; None if fewer than two are dated.

    Events, claims and answers have a row each. The list of entries is next to it on the page, so
    marks can cover each other.
    """
    span_of = {entry: span for entry in entries if (span := _span(entry))}
    spans = list(span_of.values())
    if len(spans) < 2:
        return None
    axis = scale(spans)
    marks = []
    for entry, (start, end) in span_of.items():
        left, right = axis.at(start), axis.at(end)
        # The middle of a mark is so far inside that no part of it is cut off.
        x = min(max((left + right) / 2, _MARK / 2), 100 - _MARK / 2)
        kind = "event" if isinstance(entry, EventEntry) else entry.kind
        marks.append(Mark(kind, x, _ROW * _row(kind) + _ROW // 2, left, right))
    first, last = min(a for a, _ in spans), max(b for _, b in spans)
    named = ticks(axis, [first, last, *(a for a, _ in spans)], interface)
    return Timeline(tuple(marks), tuple(named), axis.breaks)


def _row(kind: str) -> int:
    return {"event": 0, "response": 2}.get(kind, 1)


def _span(entry: Entry) -> Span | None:
    """The first and last day that a date can mean; for an open end, the known end."""
    if entry.date is None:
        return None
    return entry.date.listed, entry.date.latest or entry.date.listed
