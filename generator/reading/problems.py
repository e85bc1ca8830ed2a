"""Problems as values: what is wrong, where it is, and what to write instead.

Every stage collects problems and returns them; ``problem_formats`` turns them into text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from enum import StrEnum
from typing import Any

#: How similar two words must be (0 to 1, as difflib measures it) for one to be proposed.
_SIMILARITY = 0.7
#: How much less similar a word may be than the most similar one, to be proposed too.
_MARGIN = 0.06
#: How many letters a beginning or a part of a word must have, for the word to be proposed.
_SHORTEST_PART = 3
#: If there are more words than this, only those of similar length and beginning are compared.
_MANY = 300
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
    def sort_key(self) -> tuple[str, int, int, bool, str, str]:
        """Reading order: by location; in one place errors first, then by rule and message."""
        path, line, column = self.location.path, self.location.line, self.location.column
        return path, line, column, self.severity is not Severity.ERROR, self.rule, self.message

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        """Pickle the arguments only, which is three times as fast as what dataclasses do."""
        location = (self.location.path, self.location.line, self.location.column)
        return _problem, (
            self.rule,
            self.severity.value,
            location,
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
    location: tuple[str, int, int],
    message: str,
    hint: str,
    field: str,
    fix: tuple[int, int, tuple[str, ...]] | None,
) -> Problem:
    edit = Fix(*fix) if fix else None
    return Problem(rule, Severity(severity), Location(*location), message, hint, field, edit)


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
    """Whether two words have a similar length and beginning. To compare them is much slower."""
    return abs(len(word) - len(candidate)) <= 3 and not set(word[:2]).isdisjoint(candidate[:2])


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was most likely meant to be, or None. Ignores case."""
    by_folded = _folded(word, known)
    folded = word.casefold()
    if matches := get_close_matches(folded, by_folded, n=1, cutoff=_SIMILARITY):
        return by_folded[matches[0]]
    if len(folded) < _SHORTEST_PART:
        return None
    likely = [key for key in by_folded if key.startswith(folded) or folded in _PARTS.split(key)]
    likely += [key for key in by_folded if sorted(key) == sorted(folded)]  # letters swapped
    same_beginning = [key for key in by_folded if key.startswith(folded[:_SHORTEST_PART])]
    if len(same_beginning) == 1 and folded.isalpha():
        likely += same_beginning
    return by_folded[likely[0]] if likely else None


def near(word: str, known: Iterable[str], most: int = 3) -> list[str]:
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


def with_part(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known words that `word` is the beginning or a part of, as `council` is of `un-council`.
    An empty list if there are more than `most`.
    """
    folded = word.casefold()
    if len(folded) < _SHORTEST_PART:
        return []
    matches = [
        candidate
        for candidate in known
        if candidate.casefold().startswith(folded) or folded in _PARTS.split(candidate.casefold())
    ]
    return sorted(matches) if len(matches) <= most else []


def _folded(word: str, known: Iterable[str]) -> dict[str, str]:
    """The known words by their folded form. If there are many, only those that could be `word`."""
    by_folded: dict[str, str] = {}
    for candidate in known:
        by_folded.setdefault(candidate.casefold(), candidate)
    if len(by_folded) <= _MANY:
        return by_folded
    folded = word.casefold()
    return {key: candidate for key, candidate in by_folded.items() if _could_be(folded, key)}
