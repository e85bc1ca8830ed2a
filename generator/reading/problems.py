"""Problems as values: what is wrong, where it is, and what to write instead.

Every stage collects problems and returns them; ``problem_formats`` turns them into text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from enum import StrEnum
from typing import NamedTuple

#: How similar two words must be (0 to 1, as difflib measures it) for one to be proposed.
_SIMILARITY = 0.7
#: How much less similar a word may be than the most similar one, to be proposed too.
_MARGIN = 0.06
#: How many letters a beginning or a part of a word must have, for the word to be proposed.
_SHORTEST_PART = 3
#: How many words are proposed at most.
_MOST = 3
#: If there are more words than this, only those of similar length and beginning are compared.
_MANY = 300
_PARTS = re.compile(r"[-_/#]")
#: A line with its end; the last one is empty.
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


class Severity(StrEnum):
    """How much a problem matters: an error stops publication, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Location(NamedTuple):
    """A place in an author's file; sorts by file, then from top to bottom.

    `path` is as shown to authors (`briefings/x.yml`). `line` and `column` count from 1;
    columns count characters, not bytes.
    """

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Fix(NamedTuple):
    """The edit that a hint asks for, if it is a single one.

    It replaces the lines of the file from `first` up to and including `last`, counted from 1, by
    `lines`, which have no line ends. If `last` is one less than `first`, it inserts `lines` before
    line `first`.
    """

    first: int
    last: int
    lines: tuple[str, ...]

    def applied(self, text: str) -> str:
        """The text of a file after this edit. The other lines stay as they are."""
        byte_order_mark = "\ufeff" if text.startswith("\ufeff") else ""
        lines = [*filter(None, _LINES.findall(text.removeprefix(byte_order_mark)))]
        ends = [line[len(line.rstrip("\r\n")) :] for line in lines]
        end = next(filter(None, ends), "\n")
        if len(lines) < self.first and lines and not ends[-1]:
            lines[-1] += end
        lines[self.first - 1 : self.last] = [f"{line}{end}" for line in self.lines]
        return byte_order_mark + "".join(lines)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing an author should know about one place.

    `rule` is a stable id (`yaml-duplicate-key`), `message` says what was read, `hint` what to
    write instead, and `field` is the path of the field (`positions[0].quotes[1].text`). `fix` is
    the edit that the hint asks for, if exactly that is a single edit.
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

    def __reduce__(self) -> tuple[type[Problem], tuple[object, ...]]:
        """Pickle the arguments only, which is three times as fast as what dataclasses do."""
        values = (self.rule, self.severity, self.location, self.message, self.hint, self.field)
        return Problem, (*values, self.fix)

    def __lt__(self, other: Problem) -> bool:
        return self.sort_key < other.sort_key


def file_problem(rule: str, path: str, message: str, hint: str) -> Problem:
    """An error of a file as a whole."""
    return Problem(rule, Severity.ERROR, Location(path, 1, 1), message, hint)


def field_name(path: tuple[str | int, ...]) -> str:
    """A field's path as authors read it: `("positions", 0, "text")` is `positions[0].text`."""
    name = ""
    for step in path:
        if isinstance(step, int):
            name += f"[{step}]"
        else:
            name += f".{step}" if name else step
    return name


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was most likely meant to be, or None. Ignores case."""
    by_folded = _folded(word, known)
    folded = word.casefold()
    if matches := get_close_matches(folded, by_folded, n=1, cutoff=_SIMILARITY):
        return by_folded[matches[0]]
    if len(folded) < _SHORTEST_PART:
        return None
    likely = [key for key in by_folded if _has_part(key, folded)]
    likely += [key for key in by_folded if sorted(key) == sorted(folded)]  # letters swapped
    same_beginning = [key for key in by_folded if key.startswith(folded[:_SHORTEST_PART])]
    if len(same_beginning) == 1 and folded.isalpha():
        likely += same_beginning
    return by_folded[likely[0]] if likely else None


def near(word: str, known: Iterable[str], most: int = _MOST) -> list[str]:
    """The known words that are spelt like `word`, the most similar first, and only those that are
    about as similar as that one. Ignores case.
    """
    by_folded = _folded(word, known)
    folded = word.casefold()
    matches = get_close_matches(folded, by_folded, n=most, cutoff=_SIMILARITY)
    similarity = {match: SequenceMatcher(None, match, folded).ratio() for match in matches}
    best = max(similarity.values(), default=0.0)
    swapped = [match for match in by_folded if sorted(match) == sorted(folded) != []]
    close = [match for match in matches if similarity[match] > best - _MARGIN]
    return [by_folded[match] for match in dict.fromkeys([*close, *swapped])][:most]


def listed(words: Iterable[str], joint: str = ", ", most: int | None = None) -> str:
    """The words as a message names them, each in backticks: the first ``most``, if it is given."""
    named = [f"`{word}`" for word in words]
    more = len(named) - len(named[:most])
    return joint.join(named[:most]) + (f" and {more} more" if more else "")


def did_you_mean(likely: str | Iterable[str] | None, otherwise: str = "") -> str:
    """A hint that asks for the likely word or words, or ``otherwise`` if there is none."""
    words = [likely] if isinstance(likely, str) else [*(likely or ())]
    return f"Did you mean {listed(words, ' or ')}?" if words else otherwise


def with_part(word: str, known: Iterable[str]) -> list[str]:
    """The known words that `word` is the beginning or a part of, as `council` is of `un-council`.
    An empty list if there are more than three.
    """
    folded = word.casefold()
    if len(folded) < _SHORTEST_PART:
        return []
    matches = [candidate for candidate in known if _has_part(candidate.casefold(), folded)]
    return sorted(matches) if len(matches) <= _MOST else []


def _has_part(word: str, part: str) -> bool:
    return word.startswith(part) or part in _PARTS.split(word)


def _folded(word: str, known: Iterable[str]) -> dict[str, str]:
    """The known words by their folded form. If there are many, only those that could be `word`."""
    by_folded: dict[str, str] = {}
    for candidate in known:
        by_folded.setdefault(candidate.casefold(), candidate)
    if len(by_folded) <= _MANY:
        return by_folded
    # To compare words of another length or beginning would take much longer.
    folded = word.casefold()
    return {
        key: candidate
        for key, candidate in by_folded.items()
        if abs(len(key) - len(folded)) <= 3 and not set(folded[:2]).isdisjoint(key[:2])
    }
