"""Guesses which date an author meant: `5 August 2024`, `30–31 January 2024`, `before 2019-12-24`.

Each guess is in the notation of briefings, the likeliest first. ``dates`` checks that it is on the
calendar. A guess never says more than the author: of "early 2024" the year is left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from generator.model.date_formats import PartialDate, possible_dates
from generator.model.date_periods import Span, possible_periods

#: Longer texts are no dates, and guessing takes time.
_LONGEST = 60
#: Other years in digits of Arabic, Persian, Thai … are probably of another calendar.
_GREGORIAN_YEARS = range(1600, 2200)

_REPLACED = {"≤": "<=", "≥": ">=", "〜": "-", "～": "-", "∼": "~", "’": "'", "‘": "'", "／": "/"}
_WEEKDAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]* ?(?=\w)"
)
_CLOCK = (
    r"\d{1,2}[:.h]\d\d(?:[:.]\d\d(?:\.\d{1,9})?)?(?: ?[ap]\.?m\.?)?"
    r"(?: ?(?:z|utc|gmt|[a-z]{3,4}|[+-]\d\d:?\d\d))?"
)
_CLOCK_AFTER = re.compile(rf"(?<=\d)(?:t|,? (?:at |um |à )?){_CLOCK}$")
_CLOCK_BEFORE = re.compile(rf"^{_CLOCK},? (?=\w)")
_LEADING = re.compile(
    r"^(?:(?:as of|in|on|of|the|dated?|year|le|la|el|am|im|den|der|il|em)\b:? ?)+"
)
_TRAILING = re.compile(r"(?:,|;|(?<=\d)\.| (?:a\.?d\.?|c\.?e\.?|г\.?|года|р\.?|року|г\.))+$")
_ABOUT = re.compile(
    r"^(?:(?:about|around|circa|approx(?:imately)?|roughly|some time in|sometime in|ca?|um|vers|"
    r"hacia|ок|около)\.? ?(?=[\w])|~ ?)(?!\d{1,2}$)"
)
_ABOUT_AFTER = re.compile(r" ?(?:\(?(?:approx(?:imately|\.)?|circa|ca?\.|about)\)?|\(~\))$")
_PERHAPS = re.compile(r"^(?:probably|possibly|perhaps|maybe|presumably|likely|uncertain:?) ")
_PERHAPS_AFTER = re.compile(r" ?\((?:\?|uncertain|unclear|probably|unconfirmed|tbc)\)$| \?$")
#: Parts of a year or month, for which there is no notation: the year or month is offered.
_PART_OF = re.compile(
    r"^(?:(?:very )?(?:early|mid|late)(?: in)?[ -]|(?:the )?(?:beginning|start|middle|end|course) "
    r"of (?:the )?)"
)
_BEFORE = re.compile(r"^(?:before|prior to|earlier than|pre-?|avant|vor|antes de|до|<(?!=)) ?")
_UNTIL = re.compile(
    r"^(?:no later than|not later than|not after|on or before|at the latest|up (?:un)?to|until|"
    r"till|by|bis|jusqu'(?:à|en|au)|hasta|<=|\.\.\.? ?/?|-+(?=[12]\d{3})|/) ?"
)
_AFTER = re.compile(r"^(?:after|later than|post-?|après|nach|después de|после|>(?!=)) ?")
_SINCE = re.compile(
    r"^(?:since|from|starting(?: from| in| on)?|beginning(?: in| on)?|as from|"
    r"no earlier than|not before|on or after|depuis|seit|ab|desde|с|>=) ?"
)
_ON = re.compile(
    r"(?: ?(?:/ ?\.\.\.?|/|-+|to|until|till|\.\.+|…) ?)"
    r"(?:present|now|today|date|ongoing|current|open|unknown|\?)?$"
    r"|,? (?:on|onwards?|or later|and later|and after)$|\+$"
)
_BETWEEN = re.compile(r"^(?:some ?time )?(?:between|zwischen|entre) (.+?) (?:and|und|et|y|e) (.+)$")
_FROM = re.compile(r"^(?:from|du|vom|von|desde|de|del|dal|с) (?=.)")
_TO = re.compile(
    r" ?(?:\.\.\.?|…|--|/) ?| - | (?:to|until|till|through|thru|and|&|bis|und|au|à|et|hasta|al|a|y|"
    r"до|по) |-"
)


def guesses(text: str) -> list[str]:
    """What ``text`` may mean, in the notation of briefings, each once."""
    normal = _normalised(text) if len(text) <= _LONGEST else None
    if normal is None:
        return []
    try:
        return list(dict.fromkeys([normal, *_guesses(normal.casefold())]))
    except (ValueError, OverflowError):
        return [normal]


def _normalised(text: str) -> str | None:
    """``text`` with ASCII digits, plain hyphens and single spaces.

    None if its digits or letters suggest that its year is of another calendar.
    """
    plain = "".join(
        _REPLACED.get(char)
        or ("-" if char == "\N{MINUS SIGN}" or unicodedata.category(char) == "Pd" else "")
        or _ascii_digit(char)
        for char in text
    )
    plain = " ".join(plain.split()).strip("\"“”„«»' ")
    if plain[:1] + plain[-1:] in ("()", "[]"):
        plain = plain[1:-1]
    if re.search("[\u0e01-\u0e5b]", plain) and re.search(r"\b2[45]\d\d\b", plain):
        return None  # Thailand counts from 543 years earlier
    if not plain.isascii() or not text.isascii():
        has_other_digits = any(not char.isascii() and char.isdecimal() for char in text)
        years = map(int, re.findall(r"\d{4}", plain, re.ASCII))
        if has_other_digits and any(year not in _GREGORIAN_YEARS for year in years):
            return None
    return plain


def _ascii_digit(char: str) -> str:
    if unicodedata.category(char) in ("Cf", "Cc") and not char.isspace():
        return ""
    return str(unicodedata.decimal(char, char))


def _guesses(text: str) -> Iterator[str]:
    """The dates and intervals that ``text`` can be read as."""
    for pattern, side, step in ((_BEFORE, 0, -1), (_UNTIL, 1, 0), (_AFTER, 1, 1), (_SINCE, 0, 0)):
        match = pattern.match(text)
        if match is None or match.end() == len(text):
            continue
        rest = text[match.end() :]
        if pattern is _SINCE and (ranges := _ranges(rest)):
            yield from map(_notation, ranges)
            return
        for span in _spans(_ON.sub("", rest) if pattern is _SINCE else rest):
            end = span[side].neighbour(step) if step else span[side]
            yield f"../{end}" if pattern in (_BEFORE, _UNTIL) else f"{end}/.."
        if pattern is not _SINCE or _ON.search(rest):
            return
    if spans := _spans(text):
        yield from map(_notation, spans)
    elif match := _BETWEEN.match(text):
        yield from map(_notation, _range(*match.groups()))
    elif ranges := _ranges(text):
        yield from map(_notation, ranges)
    elif match := _ON.search(text):
        yield from (f"{start}/.." for start, _ in _spans(text[: match.start()]))


def _notation(span: Span) -> str:
    start, end = span
    return str(start) if start == end else f"{start}/{end}"


def _spans(text: str) -> list[Span]:
    """The readings of one date: the date twice, or the first and last unit of a longer period."""
    qualifier = ""
    for pattern, sign in (
        (_PERHAPS, "?"), (_PERHAPS_AFTER, "?"), (_ABOUT, "~"), (_ABOUT_AFTER, "~")
    ):  # fmt: skip
        rest = pattern.sub("", text, count=1)
        if rest != text:
            text, qualifier = rest, "%" if qualifier and qualifier != sign else sign
    if match := re.search(r"[?~%]+$", text):
        text = text[: match.start()].strip()
        qualifier = match[0] if len(match[0]) == 1 and not qualifier else "%"
    text = _CLOCK_BEFORE.sub("", _CLOCK_AFTER.sub("", text))
    text = _TRAILING.sub("", _WEEKDAY.sub("", text))
    text = _LEADING.sub("", _PART_OF.sub("", _LEADING.sub("", text)))
    spans = possible_periods(text) or [
        (point, point) for point in possible_dates(text) if point.year is not None
    ]
    return [
        (replace(start, qualifier=qualifier), replace(end, qualifier=qualifier))
        for start, end in spans
    ]


def _ranges(text: str) -> list[Span]:
    """The range that ``text`` gives, divided at the first word or sign that makes two dates."""
    text = _FROM.sub("", text)
    for match in _TO.finditer(text):
        if spans := _range(text[: match.start()], text[match.end() :]):
            return spans
    return []


def _range(left: str, right: str) -> list[Span]:
    """The range from ``left`` to ``right``; what one of them lacks is taken from the other."""
    left, right = left.strip(" ,"), right.strip(" ,")
    if (starts := _spans(left)) and (ends := _spans(right)):
        return [(starts[0][0], ends[0][1])]
    left, right = (_LEADING.sub("", _WEEKDAY.sub("", text)) for text in (left, right))
    for start in possible_dates(left, in_range=True):
        for end in possible_dates(_TRAILING.sub("", right), in_range=True):
            first, last = _completed(start, end)
            if first.year and last.year and _parts(first) <= _parts(last):
                return [(first, last)]
    return []


def _completed(start: PartialDate, end: PartialDate) -> Span:
    """Both ends with the parts that only one has: `30–31 January 2024`, `2024-08-05/07`."""
    if start.year and end.year is None and end.month is None and end.day:
        if start.day is None and start.month is None:  # 2019/21: years of one century
            year = start.year // 100 * 100 + end.day
            return start, PartialDate(year if year > start.year else None)
        if start.day is None:  # 2024-08/09
            return start, PartialDate(start.year, end.day)
    month = start.month or (end.month if start.day else None)
    last_month = end.month or (start.month if end.day else None)
    last = replace(end, month=last_month, year=end.year or start.year)
    first = replace(start, month=month, year=start.year or last.year)
    if start.year is None and first.year and _parts(first) > _parts(last):
        first = replace(first, year=first.year - 1)
    return first, last


def _parts(point: PartialDate) -> tuple[int, int, int]:
    return point.year or 0, point.month or 0, point.day or 0
