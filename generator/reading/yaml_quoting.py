"""A text as a value in YAML: unquoted if that reads back the same, else in double quotes."""

from __future__ import annotations

import re

from generator.reading.source_text import SourceText
from generator.reading.yaml_escapes import typed_backslash

#: What YAML 1.1 reads as a boolean, null or a number to the base of 60. Other numbers and dates
#: stay unquoted: every tool that reads briefings takes them as text.
_NOT_PLAIN = re.compile(r"y|n|yes|no|on|off|true|false|null|[0-9]+(:[0-9]+)+", re.I)
#: An unquoted text begins with a letter or a digit, or is a negative number.
_START = re.compile(r"[^\W_]|-[0-9]")
#: What ends an unquoted text, or means something else in it.
_STOPS = re.compile(r":(\s|$)|\s#")
_STOPS_IN_BRACKETS = re.compile(r":|\s#|[][{},?]")
#: What is escaped in double quotes; the rest of the text is easier to read as typed.
_ESCAPED = re.compile(
    '[\\\\"\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff'
    "\ufffe\uffff]"
)
#: A tab isn't among them, because its code looks like a backslash and a letter.
_LETTERS = {"\\": "\\\\", '"': '\\"', "\n": "\\n"}


def quoted_if_needed(text: str, *, in_brackets: bool = False) -> str:
    """``text`` as a value after ``key: ``, or as one of those between brackets."""
    stops = _STOPS_IN_BRACKETS if in_brackets else _STOPS
    is_plain = (
        _START.match(text)
        and text.isprintable()
        and text == text.strip()
        and not stops.search(text)
        and not _NOT_PLAIN.fullmatch(text)
    )
    if is_plain:
        return text
    quoted = f'"{_ESCAPED.sub(_escape, text)}"'
    # If a line break looks like part of a path, its number doesn't.
    if "\n" in text and typed_backslash(SourceText("", quoted), 0, len(quoted)):
        return f'"{_ESCAPED.sub(_line_ends_by_number, text)}"'
    return quoted


def _line_ends_by_number(match: re.Match[str]) -> str:
    return "\\u000A" if match[0] == "\n" else _escape(match)


def _escape(match: re.Match[str]) -> str:
    return _LETTERS.get(match[0]) or f"\\u{ord(match[0]):04X}"
