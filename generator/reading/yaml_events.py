"""PyYAML's parser as a source of events, for text that YAML 1.2 reads differently from PyYAML."""

from __future__ import annotations

from typing import Any

import yaml
from yaml.events import StreamEndEvent

from generator.reading.problems import Fix, Problem
from generator.reading.source_text import SourceText, typed_characters

#: PyYAML's reader in C, or that in Python if it was installed without libyaml.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: Characters that are parsed again to find more mistakes in a file with a syntax error.
_MAX_PARSED_AGAIN = 400_000
#: What PyYAML takes for line ends and YAML 1.2 doesn't.
LINE_ENDS_OF_1_1 = ("\x85", "\u2028", "\u2029")
#: What a parser raises for text that isn't YAML, the last two for numbers that are out of range.
PARSER_ERRORS = (yaml.YAMLError, ValueError, OverflowError)


class ParseBudget:
    """How many more characters may be parsed, so that a hostile file takes no longer than a valid
    one a few times its length.
    """

    def __init__(self) -> None:
        self._left = _MAX_PARSED_AGAIN

    def allows(self, text: str) -> bool:
        """Whether `text` may be parsed once more; it then counts as parsed."""
        self._left -= len(text) + 100
        return self._left >= 0


def event_parser(text: str) -> Any:
    """A parser whose method `get_event` returns the events of `text`."""
    return LOADER(text)


def parseable(source: SourceText) -> tuple[str, dict[int, str], list[Problem]]:
    """The text as PyYAML should get it, of the same length, what its stand-in characters mean, and
    a problem for each character that no file may contain.
    """
    text, problems = typed_characters(source)
    return *_without_1_1_line_ends(text), problems


def parses_beyond(source: SourceText, fix: Fix, budget: ParseBudget) -> bool:
    """Whether the parser gets past the lines of `fix` after that edit."""
    if not budget.allows(source.text):
        return False
    text, _, _ = parseable(SourceText(source.path, fix.applied(source.text)))
    parser = event_parser(text)
    try:
        while not isinstance(parser.get_event(), StreamEndEvent):
            pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        return mark is not None and mark.line >= fix.first - 1 + len(fix.lines)
    except PARSER_ERRORS:
        return False
    return True


def _without_1_1_line_ends(text: str) -> tuple[str, dict[int, str]]:
    """The text with a stand-in character for each NEL, U+2028 and U+2029, and what those
    stand for. Stand-ins are Unicode noncharacters that the file itself doesn't mention.
    """
    typed = [character for character in LINE_ENDS_OF_1_1 if character in text]
    if not typed:
        return text, {}
    escapes = text.lower()
    unused = (
        code
        for code in range(0xFDD0, 0xFFF0)
        if chr(code) not in text and f"{code:x}" not in escapes
    )
    stand_ins = dict(zip(unused, typed, strict=False))
    return text.translate({ord(typed): code for code, typed in stand_ins.items()}), stand_ins
