"""A mistake in a file's form as a problem: what was read, what is accepted, and what to write.

``reading`` hands over what pydantic says of a value; here it gets an editor's words and, where one
edit makes it right, that edit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import replace
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails, PydanticCustomError

from generator.model import dates
from generator.model.fields import UNDATED, Reference, Text
from generator.model.ids import read_id
from generator.model.introspection import FieldPath, Key, keys, meaning
from generator.model.refusals import EMPTY, shown
from generator.model.urls import read_url
from generator.reading import fixes
from generator.reading.key_names import Meaning, belongs, meaning_of
from generator.reading.problems import Fix, Problem, Severity, field_name, near, nearest
from generator.reading.synonyms import TRUTHS, WORDS, plain_key
from generator.reading.yaml_document import Document
from generator.reading.yaml_escapes import typed_backslash

_DOUBLE_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.S)
ModelAt = Callable[[FieldPath], type[BaseModel] | None]
#: What people write for "nothing".
_NOTHING = frozenset(
    ["none", "nothing", "nil", "n/a", "na", "-", "--", "tbd", "tbc", "todo", "empty", "null", "no",
     "unknown", "?"]
)  # fmt: skip
_MANY_WORDS = 8
_LISTS_THAT_CAN_BE_EMPTY = ("background", "responses")
#: How a value is shown in an example line.
_EXAMPLES = {
    "date": "YYYY-MM-DD", "as_of": "YYYY-MM-DD", "language": "en", "url": "https://…",
    "sources": "[…]", "to": "[…]", "versions": "…",
}  # fmt: skip
_SEVERAL = re.compile(r"\s*[,;\n，、،؛；]\s*|\s+and\s+|\s*&\s*")
#: Brackets of other keyboards, and round ones, around what was meant as a list.
_OTHER_BRACKETS = "()［］（）【】〔〕「」｛｝"


def problem(model_at: ModelAt, document: Document, detail: ErrorDetails) -> Problem:
    """What pydantic says of one value, as a problem at its place in ``document``."""
    path = path_of(detail)
    about_key = "[key]" in detail["loc"]
    if (backslash := _backslash(model_at, document, path, detail)) is not None:
        return backslash
    where = path
    rule = "value"
    if detail["type"] == "missing":
        rule = "missing-key"
        above = document.value(path[:-1])
        about_key = isinstance(above, dict) and path[-1] in above
        where = path if about_key else path[:-1]
    message, hint, fix = _told(model_at, document, path, detail, about_key=about_key)
    place = document.locate(where, key=about_key)
    return Problem(rule, Severity.ERROR, place, message, hint, field_name(path), fix)


def _backslash(
    model_at: ModelAt, document: Document, path: FieldPath, detail: ErrorDetails
) -> Problem | None:
    """The problem of a backslash in a text of one line that YAML takes for a line break or a tab:
    to write it on one line would lose a letter.
    """
    read = detail["input"]
    if detail["type"] != "refused" or not isinstance(read, str) or not read.strip():
        return None
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    key = _key(model_at(path[:-1]), name)
    if key is None or not isinstance(key.role, Text) or key.role.kind != "line":
        return None
    start, region = document.typed(path)
    typed = _DOUBLE_QUOTED.match(region)
    problem = typed_backslash(document.source, start, start + typed.end()) if typed else None
    return problem and replace(problem, severity=Severity.ERROR, field=field_name(path))


def path_of(detail: ErrorDetails) -> FieldPath:
    """Where the value stands that pydantic says something of."""
    return tuple(step for step in detail["loc"] if step != "[key]")


_Told = tuple[str, str, Fix | None]


def _told(
    model_at: ModelAt, document: Document, path: FieldPath, detail: ErrorDetails, *, about_key: bool
) -> _Told:
    """Message, hint, and the edit that the hint asks for."""
    kind, read = detail["type"], detail["input"]
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    model = model_at(path[:-1])
    key = _key(model, name)
    if kind == "missing":
        return _missing(document, model, path, written=about_key)
    if read is None and path and isinstance(path[-1], int):
        others = len(document.value(path[:-1]) or ()) > 1
        fix = fixes.line_out(document, path) if others else None
        return "This item of the list is empty.", "Take its dash out, or write what it lists.", fix
    if kind == "refused":
        return _refused(document, model, key, path, detail, about_key=about_key)
    if kind == "literal_error":
        return _word(document, name, key, path, read)
    if kind == "too_short":
        least = detail["ctx"]["min_length"]
        if not read:
            return f"The list `{name}` is empty.", f"It needs at least {_counted(least)}.", None
        return f"`{name}` has too few entries.", f"It needs at least {_counted(least)}.", None
    if kind == "list_type":
        return _list(document, key, name, path, read)
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return _entry(document, model_at(path), name, path, read)
    return f"{shown(read)} can't be read: {detail['msg']}.", "", None


def _counted(least: int) -> str:
    return "one entry" if least == 1 else f"{least} entries"


def _key(model: type[BaseModel] | None, name: str) -> Key | None:
    return next((key for key in keys(model) if key.name == name), None) if model else None


def _refused(
    document: Document,
    model: type[BaseModel] | None,
    key: Key | None,
    path: FieldPath,
    detail: ErrorDetails,
    *,
    about_key: bool,
) -> _Told:
    context, read = detail["ctx"], detail["input"]
    message, hint, write = (str(context.get(part, "")) for part in ("message", "hint", "write"))
    if hint in (EMPTY, UNDATED):
        if model and is_needed(model, str(path[-1])):
            needed = "Write it: this key is always needed."
            return message, needed if hint == EMPTY else dates.ACCEPTED, None
        if isinstance(path[-1], int):
            hint = "Write it, or take the item out."
        return message, hint, fixes.line_out(document, path)
    if isinstance(read, list) and key and key.many and path[-1] == key.name:
        once = fixes.written_list(list(dict.fromkeys(read)))
        fix = fixes.instead(document, path, once)
        return message, f"Write each once: `{key.name}: {once}`.", fix
    if isinstance(read, list) and key:
        return _list_for_text(document, key, path, read, message, hint)
    if isinstance(read, dict):
        return _entry_for_text(document, path, read, message, hint)
    fix = document.replacing(path, write, key=about_key) if write else None
    return message, hint, fix


def _list_for_text(
    document: Document, key: Key, path: FieldPath, read: list[Any], message: str, hint: str
) -> _Told:
    texts = [item for item in read if isinstance(item, str)]
    if len(texts) < len(read) or not texts:
        return message, hint, None
    if len(texts) == 1:
        word = fixes.written(texts[0])
        fix = fixes.instead(document, path, word) or fixes.item_alone(document, path, word)
        return message, f"Write it without brackets and dash: `{path[-1]}: {word}`.", fix
    if isinstance(key.role, Text) and key.role.kind == "line" and not key.many:
        line = fixes.written(", ".join(texts))
        fix = fixes.instead(document, path, line)
        return message, f"Write one line: `{path[-1]}: {line}`.", fix
    if isinstance(key.role, Text) and key.role.kind == "prose":
        fix = fixes.as_text(document, path)
        if fix:
            hint = f"For a list within a text write `{path[-1]}: |`, and the lines below it as now."
        return message, hint, fix
    return message, f"Write one only, without brackets: `{path[-1]}: {texts[0]}`.", None


def _entry_for_text(
    document: Document, path: FieldPath, read: dict[str, Any], message: str, hint: str
) -> _Told:
    """Keys where a text belongs: its own id, or a text with a colon in it."""
    own = read.get("id") or read.get("name")
    if isinstance(own, str) and own:
        word = fixes.written(own)
        return message, f"Write it alone: `{word}`.", fixes.instead(document, path, word)
    if len(read) == 1:
        ((name, value),) = read.items()
        if value is None or isinstance(value, str):
            whole = f"{name}: {value or ''}".rstrip()
            words = f'"{whole}"' if '"' not in whole else f"'{whole}'"
            fix = _line_quoted(document, path, whole, words)
            return message, f"A text that holds a colon goes in quotes: `{words}`.", fix
    return message, hint, None


def _line_quoted(document: Document, path: FieldPath, whole: str, words: str) -> Fix | None:
    """The line that is one key and its value, as a text in quotes."""
    place = document.locate(path)
    line = document.line(place.line)
    if line[place.column - 1 :].rstrip() != whole:
        return None
    return Fix(place.line, place.line, (f"{line[: place.column - 1]}{words}",))


def _missing(
    document: Document, model: type[BaseModel] | None, path: FieldPath, *, written: bool
) -> _Told:
    name = str(path[-1])
    means = meaning(model, name) if model else ""
    if written:
        return f"`{name}` has no value.", means, None
    if len(path) == 1 and name in _LISTS_THAT_CAN_BE_EMPTY:
        hint = f"{means} While it is, write `{name}: []`."
        after = ("responses", "related", "changes", "aliases", "sources")
        before = ("positions", *after) if name == "background" else after[1:]
        return (
            f"The key `{name}` is missing.",
            hint,
            fixes.line_before(document, before, f"{name}: []"),
        )
    return f"The key `{name}` is missing.", means, None


def unknown_key(
    model_at: ModelAt, document: Document, path: FieldPath, missing: Container[FieldPath]
) -> tuple[Problem, Meaning]:
    """What is said of a key that isn't known where it stands, and what it was meant to be."""
    name, value = str(path[-1]), document.value(path)
    model = model_at(path[:-1])
    held = document.value(path[:-1])
    beside = held if isinstance(held, dict) else {}
    if model is None:
        meant = Meaning()
    else:
        lacking = [key.name for key in keys(model) if (*path[:-1], key.name) in missing]
        meant = meaning_of(name, value, model, beside, lacking)
    hint, fix = _what_to_write(document, path, value, model, meant)
    if model and (truth := _truth(name, value, model, beside)):
        meant = Meaning()
        hint = f"Write `{truth[0]}: {truth[1]}`."
        fix = fixes.key_instead(document, path, *truth)
    problem = Problem(
        "unknown-key",
        Severity.ERROR,
        document.locate(path, key=True),
        f"The key `{name}` is not known here.",
        hint,
        field_name(path),
        fix,
    )
    return problem, meant


def _truth(
    name: str, value: object, model: type[BaseModel], beside: Container[str]
) -> tuple[str, str] | None:
    """What is written here for a key and its truth value: `status: draft` for `draft: true`."""
    key, word = TRUTHS.get(plain_key(name), {}).get(str(value).lower(), ("", ""))
    known = any(one.name == key for one in keys(model))
    return (key, word) if known and key not in beside else None


def _what_to_write(
    document: Document,
    path: FieldPath,
    value: object,
    model: type[BaseModel] | None,
    meant: Meaning,
) -> tuple[str, Fix | None]:
    name = str(path[-1])
    if meant.here:
        first = meant.here[0]
        others = [f"`{key.name}`" for key in meant.here[1:2]]
        hint = f"Did you mean {' or '.join([f'`{first.name}`', *others])}?"
        if meant.elsewhere:
            hint += f" A key {belongs(name, meant.elsewhere)}"
        if not meant.surely:
            return hint, None
        if first.many and isinstance(value, str):
            listed = fixes.written_list([value])
            hint = f"Did you mean `{first.name}: {listed}`?"
            return hint, fixes.key_instead(document, path, first.name, listed)
        return hint, fixes.key_instead(document, path, first.name)
    if meant.taken:
        return (
            f"Did you mean `{meant.taken}`, which is written here already? Keep one of them.",
            None,
        )
    if meant.elsewhere:
        hint = belongs(name, meant.elsewhere)
        return f"{meant.reason} {hint}".strip() if meant.reason else hint, None
    if meant.reason:
        return meant.reason, fixes.line_out(document, path)
    known = [key.name for key in keys(model)] if model else []
    return f"Accepted: {', '.join(f'`{key}`' for key in known)}.", None


def _word(document: Document, name: str, key: Key | None, path: FieldPath, read: object) -> _Told:
    """One of a few words."""
    accepted = list(get_args(key.type)) if key else []
    listed = "Accepted: " + ", ".join(f"`{word}`" for word in accepted) + "."
    if not isinstance(read, str):
        single = read[0] if isinstance(read, list) and len(read) == 1 else None
        if single in accepted:
            fix = fixes.instead(document, path, str(single))
            return f"{shown(read).capitalize()} can't be `{name}`.", f"Write `{single}` alone.", fix
        return f"`{name}` can't be {shown(read)}.", listed, None
    message = f"`{name}` can't be {shown(read)}."
    plain = plain_key(re.split(r"[(#;,]", read.strip())[0])  # `published (required)`
    same = [word for word in accepted if plain_key(word) == plain]
    called = [word for word in WORDS.get(name, {}).get(plain, "").split() if word in accepted]
    loose = nearest(read, accepted)
    close = same or called or near(read, accepted, 2) or ([loose] if loose else [])
    if not close:
        return message, listed, None
    fix = fixes.instead(document, path, close[0]) if len(close) == 1 else None
    hint = f"Write {' or '.join(f'`{word}`' for word in close)}."
    return message, hint if len(accepted) > _MANY_WORDS else f"{hint} {listed}", fix


def _list(document: Document, key: Key | None, name: str, path: FieldPath, read: object) -> _Told:
    """Something else where a list belongs."""
    message = f"{shown(read).capitalize()} is here; a list belongs here."
    if isinstance(read, str):
        message = f"{shown(read)} is here; a list belongs here."
        if read.strip().lower() in _NOTHING:
            fix = fixes.instead(document, path, "[]")
            return message, f"An empty list is written `{name}: []`.", fix
    if key is None:
        return message, "Write each entry on its own line after `- `.", None
    if key.model:
        return _list_of_entries(document, key, path, read, message)
    if isinstance(read, str):
        several = [read]
        if isinstance(key.role, Reference):
            several = [part for part in _SEVERAL.split(read.strip(f"{_OTHER_BRACKETS} ")) if part]
        listed = fixes.written_list(several)
        return message, f"Write `{name}: {listed}`.", fixes.instead(document, path, listed)
    if isinstance(read, dict) and read and not any(read.values()):
        listed = fixes.written_list(list(read))
        fix = fixes.instead(document, path, listed)
        return message, f"A list has square brackets: `{name}: {listed}`.", fix
    return message, f"Write `{name}: [one, two]`, or each entry on its own line after `- `.", None


def _list_of_entries(
    document: Document, key: Key, path: FieldPath, read: object, message: str
) -> _Told:
    assert key.model is not None
    name = key.name
    if isinstance(read, dict):
        known = {inner.name for inner in keys(key.model)}
        if read and not known & set(read) and all(isinstance(one, dict) for one in read.values()):
            first = next(iter(read))
            if "id" in known:
                hint = f"Each entry is an item with its id: write `- id: {first}`, its keys below."
                return message, hint, fixes.as_items(document, path)
        first = next(iter(read), "…")
        hint = f"Write a dash before the first key, `- {first}: …`, and the others below it."
        return message, hint, fixes.dashed(document, path)
    if isinstance(read, str):
        lines, complete = _lines_for(key.model, read)
        below = ["- " + lines[0], *(f"  {line}" for line in lines[1:])]
        hint = f"Write `{name}:` and below it, indented, {_as_lines(below)}."
        fix = None
        if complete:
            shown_lines = [f"{name}:", *(f"  {line}" for line in below)]
            fix = fixes.field_instead(document, path, shown_lines)
        return message, hint, fix
    return message, f"Write each entry below `{name}:`, indented and after `- `.", None


def _entry(
    document: Document, model: type[BaseModel] | None, name: str, path: FieldPath, read: object
) -> _Told:
    """Something else where an entry with keys belongs."""
    held = shown(read) if isinstance(read, str) else shown(read).capitalize()
    message = f"{held} is here; an entry with keys belongs here."
    if model is None:
        return message, "Write each key on its own line, indented, as `key: value`.", None
    if isinstance(read, list):
        if not read and not isinstance(path[-1], int):
            return message, f"Where there is none, take the key `{name}` out.", None
        if len(read) == 1 and isinstance(read[0], dict):
            return message, f"Take the dash out: `{name}` holds one entry, not a list.", None
        return message, _write_below(name, path, _needed(model)), None
    if read is None:
        return message, _write_below(name, path, _needed(model)), None
    lines, complete = _lines_for(model, str(read))
    hint = _write_below(name, path, lines)
    fix = None
    if complete and isinstance(path[-1], int):
        place = document.locate(path)
        after_dash = document.line(place.line)[: place.column - 1].strip() == "-"
        fix = fixes.instead(document, path, lines[0] if after_dash else f"{{{lines[0]}}}")
    elif complete:
        fix = fixes.field_instead(document, path, [f"{name}:", *(f"  {line}" for line in lines)])
    return message, hint, fix


def _write_below(name: str, path: FieldPath, lines: list[str]) -> str:
    if path and isinstance(path[-1], int):
        first, *others = lines
        return f"Write `- {first}`" + (f" and below it {_as_lines(others)}." if others else ".")
    return f"Write `{name}:` and below it, indented, {_as_lines(lines)}."


def _as_lines(lines: list[str]) -> str:
    ticked = [f"`{line.strip()}`" for line in lines]
    if len(ticked) < 2:
        return "".join(ticked)
    return f"{', '.join(ticked[:-1])} and {ticked[-1]}"


def _lines_for(model: type[BaseModel], text: str) -> tuple[list[str], bool]:
    """The lines of an entry that says ``text``, and whether they are all that it needs."""
    main = _main_key(model, text)
    needed = [key.name for key in keys(model) if is_needed(model, key.name)]
    others = [key for key in keys(model) if key.name in needed and key.name != main]
    if main == "url" and "title" not in needed:
        others += [key for key in keys(model) if key.name == "title"]
    lines = {main: f"{main}: {fixes.written(text.strip())}"}
    lines |= {key.name: f"{key.name}: {_example(key)}" for key in others}
    ordered = [lines[key.name] for key in keys(model) if key.name in lines]
    if "id" in lines:
        ordered = [lines["id"], *(line for line in ordered if line != lines["id"])]
    return ordered, not others


def _needed(model: type[BaseModel]) -> list[str]:
    held = [key for key in keys(model) if is_needed(model, key.name)] or list(keys(model))[:1]
    return [f"{key.name}: {_example(key)}" for key in held]


def _example(key: Key) -> str:
    words = get_args(key.type)
    if words and all(isinstance(word, str) for word in words):
        return str(words[0])
    return _EXAMPLES.get(key.name, "…")


def _main_key(model: type[BaseModel], text: str) -> str:
    """The key of ``model`` that ``text`` is most likely the value of."""
    names = [key.name for key in keys(model)]
    if "url" in names and _is(read_url, text):
        return "url"
    if "date" in names and _is(dates.parse, text):
        return "date"
    if _is(read_id, text):
        for key in keys(model):
            if not key.many and (isinstance(key.role, Reference) or key.name == "id"):
                return key.name
    for name in ("text", "title", "name", "role", "term", "about", "party", "briefing", "date"):
        if name in names:
            return name
    return names[0]


def _is(read: Callable[[Any], object], text: str) -> bool:
    try:
        read(text)
    except (PydanticCustomError, ValueError):
        return False
    return True


def is_needed(model: type[BaseModel], name: str) -> bool:
    """Whether an entry of ``model`` can't do without the key ``name``."""
    key = _key(model, name)
    return key is not None and model.model_fields[key.attribute].is_required()
