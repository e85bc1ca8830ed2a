"""The search index of a site that is published: made next to its pages, or taken from the cache."""

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
from generator.search.index import ENTRY, FOLDER, write_index
from generator.search.records import SearchPage

GONE = "The build cache was deleted during the build. Run the build again."
_TOGETHER = 200


def keeping(
    files: Iterable[tuple[str, bytes]], key: bytes, cache: Cache
) -> Iterator[tuple[str, bytes]]:
    """The files of an index as they come, each kept under ``key``."""
    names = []
    waiting = iter(files)
    while some := list(itertools.islice(waiting, _TOGETHER)):
        yield from some
        cache.put_many({key + name.encode(): content for name, content in some})
        names += [name for name, _ in some]
    cache.put_many({key: dumps(names)})


def kept_index(key: bytes, cache: Cache) -> Iterator[tuple[str, bytes]]:
    """The files of an index that is kept; BuildError where someone deletes it meanwhile."""
    names: list[str] = loads(_there(cache, key))
    for name in names:
        yield name, _there(cache, key + name.encode())


def _there(cache: Cache, key: bytes) -> bytes:
    content = cache.get(key)
    if content is None:
        raise BuildError(GONE)
    return content


class BackgroundIndexer:
    """An index made beside a build, in a process of its own where one can be forked.

    ``pages`` is called there. It is given a function that tells whether there are more pages to
    come: until ``complete`` is called.
    """

    def __init__(self, pages: Callable[[Callable[[], bool]], Iterable[SearchPage]]) -> None:
        self._pages = pages
        self._folder = TemporaryDirectory(prefix="briefings-search-")
        made = Path(self._folder.name)
        self._complete: Any
        if can_fork():
            context = multiprocessing.get_context("fork")
            self._complete = context.Event()
            self._worker: Any = context.Process(
                target=_write_apart, args=(self._found, made), daemon=True
            )
        else:
            self._complete = Event()
            self._worker = Thread(target=_write, args=(self._found, made), daemon=True)
        self._worker.start()

    def _found(self) -> Iterable[SearchPage]:
        return self._pages(lambda: not self._complete.is_set())

    def complete(self) -> None:
        """Tell it that there are no more pages to come."""
        self._complete.set()

    def abandon(self) -> None:
        """Make it no further: the build has failed."""
        self.complete()
        if not isinstance(self._worker, Thread):
            self._worker.terminate()
        self._worker.join()
        self._folder.cleanup()

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The index when it is done, file by file."""
        self.complete()
        self._worker.join()
        made = Path(self._folder.name)
        with self._folder:
            if not (made / FOLDER / ENTRY).is_file():
                # It was killed, say, or another cache had to be begun: here it is made once more.
                _write(self._found, made)
            for path in sorted(made.rglob("*")):
                if path.is_file():
                    yield path.relative_to(made).as_posix(), path.read_bytes()


def _write(pages: Callable[[], Iterable[SearchPage]], folder: Path) -> None:
    write_index(pages(), folder)


def _write_apart(pages: Callable[[], Iterable[SearchPage]], folder: Path) -> None:
    exit_with_parent()
    _write(pages, folder)
