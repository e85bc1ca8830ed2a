"""The search index of a published site: made while the files are written, or from the cache."""

from __future__ import annotations

import itertools
import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.build.cache import Cache, dumps, loads
from generator.build.errors import CacheDeletedError
from generator.build.workers import can_fork, exit_with_parent
from generator.search.pagefind import ENTRY, FOLDER, write_index
from generator.search.records import SearchPage

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
    """The files of an index that is kept; ``CacheDeletedError`` if someone deletes it meanwhile."""
    names: list[str] = loads(_there(cache, key))
    for name in names:
        yield name, _there(cache, key + name.encode())


def _there(cache: Cache, key: bytes) -> bytes:
    content = cache.get(key)
    if content is None:
        raise CacheDeletedError
    return content


class BackgroundIndexer:
    """Makes an index while the build goes on, in a forked process; where that is impossible, at
    the end.

    ``pages`` is called in that process.
    """

    def __init__(self, pages: Callable[[], Iterable[SearchPage]]) -> None:
        self._pages = pages
        self._folder = TemporaryDirectory(prefix="briefings-search-")
        self._process: multiprocessing.process.BaseProcess | None = None
        if can_fork():
            context = multiprocessing.get_context("fork")
            self._process = context.Process(target=self._write_in_process, daemon=True)
            self._process.start()

    def _write_in_process(self) -> None:
        exit_with_parent()
        write_index(self._pages(), Path(self._folder.name))

    def abort(self) -> None:
        """Stop: the build has failed, or does not need the index."""
        if self._process:
            self._process.terminate()
            self._process.join()
        self._folder.cleanup()

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The files of the finished index, one by one."""
        if self._process:
            self._process.join()
        folder = Path(self._folder.name)
        with self._folder:
            if not (folder / FOLDER / ENTRY).is_file():
                # No process could be forked, or it failed: was killed, say.
                write_index(self._pages(), folder)
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    yield path.relative_to(folder).as_posix(), path.read_bytes()
