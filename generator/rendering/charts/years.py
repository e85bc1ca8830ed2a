"""The chart of the site's timeline: a bar for each year, or for several if there are many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ROW = 26
_MOST_ROWS = 24
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
#: The widest bar and its start in per cent; the label is before it and the number after it.
_LONGEST = 66.0
_START = 20.0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: the number of events, positions or answers."""

    kind: str
    count: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A year or several; ``first`` is the first of them that has a heading on the page."""

    label: str
    first: str
    y: int
    parts: tuple[Part, ...]
    count: int
    end: float


def years(counted: Sequence[tuple[str, Mapping[str, int]]]) -> list[Bar]:
    """Bars for years, given with their numbers of entries of each kind."""
    dated = [(int(year), counts) for year, counts in counted if year.isdigit()]
    if not dated:
        return []
    year_count = dated[-1][0] - dated[0][0] + 1
    step = next((step for step in _STEPS if year_count / step <= _MOST_ROWS), _STEPS[-1])
    bundles: dict[int, list[int]] = {}
    counts: dict[int, Counter[str]] = {}
    for year, kinds in dated:
        start = year // step * step
        bundles.setdefault(start, []).append(year)
        counts.setdefault(start, Counter()).update(kinds)
    most = max(count.total() for count in counts.values())
    bars = []
    for index, (start, bundle) in enumerate(bundles.items()):
        parts, x = [], _START
        for kind in ("event", "position", "response"):
            if count := counts[start][kind]:
                width = _LONGEST * count / most
                parts.append(Part(kind, count, x, width))
                x += width
        label = f"{start}" if step == 1 else f"{start}–{start + step - 1}"
        first = f"{bundle[0]:04}"
        bars.append(Bar(label, first, index * ROW, tuple(parts), counts[start].total(), x))
    return bars
