"""Where the keys and values of a YAML file begin and end, to insert lines between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from generator.reading.source_text import LINE_END, SourceText
from generator.reading.yaml_events import LINE_ENDS_OF_1_1, LOADER

_KEEPS_EMPTY_LINES = re.compile(r"[|>][0-9]?\+")
#: Stand-ins for what PyYAML takes for line ends, and YAML 1.2 doesn't.
_NO_LINE_ENDS = dict.fromkeys(map(ord, LINE_ENDS_OF_1_1), "x")

KeyPath = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A key with its value: the offset and column (from 0) of the key, and the value's node."""

    key_start: int
    column: int
    node: Node

    @property
    def is_empty(self) -> bool:
        """Whether the key has no value."""
        start, end = self.node.start_mark, self.node.end_mark
        return isinstance(self.node, ScalarNode) and start.index == end.index

    @property
    def is_block(self) -> bool:
        """Whether the value is a mapping with each key on its own line."""
        return isinstance(self.node, MappingNode) and not self.node.flow_style


class YamlNodes:
    """The fields of a YAML file with mappings and texts, by their path.

    ``text`` has no byte order mark, and could be read by ``reading``.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        root = yaml.compose(text.translate(_NO_LINE_ENDS), Loader=LOADER)
        assert isinstance(root, MappingNode)
        self.root = root
        self.fields: dict[KeyPath, Field] = dict(_fields(root, ()))
        self._source = SourceText("", text)

    @cached_property
    def line_end(self) -> str:
        """What ends the lines of the file."""
        first = LINE_END.search(self.text)
        return first[0] if first else "\n"

    @cached_property
    def _ends(self) -> list[int]:
        """Where each value ends, in the order of the file."""
        return sorted(node.end_mark.index for node in _leaves(self.root))

    def children(self, path: KeyPath) -> list[KeyPath]:
        """The paths of the keys in the mapping at ``path``, in the order of the file."""
        length = len(path) + 1
        return [field for field in self.fields if len(field) == length and field[:-1] == path]

    def line_start(self, offset: int) -> int:
        """Where the line with the character at ``offset`` begins."""
        return self._source.line_start(offset)

    def line_after(self, offset: int) -> int:
        """Where the line after that with ``offset`` begins; the end of the file for the last."""
        return self._source.line_after(offset)

    def after(self, path: KeyPath) -> int:
        """Where the line after the value at ``path`` begins."""
        node = self.fields[path].node if path else self.root
        leaves = list(_leaves(node))
        if not leaves:
            return self.line_after(node.end_mark.index)
        last = leaves[-1]
        start, end = last.start_mark.index, last.end_mark.index
        if isinstance(last, ScalarNode) and last.style in ("|", ">"):
            if _KEEPS_EMPTY_LINES.match(self.text, start):
                return self.line_after(end - 1)
            end = start + len(self.text[start:end].rstrip())
        return self.line_after(max(start, end - 1))

    def comments_above(self, path: KeyPath, pattern: re.Pattern[str]) -> list[str]:
        """The comment lines directly above the key at ``path`` that match ``pattern``, from the
        top.
        """
        start = key_line = self.line_start(self.fields[path].key_start)
        before = bisect_right(self._ends, key_line)
        last_end = self._ends[before - 1] if before else 0
        lines: list[str] = []
        while start > 0:
            end, start = start, self.line_start(start - 1)
            # The line of a text is no comment.
            if start < last_end or not pattern.match(self.text[start:end]):
                break
            lines.insert(0, self.text[start:end])
        return lines


def _fields(node: Node, path: KeyPath) -> Iterator[tuple[KeyPath, Field]]:
    if not isinstance(node, MappingNode):
        return
    for key, value in node.value:
        own = (*path, key.value)
        yield own, Field(key.start_mark.index, key.start_mark.column, value)
        yield from _fields(value, own)


def _leaves(node: Node) -> Iterator[Node]:
    """The values that have no other values inside, and collections in brackets."""
    if not isinstance(node, CollectionNode) or node.flow_style:
        yield node
        return
    for item in node.value:
        for inner in item if isinstance(item, tuple) else (item,):
            yield from _leaves(inner)
