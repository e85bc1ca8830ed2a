"""Dates in notations and languages other than that of briefings: `24.12.2019`, `5 août 2024`.

A text can have several readings, the likeliest first. They need not be on the calendar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from generator.model.edtf import MONTHS

#: Languages whose names of months are known from Babel, besides English.
_LOCALES = [
    "am", "ar", "ar_DZ", "ar_SY", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "es",
    "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "hy", "id", "it", "ka", "kk", "lt", "lv", "mk",
    "ms", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sr_Latn", "sv", "sw", "th",
    "tr", "uk", "ur", "uz", "vi",
]  # fmt: skip
_ENGLISH_MONTHS = {
    name[:length].casefold(): number for number, name in enumerate(MONTHS, 1) for length in (3, 20)
}
_ENGLISH_MONTHS |= {"sept": 9, "febr": 2, "janu": 1, "juni": 6, "juli": 7, "augu": 8}
_OPEN_DIGITS = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(?:xx|\?\?|00)){1,2}")
_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})([-./ ])(\d{1,2})(?:\2(\d{1,2}))?\.?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-./ ]|\. )(\d{1,2})\2(\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-./ ](\d{4})")
_SHORT_YEAR = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2'?(\d{2})")
_EAST_ASIAN = re.compile(r"(\d{4}) ?[年년](?: ?(\d{1,2}) ?[月월](?: ?(\d{1,2}) ?[日号號일])?)?")
_DAY_WORD = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|re|º|ª|°|\.|-?го|-?е|-?a|η)?")
_WORD = re.compile(r"[^\s,]+")
#: Between a number and a word: `5August`, `Aug-24`, `5-Aug`.
_WORD_BOUNDARY = re.compile(
    r"(?<=\d)(?=[^\W\d_]{4})|(?<=[^\W\d_]{3})-(?=\d)|(?<=\d)-(?=[^\W\d_]{3})"
)
_FILLERS = frozenset(
    ["of", "the", "de", "del", "d'", "di", "do", "da", "la", "le", "el", "den", "der", "am", "em",
     "en", "im", "i", "vom", "anul", "г", "р"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartialDate:
    """The named parts of a year, month or day, with its qualifier."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    qualifier: str = ""

    def __str__(self) -> str:
        parts = [f"{self.year or 0:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts) + self.qualifier

    def neighbour(self, step: int) -> PartialDate:
        """The unit before (-1) or after (1); ValueError or OverflowError outside the calendar."""
        year = self.year or 0
        if self.day and self.month:
            day = date(year, self.month, self.day) + timedelta(days=step)
            return PartialDate(day.year, day.month, day.day, self.qualifier)
        if self.month:
            months = year * 12 + self.month - 1 + step
            return PartialDate(months // 12, months % 12 + 1, None, self.qualifier)
        return PartialDate(year + step, None, None, self.qualifier)


def possible_dates(text: str, *, in_range: bool = False) -> list[PartialDate]:
    """The dates that ``text`` can be. One end ``in_range`` can be `08-05`, without a year."""
    for pattern in (_OPEN_DIGITS, _TOGETHER, _EAST_ASIAN):
        if match := pattern.fullmatch(text):
            parts = [int(part) if part else None for part in (*match.groups(), None)]
            return [PartialDate(parts[0], parts[1], parts[2])]
    if match := _YEAR_FIRST.fullmatch(text):
        year, _, month, day = match.groups()
        if day and int(month) > len(MONTHS) >= int(day):
            return [PartialDate(int(year), int(day), int(month))]  # 2024-25-12
        if day or int(month) <= len(MONTHS):
            return [PartialDate(int(year), int(month), int(day) if day else None)]
    if match := _YEAR_LAST.fullmatch(text):
        first, _, second, year = match.groups()
        return [
            PartialDate(int(year), int(second), int(first)),
            PartialDate(int(year), int(first), int(second)),
        ]
    if match := _MONTH_YEAR.fullmatch(text):
        return [PartialDate(int(match[2]), int(match[1]))]
    if match := _SHORT_YEAR.fullmatch(text):
        numbers = int(match[1]), int(match[3]), int(match[4])
        return _with_short_year(*numbers, year_first=match[2] == "-")
    if re.fullmatch(r"\d{4}", text):
        return [PartialDate(int(text))]
    if in_range and (match := re.fullmatch(r"(\d{1,2})-(\d{1,2})", text)):
        return [PartialDate(None, int(match[1]), int(match[2]))]
    return _with_month_name(text)


def _with_short_year(first: int, second: int, third: int, *, year_first: bool) -> list[PartialDate]:
    """The readings of `24.12.19`, `12/24/19` or `19-12-24` that have a possible month and day."""
    readings = [(third, second, first), (third, first, second)]
    if year_first:
        readings.insert(0, (first, second, third))
    possible = [
        (_full_year(year), month, day)
        for year, month, day in readings
        if 1 <= month <= len(MONTHS) and 1 <= day <= 31
    ]
    return [PartialDate(*parts) for parts in dict.fromkeys(possible)][:2]


def _full_year(year: int) -> int:
    """A year in two digits as one from 1970 to 2069."""
    return year + (2000 if year < 70 else 1900)


def _with_month_name(text: str) -> list[PartialDate]:
    """A date with the name of a month, in any order; or the number of a day or month alone."""
    year: int | None = None
    day: int | None = None
    months: tuple[int, ...] = ()
    for word in _WORD.findall(_WORD_BOUNDARY.sub(" ", text)):
        if re.fullmatch(r"'?\d{4}\.?", word) and year is None:
            year = int(word.strip("'."))
        elif months and year is None and (short := re.fullmatch(r"'(\d\d)|(?<!')\d\d", word)):
            if day is None and not short[1]:
                day = int(word)  # August 24
            else:
                year = _full_year(int(word.strip("'")))
        elif (day_word := _DAY_WORD.fullmatch(word)) and day is None:
            day = int(day_word[1])
        elif not months and (months := _months_named(word)):
            continue
        elif word.rstrip(".") not in _FILLERS:
            return []
    if not months:
        is_day = day is not None and (year is None or re.fullmatch(r"\d{1,2}\w*\.?, ?\d{4}", text))
        return [PartialDate(year, None, day)] if is_day else []
    return [PartialDate(year, month, day) for month in months]


def _months_named(word: str) -> tuple[int, ...]:
    """The numbers of the months that ``word`` names; the same name can be of two."""
    bare = word.rstrip(".")
    if bare in _ENGLISH_MONTHS:
        return (_ENGLISH_MONTHS[bare],)
    if (len(bare) < 3 and bare.isascii()) or any(char.isdigit() for char in bare):
        return ()
    return (
        _foreign_months().get(bare) or _foreign_months().get(re.sub(r"^d'|^d’|^ב", "", bare)) or ()
    )


@lru_cache(1)
def _foreign_months() -> dict[str, tuple[int, ...]]:
    """The numbers of the months by their names in many languages; this takes a quarter second."""
    from babel import Locale

    names: dict[str, list[int]] = {}
    for locale in map(Locale.parse, _LOCALES):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    numbers = names.setdefault(name.casefold().rstrip("."), [])
                    if number not in numbers:
                        numbers.append(number)
    return {name: tuple(numbers) for name, numbers in names.items() if not name.isdigit()}
