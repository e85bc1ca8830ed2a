"""A briefing's timeline: events, positions and answers on one axis, each kind in its own lane."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.collection.entries import EventEntry, StatementEntry
from generator.rendering.charts.scale import Span, Tick, scale, ticks

Entry = EventEntry | StatementEntry
LANES = ("event", "allegation", "demand", "statement", "response")
#: The height of a symbol, and its width on the smallest screen: large enough for a finger.
ROW = 24
_NAME = 20
_AXIS = 26
#: The width of a symbol in the smallest chart, which is 288 pixels wide, in per cent.
_MARK = 100 * ROW / 288


@dataclass(frozen=True, slots=True)
class Mark:
    """An event or a statement: its middle and the two ends of its span.

    ``open_start`` and ``open_end`` say whether the span continues beyond the axis.
    """

    entry: Entry
    x: float
    y: int
    start: float
    end: float
    open_start: bool = False
    open_end: bool = False

    @property
    def is_span(self) -> bool:
        return self.end - self.start > 1 or self.open_start or self.open_end


@dataclass(frozen=True, slots=True)
class Lane:
    """The lane of a kind: the vertical positions of its upper line and of its name."""

    kind: str
    top: int
    name: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The chart; ``height`` and all `y` are pixels, all `x` per cent of the width."""

    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    breaks: tuple[float, ...]
    height: int
    axis: int
    undated: tuple[Entry, ...]
    ordered: tuple[Entry, ...]


def timeline(entries: Iterable[Entry]) -> Timeline | None:
    """The chart of ``entries`` in order of time; None if fewer than two are dated."""
    ordered = tuple(entries)
    span_of = {entry: _span(entry) for entry in ordered}
    spans = [span for span in span_of.values() if span]
    if len(spans) < 2:
        return None
    axis = scale(spans)
    first, last = min(a for a, _ in spans), max(b for _, b in spans)
    lanes: list[Lane] = []
    marks: list[Mark] = []
    y = 0
    for kind in LANES:
        own = [
            (entry, span) for entry in ordered if _kind(entry) == kind and (span := span_of[entry])
        ]
        if not own:
            continue
        lanes.append(Lane(kind, y, y + _NAME - 6))
        y += _NAME
        rows: list[list[tuple[float, float]]] = []
        for entry, (start, end) in own:
            left, right = axis.at(start), axis.at(end)
            # The middle of a symbol is so far inside that no part of it is cut off.
            x = min(max((left + right) / 2, _MARK / 2), 100 - _MARK / 2)
            space = min(left, x - _MARK / 2), max(right, x + _MARK / 2)
            row = _free(rows, space)
            open_start = bool(entry.date and entry.date.earliest is None)
            open_end = bool(entry.date and entry.date.latest is None)
            marks.append(
                Mark(entry, x, y + row * ROW + ROW // 2, left, right, open_start, open_end)
            )
        y += len(rows) * ROW + 4
    named = ticks(axis, [first, last, *(a for a, _ in spans)])
    undated = tuple(entry for entry in ordered if span_of[entry] is None)
    return Timeline(
        tuple(lanes), tuple(marks), tuple(named), axis.breaks, y + _AXIS, y, undated, ordered
    )


def _kind(entry: Entry) -> str:
    return "event" if isinstance(entry, EventEntry) else entry.kind


def _span(entry: Entry) -> Span | None:
    """The first and last day that a date can mean; for an open end, the known end."""
    if entry.date is None:
        return None
    return entry.date.listed, entry.date.latest or entry.date.listed


def _free(rows: list[list[tuple[float, float]]], space: tuple[float, float]) -> int:
    """The first row in which the space from left to right is free; a new row if there is none."""
    for index, row in enumerate(rows):
        if all(space[1] <= left or right <= space[0] for left, right in row):
            row.append(space)
            return index
    rows.append([space])
    return len(rows) - 1
