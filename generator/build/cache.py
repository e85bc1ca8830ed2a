"""Content-addressed cache: build results, stored under a digest of everything they depend on.

There is one SQLite file for each project, in the user's cache folder. Values are unpickled, so the
file must not come with a project, which may come from strangers. It can be deleted at any time, and
several runs can use it at once. No run deletes or moves a file that another may be using: a damaged
file is marked, and the next run starts a new one (``store``).

The build never needs the cache. If the file can't be used (it stays locked, the disk is full, the
folder is read-only), this run stores its results in a temporary folder.
"""

from __future__ import annotations

import logging
import os
import pickle
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from lz4 import frame
from platformdirs import user_cache_path

from generator.build.installed_software import software
from generator.build.store import DamagedError, Store

#: The environment variable that names another folder, or is `off`.
VARIABLE = "BRIEFINGS_CACHE"
#: The folder of the generator.
_PACKAGE = Path(__file__).parents[1]
#: The version of the file format, which is part of the file's name.
_FORMAT = 2
#: From this size on, entries that are no longer used are deleted.
_EVICTED_FROM = 2**30
#: Smaller values are not compressed.
_COMPRESSED_FROM = 512

#: After so many damaged files in a row, the disk is to blame.
_MOST_REPLACED = 3
#: The endings of the generator's files that a process loads once.
_LOADED = (".py", ".ttf")

_Result = TypeVar("_Result")
# MkDocs shows messages of this logger. They are no warnings, which would fail a strict build.
_log = logging.getLogger("mkdocs.plugins.briefings")


class Cache:
    """Values by key, in the file at ``path``; without one, as long as this object lives."""

    def __init__(self, path: Path | None = None) -> None:
        self._shared = Store(path) if path else None
        self._writable = True
        self._is_closed = False
        self._folder: TemporaryDirectory[str] | None = None
        self._temporary: Store | None = None
        self._process = os.getpid()
        self._used: set[bytes] = set()
        if path is None:
            self._open_temporary()

    def __reduce__(self) -> tuple[type[Cache], tuple[Path | None]]:
        """Only the path is sent to another process, which opens the file itself."""
        store = self._shared or self._temporary
        return Cache, (store.path if store else None,)

    def get(self, key: bytes) -> bytes | None:
        """The value of ``key``."""
        return self.get_many([key]).get(key)

    def get_many(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The values of those of ``keys`` that have one."""
        wanted = list(keys)
        values: dict[bytes, bytes] = self._read_shared(lambda store: store.values(wanted)) or {}
        if self._temporary and (missing := [key for key in wanted if key not in values]):
            with suppress(sqlite3.Error, OSError):
                values |= self._temporary.values(missing)
        self._used.update(values)
        return values

    def existing(self, keys: Iterable[bytes]) -> set[bytes]:
        """Those of ``keys`` that have a value."""
        wanted = list(keys)
        cached: set[bytes] = self._read_shared(lambda store: store.keys(wanted)) or set()
        if self._temporary and (missing := [key for key in wanted if key not in cached]):
            with suppress(sqlite3.Error, OSError):
                cached |= self._temporary.keys(missing)
        self._used.update(cached)
        return cached

    def put_many(self, values: Mapping[bytes, bytes]) -> None:
        """Store ``values`` by their keys; if there is no room anywhere, nothing is stored."""
        self._used.update(values)
        if not values or self._is_closed or (self._writable and self._write_shared(values)):
            return
        if self._temporary is None and self._process == os.getpid():
            self._open_temporary()  # by a forked process it would never be deleted
        if self._temporary:
            with suppress(sqlite3.Error, OSError):
                self._temporary.write(values)

    def mark_used(self, keys: Iterable[bytes]) -> None:
        """Note that the values of ``keys`` are in use."""
        self._used.update(keys)

    def evict_unused(self) -> None:
        """Delete what this run did not use, if the file is large.

        Call it after all stages of a run: after one, it would delete what the others need. What
        other runs have written meanwhile stays.
        """
        if self._shared and self._writable:
            with suppress(sqlite3.Error, OSError):
                if self._shared.size() >= _EVICTED_FROM:
                    self._shared.forget_all_but(self._used)

    def close(self) -> None:
        """Close the files. From now on nothing is found or stored, as templates may outlive it."""
        for store in (self._shared, self._temporary):
            if store:
                store.close()
        if self._folder:
            self._folder.cleanup()
        self._folder = self._temporary = self._shared = None
        self._is_closed = True

    def _open_temporary(self) -> None:
        with suppress(OSError):
            self._folder = TemporaryDirectory(prefix="briefings-cache-")
            self._temporary = Store(Path(self._folder.name) / "cache.sqlite")

    def _read_shared(self, query: Callable[[Store], _Result]) -> _Result | None:
        """What ``query`` returns for the project's file; None if it can't be read any more."""
        if self._shared is None:
            return None
        try:
            return query(self._shared)
        except DamagedError:
            self._shared = self._shared.next()
            return None
        except (sqlite3.Error, OSError) as error:
            self._report(error)
            self._shared.close()
            self._shared = None
            return None

    def _write_shared(self, values: Mapping[bytes, bytes]) -> bool:
        """Whether ``values`` could be written to the project's file; if not, it is still read."""
        for _ in range(_MOST_REPLACED):
            if self._shared is None:
                break
            try:
                self._shared.write(values)
                return True
            except DamagedError:
                self._shared = self._shared.next()
            except (sqlite3.Error, OSError) as error:
                self._report(error)
                break
        return False

    def _report(self, error: Exception) -> None:
        if self._writable:
            self._writable = False
            _log.info("The cache can't be used, so this run saves nothing for later: %s", error)


def project_cache(project: Path) -> Cache:
    """The cache of the project in a folder; a temporary one if the user has no home folder."""
    setting = os.environ.get(VARIABLE, "")
    if setting == "off":
        return Cache()
    try:
        folder = Path(setting) if setting else user_cache_path("briefing-site", appauthor=False)
    except RuntimeError:  # no HOME, and a user that the system doesn't know
        return Cache()
    name = blake2b(os.fsencode(project.resolve()), digest_size=16).hexdigest()
    return Cache(folder / f"{name}-{_FORMAT}.sqlite")


def digest(*parts: str | bytes) -> bytes:
    """A digest of several texts, different from that of the same characters divided otherwise."""
    context = blake2b(digest_size=20)
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        context.update(len(content).to_bytes(8, "big") + content)
    return context.digest()


def generator_digest() -> bytes:
    """A digest of the generator, its templates and translations, and all installed software.

    Code and fonts are read once, as they are loaded once; templates and translations can change in
    a preview.
    """
    return digest(*software(), _loaded(), *_contents(loaded=False))


@cache
def _loaded() -> bytes:
    return digest(*_contents(loaded=True))


def _contents(*, loaded: bool) -> Iterator[str | bytes]:
    for folder, folders, names in os.walk(_PACKAGE):
        folders[:] = sorted(name for name in folders if not name.startswith("__"))
        for name in sorted(names):
            if name.endswith(_LOADED) is loaded:
                yield from (name, Path(folder, name).read_bytes())


def dumps(value: Any) -> bytes:
    """A value as bytes for the cache."""
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return content if len(content) < _COMPRESSED_FROM else frame.compress(content)


def loads(content: bytes) -> Any:
    """The value that ``dumps`` turned into these bytes."""
    is_small = content.startswith(pickle.PROTO)
    return pickle.loads(content if is_small else frame.decompress(content))
