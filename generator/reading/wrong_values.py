"""A value that the model refuses, and advice for one of another type than its key takes: a text in
place of a list, a list in place of an entry, and so on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from generator.model import dates
from generator.model.field_errors import misplaced, shown
from generator.model.fields import Reference, Text
from generator.model.ids import read_id
from generator.model.introspection import FieldPath, Key, keys, keys_by_name
from generator.model.urls import read_url
from generator.reading import fixes
from generator.reading.problems import Fix
from generator.reading.yaml_document import Document

ModelAt = Callable[[FieldPath], type[BaseModel] | None]
#: What people write for "nothing".
_NOTHING = frozenset(
    ["none", "nothing", "nil", "n/a", "na", "-", "--", "tbd", "tbc", "todo", "empty", "null", "no",
     "unknown", "?"]
)  # fmt: skip
#: How a value is shown in an example line.
_EXAMPLES = {
    "date": "YYYY-MM-DD", "as_of": "YYYY-MM-DD", "language": "en", "url": "https://…",
    "sources": "[…]", "to": "[…]", "versions": "…",
}  # fmt: skip
#: What people put between the items of a list.
_SEPARATOR = re.compile(r"\s*[,;\n，、،؛；]\s*|\s+and\s+|\s*&\s*")
#: Brackets of other keyboards, and round ones, around what was meant as a list.
_OTHER_BRACKETS = "()［］（）【】〔〕「」｛｝"
#: The keys that a text can be the value of, the likeliest first.
_KEYS_OF_TEXT = ("text", "title", "name", "role", "term", "about", "party", "briefing", "date")


class Advice(NamedTuple):
    """What is wrong with a value, what to write, and the edit that does it, if there is one."""

    message: str
    hint: str = ""
    fix: Fix | None = None


@dataclass(frozen=True)
class WrongValue:
    """A ``value`` that the model refuses, and where it is."""

    model_at: ModelAt
    document: Document
    path: FieldPath
    value: object

    @cached_property
    def name(self) -> str:
        """The key that has the value, or the list that it is an item of."""
        return next((step for step in reversed(self.path) if isinstance(step, str)), "")

    @cached_property
    def is_item(self) -> bool:
        return bool(self.path) and isinstance(self.path[-1], int)

    @cached_property
    def parent_model(self) -> type[BaseModel] | None:
        """The model of the entry that has the key."""
        return self.model_at(self.path[:-1])

    @cached_property
    def key(self) -> Key | None:
        return keys_by_name(self.parent_model).get(self.name) if self.parent_model else None


def list_expected(wrong: WrongValue) -> Advice:
    """Advice for another value in place of a list."""
    name, value, key = wrong.name, wrong.value, wrong.key
    message = misplaced(shown(value), "a list")
    if isinstance(value, str) and value.strip().lower() in _NOTHING:
        fix = fixes.replace_value(wrong.document, wrong.path, "[]")
        return Advice(message, f"An empty list is written `{name}: []`.", fix)
    if key is None:
        return Advice(message, "Write each entry on its own line after `- `.")
    if key.model:
        return _list_of_entries_expected(wrong, key.model, message)
    if isinstance(value, str):
        items = [value]
        if isinstance(key.role, Reference):
            parts = _SEPARATOR.split(value.strip(f"{_OTHER_BRACKETS} "))
            items = [part for part in parts if part]
        in_brackets = fixes.as_yaml_list(items)
        fix = fixes.replace_value(wrong.document, wrong.path, in_brackets)
        return Advice(message, f"Write `{name}: {in_brackets}`.", fix)
    if isinstance(value, dict) and value and not any(value.values()):
        in_brackets = fixes.as_yaml_list(list(value))
        fix = fixes.replace_value(wrong.document, wrong.path, in_brackets)
        return Advice(message, f"A list has square brackets: `{name}: {in_brackets}`.", fix)
    hint = f"Write `{name}: [one, two]`, or each entry on its own line after `- `."
    return Advice(message, hint)


def _list_of_entries_expected(wrong: WrongValue, model: type[BaseModel], message: str) -> Advice:
    name, value = wrong.name, wrong.value
    if isinstance(value, dict):
        first = next(iter(value), "…")
        names = keys_by_name(model).keys()
        by_id = value and not names & set(value)
        if by_id and "id" in names and all(isinstance(item, dict) for item in value.values()):
            hint = f"Each entry is an item with its id: write `- id: {first}`, its keys below."
            return Advice(message, hint, fixes.entries_by_id_to_list(wrong.document, wrong.path))
        hint = f"Write a dash before the first key, `- {first}: …`, and the others below it."
        return Advice(message, hint, fixes.entry_to_list(wrong.document, wrong.path))
    if isinstance(value, str):
        (first, *rest), is_complete = _entry_lines(model, value)
        lines = [f"- {first}", *(f"  {line}" for line in rest)]
        hint = f"Write `{name}:` and below it, indented, {_enumerated(lines)}."
        fix = None
        if is_complete:
            indented = [f"{name}:", *(f"  {line}" for line in lines)]
            fix = fixes.replace_field(wrong.document, wrong.path, indented)
        return Advice(message, hint, fix)
    return Advice(message, f"Write each entry below `{name}:`, indented and after `- `.")


def entry_expected(wrong: WrongValue) -> Advice:
    """Advice for another value in place of an entry with keys."""
    name, value, model = wrong.name, wrong.value, wrong.model_at(wrong.path)
    message = misplaced(shown(value), "an entry with keys")
    if model is None:
        return Advice(message, "Write each key on its own line, indented, as `key: value`.")
    if isinstance(value, list):
        if not value and not wrong.is_item:
            return Advice(message, f"If there is none, remove the key `{name}`.")
        if len(value) == 1 and isinstance(value[0], dict):
            return Advice(message, f"Take the dash out: `{name}` holds one entry, not a list.")
    if value is None or isinstance(value, list):
        return Advice(message, _write_entry(wrong, _needed_lines(model)))
    lines, is_complete = _entry_lines(model, str(value))
    fix = None
    if is_complete and wrong.is_item:
        location = wrong.document.locate(wrong.path)
        before = wrong.document.line(location.line)[: location.column - 1]
        entry = lines[0] if before.strip() == "-" else f"{{{lines[0]}}}"
        fix = fixes.replace_value(wrong.document, wrong.path, entry)
    elif is_complete:
        indented = [f"{name}:", *(f"  {line}" for line in lines)]
        fix = fixes.replace_field(wrong.document, wrong.path, indented)
    return Advice(message, _write_entry(wrong, lines), fix)


def entries_by_key_expected(wrong: WrongValue) -> Advice:
    """Advice for another value in place of entries by their ids or numbers, in a translation."""
    name, value = wrong.name, wrong.value
    first = value[0] if isinstance(value, list) and value else value
    id_ = first.get("id") if isinstance(first, dict) else None
    message = f"Entries by their ids or numbers belong here, not {shown(value)}."
    example = id_ if isinstance(id_, str) else "0"
    below = "" if isinstance(id_, str) else " …"
    return Advice(
        message,
        f"Write `{name}:`, and below it, indented and without a dash, `{example}:{below}` for each "
        "entry, with the words that translate it.",
    )


def text_expected(wrong: WrongValue, message: str, hint: str) -> Advice:
    """Advice for a list or an entry in place of a text; ``message`` and ``hint`` are pydantic's."""
    if isinstance(wrong.value, list) and wrong.key:
        return _text_in_place_of_list(wrong, wrong.key, wrong.value, message, hint)
    if isinstance(wrong.value, dict):
        return _text_in_place_of_entry(wrong, wrong.value, message, hint)
    return Advice(message, hint)


def _text_in_place_of_list(
    wrong: WrongValue, key: Key, items: list[Any], message: str, hint: str
) -> Advice:
    document, path = wrong.document, wrong.path
    if not items or not all(isinstance(item, str) for item in items):
        return Advice(message, hint)
    if len(items) == 1:
        text = fixes.as_yaml(items[0])
        fix = fixes.replace_value(document, path, text) or fixes.replace_list_by_item(
            document, path, text
        )
        return Advice(message, f"Write it without brackets and dash: `{path[-1]}: {text}`.", fix)
    if key.by_language:
        return Advice(message, hint)
    if isinstance(key.role, Text) and key.role.kind == "line" and not key.many:
        text = fixes.as_yaml(", ".join(items))
        fix = fixes.replace_value(document, path, text)
        return Advice(message, f"Write one line: `{path[-1]}: {text}`.", fix)
    if isinstance(key.role, Text) and key.role.kind == "prose":
        if fix := fixes.list_to_text(document, path):
            hint = f"For a list within a text write `{path[-1]}: |`, and the lines below it as now."
        return Advice(message, hint, fix)
    return Advice(message, f"Write one only, without brackets: `{path[-1]}: {items[0]}`.")


def _text_in_place_of_entry(
    wrong: WrongValue, entry: dict[str, Any], message: str, hint: str
) -> Advice:
    """The entry is one with an id, or a text with a colon in it."""
    document, path = wrong.document, wrong.path
    id_ = entry.get("id") or entry.get("name")
    if isinstance(id_, str) and id_:
        text = fixes.as_yaml(id_)
        fix = fixes.replace_value(document, path, text)
        return Advice(message, f"Write it alone: `{text}`.", fix)
    if len(entry) == 1:
        ((name, value),) = entry.items()
        if value is None or isinstance(value, str):
            text = f"{name}: {value or ''}".rstrip()
            quoted = f'"{text}"' if '"' not in text else f"'{text}'"
            fix = fixes.quote_line(document, path, text, quoted)
            return Advice(message, f"A text that holds a colon goes in quotes: `{quoted}`.", fix)
    return Advice(message, hint)


def _write_entry(wrong: WrongValue, lines: list[str]) -> str:
    if wrong.is_item:
        first, *rest = lines
        return f"Write `- {first}`" + (f" and below it {_enumerated(rest)}." if rest else ".")
    return f"Write `{wrong.name}:` and below it, indented, {_enumerated(lines)}."


def _enumerated(lines: list[str]) -> str:
    quoted = [f"`{line.strip()}`" for line in lines]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def entries_as_yaml(model: type[BaseModel], texts: Sequence[str]) -> str:
    """A list of entries in brackets, one for each text; empty unless that is just what an entry
    needs.
    """
    entries = [_entry_lines(model, text) for text in texts]
    needed = [key for key in keys(model) if key.is_needed]
    if not needed or not all(is_complete for _, is_complete in entries):
        return ""
    return f"[{', '.join(f'{{{line}}}' for lines, _ in entries for line in lines)}]"


def _entry_lines(model: type[BaseModel], text: str) -> tuple[list[str], bool]:
    """The lines of an entry that says ``text``, and whether they are all that it needs."""
    main = _main_key(model, text)
    others = [key for key in keys(model) if key.is_needed and key.name != main]
    title = keys_by_name(model).get("title")
    if main == "url" and title and not title.is_needed:
        others.append(title)
    lines = {main: f"{main}: {fixes.as_yaml(text.strip())}"}
    lines |= {key.name: f"{key.name}: {_example(key)}" for key in others}
    ordered = [lines[key.name] for key in keys(model) if key.name in lines]
    if "id" in lines:
        ordered = [lines["id"], *(line for line in ordered if line != lines["id"])]
    return ordered, not others


def _needed_lines(model: type[BaseModel]) -> list[str]:
    needed = [key for key in keys(model) if key.is_needed] or keys(model)[:1]
    return [f"{key.name}: {_example(key)}" for key in needed]


def _example(key: Key) -> str:
    words = get_args(key.type)
    if words and all(isinstance(word, str) for word in words):
        return str(words[0])
    return _EXAMPLES.get(key.name, "…")


def _main_key(model: type[BaseModel], text: str) -> str:
    """The key of ``model`` that ``text`` is most likely the value of."""
    names = [key.name for key in keys(model)]
    if "url" in names and _accepts(read_url, text):
        return "url"
    if "date" in names and _accepts(dates.parse, text):
        return "date"
    if _accepts(read_id, text):
        for key in keys(model):
            if not key.many and (isinstance(key.role, Reference) or key.name == "id"):
                return key.name
    return next((name for name in _KEYS_OF_TEXT if name in names), names[0])


def _accepts(read: Callable[[Any], object], text: str) -> bool:
    try:
        read(text)
    except (PydanticCustomError, ValueError):
        return False
    return True
