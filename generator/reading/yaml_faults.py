"""A syntax error as libyaml reports it, and the problems that several modules report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType

from generator.reading.problems import Fix, Problem, Severity
from generator.reading.source_text import ODD_SPACES, SourceText, shorten, written
from generator.reading.yaml_lines import (
    KEY,
    lines_above,
    quoting,
    text_end,
    text_end_in_brackets,
)

NO_NAMES: Mapping[str, bool] = MappingProxyType({})
#: `title:Norland`, but not `https://…` or `12:30`.
KEY_WITHOUT_SPACE = re.compile(rf"(?!\d+:\d)({KEY}):(?!//)([^\s{ODD_SPACES}].*)")
_DASH_WITHOUT_SPACE = re.compile(rf"-(?!-)([^\s\d{ODD_SPACES}].*)")
KEY_VALUE = re.compile(rf"[ ]*(?:-[ ]+)*({KEY}):[ ]+(?=\S)")

#: What people type after a key in place of a colon, used to another keyboard or format.
SIGN_FOR_COLON = r"[ \t]*(?:[：﹕︓∶꞉;]|:?=>?)[ \t]*"


@dataclass(frozen=True, slots=True)
class Scalar:
    """The offsets of a text, quotes included, and its quote, `|`, `>` or ""."""

    start: int
    end: int
    style: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What libyaml reported: its words, the offset at which it gave up (`at`), the offset at which
    the thing it was reading began (`began`), and the last text before that.

    `works` says whether the file can be parsed further after an edit. `names` are the keys of the
    format, each with whether it holds text.
    """

    source: SourceText
    words: str
    at: int
    began: int
    last: Scalar | None
    works: Callable[[Fix], bool]
    names: Mapping[str, bool]

    def says(self, *phrases: str) -> bool:
        return any(phrase in self.words for phrase in phrases)

    @property
    def character(self) -> str:
        return self.source.text[self.at : self.at + 1]

    @property
    def before(self) -> str:
        """The line up to where libyaml gave up."""
        return self.source.text[self.source.line_start(self.at) : self.at]

    @property
    def line(self) -> str:
        """The line where libyaml gave up."""
        return self.source.line(self.at)

    @property
    def number(self) -> int:
        """The number of the line where libyaml gave up."""
        return self.source.at(self.at).line

    @property
    def began_number(self) -> int:
        """The number of the line where the thing began that libyaml was reading."""
        return self.source.at(self.began).line

    @property
    def nearby(self) -> list[int]:
        """The numbers of the lines with either place, and of the two with content above."""
        above = islice(lines_above(self.source, self.number), 2)
        return [self.number, self.began_number, *(number for number, _ in above)]

    @property
    def in_brackets(self) -> bool:
        return self.says("flow")

    def first_that_works(self, fixes: Iterable[Fix]) -> Fix | None:
        """The first edit after which the file can be parsed further."""
        return next(filter(self.works, fixes), None)

    def end_of(self, start: int) -> int:
        """Where the text that begins at the offset `start` ends."""
        return (text_end_in_brackets if self.in_brackets else text_end)(self.source, start)


def several_documents(source: SourceText, offset: int) -> Problem:
    """The problem of a second document that begins at `offset`."""
    number = source.at(offset).line
    is_last = not source.text[offset:].strip("-. \r\n")
    if is_last:
        message = "A file doesn't end with a line of dashes, as the header of a page does."
    else:
        message = "A second document begins here; a file holds one."
    return source.error(
        "yaml-several-documents",
        offset,
        message,
        "Delete this line."
        if is_last
        else "Delete the line `---` or `...`, or move what follows to a separate file.",
        fix=Fix(number, number, ()) if is_last else None,
    )


def comment_cuts_text(
    source: SourceText,
    offset: int,
    severity: Severity,
    hint: str,
    fix: Fix | None,
    *,
    field: str = "",
    nothing_else: bool = False,
) -> Problem:
    """The problem of words that the `#` at `offset` makes a comment. With `nothing_else` the key
    has no other value.
    """
    comment = source.line(offset)[offset - source.line_start(offset) :]
    begins = "There is nothing here but a comment" if nothing_else else "The text ends before the #"
    message = f'{begins}: "{shorten(comment)}" is read as a comment, which no page shows.'
    place = source.at(offset)
    return Problem("yaml-comment-cuts-text", severity, place, message, hint, field, fix)


def missing_space(source: SourceText, offset: int) -> Problem | None:
    """The problem of `key:value` or `-item` at `offset`, if either is typed there."""
    rest = source.line(offset)[offset - source.line_start(offset) :]
    if match := KEY_WITHOUT_SPACE.match(rest):
        at = offset + len(match[1]) + 1
        message = f'A space is missing after the colon of "{match[1]}".'
    elif match := _DASH_WITHOUT_SPACE.match(rest):
        at = offset + 1
        message = "A space is missing after the dash of a list item."
    else:
        return None
    fix = source.replacing(at, at, " ")
    return source.rewrite("yaml-missing-space", at, message, fix)


def in_whole_quotes(source: SourceText, start: int, end: int) -> tuple[Fix, str]:
    """The edit that puts the text between two offsets in quotes, and the hint that asks for it."""
    fix = quoting(source, start, end)
    return fix, f"Put the whole text in quotes: {written(fix)}"


def whole_text_in_quotes(source: SourceText, start: int) -> tuple[Fix | None, str]:
    """The same for the text that begins at the offset `start`; no edit if its line is too long."""
    if source.is_long(start):
        return None, "Put the whole text in quotes"
    before = source.text[source.line_start(start) : start]
    is_inside = before.count("{") + before.count("[") > before.count("}") + before.count("]")
    end = (text_end_in_brackets if is_inside else text_end)(source, start)
    return in_whole_quotes(source, start, end)
