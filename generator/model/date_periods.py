"""Periods longer than a month: `the 1960s`, `winter 2023/24`, `Q3 2024`, `2024-W32`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from generator.model.date_formats import PartialDate

#: The first month of each season in the north and in the south of the world.
_SEASONS = {
    "spring": (3, 9), "summer": (6, 12), "autumn": (9, 3), "fall": (9, 3), "winter": (12, 6),
}  # fmt: skip
_SEASON = re.compile(
    r"(spring|summer|autumn|fall|winter)(?: of)?,? (\d{4})(?: ?[-/] ?(\d{4}|\d\d))?"
)
_QUARTER = re.compile(
    r"(?:q ?([1-4])|([1-4])(?:st|nd|rd|th) quarter|(first|second|third|fourth) quarter)"
    r"(?: of)?[ ,/-]{0,2}(\d{4})|(\d{4})[ ,/-]{0,2}q ?([1-4])"
)
_HALF = re.compile(r"(?:h([12])|(first|second) half)(?: of)? ?(\d{4})|(\d{4})[ -]?h([12])")
_DECADE = re.compile(r"(\d{3})(?:0'?s|[x_*]|0er(?: jahren?)?)")
_CENTURY = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th) (?:century|c\.?)|"
    r"([xvi]{1,5})(?:e|ème)?(?: (?:century|siècle|век|в\.?))|(?:siglo|secolo|século) ([xvi]{1,5}))"
)
_WEEK = re.compile(r"(\d{4})-?w(\d{2})(?:-?([1-7]))?|week (\d{1,2})(?: of|,)? (\d{4})")
_DAY_OF_YEAR = re.compile(r"(\d{4})-(\d{3})")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}

Span = tuple[PartialDate, PartialDate]
"""The first and the last day, month or year of a period."""


def possible_periods(text: str) -> list[Span]:
    """The decades, centuries, seasons, quarters, halves and weeks that ``text`` can name."""
    if match := _DECADE.fullmatch(text):
        return [(PartialDate(int(f"{match[1]}0")), PartialDate(int(f"{match[1]}9")))]
    if match := _CENTURY.fullmatch(text):
        number = int(match[1]) if match[1] else _roman(match[2] or match[3])
        return [(PartialDate(number * 100 - 99), PartialDate(number * 100))]
    if match := _SEASON.fullmatch(text):
        return list(_season(match[1], int(match[2]), match[3]))
    if match := _QUARTER.fullmatch(text):
        quarter = match[1] or match[2] or match[6] or str(_ORDINALS.get(match[3], 0))
        return [_months(int(match[4] or match[5]), int(quarter) * 3 - 2, 3)]
    if match := _HALF.fullmatch(text):
        half = match[1] or match[5] or str(_ORDINALS.get(match[2], 0))
        return [_months(int(match[3] or match[4]), int(half) * 6 - 5, 6)]
    if match := _WEEK.fullmatch(text):
        year, week = int(match[1] or match[5]), int(match[2] or match[4])
        if match[3]:
            return [(_day(date.fromisocalendar(year, week, int(match[3]))),) * 2]
        monday, sunday = (date.fromisocalendar(year, week, day) for day in (1, 7))
        return [(_day(monday), _day(sunday))]
    if match := _DAY_OF_YEAR.fullmatch(text):
        start = date(int(match[1]), 1, 1)
        return [(_day(start + timedelta(days=int(match[2]) - 1)),) * 2]
    return []


def _roman(numeral: str) -> int:
    values = [{"x": 10, "v": 5, "i": 1}[letter] for letter in numeral]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def _season(name: str, year: int, second_year: str | None) -> Iterator[Span]:
    """The three months of a season, in the north and in the south of the world."""
    for first in _SEASONS[name]:
        if first == 12:
            yield _months(year if second_year or name == "summer" else year - 1, 12, 3)
            if name == "winter" and not second_year:
                yield _months(year, 12, 3)
        elif not second_year:
            yield _months(year, first, 3)


def _months(year: int, first: int, count: int) -> Span:
    last = first + count - 1
    return PartialDate(year, first), PartialDate(year + (last - 1) // 12, (last - 1) % 12 + 1)


def _day(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)
