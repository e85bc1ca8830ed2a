"""A briefing's timeline: events, positions and answers on one axis, each kind in its own lane."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.collection.entries import EventEntry, StatementEntry
from generator.rendering.charts.scale import Span, Tick, scale, ticks

Entry = EventEntry | StatementEntry
LANES = ("event", "allegation", "demand", "statement", "response")
#: A mark is this high, and on the smallest screen as wide: a finger can hit it.
ROW = 24
_NAME = 20
_AXIS = 26
#: What a mark takes of the smallest picture, 288 pixels wide.
_MARK = 100 * ROW / 288


@dataclass(frozen=True, slots=True)
class Mark:
    """One event or statement: its middle and, where its date is a span, the span's two ends.

    ``open_start`` and ``open_end`` tell that a span goes on beyond the axis.
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
    """One kind's lane: its name's place from the top, and the line it is parted by."""

    kind: str
    top: int
    name: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole picture; ``height`` and all `y` are pixels, all `x` per cent of the width."""

    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    breaks: tuple[float, ...]
    height: int
    axis: int
    undated: tuple[Entry, ...]
    ordered: tuple[Entry, ...]


def timeline(entries: Iterable[Entry]) -> Timeline | None:
    """The picture of ``entries``, in order of time; None where fewer than two are dated."""
    ordered = tuple(entries)
    reach = {one: _reach(one) for one in ordered}
    spans = [span for span in reach.values() if span]
    if len(spans) < 2:
        return None
    axis = scale(spans)
    first, last = min(a for a, _ in spans), max(b for _, b in spans)
    lanes: list[Lane] = []
    marks: list[Mark] = []
    y = 0
    for kind in LANES:
        own = [(one, span) for one in ordered if _kind(one) == kind and (span := reach[one])]
        if not own:
            continue
        lanes.append(Lane(kind, y, y + _NAME - 6))
        y += _NAME
        rows: list[list[tuple[float, float]]] = []
        for one, (start, end) in own:
            left, right = axis.at(start), axis.at(end)
            # A mark's middle stays so far inside that the whole of it is seen.
            x = min(max((left + right) / 2, _MARK / 2), 100 - _MARK / 2)
            taken = min(left, x - _MARK / 2), max(right, x + _MARK / 2)
            row = _free(rows, taken)
            open_start = bool(one.date and one.date.earliest is None)
            open_end = bool(one.date and one.date.latest is None)
            marks.append(Mark(one, x, y + row * ROW + ROW // 2, left, right, open_start, open_end))
        y += len(rows) * ROW + 4
    named = ticks(axis, [first, last, *(a for a, _ in spans)])
    undated = tuple(one for one in ordered if reach[one] is None)
    return Timeline(
        tuple(lanes), tuple(marks), tuple(named), axis.breaks, y + _AXIS, y, undated, ordered
    )


def _kind(one: Entry) -> str:
    return "event" if isinstance(one, EventEntry) else one.kind


def _reach(one: Entry) -> Span | None:
    """The first and last day a date can mean; an open end is drawn from the end that is known."""
    if one.date is None:
        return None
    return one.date.listed, one.date.latest or one.date.listed


def _free(rows: list[list[tuple[float, float]]], taken: tuple[float, float]) -> int:
    """The first row that has room for what is taken from left to right; a new one if none has."""
    for index, row in enumerate(rows):
        if all(taken[1] <= left or right <= taken[0] for left, right in row):
            row.append(taken)
            return index
    rows.append([taken])
    return len(rows) - 1
