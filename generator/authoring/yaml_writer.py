"""Plain data -> YAML text in the style of the registries, which ``yaml_parser`` reads back.

Text stays bare where it can, as authors write it, and is put in double quotes where YAML would
read it otherwise: by the rules of YAML 1.2 or, since other tools follow those, of YAML 1.1.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from generator.reading.yaml_quoting import quoted_if_needed

_NUMBER = re.compile(r"[0-9][0-9a-fx.o-]*", re.I)
#: Lines are folded at this width, counted from the left edge.
_WIDTH = 100
#: A list that fits on one line within this width is written in brackets. Keys and values never
#: are: a comma in a text between braces ends it, and whoever edits the file doesn't see that.
_SHORT = 88
_ESCAPED_IN_BLOCK = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)


def document(data: Mapping[str, Any], *, apart: bool = False) -> str:
    """A whole file: keys, lists and texts below each other, short lists in brackets.

    With ``apart`` a blank line stands between the entries.
    """
    entries = (
        "".join(f"{line}\n" for line in _mapping({key: one}, 0)) for key, one in data.items()
    )
    return ("\n" if apart else "").join(entries)


def _mapping(data: Mapping[str, Any], indent: int) -> Iterator[str]:
    blank = " " * indent
    for name, value in data.items():
        key = f'"{name}"' if _NUMBER.fullmatch(name) else quoted_if_needed(name)
        if isinstance(value, str):
            yield from _text(f"{blank}{key}:", value, indent + 2)
        elif not value or (
            _fits(value, len(blank) + len(key)) and (indent or not isinstance(value, Mapping))
        ):
            yield f"{blank}{key}: {_in_brackets(value)}"
        elif isinstance(value, Mapping):
            yield f"{blank}{key}:"
            yield from _mapping(value, indent + 2)
        else:
            yield f"{blank}{key}:"
            yield from _items(value, indent + 2)


def _items(values: list[Any], indent: int) -> Iterator[str]:
    blank = " " * indent
    for value in values:
        if _fits(value, indent):
            yield f"{blank}- {_in_brackets(value)}"
        elif isinstance(value, Mapping):
            lines = list(_mapping(value, indent + 2))
            yield f"{blank}- {lines[0].lstrip()}"
            yield from lines[1:]
        else:
            yield from _text(f"{blank}-", value, indent + 2)


def _fits(value: Any, start: int) -> bool:
    """Whether a value is short and flat enough for one line in brackets."""
    if isinstance(value, str):
        return "\n" not in value and start + len(value) <= _SHORT
    if not value:
        return True
    flat = not isinstance(value, Mapping) and all(isinstance(one, str) for one in value)
    return flat and start + len(_in_brackets(value)) <= _SHORT


def _text(start: str, text: str, indent: int) -> Iterator[str]:
    """A text after ``start``: on its line, folded, or with its lines kept."""
    body, ends = text.rstrip("\n"), len(text) - len(text.rstrip("\n"))
    mark = "-" if ends == 0 else "" if ends == 1 else "+"
    blank = " " * indent
    sound = body and not _ESCAPED_IN_BLOCK.search(body) and body == body.strip(" ")
    if not sound:
        yield f"{start} {quoted_if_needed(text)}"
    elif "\n" in body or ends > 1:
        if body.lstrip("\n").startswith(" "):
            yield f"{start} {quoted_if_needed(text)}"
            return
        yield f"{start} |{mark}"
        yield from (f"{blank}{line}" if line else "" for line in body.split("\n"))
        yield from [""] * (ends - 1)
    elif ends or (len(start) + len(body) > _WIDTH and "  " not in body):
        yield f"{start} >{mark}"
        if "  " in body:
            yield f"{blank}{body}"
        else:
            width = max(_WIDTH - indent, 20)
            wrapped = textwrap.wrap(body, width, break_long_words=False, break_on_hyphens=False)
            yield from (f"{blank}{line}" for line in wrapped)
    else:
        yield f"{start} {quoted_if_needed(text)}"


def entry_lines(key: str, fields: Mapping[str, Any]) -> list[str]:
    """The lines of ``key`` and the mapping below it; fields without a value are left out.

    A field holds text, a list of texts, or a list of mappings of text.
    """
    lines = [f'"{key}":' if _NUMBER.fullmatch(key) else f"{quoted_if_needed(key)}:"]
    for name, value in fields.items():
        if value is None or value == []:
            continue
        if isinstance(value, list) and isinstance(value[0], Mapping):
            lines += [f"  {name}:", *_items(value, 4)]
        elif isinstance(value, str):
            lines.append(f"  {name}: {quoted_if_needed(value)}")
        else:
            lines.append(f"  {name}: {_in_brackets(value)}")
    return lines


def _in_brackets(value: Any) -> str:
    if isinstance(value, str):
        return quoted_if_needed(value, in_brackets=True)
    if isinstance(value, Mapping):
        return "{}"  # an empty one: see `_fits`
    return f"[{', '.join(map(_in_brackets, value))}]"
