"""A YAML file as plain data that knows where each of its keys and values is in the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from generator.model.introspection import FieldPath
from generator.reading.problems import Fix, Location
from generator.reading.source_text import SourceText

#: Of words to be located, only as many characters are compared: more would take long and change
#: nothing.
_COMPARED = 200
#: A `#` that may begin a comment: after a value, on an indented line below it, or after `|` or `>`
#: and their digit. libyaml needs no space after a sign.
_COMMENT = re.compile(r"#(?:(?<=[ \t\[\]{},:|>?\"'+-]#)|(?<=[|>][0-9]#)|(?<=[|>][-+][0-9]#))")

#: A scalar's offset in the text, or a collection's offset with those of its items:
#: {key: (the key's offset, the value's offsets)} or [the item's offsets]. Plain tuples and ints,
#: because there is one for every value of every file.
OffsetTree = Any


@dataclass
class Document:
    """A file's data: mappings, lists, text and None, and the offset of each in the file.

    `text` is the file without a byte order mark. Line ends inside values are LF.
    """

    path: str
    text: str
    data: dict[str, Any]
    offsets: OffsetTree = field(default=0, repr=False, compare=False)

    def value(self, field: FieldPath) -> Any:
        """The value of `field` as typed; None where there is none."""
        value: Any = self.data
        for step in field:
            exists = (isinstance(value, dict) and step in value) or (
                isinstance(value, list) and isinstance(step, int) and step < len(value)
            )
            if not exists:
                return None
            value = value[step]
        return value

    def locate(self, field: FieldPath, *, key: bool = False) -> Location:
        """Where the value of `field` begins, or its key if `key`.

        A list's item has no key: its value is located instead. For a field that doesn't exist
        it is the nearest existing ancestor; `()` is the file's root mapping.
        """
        key_offset, tree = 0, self.offsets
        for step in field:
            children = tree[1] if isinstance(tree, tuple) else None
            if isinstance(children, dict) and step in children:
                key_offset, tree = children[step]
            elif isinstance(children, list) and isinstance(step, int) and 0 <= step < len(children):
                tree = children[step]
                key_offset = _offset(tree)
            else:
                break
        return self.source.at(key_offset if key else _offset(tree))

    def locate_words(self, field: FieldPath, words: str, occurrence: int = 0) -> Location:
        """Where `words` are in the value of `field`, counting their occurrences from 0.

        If the file writes them differently, with escapes say, it is the value's beginning.
        """
        start, typed = self.typed(field)
        pattern = r"\s+".join(re.escape(word) for word in words[:_COMPARED].split())
        match = next(islice(re.finditer(pattern, typed), occurrence, None), None)
        return self.source.at(start + match.start() if match else start)

    def typed(self, field: FieldPath) -> tuple[int, str]:
        """The value of `field` as typed, with the comments and spaces after it: the offset at which
        it begins, and the text from there to the next key or value of the file.
        """
        start = self.source.offset(self.locate(field))
        offsets = self._all_offsets
        following = bisect_right(offsets, start)
        end = offsets[following] if following < len(offsets) else len(self.text)
        return start, self.text[start:end]

    @cached_property
    def has_comments(self) -> bool:
        """Whether anything in the file may be a comment after a value."""
        return _COMMENT.search(self.text) is not None

    def text_extent(self, field: FieldPath, *, key: bool = False) -> tuple[int, int] | None:
        """The offsets of the beginning and the end of the text of `field`, or of its key if `key`.

        None if what is typed there isn't text on one line without escapes.
        """
        typed = str(field[-1]) if key and field else self.value(field)
        if not isinstance(typed, str) or not typed:
            return None
        start = self.source.offset(self.locate(field, key=key))
        for mark in ("", '"', "'"):
            end = start + len(typed) + 2 * len(mark)
            if self.text[start:end] == f"{mark}{typed}{mark}":
                return start, end
        return None

    def replacing(self, field: FieldPath, words: str, *, key: bool = False) -> Fix | None:
        """The edit that replaces the text of `field`, or its key if `key`, by `words` as they are;
        None if it has no `text_extent`.
        """
        extent = self.text_extent(field, key=key)
        return self.source.replacing(*extent, words) if extent else None

    def line(self, number: int) -> str:
        """A line of the file, counted from 1; empty past its end."""
        return self.source.line_at(number)

    @cached_property
    def _all_offsets(self) -> list[int]:
        """Where every key and value begins, in order."""
        return sorted(_flattened(self.offsets))

    @cached_property
    def source(self) -> SourceText:
        """The file's text, for locations and edits by offset."""
        return SourceText(self.path, self.text)


def _offset(tree: OffsetTree) -> int:
    offset: int = tree[0] if isinstance(tree, tuple) else tree
    return offset


def _flattened(tree: OffsetTree) -> Iterator[int]:
    yield _offset(tree)
    children = tree[1] if isinstance(tree, tuple) else ()
    if isinstance(children, dict):
        for key_offset, child in children.values():
            yield key_offset
            yield from _flattened(child)
    else:
        for child in children:
            yield from _flattened(child)
