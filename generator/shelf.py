"""Readings of files, packed: those of ten thousand briefings take the room of a few hundred."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.loading import BRIEFINGS, FileKind, FileRead
from generator.model import Briefing
from generator.outlines import Outline, outline
from generator.problems import Problem
from generator.reading import Reading
from generator.yaml_source import Document, read


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one file: as ``FileRead``, its reading packed, and its outline."""

    path: str
    kind: FileKind
    name: str
    problems: tuple[Problem, ...]
    unread: bool
    reading: bytes = b""
    outline: Outline | None = None

    def read_file(self, content: bytes) -> FileRead:
        """The file as it was read; ``content`` is what it holds."""
        reading = unpacked_reading(self.reading, self.path, content) if self.reading else None
        return FileRead(self.path, self.kind, self.name, reading, self.problems, self.unread)


def kept(file: FileRead) -> Kept:
    """A file that was read, packed."""
    reading = file.reading
    is_briefing = file.kind == "briefing" and reading
    return Kept(
        file.path,
        file.kind,
        file.name,
        file.problems,
        file.unread,
        pickle.dumps((reading.value, reading.problems, reading.moved), -1) if reading else b"",
        outline(reading.value) if is_briefing and reading else None,
    )


def unpacked_reading(packed: bytes, path: str, content: bytes) -> Reading[Briefing]:
    """A reading; its document is read again when it is asked for."""
    value, problems, moved = pickle.loads(packed)
    return Reading(_Opened(path, content), value, problems, moved)


class _Opened:
    def __init__(self, path: str, content: bytes) -> None:
        self.path = path
        self.content = content

    def __call__(self) -> Document:
        return self.document

    @cached_property
    def document(self) -> Document:
        document, _ = read(self.path, self.content)
        assert document is not None  # it could be read before
        return document


class Shelf(Mapping[str, Reading[Briefing]]):
    """The readings of briefings by id, each unpacked when it is taken out."""

    def __init__(self, packed: Mapping[str, bytes], files: Mapping[str, bytes]) -> None:
        self._packed = packed
        self._files = files

    def __getitem__(self, key: str) -> Reading[Briefing]:
        path = f"{BRIEFINGS}{key}.yml"
        return unpacked_reading(self._packed[key], path, self._files[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)

    def __contains__(self, key: object) -> bool:
        return key in self._packed
