"""Problems for the values that the model refuses: what was read, what is accepted, what to write.

``validation`` passes on what pydantic reports of a value. Here it gets an editor's words and, if
one edit corrects it, that edit.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import get_args

from pydantic_core import ErrorDetails

from generator.model import dates
from generator.model.field_errors import EMPTY, shown
from generator.model.fields import UNDATED, Text
from generator.model.introspection import FieldPath
from generator.reading import fixes
from generator.reading.problems import Problem, Severity, field_name, near, nearest
from generator.reading.source_text import odd_character
from generator.reading.synonyms import plain_key, words_called
from generator.reading.wrong_values import (
    Advice,
    ModelAt,
    WrongValue,
    entries_by_key_expected,
    entry_expected,
    list_expected,
    text_expected,
)
from generator.reading.yaml_document import Document
from generator.reading.yaml_escapes import typed_backslash

_DOUBLE_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.S)
#: If a key accepts more words than this, a hint that proposes one does not list the others.
_MANY_WORDS = 8
_LISTS_THAT_CAN_BE_EMPTY = ("background", "responses")


def path_of(detail: ErrorDetails) -> FieldPath:
    """The path of the value that pydantic reports."""
    return tuple(step for step in detail["loc"] if step != "[key]")


def problem(model_at: ModelAt, document: Document, detail: ErrorDetails) -> Problem:
    """What pydantic reports of one value, as a problem at its place in ``document``."""
    path = path_of(detail)
    wrong = WrongValue(model_at, document, path, detail["input"])
    if (backslash := _backslash(wrong, detail)) is not None:
        return backslash
    is_key = "[key]" in detail["loc"]
    location_path = path
    is_missing = detail["type"] == "missing"
    if is_missing:
        parent = document.value(path[:-1])
        is_key = isinstance(parent, dict) and path[-1] in parent
        location_path = path if is_key else path[:-1]
    advice = _advice(wrong, detail, is_key=is_key)
    return Problem(
        "missing-key" if is_missing else "value",
        Severity.ERROR,
        document.locate(location_path, key=is_key),
        advice.message,
        advice.hint,
        field_name(path),
        advice.fix,
    )


def _backslash(wrong: WrongValue, detail: ErrorDetails) -> Problem | None:
    """The problem of a backslash in a text of one line that YAML takes for a line break or a tab.
    The advice to write it on one line would lose a letter.
    """
    value, key = wrong.value, wrong.key
    if detail["type"] != "refused" or not isinstance(value, str) or not value.strip():
        return None
    if key is None or not isinstance(key.role, Text) or key.role.kind != "line":
        return None
    start, region = wrong.document.typed(wrong.path)
    quoted = _DOUBLE_QUOTED.match(region)
    if quoted is None:
        return None
    problem = typed_backslash(wrong.document.source, start, start + quoted.end())
    return problem and replace(problem, severity=Severity.ERROR, field=field_name(wrong.path))


def _advice(wrong: WrongValue, detail: ErrorDetails, *, is_key: bool) -> Advice:
    value, name = wrong.value, wrong.name
    match detail["type"]:
        case "missing":
            return _missing(wrong, has_key=is_key)
        case _ if value is None and wrong.is_item:
            siblings = wrong.document.value(wrong.path[:-1]) or ()
            fix = fixes.delete_line(wrong.document, wrong.path) if len(siblings) > 1 else None
            hint = "Take its dash out, or write what it lists."
            return Advice("This item of the list is empty.", hint, fix)
        case "refused":
            return _refused(wrong, detail, is_key=is_key)
        case "literal_error":
            return _not_accepted_word(wrong)
        case "too_short":
            least = detail["ctx"]["min_length"]
            entries = "one entry" if least == 1 else f"{least} entries"
            too_few = f"`{name}` has too few entries." if value else f"The list `{name}` is empty."
            return Advice(too_few, f"It needs at least {entries}.")
        case "too_long":
            most, count = detail["ctx"]["max_length"], detail["ctx"]["actual_length"]
            return Advice(f"`{name}` has {count} entries; {most} is the most.", "Take some out.")
        case "list_type":
            return list_expected(wrong)
        case "dict_type" if wrong.key and wrong.key.keyed:
            return entries_by_key_expected(wrong)
        case "model_type" | "dict_type" | "model_attributes_type":
            return entry_expected(wrong)
        case _:
            return Advice(f"{shown(value)} can't be read: {detail['msg']}.")


def _missing(wrong: WrongValue, *, has_key: bool) -> Advice:
    name = wrong.name
    means = wrong.key.description if wrong.key else ""
    if has_key:
        return Advice(f"`{name}` has no value.", means)
    message = f"The key `{name}` is missing."
    if len(wrong.path) > 1 or name not in _LISTS_THAT_CAN_BE_EMPTY:
        return Advice(message, means)
    below = ["positions", "responses", "related", "changes", "aliases", "sources"]
    following = below if name == "background" else below[2:]
    fix = fixes.insert_line_before(wrong.document, following, f"{name}: []")
    return Advice(message, f"{means} If it is, write `{name}: []`.", fix)


def _refused(wrong: WrongValue, detail: ErrorDetails, *, is_key: bool) -> Advice:
    """Advice for a value that a type of the model refuses with its own message."""
    document, path, value, key = wrong.document, wrong.path, wrong.value, wrong.key
    context = detail["ctx"]
    message, hint = str(context.get("message", "")), str(context.get("hint", ""))
    if hint in (EMPTY, UNDATED):
        if key and key.is_needed and not wrong.is_item:
            needed = "Write it: this key is always needed."
            return Advice(message, needed if hint == EMPTY else dates.ACCEPTED)
        if wrong.is_item:
            hint = "Write it, or remove the item."
        return Advice(message, hint, fixes.delete_line(document, path))
    if isinstance(value, list) and key and key.many and not wrong.is_item:
        unique = fixes.as_yaml_list(list(dict.fromkeys(value)))
        fix = fixes.replace_value(document, path, unique)
        return Advice(message, f"Write each once: `{key.name}: {unique}`.", fix)
    if isinstance(value, list | dict):
        return text_expected(wrong, message, hint)
    new = str(context.get("write", ""))
    return Advice(message, hint, document.replacing(path, new, key=is_key) if new else None)


def _not_accepted_word(wrong: WrongValue) -> Advice:
    """Advice for a key that accepts a few words and has another one."""
    name, value = wrong.name, wrong.value
    accepted = list(get_args(wrong.key.type)) if wrong.key else []
    all_accepted = "Accepted: " + ", ".join(f"`{word}`" for word in accepted) + "."
    message = f"`{name}` can't be {shown(value)}."
    if not isinstance(value, str):
        only_item = value[0] if isinstance(value, list) and len(value) == 1 else None
        if only_item in accepted:
            fix = fixes.replace_value(wrong.document, wrong.path, str(only_item))
            message = f"{shown(value).capitalize()} can't be `{name}`."
            return Advice(message, f"Write `{only_item}` alone.", fix)
        return Advice(message, all_accepted)
    if odd := odd_character(value):
        message += f" It contains {odd[1]}."
    word = plain_key(re.split(r"[(#;,]", value.strip())[0])  # `published (required)`
    same = [candidate for candidate in accepted if plain_key(candidate) == word]
    called = [candidate for candidate in words_called(word, name) if candidate in accepted]
    similar = same or called or near(value, accepted, 2)
    if not similar and (close := nearest(value, accepted)):
        similar = [close]
    if not similar:
        return Advice(message, all_accepted)
    fix = None
    if len(similar) == 1:
        fix = fixes.replace_value(wrong.document, wrong.path, similar[0])
    hint = f"Write {' or '.join(f'`{candidate}`' for candidate in similar)}."
    return Advice(message, hint if len(accepted) > _MANY_WORDS else f"{hint} {all_accepted}", fix)
