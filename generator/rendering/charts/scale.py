"""An axis of time with its long gaps shortened, and the labels on it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from generator.locale.interface import Interface

Span = tuple[date, date]
#: A gap is shortened if it is longer than the first share of all spans and shorter gaps together.
#: Its length is then the second share of that.
_LONG = 0.5
_CUT_TO = 0.3
#: The least distance between two labels, in per cent: four fit on the smallest screen.
_APART = 27.0
#: The start of a year has no label so near a cut, because its side would be unclear.
_NEAR_BREAK = 4.0


@dataclass(frozen=True, slots=True)
class Tick:
    """A label at a day; ``anchor`` is its SVG ``text-anchor``."""

    x: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The positions of days, from 0 to 100; ``knots`` are days (as ordinals) with their positions.

    ``breaks`` are the positions of shortened gaps.
    """

    knots: tuple[tuple[int, float], ...]
    breaks: tuple[float, ...]

    def at(self, day: date) -> float:
        """The position of a day; for a day outside the axis, the nearest end."""
        ordinal = day.toordinal()
        (first, start), (last, end) = self.knots[0], self.knots[-1]
        if ordinal <= first or first == last:
            return start
        if ordinal > last:
            return end
        index = bisect_left(self.knots, (ordinal,))
        (left, low), (right, high) = self.knots[index - 1], self.knots[index]
        return low + (high - low) * (ordinal - left) / (right - left)


def scale(spans: Iterable[Span]) -> Scale:
    """The axis for all ``spans``, each from a first to a last day."""
    covered = _merged(sorted((a.toordinal(), b.toordinal() + 1) for a, b in spans))
    gaps = [right[0] - left[1] for left, right in pairwise(covered)]
    lengths = [right - left for left, right in covered]
    shown_gaps: dict[int, float] = {}
    total = float(sum(lengths))
    for index in sorted(range(len(gaps)), key=gaps.__getitem__):
        # The shortest gap is the measure and is never shortened.
        is_long = bool(shown_gaps) and gaps[index] > _LONG * total
        shown_gaps[index] = total * _CUT_TO if is_long else gaps[index]
        total += shown_gaps[index]
    knots: list[tuple[int, float]] = []
    breaks: list[float] = []
    position = 0.0
    for index, (left, right) in enumerate(covered):
        if index:
            gap = shown_gaps[index - 1] / total * 100
            if shown_gaps[index - 1] < gaps[index - 1]:
                breaks.append(position + gap / 2)
            position += gap
        knots.append((left, position))
        position += lengths[index] / total * 100
        knots.append((right, position))
    return Scale(tuple(knots), tuple(breaks))


def ticks(scale: Scale, days: Sequence[date], interface: Interface) -> list[Tick]:
    """Labels at the ends, after each break and at the starts of years, as far as they fit.

    Labels are months, or days if two of them are in the same month.
    """
    ordered = sorted(days)
    after = [
        next(day for day in ordered if scale.at(day) > position)
        for position in scale.breaks
        if any(scale.at(day) > position for day in ordered)
    ]
    years = [date(year, 1, 1) for year in range(ordered[0].year + 1, ordered[-1].year + 1)]
    labelled: dict[float, date] = {}
    for day in (ordered[0], ordered[-1], *after, *years):
        x = scale.at(day)
        if _starts_year(day, ordered[0]) and any(
            abs(x - position) < _NEAR_BREAK for position in scale.breaks
        ):
            continue
        if all(abs(x - other) >= _APART for other in labelled):
            labelled[x] = day
    named = [(x, labelled[x], _starts_year(labelled[x], ordered[0])) for x in sorted(labelled)]
    months = [(day.year, day.month) for _, day, starts_year in named if not starts_year]
    word = interface.month if len(set(months)) == len(months) else interface.short_day
    return [
        Tick(x, str(day.year) if starts_year else word(day), _anchor(x))
        for x, day, starts_year in named
    ]


def _starts_year(day: date, first: date) -> bool:
    return day.year > first.year and (day.month, day.day) == (1, 1)


def _anchor(x: float) -> str:
    return "start" if x < _APART / 2 else "end" if x > 100 - _APART / 2 else "middle"


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, last in spans:
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged
