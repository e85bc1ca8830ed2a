"""What is kept of files that were read: of ten thousand briefings no more than a few at once."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from functools import cached_property
from typing import Any, NamedTuple

from generator.build.dependencies import FileSummary, summarise
from generator.model.briefing import Briefing
from generator.reading.loader import BRIEFINGS, FileKind, FileRead
from generator.reading.problems import Problem
from generator.reading.source_text import decode
from generator.reading.validation import Parsed
from generator.reading.yaml_parser import Document

#: So many briefings can be held at once.
MANY = 2_000


class CachedFile(NamedTuple):
    """What is kept of one file: as ``FileRead``, with its outline in place of its reading."""

    path: str
    kind: FileKind
    name: str
    problems: tuple[Problem, ...]
    unread: bool
    summary: FileSummary | None = None

    def read_file(self, reading: Parsed[Any] | None) -> FileRead:
        """The file as it was read, with its ``reading``."""
        return FileRead(self.path, self.kind, self.name, reading, self.problems, self.unread)


def to_cached(file: FileRead) -> tuple[CachedFile, bytes]:
    """What is kept of a file that was read, and its reading, packed: empty where it has none."""
    reading = file.reading
    told = (
        summarise(reading.value, reading.references)
        if reading and file.kind == "briefing"
        else None
    )
    packed = _packed(reading) if reading else b""
    return CachedFile(file.path, file.kind, file.name, file.problems, file.unread, told), packed


def _packed(reading: Parsed[Any]) -> bytes:
    # The document by itself: most of those who need the value have no use for it.
    document = pickle.dumps((reading.document.data, reading.document.places), -1)
    fields = reading.value, reading.problems, reading.kept_indexes, reading.references, document
    return pickle.dumps(fields, -1)


def load_reading(packed: bytes, path: str, files: Mapping[str, bytes]) -> Parsed[Any]:
    """A reading; its document is unpacked when it is asked for."""
    *fields, document = pickle.loads(packed)
    return Parsed(_PackedDocument(path, files, document), *fields)


class _PackedDocument:
    def __init__(self, path: str, files: Mapping[str, bytes], packed: bytes) -> None:
        self._path, self._files, self._packed = path, files, packed

    def load(self) -> Document:
        return self._document

    @cached_property
    def _document(self) -> Document:
        text = decode(self._path, self._files[self._path])
        assert isinstance(text, str)  # it could be read before
        return Document(self._path, text, *pickle.loads(self._packed))


class LazyReadings(Mapping[str, Parsed[Briefing]]):
    """The readings of briefings by id, unpacked (``dumps`` gives some by path) when asked for.

    Where there are no more than ``MANY``, each is unpacked once.
    """

    def __init__(
        self,
        names: Iterable[str],
        packed: Callable[[list[str]], Mapping[str, bytes]],
        files: Mapping[str, bytes],
    ) -> None:
        self._names = dict.fromkeys(names)
        self._packed, self._files = packed, files
        self._unpacked: dict[str, Parsed[Briefing]] = {}

    def __getstate__(self) -> dict[str, Any]:
        """Another process unpacks what it needs by itself."""
        return {**self.__dict__, "_unpacked": {}}

    def holding(self, keys: Iterable[str]) -> LazyReadings:
        """The same readings, of which these are unpacked already: many at once take less time."""
        some = [key for key in keys if key in self._names]
        shelf = self
        if len(self._names) > MANY:
            shelf = copy(self)
            shelf._unpacked = {key: self._unpacked[key] for key in some if key in self._unpacked}
        shelf._unpacked |= self._some([key for key in some if key not in shelf._unpacked])
        return shelf

    def _some(self, keys: list[str]) -> dict[str, Parsed[Briefing]]:
        packed = self._packed([_path(key) for key in keys])
        return {key: load_reading(packed[_path(key)], _path(key), self._files) for key in keys}

    def __getitem__(self, key: str) -> Parsed[Briefing]:
        if key in self._unpacked:
            return self._unpacked[key]
        if key not in self._names:
            raise KeyError(key)
        some = self._some([key])
        if len(self._names) <= MANY:
            self._unpacked |= some
        return some[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, key: object) -> bool:
        return key in self._names


def _path(key: str) -> str:
    return f"{BRIEFINGS}{key}.yml"
