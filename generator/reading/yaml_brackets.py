"""Texts between braces that a comma cuts in two.

In `{text: We never agreed, and we never will}` the comma ends the text, and what follows it is a
key without a colon: its words would be on no page. The same goes for a key of several words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yaml import YAMLError
from yaml.events import (
    CollectionEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from generator.reading.problems import Problem
from generator.reading.source_text import (
    MAX_PROBLEMS,
    SourceText,
    in_quotes,
    shorten,
    suggestion,
    written,
)
from generator.reading.yaml_faults import SIGN_FOR_COLON, missing_space
from generator.reading.yaml_lines import KEY

#: A little deeper than the composer reads.
_MAX_DEPTH = 40
_IDS = re.compile(r"[\w/#-]+(?:[ ]*,[ ]*[\w/#-]+)+")


@dataclass(frozen=True, slots=True)
class _Part:
    """A key or a value, as offsets; ``words`` is None where it is no text."""

    start: int
    end: int
    words: str | None = None
    style: str = ""


def texts_cut_by_commas(
    source: SourceText, parser: Any, names: Mapping[str, bool]
) -> list[Problem]:
    """A problem for each text between braces that a comma cuts, and for each key without a colon.

    ``parser`` gives the events of the file; what is below a syntax error is ignored. ``names`` are
    the keys of the format, and whether they hold text.
    """
    finder = _CommaFinder(source, parser, names)
    try:
        while not isinstance(finder.event, StreamEndEvent):
            finder.part(0)
    except (YAMLError, ValueError, OverflowError):
        pass  # the composer reports this
    return finder.problems


def lacks_colon(text: str, key_end: int, value_start: int) -> bool:
    """Whether there is no colon between a key and its empty value."""
    return text[key_end:value_start].lstrip()[:1] != ":"


class _CommaFinder:
    """One pass over a file's events, for commas that cut texts."""

    def __init__(self, source: SourceText, parser: Any, names: Mapping[str, bool]) -> None:
        self.source = source
        self.names = names
        self.next_event = parser.get_event
        self.event: Any = None
        self.problems: list[Problem] = []

    def part(self, depth: int) -> _Part | None:
        """The next key or value, None where there are no more, and the problems inside it."""
        event = self.event = self.next_event()
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, ScalarEvent):
            return _Part(start, end, event.value, event.style or "")
        if isinstance(event, CollectionEndEvent):
            return None
        if depth > _MAX_DEPTH:
            raise ValueError("deeper than a file is read")
        if isinstance(event, MappingStartEvent):
            entries = []
            while key := self.part(depth + 1):
                value = self.part(depth + 1)
                assert value, "a key has a value, if an empty one"
                entries.append((key, value))
            end = self.event.end_mark.index
            if len(self.problems) <= MAX_PROBLEMS:
                self.problems += self.problems_of(entries, bool(event.flow_style))
        elif isinstance(event, SequenceStartEvent):
            while self.part(depth + 1):
                pass
            end = self.event.end_mark.index
        return _Part(start, end)

    def problems_of(self, entries: list[tuple[_Part, _Part]], in_braces: bool) -> list[Problem]:
        """The problems of the entries of one mapping."""
        problems: list[Problem] = []
        before: tuple[_Part, _Part] | None = None
        rest: list[int] = []  # the ends of the parts after `before` that belong to its text
        for key, value in entries:
            if len(problems) > MAX_PROBLEMS:
                return problems
            is_alone = self.is_alone(key, value)
            is_stray = is_alone or (not key.style and len((key.words or "").split()) > 1)
            if in_braces and is_alone and not key.style and not self.source.is_long(key.start):
                problem = self.other_sign(key) or self.missing_space(key)
                if problem is not None:
                    problems.append(problem)
                    is_stray = is_alone = False
            if in_braces and is_stray and before and before[1].words:
                rest.append(max(key.end, value.end))
                continue
            if before and rest:
                problems.append(self.cut(before, rest[-1]))
            rest = []
            if is_alone and (before or not in_braces):
                problems.append(self.no_colon(key))
            before = None if is_alone and not before else (key, value)
        if before and rest:
            problems.append(self.cut(before, rest[-1]))
        return problems

    def is_alone(self, key: _Part, value: _Part) -> bool:
        """Whether this is a key without a colon."""
        empty = value.words == "" and not value.style and value.start == value.end
        return empty and lacks_colon(self.source.text, key.end, value.start)

    def other_sign(self, key: _Part) -> Problem | None:
        """The problem of `date = 2025`: a known key with another sign in place of its colon.

        Not of a semicolon, which belongs to a text that a comma cut.
        """
        words = self.source.text[key.start : key.end]
        match = re.match(rf"({KEY}){SIGN_FOR_COLON}(?=\S)", words)
        if match is None or match[1] not in self.names or ";" in match[0]:
            return None
        fix = self.source.replacing(key.start, key.start + match.end(), f"{match[1]}: ")
        return self.source.error(
            "yaml-missing-colon",
            key.start,
            f'A colon is missing after the key in "{shorten(words)}".',
            f"Write `{match[1]}:` with a colon and a space: {written(fix)}.",
            fix=fix,
        )

    def missing_space(self, key: _Part) -> Problem | None:
        """The problem of `text:We said`."""
        problem = missing_space(self.source, key.start)
        name = (key.words or "").partition(":")[0]
        is_key = problem is not None and problem.message.endswith(f'"{name}".')
        return problem if is_key else None

    def cut(self, before: tuple[_Part, _Part], end: int) -> Problem:
        """The problem of a text that goes on, up to ``end``, after the comma that ends it."""
        text = self.source.text
        key, value = before
        comma = text.index(",", value.end)
        if value.style:
            words = text[value.start : value.end - 1] + _inside(text[value.end : end], value.style)
            words += value.style
        else:
            words = in_quotes(text[value.start : end])
        name = key.words or text[key.start : key.end]
        is_list = self.names.get(name) is False and not value.style
        is_list = is_list and _IDS.fullmatch(text[value.start : end]) is not None
        fix = None
        if not self.source.is_long(value.start):
            listed = f"[{text[value.start : end]}]"
            fix = self.source.replacing(value.start, end, listed if is_list else words)
        what = "Put the list in square brackets" if is_list else "Put the whole text in quotes"
        return self.source.error(
            "yaml-comma-in-text",
            comma,
            f"`{shorten(name)}` ends at this comma, because a comma separates the entries inside "
            f'{{…}}: "{shorten(text[comma + 1 : end])}" would be lost.',
            what + suggestion(fix),
            fix=fix,
        )

    def no_colon(self, key: _Part) -> Problem:
        """The problem of a key without a colon."""
        words = self.source.text[key.start : key.end]
        return self.source.error(
            "yaml-missing-colon",
            key.start,
            f'"{shorten(words)}" has no colon and no value.',
            f"If it is a key, write `{shorten(words)}: ` and its value; if it belongs to a text, "
            "put the whole text in quotes.",
        )


def _inside(text: str, style: str) -> str:
    """``text`` as it is written between quotation marks of that kind."""
    if style == "'":
        return text.replace("'", "''")
    return text.replace("\\", "\\\\").replace('"', '\\"')
