"""Dates in words, in the order and with the words of a language (CLDR)."""

from __future__ import annotations

import datetime
import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from generator.model.edtf import EdtfDate, Point

if TYPE_CHECKING:
    from babel import Locale

_CACHED = 8_192
#: CLDR's skeletons (Unicode Technical Standard 35, part 4) of the precisions of a date.
_SKELETONS = {"day": "yMMMMd", "month": "yMMMM", "year": "y"}
#: Skeletons with shorter names of months, which every language has intervals for.
_SHORT = {"day": "yMMMd", "month": "yMMM", "year": "y"}
#: Languages whose first day of a month is an ordinal number, which CLDR lacks: in French ("Lexique
#: des règles typographiques en usage à l'Imprimerie nationale"), and in the Portuguese of Brazil
#: ("Manual de Redação da Presidência da República"). CLDR's ``pt`` is that of Brazil.
_FIRST_DAYS = {"fr": "1er", "pt": "1º"}
#: A quoted part of a pattern, or the day of the month.
_DAY_FIELD = re.compile("'[^']*'|d+")
_SHORT_MONTH = re.compile(r"(?<!M)MMM(?!M)|(?<!L)LLL(?!L)")


class DateWords(ABC):
    """Dates in the words of one language."""

    @property
    @abstractmethod
    def locale(self) -> Locale:
        """CLDR's data on the language."""

    @abstractmethod
    def pgettext(self, context: str, message: str, /, **values: object) -> str:
        """A text of the interface in the language."""

    @cached_property
    def edtf_date(self) -> Callable[[EdtfDate], str]:
        """A date or interval in words, for example "about August 2024"."""
        return lru_cache(_CACHED)(self._edtf_date)

    @cached_property
    def day(self) -> Callable[[datetime.date], str]:
        """A calendar day in words, for example "5 August 2024"."""
        return lru_cache(_CACHED)(self._day)

    def _day(self, day: datetime.date) -> str:
        return self._apply(self.locale.date_formats["long"].pattern, day)

    def month(self, day: datetime.date) -> str:
        """The month of ``day`` in short words, for example "Aug 2024"."""
        return self._apply(self.locale.datetime_skeletons["yMMM"].pattern, day)

    def short_day(self, day: datetime.date) -> str:
        """A calendar day in short words, for example "5 Aug 2024"."""
        return self._apply(self.locale.datetime_skeletons["yMMMd"].pattern, day)

    @cached_property
    def _first_day(self) -> str:
        """How the first day of a month is written, if unlike other days."""
        language, country = self.locale.language, self.locale.territory
        is_european = language == "pt" and country not in (None, "BR")
        return "" if is_european else _FIRST_DAYS.get(language, "")

    def _apply(self, pattern: str, day: datetime.date) -> str:
        """``day`` in words, by a pattern of CLDR's."""
        from babel.dates import parse_pattern  # slow to import

        if day.day == 1 and self._first_day:
            pattern = _DAY_FIELD.sub(
                lambda field: field[0] if field[0][0] == "'" else f"'{self._first_day}'", pattern
            )
        return str(parse_pattern(pattern).apply(day, self.locale))

    def _edtf_date(self, when: EdtfDate) -> str:
        start, end = when.ends
        # An open end means that no end is given, not that something still lasts: so not "since".
        if end is None:
            return self._open(start) if start else when.text
        if start is None:
            return self._before(end)
        if start == end:
            return self._point(start)
        if start.qualifier or end.qualifier or start.precision != end.precision:
            return self.pgettext(
                "dates", "from %(start)s to %(end)s", start=self._end(start), end=self._end(end)
            )
        return self._interval(start, end)

    def _open(self, start: Point) -> str:
        words = self._end(start)
        return {
            "day": self.pgettext("day", "from %(date)s on", date=words),
            "month": self.pgettext("month", "from %(date)s on", date=words),
            "year": self.pgettext("year", "from %(date)s on", date=words),
        }[start.precision]

    def _before(self, end: Point) -> str:
        words = self._end(end)
        return {
            "day": self.pgettext("day", "no later than %(date)s", date=words),
            "month": self.pgettext("month", "no later than %(date)s", date=words),
            "year": self.pgettext("year", "no later than %(date)s", date=words),
        }[end.precision]

    def _point(self, point: Point) -> str:
        words = self._unqualified(point)
        if point.qualifier in ("~", "%"):
            words = {
                "day": self.pgettext("day", "about %(date)s", date=words),
                "month": self.pgettext("month", "about %(date)s", date=words),
                "year": self.pgettext("year", "about %(date)s", date=words),
            }[point.precision]
        if point.qualifier in ("?", "%"):
            words = self.pgettext("dates", "%(date)s (uncertain)", date=words)
        return words

    def _end(self, point: Point) -> str:
        """An end of an interval: its qualifier follows it, because words precede it already."""
        words = self._unqualified(point)
        if point.qualifier in ("~", "%"):
            words = self.pgettext("dates", "%(date)s (approximate)", date=words)
        if point.qualifier in ("?", "%"):
            words = self.pgettext("dates", "%(date)s (uncertain)", date=words)
        return words

    def _unqualified(self, point: Point) -> str:
        if point.precision == "day":
            return self._day(point.first)
        pattern = self.locale.datetime_skeletons[_SKELETONS[point.precision]].pattern
        return self._apply(pattern, point.first)

    def _interval(self, start: Point, end: Point) -> str:
        """An unqualified interval between points of one precision, with shared parts named once."""
        differs = "y" if start.year != end.year else "M" if start.month != end.month else "d"
        formats = self.locale.interval_formats
        patterns = formats.get(_SKELETONS[start.precision], {}).get(differs)
        patterns = patterns or formats[_SHORT[start.precision]][differs]
        words = (
            self._apply(_SHORT_MONTH.sub(_long_month, pattern), point.first)
            for pattern, point in zip(patterns, (start, end), strict=True)
        )
        # CLDR puts thin spaces around a dash, which many fonts and programs lack.
        return "".join(words).replace("\u2009", " ")


def _long_month(match: re.Match[str]) -> str:
    return match[0] + match[0][0]
