"""The values of a file as they are typed, with the comments and spaces after them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from pydantic import BaseModel

from generator.model.fields import Text
from generator.model.introspection import FieldPath, Key, keys, keys_by_name
from generator.reading.problems import field_name
from generator.reading.source_text import SourceText
from generator.reading.validation import AnySchema
from generator.reading.yaml_document import Document
from generator.reading.yaml_lines import indent_of, line_above

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+"|' r"'(?:[^']|'')*+'", re.S)


@dataclass(frozen=True)
class TypedValue:
    """A single value as it is typed: ``region`` is the text from its beginning, at the offset
    ``start``, to the next key or value of the file.

    ``model`` and ``siblings`` are the model and the content of the entry that it is in.
    """

    source: SourceText
    path: FieldPath
    key: Key
    value: str | None
    start: int
    region: str
    key_offset: int  # of its key, or of a list's item
    column: int  # the same, in its line, from 1
    model: type[BaseModel]
    siblings: Mapping[str, object]

    @property
    def field(self) -> str:
        return field_name(self.path)

    @property
    def is_text(self) -> bool:
        return isinstance(self.key.role, Text)

    @property
    def is_item(self) -> bool:
        return isinstance(self.path[-1], int)

    @property
    def is_block(self) -> bool:
        """Whether it is typed after `|` or `>`."""
        return self.region[:1] in ("|", ">")

    @property
    def is_bare(self) -> bool:
        """Whether it is typed without quotation marks and without `|` or `>`."""
        return self.region[:1] not in ("'", '"', "|", ">")

    @cached_property
    def quoted_length(self) -> int:
        """The length of the text in quotation marks that it begins with; 0 if it has none."""
        match = _QUOTED.match(self.region)
        return match.end() if match else 0


def typed_values(schema: AnySchema, document: Document) -> Iterator[TypedValue]:
    """The values of a file that may be typed so that YAML reads them as something else: all single
    values of a file with comments, else the texts that can lose something without one.
    """
    for path, entry in schema.entries(document.data):
        for typed in _values(document, schema.model, entry, path):
            if not typed.source.is_long(typed.start):
                yield typed


def _typed(
    document: Document,
    path: FieldPath,
    key: Key,
    value: str | None,
    model: type[BaseModel],
    siblings: Mapping[str, object],
) -> TypedValue:
    source = document.source
    start, region = document.typed(path)
    location = document.locate(path, key=not isinstance(path[-1], int))
    offset, column = source.offset(location), location.column
    line = source.line(offset)
    if "{" in line[: column - 1]:  # in braces, only the line's indentation counts
        column = indent_of(line) + 1
    elif isinstance(path[-1], int) and not line[: column - 1].strip():
        # Its dash is on a line above, perhaps with empty lines and comments in between.
        _, above = line_above(source, location.line)
        if above.lstrip(" ").startswith("-"):
            column = indent_of(above) + 1
    return TypedValue(source, path, key, value, start, region, offset, column, model, siblings)


def _values(
    document: Document, model: type[BaseModel], data: object, path: FieldPath
) -> Iterator[TypedValue]:
    if not isinstance(data, dict):
        return
    has_comments = document.has_comments
    known = keys_by_name(model) if has_comments else _keys_of_texts(model)
    for name, value in data.items():
        key = known.get(name)
        if key is None:
            continue
        if value.__class__ is str:
            if has_comments or _may_differ(value):
                yield _typed(document, (*path, name), key, value, model, data)
            continue
        items: list[tuple[FieldPath, object]] = [((*path, name), value)]
        if isinstance(value, list) and value:
            items = [((*path, name, index), item) for index, item in enumerate(value)]
        elif isinstance(value, list):
            items = [((*path, name), None)]
        elif (key.keyed or key.by_language) and isinstance(value, dict):
            items = [((*path, name, entry), item) for entry, item in value.items()]
        for item_path, item in items:
            if isinstance(item, dict):
                if key.model:
                    yield from _values(document, key.model, item, item_path)
            elif item is None or (isinstance(item, str) and (has_comments or _may_differ(item))):
                yield _typed(document, item_path, key, item, model, data)


def _may_differ(value: str) -> bool:
    """Whether something other than a comment can make a text another than was meant."""
    return value[-1:] == '"' or ":" in value


@cache
def _keys_of_texts(model: type[BaseModel]) -> dict[str, Key]:
    """The keys of texts, and of entries that can contain texts."""
    return {key.name: key for key in keys(model) if key.model or isinstance(key.role, Text)}
