"""The site's timeline in one picture: a bar for each year, or for each few years where many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ROW = 26
_MOST_ROWS = 24
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
#: What the label before and the number after a bar leave to it, in per cent.
_LONGEST = 66.0
_START = 20.0


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar: how many events, positions or answers."""

    kind: str
    count: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One year, or several; ``first`` is the first heading on the page that it stands for."""

    label: str
    first: str
    y: int
    parts: tuple[Part, ...]
    count: int
    end: float


def years(counted: Sequence[tuple[str, Mapping[str, int]]]) -> list[Bar]:
    """Bars for the site's chronology, given as years with how many entries of each kind."""
    dated = [(int(year), counts) for year, counts in counted if year.isdigit()]
    if not dated:
        return []
    reach = dated[-1][0] - dated[0][0] + 1
    step = next((one for one in _STEPS if reach / one <= _MOST_ROWS), _STEPS[-1])
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
