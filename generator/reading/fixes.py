"""The edits that hints ask for, where they are more than a word in place of another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model.introspection import FieldPath
from generator.reading.problems import Fix, Location
from generator.reading.source_text import SourceText
from generator.reading.yaml_document import Document
from generator.reading.yaml_quoting import quoted_if_needed

_CLOSED_BY = {"[": "]", "{": "}"}


def written(text: str) -> str:
    """``text`` as YAML that is right anywhere: bare, or in double quotes."""
    return quoted_if_needed(text, in_brackets=True)


def written_list(texts: Sequence[str]) -> str:
    """A list of texts as YAML, in brackets."""
    return f"[{', '.join(map(written, texts))}]"


def instead(document: Document, path: FieldPath, words: str) -> Fix | None:
    """``words`` where the value at ``path`` is; None unless it is on one line."""
    extent = _extent(document, path)
    if extent is None:
        return None
    return SourceText(document.path, document.text).replacing(*extent, words)


def words_instead(document: Document, place: Location, words: str, new: str) -> Fix | None:
    """``new`` where ``words`` are, at ``place``; None where they are written otherwise there."""
    source = SourceText(document.path, document.text)
    start = source.offset(place)
    if document.text[start : start + len(words)] != words:
        return None
    return source.replacing(start, start + len(words), new)


def item_alone(document: Document, path: FieldPath, word: str) -> Fix | None:
    """``word`` after the key at ``path``, in place of a list below it of one item on one line."""
    key, item = document.locate(path, key=True), document.locate((*path, 0))
    line = document.line(key.line).rstrip()
    if item.line != key.line + 1 or not line.endswith(":"):
        return None
    return Fix(key.line, item.line, (f"{line} {word}",))


def field_instead(document: Document, path: FieldPath, lines: Sequence[str]) -> Fix | None:
    """``lines``, from the column of the key on, where the key at ``path`` and its value are."""
    extent = _extent(document, path)
    key = document.locate(path, key=True)
    if extent is None or not _begins_line(document, key.line, key.column):
        return None
    source = SourceText(document.path, document.text)
    indent = " " * (key.column - 1)
    return source.replacing(source.offset(key), extent[1], f"\n{indent}".join(lines))


def key_instead(document: Document, path: FieldPath, name: str, value: str = "") -> Fix | None:
    """The key ``name`` where that at ``path`` is, with ``value`` where its value is, if given."""
    if not value:
        return document.replacing(path, name, key=True)
    extent = _extent(document, path)
    if extent is None:
        return None
    source = SourceText(document.path, document.text)
    return source.replacing(
        source.offset(document.locate(path, key=True)), extent[1], f"{name}: {value}"
    )


def line_out(document: Document, path: FieldPath) -> Fix | None:
    """The line of an item, or of a key, taken out; None where more than that is on the line."""
    place = document.locate(path, key=True)
    held = document.value(path)
    if isinstance(held, str) and held.strip():
        return None
    shown = re.escape(str(path[-1]))
    value = r"(?:\"\s*\"|'\s*'|~|null|Null|NULL)?\s*(?: #.*)?"
    start = "-" if isinstance(path[-1], int) else rf"[\"']?{shown}[\"']?:"
    if re.fullmatch(rf"\s*{start}\s*{value}", document.line(place.line)):
        return Fix(place.line, place.line, ())
    return None


def dashed(document: Document, path: FieldPath) -> Fix | None:
    """The one entry at ``path`` as the item of a list: a dash before its first key."""
    extent = _extent(document, path)
    if extent is not None:
        source = SourceText(document.path, document.text)
        return source.replacing(*extent, f"[{document.text[extent[0] : extent[1]]}]")
    first, lines, indent = _block(document, path)
    if not lines:
        return None
    dashes = [f"{' ' * indent}- {lines[0][indent:]}", *(f"  {line}" if line else "" for line in
              lines[1:])]  # fmt: skip
    return Fix(first, first + len(lines) - 1, tuple(dashes))


def as_items(document: Document, path: FieldPath) -> Fix | None:
    """Entries by id at ``path`` as the items of a list, each with its id as a key."""
    first, lines, indent = _block(document, path)
    made: list[str] = []
    if not lines:
        return None
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        key = re.fullmatch(r"( *)([^\s:]+):\s*", line)
        if key and len(key[1]) == indent:
            if _indent(following) != indent + 2:
                return None
            made.append(f"{key[1]}- id: {key[2]}")
        elif line and _indent(line) <= indent:
            return None
        else:
            made.append(line)
    return Fix(first, first + len(lines) - 1, tuple(made))


def as_text(document: Document, path: FieldPath) -> Fix | None:
    """The list below the key at ``path`` as the lines of a text."""
    key = document.locate(path, key=True)
    line = document.line(key.line)
    if not line.rstrip().endswith(":") or document.locate(path).line == key.line:
        return None
    return Fix(key.line, key.line, (f"{line.rstrip()} |",))


def line_before(document: Document, keys: Sequence[str], line: str) -> Fix:
    """``line`` before the first of ``keys`` that the file has, or at its end."""
    for key in keys:
        if key in document.data:
            number = document.locate((key,), key=True).line
            return Fix(number, number - 1, (line,))
    number = document.text.count("\n") + (not document.text.endswith("\n")) + 1
    return Fix(number, number - 1, (line,))


def _extent(document: Document, path: FieldPath) -> tuple[int, int] | None:
    """From where to where the value at ``path`` is typed, if on one line and without escapes."""
    start = SourceText(document.path, document.text).offset(document.locate(path))
    held = document.value(path)
    if isinstance(held, str) and held:
        for mark in ("", '"', "'"):
            end = start + len(held) + 2 * len(mark)
            if document.text[start:end] == f"{mark}{held}{mark}":
                return start, end
        return None
    if not isinstance(held, dict | list) or document.text[start : start + 1] not in _CLOSED_BY:
        return None
    return _bracket(document.text, start)


def _bracket(text: str, start: int) -> tuple[int, int] | None:
    """From a bracket to the one that closes it on the same line."""
    open_ones: list[str] = []
    quote = ""
    for index in range(start, len(text)):
        sign = text[index]
        if sign in "\r\n":
            return None
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'" and text[index - 1] in " [{,:":
            quote = sign
        elif sign in _CLOSED_BY:
            open_ones.append(_CLOSED_BY[sign])
        elif open_ones and sign == open_ones[-1]:
            open_ones.pop()
            if not open_ones:
                return start, index + 1
    return None


def _block(document: Document, path: FieldPath) -> tuple[int, list[str], int]:
    """The lines of the entry at ``path``, with the number of the first and their indentation; no
    lines where they hold something else too.
    """
    place = document.locate(path)
    indent = place.column - 1
    if not _begins_line(document, place.line, place.column):
        return place.line, [], indent
    every = document.text.split("\n")
    lines = []
    for line in every[place.line - 1 :]:
        line = line.rstrip("\r")
        if line.strip() and _indent(line) < indent:
            break
        lines.append(line)
    while lines and not lines[-1].strip():
        lines.pop()
    return place.line, lines, indent


def _begins_line(document: Document, line: int, column: int) -> bool:
    return not document.line(line)[: column - 1].strip()


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
