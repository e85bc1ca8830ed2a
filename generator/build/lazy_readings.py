"""The cached results of reading files; of ten thousand briefings, few are in memory at once."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from generator.build.file_summary import (
    FileSummary,
    TranslationSummary,
    summarise,
    summarise_translation,
)
from generator.reading.loader import BRIEFINGS, FileKind, FileRead
from generator.reading.problems import Problem
from generator.reading.source_text import decode
from generator.reading.validation import Parsed
from generator.reading.yaml_document import Document

_Value = TypeVar("_Value")
#: Up to so many briefings, all of them may be in memory.
MANY = 2_000


class CachedFile(NamedTuple):
    """What is cached of one file: a ``FileRead`` with the summary of the briefing or translation
    in place of its reading.
    """

    path: str
    kind: FileKind
    name: str
    problems: tuple[Problem, ...]
    unread: bool
    summary: FileSummary | None = None
    translation: TranslationSummary | None = None

    def read_file(self, reading: Parsed[Any] | None) -> FileRead:
        """The ``FileRead``, with its ``reading``."""
        return FileRead(self.path, self.kind, self.name, reading, self.problems, self.unread)


def to_cached(file: FileRead) -> tuple[CachedFile, bytes]:
    """What is cached of a file: the file without its reading, and the packed reading or ``b""``."""
    cached = CachedFile(file.path, file.kind, file.name, file.problems, file.unread)
    reading = file.reading
    if reading is None:
        return cached, b""
    if file.kind == "briefing":
        cached = cached._replace(summary=summarise(reading.value, reading.references))
    elif file.kind == "translation":
        summary = summarise_translation(reading.value, reading.references)
        cached = cached._replace(translation=summary)
    return cached, _packed(reading)


def _packed(reading: Parsed[Any]) -> bytes:
    # The document is packed separately, because most users of the value don't need it.
    document = pickle.dumps((reading.document.data, reading.document.offsets), -1)
    fields = reading.value, reading.problems, reading.kept_indexes, reading.references, document
    return pickle.dumps(fields, -1)


def load_reading(packed: bytes, path: str, files: Mapping[str, bytes]) -> Parsed[Any]:
    """Unpack a reading; its document is unpacked on first use."""
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
        assert isinstance(text, str)  # it could be decoded before
        return Document(self._path, text, *pickle.loads(self._packed))


class LazyReadings(Mapping[str, Parsed[_Value]]):
    """The readings of briefings by id, or of translations by name, which are loaded on first use.

    ``load_packed`` gets the packed readings of some paths. Loaded readings stay in memory if there
    are no more than ``MANY``.
    """

    def __init__(
        self,
        names: Iterable[str],
        load_packed: Callable[[list[str]], Mapping[str, bytes]],
        files: Mapping[str, bytes],
    ) -> None:
        self._ids = dict.fromkeys(names)
        self._load_packed, self._files = load_packed, files
        self._loaded: dict[str, Parsed[_Value]] = {}

    def __getstate__(self) -> dict[str, Any]:
        """Another process loads what it needs itself."""
        return {**self.__dict__, "_loaded": {}}

    def preloaded(self, keys: Iterable[str]) -> LazyReadings[_Value]:
        """These readings with some of them in memory: loading many at once is faster.

        If there are more than ``MANY``, it is a copy that can be thrown away.
        """
        wanted = [key for key in keys if key in self._ids]
        readings = self
        if not self._all_fit:
            readings = copy(self)
            readings._loaded = {key: self._loaded[key] for key in wanted if key in self._loaded}
        readings._loaded |= self._load([key for key in wanted if key not in readings._loaded])
        return readings

    @property
    def _all_fit(self) -> bool:
        return len(self._ids) <= MANY

    def _load(self, keys: list[str]) -> dict[str, Parsed[_Value]]:
        packed = self._load_packed([_path(key) for key in keys])
        return {key: load_reading(packed[_path(key)], _path(key), self._files) for key in keys}

    def __getitem__(self, key: str) -> Parsed[_Value]:
        if key in self._loaded:
            return self._loaded[key]
        if key not in self._ids:
            raise KeyError(key)
        loaded = self._load([key])
        if self._all_fit:
            self._loaded |= loaded
        return loaded[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, key: object) -> bool:
        return key in self._ids


def _path(key: str) -> str:
    return f"{BRIEFINGS}{key}.yml"
