"""Words that an author typed as text and that YAML reads as something else, without a mistake.

A `#` after a space begins a comment, which no page shows (``hidden_comments``); a key that is
indented too far becomes part of the text above it; a quotation mark is left if only one of two was
deleted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model.introspection import keys_by_name
from generator.reading.hidden_comments import (
    comment_above_text,
    comment_after_bare_value,
    comment_after_quotes,
    comment_in_empty_list,
    comment_start,
    comments_of_block,
)
from generator.reading.problems import Fix, Problem, Severity
from generator.reading.source_text import MAX_PROBLEMS, shorten, written
from generator.reading.typed_values import TypedValue, typed_values
from generator.reading.validation import AnySchema
from generator.reading.yaml_document import Document

_PUBLIC = ("published", "archived")
_NOTHING = re.compile(r"(?:null|Null|NULL)(?![^\s,\]}])")
_LIKE_A_KEY = re.compile(r"^[ ]*(?:- )?([a-z_]+):(?!//)(?=\S|[ \t]|$)", re.M)
_INCHES = re.compile(r'\d"$')
_QUOTATION_MARKS = (("“", "”"), ("„", "“"), ("«", "»"))


def unread_text(schema: AnySchema, document: Document) -> list[Problem]:
    """The problems of words in a file that are not read as the text that they were probably meant
    to be.
    """
    public = schema.registry or document.data.get("status") in _PUBLIC
    problems: list[Problem] = []
    for typed in typed_values(schema, document):
        problems += _problems(typed, public)
        if len(problems) > MAX_PROBLEMS:
            return problems[:MAX_PROBLEMS]
    return problems


def _problems(typed: TypedValue, public: bool) -> Iterator[Problem]:
    yield from comment_above_text(typed)
    if typed.is_block:
        yield from comments_of_block(typed)
    elif typed.quoted_length:
        yield from comment_after_quotes(typed)
    elif typed.value is None and typed.region[:1] == "[":
        yield from comment_in_empty_list(typed)
    elif typed.is_text and not typed.is_item and (null := _NOTHING.match(typed.region)):
        yield _null(typed, null[0])
    elif (at := comment_start(typed.region, typed.value or "")) is not None:
        yield from comment_after_bare_value(typed, at, public=public)
    elif typed.is_text and typed.value:
        yield from _lone_quotation_mark(typed, typed.value)
    if typed.is_text and typed.value and (typed.is_bare or typed.is_block):
        yield from _keys_in_text(typed)


def _null(typed: TypedValue, word: str) -> Problem:
    """YAML's word for nothing in place of a text."""
    fix = typed.source.replacing(typed.start, typed.start + len(word), f'"{word}"')
    return Problem(
        "yaml-nothing",
        Severity.WARNING,
        typed.source.at(typed.start),
        f"`{word}` means that there is nothing here; no page shows it as a word.",
        f"If it is a text, put it in quotes: {written(fix)}; if not, delete the line.",
        typed.field,
        fix,
    )


def _lone_quotation_mark(typed: TypedValue, value: str) -> Iterator[Problem]:
    """A quotation mark at the end of a text without one that opens the quotation."""
    if not value.endswith('"') or value.count('"') % 2 == 0 or _INCHES.search(value):
        return
    at = typed.start + typed.region.rindex('"')
    fix = typed.source.replacing(at, at + 1, "")
    hint = (
        'Take it out, or put another " where the quotation begins and all of it in single quotes.'
    )
    for opening, closing in _QUOTATION_MARKS:
        if opening in value and closing not in value.replace(opening, ""):
            fix = typed.source.replacing(at, at + 1, closing)
            hint = f"The quotation begins with {opening}: let it end with {closing}."
            break
    yield Problem(
        "yaml-quote-not-opened",
        Severity.WARNING,
        typed.source.at(at),
        'The text ends with a " that no other one opens; it is shown as typed.',
        hint,
        typed.field,
        fix,
    )


def _keys_in_text(typed: TypedValue) -> Iterator[Problem]:
    """Lines of a text that begin like a key that its entry lacks."""
    second_line = typed.region.find("\n") + 1
    if not second_line:
        return
    names = keys_by_name(typed.model)
    for match in _LIKE_A_KEY.finditer(typed.region, second_line):
        name = match[1]
        if name not in names or typed.siblings.get(name) is not None:
            continue
        at = typed.start + match.start()
        line = typed.source.line(at)
        fix = None
        lines_below = typed.region[match.end() :].partition("\n")[2]
        if not lines_below.strip() and not typed.is_item:
            value = line.strip().removeprefix("- ")[len(name) + 1 :].strip()
            number = typed.source.at(at).line
            indent = " " * (typed.column - 1)
            fix = Fix(number, number, (f"{indent}{name}: {value}".rstrip(),))
        key = f"`{typed.key.name}`"
        yield Problem(
            "yaml-key-in-text",
            Severity.WARNING,
            typed.source.at(at + len(line) - len(line.lstrip())),
            f'"{shorten(line.strip())}" is read as part of the text of {key}.',
            f"If it is a key, let it begin in the column of {key}, with a space after its colon; "
            "if it belongs to the text, put it on the same line as the words before it.",
            typed.field,
            fix,
        )
