"""Reads latitudes and longitudes in decimal degrees, and guesses them from other notations."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.model.field_errors import read_text, refusal, shown

_MOST_NORTH = 90
_DEGREE_SIGNS = str.maketrans("−º’'”\"“", "-°′′″″″")
_NUMBER = re.compile(r"[+-]?\d{1,3}(\.\d{1,12})?", re.ASCII)
_DEGREES = re.compile(
    r"([NSEWnsew])? ?([+-]?)(\d{1,3}(?:[.,]\d{1,12})?) ?°? ?"
    r"(?:(\d{1,2}(?:[.,]\d{1,8})?) ?′ ?)?(?:(\d{1,2}(?:[.,]\d{1,8})?) ?″ ?)?([NSEWnsew])?",
    re.ASCII,
)


def read_number(low: float, high: float) -> Callable[[object], float]:
    """A reader of decimal degrees between ``low`` and ``high``."""

    def read(value: object) -> float:
        text = read_text(value, "a number")
        if not _NUMBER.fullmatch(text):
            likely = _likely_degrees(text, "NS" if high == _MOST_NORTH else "EW")
            if likely and low <= float(likely) <= high:
                raise refusal(f"{shown(text)} is not a number.", f"Write `{likely}`.", likely)
            raise refusal(f"{shown(text)} is not a number.", "Write decimal degrees: `12.65`.")
        number = float(text)
        if not low <= number <= high:
            hint = (
                "Latitude and longitude may be the wrong way round."
                if high < abs(number) <= 180
                else ""
            )
            raise refusal(f"{shown(text)} is not between {low:g} and {high:g}.", hint)
        return number

    return read


def _likely_degrees(text: str, sides: str) -> str:
    """Decimal degrees from `12,65`, `12.65° N`, `12°39′ S` and the like; otherwise empty."""
    match = _DEGREES.fullmatch(text.strip().translate(_DEGREE_SIGNS))
    if not match:
        return ""
    before, sign, degrees, minutes, seconds, after = match.groups()
    number = float(degrees.replace(",", "."))
    number += float((minutes or "0").replace(",", ".")) / 60
    number += float((seconds or "0").replace(",", ".")) / 3600
    side = (before or after or "").upper()
    if (sign == "-" and side) or (before and after) or side not in sides:
        return ""
    negative = sign == "-" or side in ("S", "W")
    return f"{'-' if negative and number else ''}{number:.6f}".rstrip("0").rstrip(".")
