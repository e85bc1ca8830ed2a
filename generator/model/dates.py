"""Dates as briefings give them: read, compared, sorted and put into words.

The notation is a part of EDTF level 1 (ISO 8601-2:2019, extended date/time format): `2024`,
`2024-08`, `2024-08-05`, each optionally `?` (uncertain), `~` (approximate) or `%` (both), and the
intervals `a/b`, `../b`, `a/..`. One regular expression and the calendar read all of it. The
`edtf` library is not used: it also reads seasons, open digits, long years, the year 0000 and
reversed intervals, so the grammar would have to be narrowed here first, and what then passes
needs no library. The tests compare the days of every accepted form with it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from generator.model.date_hints import guesses, spreadsheet_day

ACCEPTED = (
    "A date is `2024`, `2024-08` or `2024-08-05`, with `?`, `~` or `%` after it if uncertain, "
    "approximate or both; an interval is `a/b`, `../b` or `a/..`."
)
ACCEPTED_DAY = "A day is written `YYYY-MM-DD`, for example `2024-08-05`."
OPEN = ".."

_CACHED = 8_192
_LONGEST_SHOWN = 60
#: So many readings of one text are offered, at most, and the words for how many there are.
_WAYS = {2: "two", 3: "three"}
_POINT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)", re.ASCII)


class DateError(ValueError):
    """A text that is no date: ``read`` is the text, ``reason`` what is wrong with it and, where
    that can be said, what to write instead, ``accepted`` what can be written in its place.

    ``likely`` are the dates that may have been meant, in the accepted notation.
    """

    def __init__(
        self, read: str, reason: str, accepted: str = ACCEPTED, likely: tuple[str, ...] = ()
    ) -> None:
        super().__init__(read, reason, accepted, likely)
        self.read = read
        self.reason = reason
        self.accepted = accepted
        self.likely = likely

    def __str__(self) -> str:
        return f"{self.reason} {self.accepted}"


class _UnreadError(ValueError):
    """Why a text is no date, as the part of a sentence after the colon; may be empty."""


@dataclass(frozen=True, slots=True)
class _Point:
    """A year, month or day with its qualifier (``?``, ``~``, ``%`` or empty)."""

    year: int
    month: int | None
    day: int | None
    mark: str

    @property
    def precision(self) -> str:
        """A Babel pattern that shows all of the point, and so tells its precision."""
        return "d MMMM y" if self.day else "MMMM y" if self.month else "y"

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def neighbour(self, step: int) -> _Point:
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
    """A date or interval; ``parse`` makes it.

    ``text`` is what was typed. ``earliest`` and ``latest`` are the first and last day it can mean,
    both inclusive, None at an open end. Qualifiers do not widen that span.
    """

    text: str
    earliest: date | None
    latest: date | None

    def __reduce__(self) -> tuple[Callable[[str], EdtfDate], tuple[str]]:
        """Packed as its text: many values share one date, which is read once."""
        return parse, (self.text,)

    @property
    def is_interval(self) -> bool:
        return "/" in self.text

    @property
    def is_day(self) -> bool:
        """Whether it is one calendar day, qualified or not."""
        start, _ = _ends(self.text)
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
        """The day at which it is listed: the earliest it can mean; that of its end, if its start is
        open.
        """
        if self.earliest is not None:
            return self.earliest
        _, end = _ends(self.text)
        assert end is not None, "a date has a start or an end"
        return end.first

    @property
    def sort_key(self) -> tuple[int, int, str]:
        """In order of time: by the day of ``listed``, last day (open last) and text."""
        first = self.listed.toordinal()
        last = self.latest.toordinal() if self.latest else date.max.toordinal() + 1
        return first, last, self.text


@lru_cache(_CACHED)
def parse(text: str) -> EdtfDate:
    """The date that ``text`` gives; DateError where it gives none."""
    try:
        start, end = _ends(text)
    except _UnreadError as unread:
        likely = _likely(text)
        raise DateError(text, _reason(text, str(unread), likely), ACCEPTED, likely) from None
    return EdtfDate(text, start.first if start else None, end.last if end else None)


@lru_cache(_CACHED)
def parse_day(text: str) -> date:
    """The calendar day that ``text`` gives as ``YYYY-MM-DD``; DateError where it gives none."""
    try:
        start, _ = _ends(text)
    except _UnreadError as unread:
        likely = _likely(text, days_only=True)
        reason = _reason(text, str(unread), likely)
        raise DateError(text, reason, ACCEPTED_DAY, likely) from None
    if start is None or start.day is None or len(text) != len("YYYY-MM-DD"):
        reason = f"{_shown(text)} is a date, but not one certain day, which is needed here."
        raise DateError(text, reason, ACCEPTED_DAY)
    return start.first


@lru_cache(_CACHED)
def _ends(text: str) -> tuple[_Point | None, _Point | None]:
    """The two ends of an interval, None where open; for a single date, that date twice."""
    if "/" not in text:
        point = _point(text)
        return point, point
    first, _, second = text.partition("/")
    if not first or not second:
        raise _UnreadError(f"one end is missing; write `{OPEN}` for an open end")
    if first == OPEN and second == OPEN:
        raise _UnreadError("it has neither a start nor an end")
    start = None if first == OPEN else _point(first)
    end = None if second == OPEN else _point(second)
    if start and end and start.first > end.last:
        raise _UnreadError(f"it ends before it starts; write `{second}/{first}` if that is meant")
    return start, end


def _point(text: str) -> _Point:
    match = _POINT.fullmatch(text)
    if not match:
        raise _UnreadError(_misfit(text))
    year, month, day = (None if part is None else int(part) for part in match.groups()[:3])
    fault = _calendar_fault(year or 0, month, day)
    if fault:
        raise _UnreadError(fault)
    return _Point(year or 0, month, day, match[4])


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
    return f"{_filled('MMMM y', date(year, month, 1), 'en')} has days 01 to {days}"


def _misfit(text: str) -> str:
    if re.fullmatch(r"Y-?\d+|-\d+", text[:_LONGEST_SHOWN], re.ASCII):
        return "years run from 0001 to 9999"
    if re.fullmatch(r"\d[\dX]{3}(-[\dX]{2}){0,2}[?~%]?", text, re.ASCII):
        return "open digits (`X`) are not accepted"
    if day := spreadsheet_day(text):
        return f"as the number of a day in a spreadsheet it is {day.isoformat()}"
    if re.search(r"\d", text) and not re.search(r"\d{4}", text):
        return "the year is missing, or hasn't four digits"
    return ""


def _reason(text: str, why: str, likely: tuple[str, ...]) -> str:
    """The sentence that says what is wrong with ``text`` and what to write instead."""
    if not likely and (why := why or _guess_fault(text)):
        return f"{_shown(text)} is not a date: {why}."
    said = f"{_shown(text)} is not a date as briefings write it"
    if len(likely) > 1:
        meant = [f"`{guess}` if it is {word(parse(guess))}" for guess in likely]
        return f"{said}, and can be taken {_WAYS[len(likely)]} ways: write {', or '.join(meant)}."
    return f"{said}: write `{likely[0]}`." if likely else f"{said}."


def _likely(text: str, *, days_only: bool = False) -> tuple[str, ...]:
    """The dates, in the accepted notation, that ``text`` may have been meant to give."""
    meant = [guess for guess in guesses(text) if guess != text and _is_date(guess)]
    return tuple(guess for guess in meant if not days_only or _is_day(guess))[: max(_WAYS)]


def _guess_fault(text: str) -> str:
    """Why the date that was meant can't be: `31 June 2024` names a day that June hasn't."""
    for guess in guesses(text):
        try:
            _ends(guess)
        except _UnreadError as unread:
            if guess != text and str(unread):
                return str(unread)
    return ""


def _is_date(text: str) -> bool:
    try:
        _ends(text)
    except _UnreadError:
        return False
    return True


def _is_day(text: str) -> bool:
    return parse(text).is_day and len(text) == len("YYYY-MM-DD")


def _shown(text: str) -> str:
    if not text:
        return "An empty text"
    visible = "".join(char if char.isprintable() else "\ufffd" for char in text[:_LONGEST_SHOWN])
    return f"`{visible}…`" if len(text) > _LONGEST_SHOWN else f"`{visible}`"


# ── Order in time ───────────────────────────────────────────────────────────────────────────────


class Order(StrEnum):
    """How one date lies to another: see ``order``."""

    BEFORE = "before"
    NOT_BEFORE = "not before"
    UNCERTAIN = "uncertain"


def order(a: EdtfDate, b: EdtfDate) -> Order:
    """Whether ``a`` lies before ``b``, on the same day or later, or neither is established.

    BEFORE: every day ``a`` can mean is before every day ``b`` can mean. NOT_BEFORE: every day
    ``a`` can mean is the same as or after every day ``b`` can mean, so two equal plain days are
    NOT_BEFORE both ways. UNCERTAIN: all else, so also two equal months. A qualified date, or
    qualified end of an interval, may be off by one unit of its precision: `2024-08-05~` is
    compared as 4 to 6 August, `2024-08?` as July to September, `2024%` as 2023 to 2025.
    """
    (a_first, a_last), (b_first, b_last) = _reach(a.text), _reach(b.text)
    if a_last and b_first and a_last < b_first:
        return Order.BEFORE
    if a_first and b_last and a_first >= b_last:
        return Order.NOT_BEFORE
    return Order.UNCERTAIN


def starts_earlier(a: EdtfDate, b: EdtfDate) -> bool:
    """Whether ``a`` begins in an earlier day, month or year than ``b``, compared by what both name:
    `2024-03` and `2024-03-02` by their months. An open start begins earlier than any other.
    """
    (start, _), (other, _) = _ends(a.text), _ends(b.text)
    if start is None or other is None:
        return start is None
    for own, others in (
        (start.year, other.year), (start.month, other.month), (start.day, other.day)
    ):  # fmt: skip
        if own is None or others is None:
            return False
        if own != others:
            return own < others
    return False


@lru_cache(_CACHED)
def _reach(text: str) -> tuple[date | None, date | None]:
    """The first and last day to compare by; None where open, or off the calendar."""
    start, end = _ends(text)
    start, end = _loosened(start, -1), _loosened(end, 1)
    return start.first if start else None, end.last if end else None


def _loosened(point: _Point | None, step: int) -> _Point | None:
    if point is None or not point.mark:
        return point
    try:
        return point.neighbour(step)
    except OverflowError:
        return None


# ── Words ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Wording:
    """How a language words dates; patterns that Babel fills in, and frames for what it yields."""

    about: str
    uncertain: str
    no_later: str
    since: str
    between: str


# An open end says that none is given, not that the thing still lasts: so not "since".
_WORDINGS = {
    "en": _Wording("about {}", "{} (uncertain)", "no later than {}", "from {} on", "from {} to {}")
}


@lru_cache(_CACHED)
def word(d: EdtfDate, locale: str = "en") -> str:
    """``d`` in words for readers; in English where there is no wording for ``locale``."""
    locale = _worded_locale(locale)
    wording = _WORDINGS[locale]
    start, end = _ends(d.text)
    if start is None or end is None:
        frame, known = (wording.no_later, end) if start is None else (wording.since, start)
        return frame.format(_word_point(known, locale)) if known else d.text
    if start == end:
        return _word_point(start, locale)
    if start.mark or end.mark or start.precision != end.precision:
        return wording.between.format(_word_point(start, locale), _word_point(end, locale))
    return _word_range(start, end, locale)


@lru_cache(_CACHED)
def word_day(d: date, locale: str = "en") -> str:
    """One calendar day in words, for example "5 August 2024"."""
    return _filled("d MMMM y", d, _worded_locale(locale))


def word_month(d: date, locale: str = "en") -> str:
    """The month of a day in short words, for example "Aug 2024"."""
    return _filled("LLL y", d, _worded_locale(locale))


def word_short_day(d: date, locale: str = "en") -> str:
    """One calendar day in short words, for example "5 Aug 2024"."""
    return _filled("d LLL y", d, _worded_locale(locale))


def _worded_locale(locale: str) -> str:
    language = re.split("[-_]", locale, maxsplit=1)[0].lower()
    return language if language in _WORDINGS else "en"


def _word_point(point: _Point, locale: str) -> str:
    wording = _WORDINGS[locale]
    words = _filled(point.precision, point.first, locale)
    if point.mark in ("~", "%"):
        words = wording.about.format(words)
    return wording.uncertain.format(words) if point.mark in ("?", "%") else words


def _word_range(start: _Point, end: _Point, locale: str) -> str:
    """An unqualified interval between points of one precision, naming what they share once."""
    pattern, dash = start.precision, " – "
    if start.year == end.year:
        pattern = pattern.removesuffix(" y")
        if start.month == end.month:
            pattern = "d"
    if " " not in pattern:
        dash = "–"
    return _filled(pattern, start.first, locale) + dash + _word_point(end, locale)


def _filled(pattern: str, d: date, locale: str) -> str:
    """A day as a pattern of Babel's tells it; of these patterns Babel is asked for the names only,
    since filling one in takes it ten times as long.
    """
    parts = {"d": str(d.day), "y": str(d.year)}
    return " ".join(parts.get(part) or _month(part, d.month, locale) for part in pattern.split())


@lru_cache(_CACHED)
def _month(pattern: str, number: int, locale: str) -> str:
    from babel.dates import format_date  # checks word few dates

    return format_date(date(2000, number, 1), pattern, locale=locale)
