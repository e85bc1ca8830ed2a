"""The search index of a published site: from the cache, or built while files are written."""

from __future__ import annotations

import itertools
import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.build.cache import Cache, dumps, loads
from generator.build.errors import CacheDeletedError
from generator.build.workers import can_fork, exit_with_parent
from generator.search.index import ENTRY, FOLDER, write_index
from generator.search.records import SearchPage

#: How many files go into the cache at once.
_BATCH = 200

IndexFiles = Iterator[tuple[str, bytes]]
"""The files of an index: the path below the site's root, and the content."""


def index_files(
    key: bytes, cache: Cache, build: Callable[[], Iterable[tuple[str, bytes]]]
) -> IndexFiles:
    """The index with this key, from the cache if it is there, otherwise from ``build``."""
    return _cached(key, cache) if cache.existing([key]) else _stored(build(), key, cache)


class SearchIndex:
    """The index of one build. ``key`` is a digest of its inputs.

    If the cache doesn't have it, ``pages`` are indexed in the background from now on, unless there
    is one process for all ``jobs``. See ``BackgroundIndexer``.
    """

    def __init__(
        self, key: bytes, cache: Cache, pages: Callable[[], Iterable[SearchPage]], jobs: int
    ) -> None:
        self.key, self._cache = key, cache
        is_cached = bool(cache.existing([key]))
        self._indexer = None if is_cached else BackgroundIndexer(pages, jobs)

    def files(self) -> IndexFiles:
        """The files, when the index is complete."""
        if self._indexer:
            return _stored(self._indexer.files(), self.key, self._cache)
        return _cached(self.key, self._cache)

    def abort(self) -> None:
        """Stop indexing."""
        if self._indexer:
            self._indexer.abort()


def _stored(files: Iterable[tuple[str, bytes]], key: bytes, cache: Cache) -> IndexFiles:
    """The files of an index, each stored in the cache as it comes."""
    names = []
    remaining = iter(files)
    while batch := list(itertools.islice(remaining, _BATCH)):
        yield from batch
        cache.put_many({key + name.encode(): content for name, content in batch})
        names += [name for name, _ in batch]
    cache.put_many({key: dumps(names)})


def _cached(key: bytes, cache: Cache) -> IndexFiles:
    """The files of a cached index. Raises ``CacheDeletedError`` if it was deleted meanwhile."""
    names: list[str] = loads(_required(key, cache))
    for name in names:
        yield name, _required(key + name.encode(), cache)


def _required(key: bytes, cache: Cache) -> bytes:
    content = cache.get(key)
    if content is None:
        raise CacheDeletedError
    return content


class BackgroundIndexer:
    """Indexes pages in another process, or at the end if ``jobs`` is 1 or no process can be forked.

    ``pages`` is called there.
    """

    def __init__(self, pages: Callable[[], Iterable[SearchPage]], jobs: int) -> None:
        self._pages = pages
        self._temporary = TemporaryDirectory(prefix="briefings-search-")
        self._process: multiprocessing.process.BaseProcess | None = None
        if jobs > 1 and can_fork():
            context = multiprocessing.get_context("fork")
            self._process = context.Process(target=self._write_in_process, daemon=True)
            self._process.start()

    def _write_in_process(self) -> None:
        exit_with_parent()
        write_index(self._pages(), Path(self._temporary.name))

    def abort(self) -> None:
        """Stop, and delete what has been written."""
        if self._process:
            self._process.terminate()
            self._process.join()
        self._temporary.cleanup()

    def files(self) -> IndexFiles:
        """Wait for the index, then return its files."""
        if self._process:
            self._process.join()
        folder = Path(self._temporary.name)
        with self._temporary:
            if not (folder / FOLDER / ENTRY).is_file():
                # There was no other process, or it was killed.
                write_index(self._pages(), folder)
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    yield path.relative_to(folder).as_posix(), path.read_bytes()
