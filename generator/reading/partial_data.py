"""A file's data with keys renamed, without the parts that have mistakes, or only its beginning."""

from __future__ import annotations

from collections.abc import Container, Mapping
from operator import is_
from typing import Any, NamedTuple

from generator.model.introspection import FieldPath
from generator.reading.source_text import MAX_PROBLEMS
from generator.reading.yaml_document import Document

#: For each list that lost items, the indexes in the file of those that are left.
KeptIndexes = Mapping[FieldPath, list[int]]


class NewKey(NamedTuple):
    """The name that a key gets, and whether its value becomes the only item of a list."""

    name: str
    as_list: bool


def with_renamed_keys(document: Document, renamed: Mapping[FieldPath, NewKey]) -> Document:
    """``document`` with new names for some keys, given by their paths."""
    data, positions = _renamed(document.data, document.offsets, renamed, ())
    return Document(document.path, document.text, data, positions)


def _renamed(
    data: Any, positions: Any, renamed: Mapping[FieldPath, NewKey], path: FieldPath
) -> tuple[Any, Any]:
    # Data that comes from no file, as tests make it, has no positions.
    offset, children = positions if isinstance(positions, tuple) else (positions, ())
    if isinstance(data, dict):
        new_data: dict[str, Any] = {}
        new_positions: dict[str, Any] = {}
        for name, value in data.items():
            key_offset, position = children[name] if children else (offset, offset)
            value, position = _renamed(value, position, renamed, (*path, name))
            new = renamed.get((*path, name), NewKey(name, as_list=False))
            if new.as_list:
                value, position = [value], (position, [position])
            new_data[new.name], new_positions[new.name] = value, (key_offset, position)
        return new_data, (offset, new_positions)
    if isinstance(data, list):
        pairs = [
            _renamed(item, children[index] if children else offset, renamed, (*path, index))
            for index, item in enumerate(data)
        ]
        return [item for item, _ in pairs], (offset, [position for _, position in pairs])
    return data, positions


def without(
    data: Any, rejected: Container[FieldPath], kept_indexes: dict[FieldPath, list[int]],
    path: FieldPath = (),
) -> Any:  # fmt: skip
    """``data`` without what is at the ``rejected`` paths; fills ``kept_indexes``."""
    if isinstance(data, dict):
        return {
            key: without(value, rejected, kept_indexes, (*path, key))
            for key, value in data.items()
            if (*path, key) not in rejected
        }
    if isinstance(data, list):
        kept = [index for index in range(len(data)) if (*path, index) not in rejected]
        if len(kept) < len(data):
            kept_indexes[path] = kept
        return [without(data[index], rejected, kept_indexes, (*path, index)) for index in kept]
    return data


def path_in_file(path: FieldPath, kept_indexes: KeptIndexes) -> FieldPath:
    """The path in the file of what is at ``path`` in the data that are left of it."""
    steps: list[str | int] = []
    for step in path:
        kept = kept_indexes.get(tuple(steps))
        steps.append(kept[step] if kept is not None and isinstance(step, int) else step)
    return tuple(steps)


def beginning(data: Any, *, registry: bool) -> Any:
    """``data`` with no more items of each list, and entries of a registry, than can be reported;
    the same object if nothing is longer.
    """
    if isinstance(data, dict):
        items = list(data.items())[: MAX_PROBLEMS + 1] if registry else data.items()
        entries = {key: beginning(value, registry=False) for key, value in items}
        same = len(entries) == len(data) and all(map(is_, entries.values(), data.values()))
        return data if same else entries
    if isinstance(data, list):
        shortened = [beginning(item, registry=False) for item in data[: MAX_PROBLEMS + 1]]
        same = len(shortened) == len(data) and all(map(is_, shortened, data))
        return data if same else shortened
    return data
