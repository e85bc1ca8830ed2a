"""Reads the dates in briefings, and says how to write a date that is written otherwise."""

from __future__ import annotations

from datetime import date

from generator.model.date_hints import guesses
from generator.model.edtf import MONTHS, EdtfDate, NotationError, Point, read_edtf
from generator.model.field_errors import shown_as_typed

ACCEPTED = (
    "A date is `2024`, `2024-08` or `2024-08-05`, with `?`, `~` or `%` after it if uncertain, "
    "approximate or both; an interval is `a/b`, `../b` or `a/..`."
)
ACCEPTED_DAY = "A day is written `YYYY-MM-DD`, for example `2024-08-05`."

_LONGEST_SHOWN = 60
#: So many readings of one text are offered at most, with the word for how many there are.
_WAYS = {2: "two", 3: "three"}


class DateError(ValueError):
    """A text that is no date.

    ``read`` is the text, ``reason`` says what is wrong and, if known, what to write instead, and
    ``accepted`` what a date looks like. ``likely`` are the dates that may have been meant, in the
    accepted notation.
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


def parse(text: str) -> EdtfDate:
    """The date in ``text``; DateError if it has none."""
    try:
        return read_edtf(text)
    except NotationError as error:
        likely = _likely(text)
        raise DateError(text, _reason(text, str(error), likely), ACCEPTED, likely) from None


def parse_day(text: str) -> date:
    """The calendar day in ``text``, written as ``YYYY-MM-DD``; DateError if it has none."""
    try:
        day = read_edtf(text)
    except NotationError as error:
        likely = _likely(text, days_only=True)
        raise DateError(text, _reason(text, str(error), likely), ACCEPTED_DAY, likely) from None
    if not _is_plain_day(day) or day.earliest is None:
        shown = shown_as_typed(text, _LONGEST_SHOWN)
        reason = f"{shown} is a date, but not one certain day, which is needed here."
        raise DateError(text, reason, ACCEPTED_DAY)
    return day.earliest


def _reason(text: str, why: str, likely: tuple[str, ...]) -> str:
    """The sentence that says what is wrong with ``text`` and what to write instead."""
    shown = shown_as_typed(text, _LONGEST_SHOWN)
    if not likely and (why := why or _guess_fault(text)):
        return f"{shown} is not a date: {why}."
    message = f"{shown} is not a date as briefings write it"
    if len(likely) > 1:
        ways = [f"`{guess}` if it is {_in_english(guess)}" for guess in likely]
        return f"{message}, and can be taken {_WAYS[len(likely)]} ways: write {', or '.join(ways)}."
    return f"{message}: write `{likely[0]}`." if likely else f"{message}."


def _in_english(date_text: str) -> str:
    """A date in words, for messages to authors: "5 August 2024", "March 2024 to May 2024"."""
    start, end = read_edtf(date_text).ends
    if start is None or end is None:
        return date_text
    return _point_in_english(start) + (f" to {_point_in_english(end)}" if start != end else "")


def _point_in_english(point: Point) -> str:
    parts = (point.day, MONTHS[point.month - 1] if point.month else None, point.year)
    return " ".join(str(part) for part in parts if part)


def _likely(text: str, *, days_only: bool = False) -> tuple[str, ...]:
    """The dates, in the accepted notation, that ``text`` may have been meant to give."""
    likely = []
    for guess in guesses(text):
        try:
            if guess != text and (_is_plain_day(read_edtf(guess)) or not days_only):
                likely.append(guess)
        except NotationError:
            continue
    return tuple(likely[: max(_WAYS)])


def _guess_fault(text: str) -> str:
    """Why the date that was meant can't exist: `31 June 2024` has a day that June lacks."""
    for guess in guesses(text):
        try:
            read_edtf(guess)
        except NotationError as error:
            if guess != text and str(error):
                return str(error)
    return ""


def _is_plain_day(d: EdtfDate) -> bool:
    return d.is_day and len(d.text) == len("YYYY-MM-DD")
