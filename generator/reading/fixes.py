"""The edits that hints ask for, if they do more than replace one word by another.

Each function returns None if the value is typed in a way that the edit does not suit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model.introspection import FieldPath
from generator.reading.problems import Fix, Location
from generator.reading.yaml_document import Document
from generator.reading.yaml_lines import closing_bracket, indent_of
from generator.reading.yaml_quoting import quoted_if_needed


def as_yaml(text: str) -> str:
    """``text`` as YAML that is right anywhere: bare, or in double quotes."""
    return quoted_if_needed(text, in_brackets=True)


def as_yaml_list(texts: Sequence[str]) -> str:
    """A list of texts as YAML, in brackets."""
    return f"[{', '.join(map(as_yaml, texts))}]"


def replace_value(document: Document, path: FieldPath, new: str) -> Fix | None:
    """``new`` in place of the value at ``path``, if that is on one line."""
    extent = _extent(document, path)
    return document.source.replacing(*extent, new) if extent else None


def replace_words(document: Document, location: Location, old: str, new: str) -> Fix | None:
    """``new`` in place of ``old`` at ``location``, if ``old`` is typed there as it is."""
    start = document.source.offset(location)
    if document.text[start : start + len(old)] != old:
        return None
    return document.source.replacing(start, start + len(old), new)


def replace_list_by_item(document: Document, path: FieldPath, item: str) -> Fix | None:
    """``item`` after the key at ``path``, in place of a list below it with one item on one line."""
    key, first = document.locate(path, key=True), document.locate((*path, 0))
    line = document.line(key.line).rstrip()
    if first.line != key.line + 1 or not line.endswith(":"):
        return None
    return Fix(key.line, first.line, (f"{line} {item}",))


def replace_field(document: Document, path: FieldPath, lines: Sequence[str]) -> Fix | None:
    """``lines``, from the column of the key on, in place of the key at ``path`` and its value."""
    extent = _extent(document, path)
    key = document.locate(path, key=True)
    if extent is None or not _begins_line(document, key):
        return None
    indent = " " * (key.column - 1)
    start = document.source.offset(key)
    return document.source.replacing(start, extent[1], f"\n{indent}".join(lines))


def replace_key(document: Document, path: FieldPath, name: str, value: str = "") -> Fix | None:
    """The key ``name`` in place of the one at ``path``, and ``value`` in place of its value, if
    given.
    """
    if not value:
        return document.replacing(path, name, key=True)
    extent = _extent(document, path)
    if extent is None:
        return None
    start = document.source.offset(document.locate(path, key=True))
    return document.source.replacing(start, extent[1], f"{name}: {value}")


def delete_line(document: Document, path: FieldPath) -> Fix | None:
    """The line of an item, or of a key, deleted, if nothing else is on it."""
    value = document.value(path)
    if isinstance(value, str) and value.strip():
        return None
    number = document.locate(path, key=True).line
    start = "-" if isinstance(path[-1], int) else rf"[\"']?{re.escape(str(path[-1]))}[\"']?:"
    nothing = r"(?:\"\s*\"|'\s*'|~|null|Null|NULL)?\s*(?: #.*)?"
    if re.fullmatch(rf"\s*{start}\s*{nothing}", document.line(number)):
        return Fix(number, number, ())
    return None


def entry_to_list(document: Document, path: FieldPath) -> Fix | None:
    """The single entry at ``path`` as the item of a list: with a dash before its first key."""
    extent = _extent(document, path)
    if extent is not None:
        start, end = extent
        return document.source.replacing(start, end, f"[{document.text[start:end]}]")
    first, lines, indent = _block(document, path)
    if not lines:
        return None
    rest = (f"  {line}" if line else "" for line in lines[1:])
    return Fix(first, first + len(lines) - 1, (f"{' ' * indent}- {lines[0][indent:]}", *rest))


def entries_by_id_to_list(document: Document, path: FieldPath) -> Fix | None:
    """Entries by id at ``path`` as the items of a list, each with its id as a key."""
    first, lines, indent = _block(document, path)
    if not lines:
        return None
    items: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        key = re.fullmatch(r"( *)([^\s:]+):\s*", line)
        if key and len(key[1]) == indent:
            if indent_of(following) != indent + 2:
                return None
            items.append(f"{key[1]}- id: {key[2]}")
        elif line and indent_of(line) <= indent:
            return None
        else:
            items.append(line)
    return Fix(first, first + len(lines) - 1, tuple(items))


def list_to_text(document: Document, path: FieldPath) -> Fix | None:
    """The list below the key at ``path`` as the lines of a text."""
    number = document.locate(path, key=True).line
    line = document.line(number).rstrip()
    if not line.endswith(":") or document.locate(path).line == number:
        return None
    return Fix(number, number, (f"{line} |",))


def quote_line(document: Document, path: FieldPath, text: str, quoted: str) -> Fix | None:
    """``quoted`` in place of ``text``, if that is all of the line from the value at ``path`` on."""
    location = document.locate(path)
    line = document.line(location.line)
    before = line[: location.column - 1]
    if line[location.column - 1 :].rstrip() != text:
        return None
    return Fix(location.line, location.line, (f"{before}{quoted}",))


def insert_line_before(document: Document, keys: Sequence[str], line: str) -> Fix:
    """``line`` before the first of ``keys`` that the file has, or at its end."""
    for key in keys:
        if key in document.data:
            number = document.locate((key,), key=True).line
            return Fix(number, number - 1, (line,))
    number = document.text.count("\n") + (not document.text.endswith("\n")) + 1
    return Fix(number, number - 1, (line,))


def _extent(document: Document, path: FieldPath) -> tuple[int, int] | None:
    """The offsets of the beginning and the end of the value at ``path``, if it is on one line and
    without escapes.
    """
    value = document.value(path)
    if isinstance(value, str):
        return document.text_extent(path)
    start = document.source.offset(document.locate(path))
    if not isinstance(value, dict | list) or document.text[start : start + 1] not in ("[", "{"):
        return None
    column = closing_bracket(document.text[start : document.source.words_end(start)])
    return None if column is None else (start, start + column + 1)


def _block(document: Document, path: FieldPath) -> tuple[int, list[str], int]:
    """The number of the first line of the entry at ``path``, its lines, and their indentation; no
    lines if they have something else on them too.
    """
    location = document.locate(path)
    indent = location.column - 1
    if not _begins_line(document, location):
        return location.line, [], indent
    lines: list[str] = []
    for line in document.text.split("\n")[location.line - 1 :]:
        line = line.rstrip("\r")
        if line.strip() and indent_of(line) < indent:
            break
        lines.append(line)
    while lines and not lines[-1].strip():
        lines.pop()
    return location.line, lines, indent


def _begins_line(document: Document, location: Location) -> bool:
    return not document.line(location.line)[: location.column - 1].strip()
