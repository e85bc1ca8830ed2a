"""Dates in words for readers."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from generator.model.edtf import EdtfDate, Point

_CACHED = 8_192


@lru_cache(_CACHED)
def word(d: EdtfDate) -> str:
    """``d`` in words, for example "about August 2024"."""
    start, end = d.ends
    # An open end means that no end is given, not that something still lasts: so not "since".
    if end is None:
        return f"from {_word_point(start)} on" if start else d.text
    if start is None:
        return f"no later than {_word_point(end)}"
    if start == end:
        return _word_point(start)
    if start.qualifier or end.qualifier or start.precision != end.precision:
        return f"from {_word_point(start)} to {_word_point(end)}"
    return _word_range(start, end)


@lru_cache(_CACHED)
def word_day(day: date) -> str:
    """A calendar day in words, for example "5 August 2024"."""
    return _fill("d MMMM y", day)


def word_month(day: date) -> str:
    """The month of ``day`` in short words, for example "Aug 2024"."""
    return _fill("LLL y", day)


def word_short_day(day: date) -> str:
    """A calendar day in short words, for example "5 Aug 2024"."""
    return _fill("d LLL y", day)


def _word_point(point: Point) -> str:
    words = _fill(point.precision, point.first)
    if point.qualifier in ("~", "%"):
        words = f"about {words}"
    return f"{words} (uncertain)" if point.qualifier in ("?", "%") else words


def _word_range(start: Point, end: Point) -> str:
    """An unqualified interval between points of one precision, with shared parts named once."""
    pattern, dash = start.precision, " – "
    if start.year == end.year:
        pattern = pattern.removesuffix(" y")
        if start.month == end.month:
            pattern = "d"
    if " " not in pattern:
        dash = "–"
    return _fill(pattern, start.first) + dash + _word_point(end)


def _fill(pattern: str, day: date) -> str:
    """``day`` in a pattern of Babel's.

    Babel is only asked for the names of months, because it takes ten times as long for a pattern.
    """
    parts = {"d": str(day.day), "y": str(day.year)}
    return " ".join(parts.get(part) or _month(part, day.month) for part in pattern.split())


@lru_cache(_CACHED)
def _month(pattern: str, number: int) -> str:
    from babel.dates import format_date  # slow to import, and most checks need no dates in words

    return format_date(date(2000, number, 1), pattern, locale="en")
