"""Problems as values: what is wrong, where it stands, and what to write instead.

Every stage collects problems and hands them on; reporters print them. Nothing here prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from enum import StrEnum
from typing import Any

#: How alike two words must be (0 to 1, as difflib measures it) to be offered as a correction.
LIKENESS = 0.7
#: How much less alike a word may be than the likeliest to be offered beside it.
ABOUT_AS_NEAR = 0.06
#: From how many letters on the beginning or a part of a word is offered the whole word.
SHORTEST_PART = 3
#: Of more words than this, only those of like length and beginning are compared letter by letter.
MANY = 300
_PARTS = re.compile(r"[-_/#]")
#: A line with its end; the last one is empty.
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


class Severity(StrEnum):
    """How much a problem matters: an error stops publication, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in an author's file; sorts by file, then from top to bottom.

    `path` is as shown to authors (`briefings/x.yml`). `line` and `column` count from 1;
    columns count characters, not bytes.
    """

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Fix:
    """The edit that a hint asks for, where it is a single one: `lines` instead of some lines.

    The lines of the file from `first` up to and including `last` (counted from 1) are taken out,
    and `lines`, without line ends, put there. With `last` one less than `first` nothing is taken
    out: `lines` come before line `first`.
    """

    first: int
    last: int
    lines: tuple[str, ...]

    def applied(self, text: str) -> str:
        """`text`, a whole file, after this edit; the other lines stay as they are."""
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        lines = [*filter(None, _LINES.findall(text.removeprefix(mark)))]
        ends = [line[len(line.rstrip("\r\n")) :] for line in lines]
        end = next(filter(None, ends), "\n")
        if len(lines) < self.first and lines and not ends[-1]:
            lines[-1] += end
        lines[self.first - 1 : self.last] = [f"{line}{end}" for line in self.lines]
        return mark + "".join(lines)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing an author should know about one place.

    `rule` is a stable id (`yaml-duplicate-key`), `message` says what was read, `hint` what to
    write instead, and `field` which field it is about (`positions[0].quotes[1].text`). `fix` is
    the edit that the hint asks for, where following it to the letter is a single one.
    """

    rule: str
    severity: Severity
    location: Location
    message: str
    hint: str = ""
    field: str = ""
    fix: Fix | None = None

    @property
    def sort_key(self) -> tuple[Location, bool, str, str]:
        """Reading order: by location; in one place errors first, then by rule and message."""
        return (self.location, self.severity is not Severity.ERROR, self.rule, self.message)

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        """Packed as what it is made from, which is three times as fast as what dataclasses do."""
        place = (self.location.path, self.location.line, self.location.column)
        return _problem, (
            self.rule,
            self.severity.value,
            place,
            self.message,
            self.hint,
            self.field,
            self.fix and (self.fix.first, self.fix.last, self.fix.lines),
        )

    def __lt__(self, other: Problem) -> bool:
        return self.sort_key < other.sort_key


def _problem(
    rule: str,
    severity: str,
    place: tuple[str, int, int],
    message: str,
    hint: str,
    field: str,
    fix: tuple[int, int, tuple[str, ...]] | None,
) -> Problem:
    edit = Fix(*fix) if fix else None
    return Problem(rule, Severity(severity), Location(*place), message, hint, field, edit)


def field_name(path: tuple[str | int, ...]) -> str:
    """A field's path as authors read it: `("positions", 0, "text")` is `positions[0].text`."""
    name = ""
    for step in path:
        if isinstance(step, int):
            name += f"[{step}]"
        else:
            name += f".{step}" if name else step
    return name


def _could_be(word: str, candidate: str) -> bool:
    """Whether two words are of like length and beginning; much faster than to compare them."""
    return abs(len(word) - len(candidate)) <= 3 and not set(word[:2]).isdisjoint(candidate[:2])


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was most likely meant to be, or None; ignores case."""
    by_folded = _folded(word, known)
    folded = word.casefold()
    if matches := get_close_matches(folded, by_folded, n=1, cutoff=LIKENESS):
        return by_folded[matches[0]]
    if len(folded) < SHORTEST_PART:
        return None
    likely = [one for one in by_folded if one.startswith(folded) or folded in _PARTS.split(one)]
    likely += [one for one in by_folded if sorted(one) == sorted(folded)]  # letters swapped
    begun = [one for one in by_folded if one.startswith(folded[:SHORTEST_PART])]
    likely += begun if len(begun) == 1 and folded.isalpha() else []
    return by_folded[likely[0]] if likely else None


def near(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known words that are spelt like `word`, the likeliest first: those about as near as the
    nearest. Ignores case.
    """
    by_folded = _folded(word, known)
    folded = word.casefold()
    matches = get_close_matches(folded, by_folded, n=most, cutoff=LIKENESS)
    likeness = {match: SequenceMatcher(None, match, folded).ratio() for match in matches}
    best = max(likeness.values(), default=0.0)
    swapped = [match for match in by_folded if sorted(match) == sorted(folded) != []]
    close = [match for match in matches if likeness[match] > best - ABOUT_AS_NEAR]
    return [by_folded[match] for match in dict.fromkeys([*close, *swapped])][:most]


def with_part(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known words that begin with `word`, or of which it is a part: `council` of `un-council`.

    None where there are more than `most`.
    """
    folded = word.casefold()
    if len(folded) < SHORTEST_PART:
        return []
    held = [
        candidate
        for candidate in known
        if candidate.casefold().startswith(folded) or folded in _PARTS.split(candidate.casefold())
    ]
    return sorted(held) if len(held) <= most else []


def _folded(word: str, known: Iterable[str]) -> dict[str, str]:
    """The known words by their folded form; of many only those that could be `word`."""
    by_folded: dict[str, str] = {}
    for candidate in known:
        by_folded.setdefault(candidate.casefold(), candidate)
    if len(by_folded) <= MANY:
        return by_folded
    folded = word.casefold()
    return {key: candidate for key, candidate in by_folded.items() if _could_be(folded, key)}
