"""Plain data -> YAML text in the style of the registries, which ``yaml_source`` reads back.

Text stays bare where it can, as authors write it, and is put in double quotes where YAML would
read it otherwise: by the rules of YAML 1.2 or, since other tools follow those, of YAML 1.1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

#: What YAML 1.1 takes for a truth value, for nothing, or for a number to the base of 60. Other
#: numbers and dates stay bare: every tool that reads briefings takes them as text.
_NOT_BARE = re.compile(r"y|n|yes|no|on|off|true|false|null|[0-9]+(:[0-9]+)+", re.I)
_NUMBER = re.compile(r"[0-9][0-9a-fx.o-]*", re.I)
#: An unquoted text begins with a letter or a digit, or is a negative number.
_START = re.compile(r"[^\W_]|-[0-9]")
#: What ends an unquoted text, or means something else in it.
_STOPS = re.compile(r":(\s|$)|\s#")
_STOPS_IN_BRACKETS = re.compile(r":|\s#|[][{},]")
#: What is escaped between double quotes: the rest of the text is easier to read as typed.
_ESCAPED = re.compile(
    '[\\\\"\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff'
    "\ufffe\uffff]"
)
_LETTERS = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def entry_lines(key: str, fields: Mapping[str, Any]) -> list[str]:
    """The lines of ``key`` and the mapping below it; fields without a value are left out.

    A field holds text, a list of texts, or a list of mappings of text.
    """
    lines = [f'"{key}":' if _NUMBER.fullmatch(key) else f"{scalar(key)}:"]
    for name, value in fields.items():
        if value is None or value == []:
            continue
        if isinstance(value, list) and isinstance(value[0], Mapping):
            lines.append(f"  {name}:")
            lines += [f"    - {_in_brackets(item)}" for item in value]
        elif isinstance(value, str):
            lines.append(f"  {name}: {scalar(value)}")
        else:
            lines.append(f"  {name}: {_in_brackets(value)}")
    return lines


def scalar(text: str, *, in_brackets: bool = False) -> str:
    """``text`` as a value after ``key: ``, or as one of those between brackets."""
    stops = _STOPS_IN_BRACKETS if in_brackets else _STOPS
    bare = (
        _START.match(text)
        and text.isprintable()
        and text == text.strip()
        and not stops.search(text)
        and not _NOT_BARE.fullmatch(text)
    )
    return text if bare else f'"{_ESCAPED.sub(_escape, text)}"'


def _in_brackets(value: Any) -> str:
    if isinstance(value, str):
        return scalar(value, in_brackets=True)
    if isinstance(value, Mapping):
        pairs = (f"{name}: {_in_brackets(item)}" for name, item in value.items())
        return f"{{{', '.join(pairs)}}}"
    return f"[{', '.join(map(_in_brackets, value))}]"


def _escape(match: re.Match[str]) -> str:
    return _LETTERS.get(match[0]) or f"\\u{ord(match[0]):04X}"
