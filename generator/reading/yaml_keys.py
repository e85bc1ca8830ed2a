"""Problems with the keys of a file: what a key can't be, and keys that are written twice."""

from __future__ import annotations

import re
from typing import Any

from generator.reading.problems import Fix, Problem
from generator.reading.source_text import SourceText, odd_character, shorten, written
from generator.reading.yaml_faults import whole_text_in_quotes
from generator.reading.yaml_lines import KEY, with_plain_indentation

#: Plain scalars that YAML 1.2's core schema (10.3.2) doesn't read as text.
_NOT_TEXT = re.compile(
    r"~|null|Null|NULL|true|True|TRUE|false|False|FALSE|"
    r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|"
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|"
    r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|"
)
_NOT_TEXT_STARTS = frozenset(["", *"~nNtTfF0123456789-+."])


def is_text(key: str) -> bool:
    """Whether an unquoted key is text: neither YAML 1.1's merge key nor null, a number or a boolean
    in YAML 1.2.
    """
    return key != "<<" and (key[:1] not in _NOT_TEXT_STARTS or not _NOT_TEXT.fullmatch(key))


def is_number_of_entry(source: SourceText, key: str) -> bool:
    """Whether an unquoted key is the number or the year of an entry in a translation, whose file's
    name has a dot: `quotes: {0: …}`.
    """
    name = source.path.rpartition("/")[2].removesuffix(".yml")
    return "." in name and key.isascii() and key.isdecimal()


def key_not_text(source: SourceText, key: str, offset: int) -> Problem:
    """The problem of an unquoted key at `offset` that isn't text."""
    if key == "<<":
        return source.error(
            "yaml-merge-key",
            offset,
            "`<<` copies other keys to this place, which briefings don't use.",
            "Write the fields themselves here.",
        )
    read_as = f"`{key}` as a number or a constant" if key else "an empty key"
    fix = None
    if key and not source.is_long(offset):
        fix = source.replacing(offset, offset + len(key), f'"{key}"')
    return source.error(
        "yaml-key-not-text",
        offset,
        f"A key must be text, but YAML reads {read_as}.",
        f'Write it in quotes: "{key}":' if key else "Write a name before the colon.",
        fix=fix,
    )


def odd_key(source: SourceText, event: Any) -> Problem | None:
    """The problem of an unquoted key with a character that can't be seen, or looks like another."""
    key, start, end = event.value, event.start_mark.index, event.end_mark.index
    odd = odd_character(key)
    if odd is None or source.is_long(start) or source.text[start:end] != key:
        return None
    at, name, meant = odd
    fix = with_plain_indentation(source, start) if at == 0 else None
    fix = fix or source.replacing(start, end, meant)
    return source.error(
        "yaml-odd-character",
        start + at,
        f"The key `{meant}` contains {name}.",
        f"Write the line without it: {written(fix)}.",
        fix=fix,
    )


def collection_as_key(source: SourceText, offset: int, *, is_mapping: bool) -> Problem:
    """The problem of a list or a mapping at `offset` in place of a key."""
    fix: Fix | None = None
    hint = "Write a name, a colon and a space, and the value after it; "
    hint += "text that starts with a bracket goes in quotes."
    if source.text[offset - 1 : offset] == "{":  # `{{ name }}`, as in templates
        fix, hint = whole_text_in_quotes(source, offset - 1)
    return source.error(
        "yaml-key-is-collection",
        offset,
        f"There {'are braces' if is_mapping else 'is a list'} where the name of a field should be.",
        hint,
        fix=fix,
    )


def duplicate_key(source: SourceText, key: str, first: int, offset: int, field: str) -> Problem:
    """The problem of a key at `offset` that its mapping has at `first` too."""
    first_place, place = (
        f"line {location.line}, column {location.column}"
        for location in (source.at(first), source.at(offset))
    )
    return source.error(
        "yaml-duplicate-key",
        offset,
        f'The key "{shorten(key)}" is written twice here: first at {first_place}, then at {place}.',
        "Keep one of them, and move what both should hold under it.",
        field,
    )


def begins_again(source: SourceText, mapping: dict[str, Any], key: str, offset: int) -> bool:
    """Whether the keys of `mapping` are written a second time from `offset` on: `key` is its first
    one, and the next line in the same column has another one of its keys.
    """
    text, start = source.text, source.line_start(offset)
    column = offset - start
    if key != next(iter(mapping)) or text[start:offset].strip(" "):
        return False
    next_key = re.compile(rf"^ {{{column}}}({KEY}):(?=\s)", re.M).search(text, offset + 1)
    return next_key is not None and next_key[1] != key and next_key[1] in mapping


def second_beginning(
    source: SourceText, key: str, first: int, offset: int, *, is_root: bool
) -> Problem:
    """The problem of a key at `offset` with which an entry, or the file, begins a second time."""
    line = source.at(offset).line
    begins = f"`{shorten(key)}` is in line {source.at(first).line} already"
    column = offset - source.line_start(offset)
    if column >= 2 and not is_root:
        typed = source.line_at(line)
        fix = Fix(line, line, (f"{' ' * (column - 2)}- {typed[column:]}",))
        return source.rewrite(
            "yaml-missing-dash",
            offset,
            f"A second entry seems to begin here without a dash: {begins}.",
            fix,
        )
    again = source.text[offset:].rstrip()
    is_copy = source.text.startswith(again, first)
    return source.error(
        "yaml-duplicate-key",
        offset,
        f"From here on keys are written a second time: {begins}.",
        "The file was pasted twice: delete all from here on."
        if is_copy
        else "Keep one of each: was the file, or a part of it, pasted twice?",
        key,
        Fix(line, source.count, ("",)) if is_copy else None,
    )
