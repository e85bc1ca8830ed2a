"""The date that an author meant who wrote it otherwise than briefings do.

`5 August 2024`, `Dec. 24, 2019`, `30–31 January 2024`, `the 1960s`, `before 2019-12-24`,
`5 août 2024`: text in, texts in the accepted notation out, the likeliest first. Whether each is a
date at all is for ``dates`` to say. Nothing is offered that says more than was written: of "early
2024" the year is left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

#: Longer texts are no dates, and guessing takes time.
LONGEST = 60
#: Whose names of months are known, besides English; Babel has them.
_LOCALES = [
    "am", "ar", "ar_DZ", "ar_SY", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "es",
    "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "hy", "id", "it", "ka", "kk", "lt", "lv", "mk",
    "ms", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sr_Latn", "sv", "sw", "th",
    "tr", "uk", "ur", "uz", "vi",
]  # fmt: skip
_MONTHS = 12
#: Day 0 of spreadsheets, as they count a 29 February 1900 too.
_SPREADSHEET_START = date(1899, 12, 30)
#: Years outside these in digits of Arabic, Persian, Thai … are likely of another calendar.
_OWN_DIGITS_FROM, _OWN_DIGITS_TO = 1600, 2199

_SIGNS = {"≤": "<=", "≥": ">=", "〜": "-", "～": "-", "∼": "~", "’": "'", "‘": "'", "／": "/"}
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
#: What is vaguer than a date can be: left out, so that the whole of it is what is offered.
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
#: The month with which each begins, in the north and in the south of the world.
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
_OPEN_DIGITS = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(?:xx|\?\?|00)){1,2}")
_CENTURY = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th) (?:century|c\.?)|"
    r"([xvi]{1,5})(?:e|ème)?(?: (?:century|siècle|век|в\.?))|(?:siglo|secolo|século) ([xvi]{1,5}))"
)
_WEEK = re.compile(r"(\d{4})-?w(\d{2})(?:-?([1-7]))?|week (\d{1,2})(?: of|,)? (\d{4})")
_DAY_OF_YEAR = re.compile(r"(\d{4})-(\d{3})")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})([-./ ])(\d{1,2})(?:\2(\d{1,2}))?\.?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-./ ]|\. )(\d{1,2})\2(\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-./ ](\d{4})")
_SHORT_YEAR = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2'?(\d{2})")
_EAST_ASIAN = re.compile(r"(\d{4}) ?[年년](?: ?(\d{1,2}) ?[月월](?: ?(\d{1,2}) ?[日号號일])?)?")
_DAY_WORD = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|re|º|ª|°|\.|-?го|-?е|-?a|η)?")
_WORD = re.compile(r"[^\s,]+")
_FILLERS = frozenset(
    ["of", "the", "de", "del", "d'", "di", "do", "da", "la", "le", "el", "den", "der", "am", "em",
     "en", "im", "i", "vom", "anul", "г", "р"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Point:
    """A year, month or day, as far as it was named, with its qualifier."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    mark: str = ""

    def __str__(self) -> str:
        parts = [f"{self.year or 0:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts) + self.mark

    def neighbour(self, step: int) -> _Point:
        """The unit before (-1) or after (1); ValueError or OverflowError off the calendar."""
        year = self.year or 0
        if self.day and self.month:
            day = date(year, self.month, self.day) + timedelta(days=step)
            return _Point(day.year, day.month, day.day, self.mark)
        if self.month:
            months = year * 12 + self.month - 1 + step
            return _Point(months // 12, months % 12 + 1, None, self.mark)
        return _Point(year + step, None, None, self.mark)


_Span = tuple[_Point, _Point]


def guesses(text: str) -> list[str]:
    """What ``text`` may have been meant to say, in the accepted notation, each once."""
    if len(text) > LONGEST:
        return []
    tidy = _tidied(text)
    if tidy is None:
        return []
    try:
        return list(dict.fromkeys([tidy, *_guesses(tidy.casefold())]))
    except (ValueError, OverflowError):
        return [tidy]


def _tidied(text: str) -> str | None:
    """``text`` with ASCII digits, plain hyphens and single blanks; None where its digits are of a
    script whose calendar it may be of.
    """
    plain = "".join(
        _SIGNS.get(char)
        or ("-" if char == "\N{MINUS SIGN}" or unicodedata.category(char) == "Pd" else "")
        or _kept(char)
        for char in text
    )
    plain = " ".join(plain.split()).strip("\"“”„«»' ")
    if plain[:1] + plain[-1:] in ("()", "[]"):
        plain = plain[1:-1]
    if re.search("[\u0e01-\u0e5b]", plain) and re.search(r"\b2[45]\d\d\b", plain):
        return None  # Thailand counts from 543 years earlier
    if not plain.isascii() or not text.isascii():
        own_digits = any(not char.isascii() and char.isdecimal() for char in text)
        years = map(int, re.findall(r"\d{4}", plain, re.ASCII))
        if own_digits and any(not _OWN_DIGITS_FROM <= year <= _OWN_DIGITS_TO for year in years):
            return None
    return plain


def _kept(char: str) -> str:
    if unicodedata.category(char) in ("Cf", "Cc") and not char.isspace():
        return ""
    return str(unicodedata.decimal(char, char))


def spreadsheet_day(text: str) -> date | None:
    """The day with this number in a spreadsheet, which counts from 1900; None if it is none of the
    years 1954 to 2064. A time of day is a fraction.
    """
    number = re.fullmatch(r"([2-5]\d{4})(?:\.\d+)?", text, re.ASCII)
    return _SPREADSHEET_START + timedelta(days=int(number[1])) if number else None


def _guesses(text: str) -> Iterator[str]:
    """The spans that ``text`` can be read as, and what leaves one end open."""
    for pattern, side, step in ((_BEFORE, 0, -1), (_UNTIL, 1, 0), (_AFTER, 1, 1), (_SINCE, 0, 0)):
        opened = pattern.match(text)
        if opened is None or opened.end() == len(text):
            continue
        rest = text[opened.end() :]
        if pattern is _SINCE and (closed := list(_ranges(rest))):
            yield from map(_written, closed)
            return
        for span in _spans(_ON.sub("", rest) if pattern is _SINCE else rest):
            end = span[side].neighbour(step) if step else span[side]
            yield f"../{end}" if pattern in (_BEFORE, _UNTIL) else f"{end}/.."
        if pattern is not _SINCE or _ON.search(rest):
            return
    spans = [*_spans(text)]
    yield from map(_written, spans)
    if spans:
        return
    if found := _BETWEEN.match(text):
        yield from map(_written, _joined(*found.groups()))
        return
    ranges = [*_ranges(text)]
    yield from map(_written, ranges)
    if not ranges and (on := _ON.search(text)):
        yield from (f"{start}/.." for start, _ in _spans(text[: on.start()]))


def _written(span: _Span) -> str:
    start, end = span
    return str(start) if start == end else f"{start}/{end}"


def _spans(text: str) -> list[_Span]:
    """What one date is read as: itself twice, or the first and last unit of a decade, a season."""
    mark = ""
    for pattern, sign in (
        (_PERHAPS, "?"), (_PERHAPS_AFTER, "?"), (_ABOUT, "~"), (_ABOUT_AFTER, "~")
    ):  # fmt: skip
        bare = pattern.sub("", text, count=1)
        if bare != text:
            text, mark = bare, "%" if mark and mark != sign else sign
    if marks := re.search(r"[?~%]+$", text):
        text = text[: marks.start()].strip()
        mark = marks[0] if len(marks[0]) == 1 and not mark else "%"
    text = _CLOCK_BEFORE.sub("", _CLOCK_AFTER.sub("", text))
    text = _TRAILING.sub("", _WEEKDAY.sub("", text))
    text = _LEADING.sub("", text)
    bare = _PART_OF.sub("", text)
    text = _LEADING.sub("", bare)
    spans = _long_spans(text) or [
        (point, point) for point in _points(text, whole=True) if point.year is not None
    ]
    return [(replace(start, mark=mark), replace(end, mark=mark)) for start, end in spans]


def _long_spans(text: str) -> list[_Span]:
    """Decades, centuries, seasons, quarters, halves and weeks."""
    if found := _DECADE.fullmatch(text):
        return [(_Point(int(f"{found[1]}0")), _Point(int(f"{found[1]}9")))]
    if found := _CENTURY.fullmatch(text):
        number = int(found[1]) if found[1] else _roman(found[2] or found[3])
        return [(_Point(number * 100 - 99), _Point(number * 100))]
    if found := _SEASON.fullmatch(text):
        return list(_season(found[1], int(found[2]), found[3]))
    if found := _QUARTER.fullmatch(text):
        quarter = found[1] or found[2] or found[6] or str(_ORDINALS.get(found[3], 0))
        return [_months(int(found[4] or found[5]), int(quarter) * 3 - 2, 3)]
    if found := _HALF.fullmatch(text):
        half = found[1] or found[5] or str(_ORDINALS.get(found[2], 0))
        return [_months(int(found[3] or found[4]), int(half) * 6 - 5, 6)]
    if found := _WEEK.fullmatch(text):
        year, week = int(found[1] or found[5]), int(found[2] or found[4])
        if found[3]:
            return [(_day(date.fromisocalendar(year, week, int(found[3]))),) * 2]
        monday, sunday = (date.fromisocalendar(year, week, day) for day in (1, 7))
        return [(_day(monday), _day(sunday))]
    if found := _DAY_OF_YEAR.fullmatch(text):
        start = date(int(found[1]), 1, 1)
        return [(_day(start + timedelta(days=int(found[2]) - 1)),) * 2]
    return []


def _roman(number: str) -> int:
    values = [{"x": 10, "v": 5, "i": 1}[sign] for sign in number]
    following = [*values[1:], 0]
    return sum(
        -value if value < after else value for value, after in zip(values, following, strict=True)
    )


def _season(name: str, year: int, second: str | None) -> Iterator[_Span]:
    """The three months of a season, in the north and in the south of the world."""
    for first in _SEASONS[name]:
        if first == 12:
            yield _months(year if second or name == "summer" else year - 1, 12, 3)
            if name == "winter" and not second:
                yield _months(year, 12, 3)
        elif not second:
            yield _months(year, first, 3)


def _months(year: int, first: int, count: int) -> _Span:
    last = first + count - 1
    return _Point(year, first), _Point(year + (last - 1) // 12, (last - 1) % 12 + 1)


def _day(day: date) -> _Point:
    return _Point(day.year, day.month, day.day)


def _ranges(text: str) -> Iterator[_Span]:
    """What ``text`` is read as from one date to another, at the first place where it can be cut."""
    text = _FROM.sub("", text)
    for cut in _TO.finditer(text):
        if spans := list(_joined(text[: cut.start()], text[cut.end() :])):
            yield from spans
            return


def _joined(left: str, right: str) -> Iterator[_Span]:
    """From ``left`` to ``right``, of which each gives the other what it lacks."""
    left, right = left.strip(" ,"), right.strip(" ,")
    if (starts := _spans(left)) and (ends := _spans(right)):
        yield from ((start[0], end[1]) for start in starts[:1] for end in ends[:1])
        return
    text = _LEADING.sub("", _WEEKDAY.sub("", left)), _LEADING.sub("", _WEEKDAY.sub("", right))
    for start in _points(text[0]):
        for end in _points(_TRAILING.sub("", text[1])):
            first, last = _completed(start, end)
            if first.year and last.year and _reach(first) <= _reach(last):
                yield first, last
                return


def _completed(start: _Point, end: _Point) -> _Span:
    """Two ends with what is written of one of them only: `30–31 January 2024`, `2024-08-05/07`."""
    if start.year and end.year is None and end.month is None and end.day:
        if start.day is None and start.month is None:  # 2019/21: years of one century
            year = start.year // 100 * 100 + end.day
            return start, _Point(year if year > start.year else None)
        if start.day is None:  # 2024-08/09
            return start, _Point(start.year, end.day)
    month = start.month or (end.month if start.day else None)
    last_month = end.month or (start.month if end.day else None)
    last = replace(end, month=last_month, year=end.year or start.year)
    first = replace(start, month=month, year=start.year or last.year)
    if start.year is None and first.year and _reach(first) > _reach(last):
        first = replace(first, year=first.year - 1)
    return first, last


def _reach(point: _Point) -> tuple[int, int, int]:
    return point.year or 0, point.month or 0, point.day or 0


def _points(text: str, *, whole: bool = False) -> list[_Point]:
    """The dates that ``text`` can be, at least with their year if ``whole``."""
    for pattern in (_OPEN_DIGITS, _TOGETHER, _EAST_ASIAN):
        if found := pattern.fullmatch(text):
            parts = [int(part) if part else None for part in (*found.groups(), None)]
            return [_Point(parts[0], parts[1], parts[2])]
    if found := _YEAR_FIRST.fullmatch(text):
        year, _, month, day = found.groups()
        if day and int(month) > _MONTHS >= int(day):
            return [_Point(int(year), int(day), int(month))]  # 2024-25-12
        if day or int(month) <= _MONTHS:
            return [_Point(int(year), int(month), int(day) if day else None)]
    if found := _YEAR_LAST.fullmatch(text):
        one, _, other, year = found.groups()
        return [_Point(int(year), int(other), int(one)), _Point(int(year), int(one), int(other))]
    if found := _MONTH_YEAR.fullmatch(text):
        return [_Point(int(found[2]), int(found[1]))]
    if found := _SHORT_YEAR.fullmatch(text):
        return _short_year(*(int(found[part]) for part in (1, 3, 4)), year_first=found[2] == "-")
    if re.fullmatch(r"\d{4}", text):
        return [_Point(int(text))]
    if not whole and (found := re.fullmatch(r"(\d{1,2})-(\d{1,2})", text)):
        return [_Point(None, int(found[1]), int(found[2]))]
    return _worded(text)


def _short_year(one: int, other: int, third: int, *, year_first: bool) -> list[_Point]:
    """`24.12.19`, `12/24/19`, `19-12-24`; what can't be is left out, for `dates` to judge the rest.

    Of a year in two digits those from 1970 to 2069 are offered.
    """
    readings = [(third, other, one), (third, one, other)]
    if year_first:
        readings.insert(0, (one, other, third))
    possible = [
        (_in_full(year), month, day)
        for year, month, day in readings
        if 1 <= month <= _MONTHS and 1 <= day <= 31
    ]
    return [_Point(*parts) for parts in dict.fromkeys(possible)][:2]


def _in_full(year: int) -> int:
    return year + (2000 if year < 70 else 1900)


def _worded(text: str) -> list[_Point]:
    """A date with the name of a month, in whatever order; a month's or a day's number alone."""
    year: int | None = None
    day: int | None = None
    months: tuple[int, ...] = ()
    for found in _WORD.finditer(re.sub(r"(?<=\d)(?=[^\W\d_]{4})|(?<=[^\W\d_]{3})-(?=\d)|(?<=\d)-(?="
                                       r"[^\W\d_]{3})", " ", text)):  # fmt: skip
        word = found[0]
        if re.fullmatch(r"'?\d{4}\.?", word) and year is None:
            year = int(word.strip("'."))
        elif months and year is None and (short := re.fullmatch(r"'(\d\d)|(?<!')\d\d", word)):
            if day is None and not short[1]:
                day = int(word)  # August 24
            else:
                year = _in_full(int(word.strip("'")))
        elif (number := _DAY_WORD.fullmatch(word)) and day is None:
            day = int(number[1])
        elif not months and (named := _months_named(word)):
            months = named
        elif word.rstrip(".") not in _FILLERS:
            return []
    if not months:
        alone = day is not None and (year is None or re.fullmatch(r"\d{1,2}\w*\.?, ?\d{4}", text))
        return [_Point(year, None, day)] if alone else []
    return [_Point(year, month, day) for month in months]


def _months_named(word: str) -> tuple[int, ...]:
    bare = word.rstrip(".")
    if bare in _ENGLISH:
        return (_ENGLISH[bare],)
    if (len(bare) < 3 and bare.isascii()) or any(char.isdigit() for char in bare):
        return ()
    return _elsewhere().get(bare) or _elsewhere().get(re.sub(r"^d'|^d’|^ב", "", bare)) or ()


_NAMES = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
]  # fmt: skip
_ENGLISH = {name[:length]: number for number, name in enumerate(_NAMES, 1) for length in (3, 20)}
_ENGLISH |= {"sept": 9, "febr": 2, "janu": 1, "juni": 6, "juli": 7, "augu": 8}


@lru_cache(1)
def _elsewhere() -> dict[str, tuple[int, ...]]:
    """The months of the year by their names in many languages, which takes a quarter second."""
    from babel import Locale

    names: dict[str, list[int]] = {}
    for locale in map(Locale.parse, _LOCALES):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    known = names.setdefault(name.casefold().rstrip("."), [])
                    if number not in known:
                        known.append(number)
    return {name: tuple(numbers) for name, numbers in names.items() if not name.isdigit()}
