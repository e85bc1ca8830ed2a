"""An axis of time with its long empty stretches cut short, and the days worth naming on it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from generator.model import date_words

Span = tuple[date, date]
#: A stretch without a mark is cut if it is longer than this share of all that is shorter
#: together, and then takes the second share of that.
_LONG = 0.5
_CUT_TO = 0.3
#: How far apart two named days stand at least, in per cent: four fit on the smallest.
_APART = 27.0
#: The start of a year is not named near a cut: nobody could say on which side it is.
_NEAR_BREAK = 4.0


@dataclass(frozen=True, slots=True)
class Tick:
    """A named day; ``anchor`` is how its words stand to it, in SVG's terms."""

    x: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Where days stand, from 0 to 100; ``knots`` are days (as ordinals) with their places.

    ``breaks`` are where a stretch without marks was cut short.
    """

    knots: tuple[tuple[int, float], ...]
    breaks: tuple[float, ...]

    def at(self, day: date) -> float:
        """The place of a day; the nearest end for one outside the axis."""
        found = day.toordinal()
        (first, start), (last, end) = self.knots[0], self.knots[-1]
        if found <= first or first == last:
            return start
        if found > last:
            return end
        index = bisect_left(self.knots, (found,))
        (left, low), (right, high) = self.knots[index - 1], self.knots[index]
        return low + (high - low) * (found - left) / (right - left)


def scale(spans: Iterable[Span]) -> Scale:
    """The axis on which all ``spans``, each from a first to a last day, have their place."""
    covered = _joined(sorted((a.toordinal(), b.toordinal() + 1) for a, b in spans))
    gaps = [right[0] - left[1] for left, right in pairwise(covered)]
    lengths = [right - left for left, right in covered]
    short: dict[int, float] = {}
    whole = float(sum(lengths))
    for index in sorted(range(len(gaps)), key=gaps.__getitem__):
        # The first, the shortest, sets the measure and is never cut.
        is_long = bool(short) and gaps[index] > _LONG * whole
        short[index] = whole * _CUT_TO if is_long else gaps[index]
        whole += short[index]
    knots: list[tuple[int, float]] = []
    breaks: list[float] = []
    place = 0.0
    for index, (left, right) in enumerate(covered):
        if index:
            gap = short[index - 1] / whole * 100
            if short[index - 1] < gaps[index - 1]:
                breaks.append(place + gap / 2)
            place += gap
        knots.append((left, place))
        place += lengths[index] / whole * 100
        knots.append((right, place))
    return Scale(tuple(knots), tuple(breaks))


def ticks(scale: Scale, days: Sequence[date]) -> list[Tick]:
    """The days to name: the ends, the starts after each break, then years, as far as they fit.

    They are named by their months; where two of them are in one month, by day.
    """
    ordered = sorted(days)
    after = [
        next(day for day in ordered if scale.at(day) > place)
        for place in scale.breaks
        if any(scale.at(day) > place for day in ordered)
    ]
    years = [date(year, 1, 1) for year in range(ordered[0].year + 1, ordered[-1].year + 1)]
    taken: dict[float, date] = {}
    for day in (ordered[0], ordered[-1], *after, *years):
        x = scale.at(day)
        if _starts_year(day, ordered[0]) and any(
            abs(x - place) < _NEAR_BREAK for place in scale.breaks
        ):
            continue
        if all(abs(x - other) >= _APART for other in taken):
            taken[x] = day
    named = [(x, taken[x], _starts_year(taken[x], ordered[0])) for x in sorted(taken)]
    months = [(day.year, day.month) for _, day, starts_year in named if not starts_year]
    word = date_words.word_month if len(set(months)) == len(months) else date_words.word_short_day
    return [
        Tick(x, str(day.year) if starts_year else word(day), _anchor(x))
        for x, day, starts_year in named
    ]


def _starts_year(day: date, first: date) -> bool:
    return day.year > first.year and (day.month, day.day) == (1, 1)


def _anchor(x: float) -> str:
    return "start" if x < _APART / 2 else "end" if x > 100 - _APART / 2 else "middle"


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for first, last in spans:
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined
