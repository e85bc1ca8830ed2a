"""The search index of a published site: from the cache, or built while the pages are rendered."""

from __future__ import annotations

import itertools
import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any

from mkdocs.exceptions import BuildError

from generator.build.cache import Cache, dumps, loads
from generator.build.workers import can_fork, exit_with_parent
from generator.search.pagefind import ENTRY, FOLDER, write_index
from generator.search.records import SearchPage

CACHE_DELETED = "The build cache was deleted during the build. Run the build again."
#: How many files go into the cache at once.
_BATCH = 200

IndexFiles = Iterator[tuple[str, bytes]]
"""The files of an index: the path below the site's root, and the content."""
StillRunning = Callable[[], bool]
"""Whether more search pages are still to come."""


def index_files(
    key: bytes, cache: Cache, build: Callable[[], Iterable[tuple[str, bytes]]]
) -> IndexFiles:
    """The index with this key, from the cache if it is there, otherwise from ``build``."""
    return _cached(key, cache) if cache.existing([key]) else _stored(build(), key, cache)


class SearchIndex:
    """The index of one build. ``key`` is a digest of its inputs.

    If the cache doesn't have it, ``pages`` are indexed in the background from now on. See
    ``BackgroundIndexer``.
    """

    def __init__(
        self, key: bytes, cache: Cache, pages: Callable[[StillRunning], Iterable[SearchPage]]
    ) -> None:
        self.key, self._cache = key, cache
        is_cached = bool(cache.existing([key]))
        self._indexer = None if is_cached else BackgroundIndexer(pages)

    def complete(self) -> None:
        """Note that all pages have been rendered."""
        if self._indexer:
            self._indexer.complete()

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
    """The files of a cached index. BuildError if somebody deletes the cache meanwhile."""
    names: list[str] = loads(_required(key, cache))
    for name in names:
        yield name, _required(key + name.encode(), cache)


def _required(key: bytes, cache: Cache) -> bytes:
    content = cache.get(key)
    if content is None:
        raise BuildError(CACHE_DELETED)
    return content


class BackgroundIndexer:
    """Indexes pages in another process, or in a thread where no process can be forked.

    ``pages`` is called there. Its argument says whether more pages are still to come, which is so
    until ``complete`` is called.
    """

    def __init__(self, pages: Callable[[StillRunning], Iterable[SearchPage]]) -> None:
        self._pages = pages
        self._temporary = TemporaryDirectory(prefix="briefings-search-")
        folder = Path(self._temporary.name)
        self._complete: Any
        if can_fork():
            context = multiprocessing.get_context("fork")
            self._complete = context.Event()
            self._worker: Any = context.Process(
                target=_write_in_process, args=(self._search_pages, folder), daemon=True
            )
        else:
            self._complete = Event()
            self._worker = Thread(target=_write, args=(self._search_pages, folder), daemon=True)
        self._worker.start()

    def _search_pages(self) -> Iterable[SearchPage]:
        return self._pages(lambda: not self._complete.is_set())

    def complete(self) -> None:
        """Note that no more pages are to come."""
        self._complete.set()

    def abort(self) -> None:
        """Stop, and delete what has been written."""
        self.complete()
        if not isinstance(self._worker, Thread):
            self._worker.terminate()
        self._worker.join()
        self._temporary.cleanup()

    def files(self) -> IndexFiles:
        """Wait for the index, then return its files."""
        self.complete()
        self._worker.join()
        folder = Path(self._temporary.name)
        with self._temporary:
            if not (folder / FOLDER / ENTRY).is_file():
                # The worker failed: it was killed, or the cache was replaced. Index here instead.
                _write(self._search_pages, folder)
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    yield path.relative_to(folder).as_posix(), path.read_bytes()


def _write(pages: Callable[[], Iterable[SearchPage]], folder: Path) -> None:
    write_index(pages(), folder)


def _write_in_process(pages: Callable[[], Iterable[SearchPage]], folder: Path) -> None:
    exit_with_parent()
    _write(pages, folder)
