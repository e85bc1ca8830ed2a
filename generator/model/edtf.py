"""Dates in EDTF level 1 (ISO 8601-2:2019, extended date/time format): their notation and order.

Briefings use a part of it: `2024`, `2024-08`, `2024-08-05`, each optionally `?` (uncertain), `~`
(approximate) or `%` (both), and the intervals `a/b`, `../b`, `a/..`. The `edtf` library would also
accept seasons, open digits, long years, the year 0000 and reversed intervals, so these would have
to be excluded first, and what remains needs no library. The tests compare the days of all accepted
forms with that library.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

OPEN = ".."
_CACHED = 8_192
_LONGEST_FAULT = 60  # characters
#: Day 0 of spreadsheets, which count a 29 February 1900 too.
_SPREADSHEET_START = date(1899, 12, 30)
_POINT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)", re.ASCII)
MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
]  # fmt: skip


class NotationError(ValueError):
    """Why a text is no date in EDTF, as the part of a sentence after a colon; may be empty."""


@dataclass(frozen=True, slots=True)
class Point:
    """A year, month or day with its qualifier (``?``, ``~``, ``%`` or empty)."""

    year: int
    month: int | None
    day: int | None
    qualifier: str

    @property
    def precision(self) -> str:
        """The smallest unit of it: ``day``, ``month`` or ``year``."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def neighbour(self, step: int) -> Point:
        """The next (1) or previous (-1) day, month or year; OverflowError past the calendar."""
        if self.day:
            day = self.first + timedelta(days=step)
            return replace(self, year=day.year, month=day.month, day=day.day)
        months = self.year * 12 + (self.month or 1) - 1 + (step if self.month else 12 * step)
        if not 12 <= months < 12 * 10_000:
            raise OverflowError(months)
        return replace(self, year=months // 12, month=self.month and months % 12 + 1)


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """A date or interval, from ``read_edtf``.

    ``text`` is the notation. ``earliest`` and ``latest`` are the first and last day it can mean,
    both inclusive, None at an open end. Qualifiers do not widen that span.
    """

    text: str
    earliest: date | None
    latest: date | None

    def __reduce__(self) -> tuple[Callable[[str], EdtfDate], tuple[str]]:
        """Pickled as its text: many values share one date, which is then read once."""
        return read_edtf, (self.text,)

    @property
    def ends(self) -> tuple[Point | None, Point | None]:
        """Both ends of an interval, None if open; of a single date, that date twice."""
        return _ends(self.text)

    @property
    def is_interval(self) -> bool:
        return "/" in self.text

    @property
    def is_day(self) -> bool:
        """Whether it is one calendar day, qualified or not."""
        start, _ = self.ends
        return not self.is_interval and start is not None and start.day is not None

    @property
    def uncertain(self) -> bool:
        """Whether it, or an end of it, is marked ``?`` or ``%``."""
        return "?" in self.text or "%" in self.text

    @property
    def approximate(self) -> bool:
        """Whether it, or an end of it, is marked ``~`` or ``%``."""
        return "~" in self.text or "%" in self.text

    @property
    def listed(self) -> date:
        """The day under which it is listed: the earliest; if its start is open, that of its end."""
        if self.earliest is not None:
            return self.earliest
        _, end = self.ends
        assert end is not None, "a date has a start or an end"
        return end.first

    @property
    def sort_key(self) -> tuple[int, int, str]:
        """Sorts by time: by the day of ``listed``, the last day (open ends last) and the text."""
        first = self.listed.toordinal()
        last = self.latest.toordinal() if self.latest else date.max.toordinal() + 1
        return first, last, self.text


@lru_cache(_CACHED)
def read_edtf(text: str) -> EdtfDate:
    """The date in ``text``; NotationError if it has none."""
    start, end = _ends(text)
    return EdtfDate(text, start.first if start else None, end.last if end else None)


@lru_cache(_CACHED)
def _ends(text: str) -> tuple[Point | None, Point | None]:
    if "/" not in text:
        point = _point(text)
        return point, point
    first, _, second = text.partition("/")
    if not first or not second:
        raise NotationError(f"one end is missing; write `{OPEN}` for an open end")
    if first == OPEN and second == OPEN:
        raise NotationError("it has neither a start nor an end")
    start = None if first == OPEN else _point(first)
    end = None if second == OPEN else _point(second)
    if start and end and start.first > end.last:
        raise NotationError(f"it ends before it starts; write `{second}/{first}` if that is meant")
    return start, end


def _point(text: str) -> Point:
    match = _POINT.fullmatch(text)
    if not match:
        raise NotationError(_notation_fault(text))
    year, month, day = (None if part is None else int(part) for part in match.groups()[:3])
    fault = _calendar_fault(year or 0, month, day)
    if fault:
        raise NotationError(fault)
    return Point(year or 0, month, day, match[4])


def _calendar_fault(year: int, month: int | None, day: int | None) -> str:
    if year == 0:
        return "there is no year 0000"
    if month is None:
        return ""
    if day is None and 21 <= month <= 41:
        return f"month {month} stands for a season in EDTF; name its months instead"
    if not 1 <= month <= 12:
        return f"there is no month {month:02}"
    days = monthrange(year, month)[1]
    if day is None or 1 <= day <= days:
        return ""
    return f"{MONTHS[month - 1]} {year} has days 01 to {days}"


def _notation_fault(text: str) -> str:
    if re.fullmatch(r"Y-?\d+|-\d+", text[:_LONGEST_FAULT], re.ASCII):
        return "years run from 0001 to 9999"
    if re.fullmatch(r"\d[\dX]{3}(-[\dX]{2}){0,2}[?~%]?", text, re.ASCII):
        return "open digits (`X`) are not accepted"
    if day := _spreadsheet_day(text):
        return f"as the number of a day in a spreadsheet it is {day.isoformat()}"
    if re.search(r"\d", text) and not re.search(r"\d{4}", text):
        return "the year is missing, or hasn't four digits"
    return ""


def _spreadsheet_day(text: str) -> date | None:
    """The day with this number in a spreadsheet, if it is in the years 1954 to 2064.

    Spreadsheets count days from 1900. A time of day is a fraction.
    """
    number = re.fullmatch(r"([2-5]\d{4})(?:\.\d+)?", text, re.ASCII)
    return _SPREADSHEET_START + timedelta(days=int(number[1])) if number else None


class Order(StrEnum):
    """The result of ``order``."""

    BEFORE = "before"
    NOT_BEFORE = "not before"
    UNCERTAIN = "uncertain"


def order(a: EdtfDate, b: EdtfDate) -> Order:
    """Whether ``a`` is before ``b``, on the same day or later, or neither is established.

    BEFORE: all days ``a`` can mean are before all days ``b`` can mean. NOT_BEFORE: all days
    ``a`` can mean are the same as or after all days ``b`` can mean, so two equal plain days are
    NOT_BEFORE both ways. UNCERTAIN: anything else, such as two equal months. A qualified date, or
    qualified end of an interval, may be off by one unit of its precision: `2024-08-05~` is
    compared as 4 to 6 August, `2024-08?` as July to September, `2024%` as 2023 to 2025.
    """
    (a_first, a_last), (b_first, b_last) = _comparison_range(a.text), _comparison_range(b.text)
    if a_last and b_first and a_last < b_first:
        return Order.BEFORE
    if a_first and b_last and a_first >= b_last:
        return Order.NOT_BEFORE
    return Order.UNCERTAIN


def starts_earlier(a: EdtfDate, b: EdtfDate) -> bool:
    """Whether ``a`` begins in an earlier day, month or year than ``b``.

    Only what both name is compared: `2024-03` and `2024-03-02` by their months. An open start is
    earlier than any other.
    """
    (start, _), (other, _) = a.ends, b.ends
    if start is None or other is None:
        return start is None
    for part, other_part in (
        (start.year, other.year), (start.month, other.month), (start.day, other.day)
    ):  # fmt: skip
        if part is None or other_part is None:
            return False
        if part != other_part:
            return part < other_part
    return False


@lru_cache(_CACHED)
def _comparison_range(text: str) -> tuple[date | None, date | None]:
    """The first and last day to compare by; None if open or outside the calendar."""
    start, end = _ends(text)
    start, end = _widened(start, -1), _widened(end, 1)
    return start.first if start else None, end.last if end else None


def _widened(point: Point | None, step: int) -> Point | None:
    if point is None or not point.qualifier:
        return point
    try:
        return point.neighbour(step)
    except OverflowError:
        return None
