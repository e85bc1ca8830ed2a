"""What earlier runs made, by a hash of all that it was made from.

One SQLite file for each project, in the user's own folder for caches: what lies there is read back
as it is, so it must not come with a project's files, which strangers can send. It can be deleted at
any time, and several runs can use it at once. None of them deletes or moves a file that another may
be using: a damaged one is marked, and the next run begins the next one (``store``).

A cache is only ever a help. Where the file can't be used (it stays locked, the disk is full, the
folder is read-only), this run keeps what it makes in a passing folder.
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
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from lz4 import frame
from platformdirs import user_cache_path

from generator.build.installed_software import software
from generator.build.store import DamagedError, Store
from generator.build.workers import gc_paused

#: Where another folder is wanted, or `off`.
VARIABLE = "BRIEFINGS_CACHE"
#: Stands in the file's name: what is written in another form is another file.
_FORM = 2
#: From how many bytes on what is no longer used is worth looking for.
_ROOM = 2**30
#: Of fewer bytes nothing is gained by compressing them.
_SMALL = 512

#: So many damaged files in a row, and the disk is.
_REPLACED_MOST = 3

_Result = TypeVar("_Result")
# MkDocs shows what its plugins log by this name. No warning: a strict build would fail of it.
_log = logging.getLogger("mkdocs.plugins.briefings")


class Cache:
    """Values by key. ``path`` is the file; without one what is kept is gone with this object."""

    def __init__(self, path: Path | None = None) -> None:
        self._shared = Store(path) if path else None
        self._writable = True
        self._folder: TemporaryDirectory[str] | None = None
        self._passing: Store | None = None
        self._process = os.getpid()
        self._used: set[bytes] = set()
        if path is None:
            self._begin_passing()

    def __getstate__(self) -> tuple[Path | None]:
        """The file alone goes to another process, which connects to it.

        In a tuple, since a state of None would not be handed to ``__setstate__``.
        """
        store = self._shared or self._passing
        return (store.path if store else None,)

    def __setstate__(self, state: tuple[Path | None]) -> None:
        self.__init__(*state)  # type: ignore[misc]

    def get(self, key: bytes) -> bytes | None:
        """What is kept under ``key``."""
        return self.get_many([key]).get(key)

    def get_many(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """What is kept under each of ``keys``."""
        wanted = list(keys)
        values: dict[bytes, bytes] = self._shared_gives(lambda store: store.values(wanted)) or {}
        if self._passing and (missing := [key for key in wanted if key not in values]):
            with suppress(sqlite3.Error, OSError):
                values |= self._passing.values(missing)
        self._used.update(values)
        return values

    def existing(self, keys: Iterable[bytes]) -> set[bytes]:
        """Those of ``keys`` under which something is kept."""
        wanted = list(keys)
        cached: set[bytes] = self._shared_gives(lambda store: store.keys(wanted)) or set()
        if self._passing and (missing := [key for key in wanted if key not in cached]):
            with suppress(sqlite3.Error, OSError):
                cached |= self._passing.keys(missing)
        self._used.update(cached)
        return cached

    def put_many(self, values: Mapping[bytes, bytes]) -> None:
        """Keep ``values``, each under its key; where there is no room at all, nothing is kept."""
        self._used.update(values)
        if not values or (self._writable and self._shared_takes(values)):
            return
        if self._passing is None and self._process == os.getpid():
            self._begin_passing()  # by a forked process it would never be deleted
        if self._passing:
            with suppress(sqlite3.Error, OSError):
                self._passing.write(values)

    def mark_used(self, keys: Iterable[bytes]) -> None:
        """Note that what is under ``keys`` is in use."""
        self._used.update(keys)

    def evict_unused(self) -> None:
        """Forget what this run had no use for, where it has come to take much room.

        For a run that has been through all stages: what others need would be gone after one. What
        other runs have written meanwhile stays.
        """
        if self._shared and self._writable:
            with suppress(sqlite3.Error, OSError):
                if self._shared.size() >= _ROOM:
                    self._shared.forget_all_but(self._used)

    def close(self) -> None:
        """Let the file go."""
        for store in (self._shared, self._passing):
            if store:
                store.close()
        if self._folder:
            self._folder.cleanup()
        self._folder = self._passing = None

    def _begin_passing(self) -> None:
        with suppress(OSError):
            self._folder = TemporaryDirectory(prefix="briefings-cache-")
            self._passing = Store(Path(self._folder.name) / "cache.sqlite")

    def _shared_gives(self, ask: Callable[[Store], _Result]) -> _Result | None:
        """What the project's file answers; None where it can't be read any more."""
        if self._shared is None:
            return None
        try:
            return ask(self._shared)
        except DamagedError:
            self._shared = self._shared.next()
            return None
        except (sqlite3.Error, OSError) as error:
            self._go_on_without(error)
            self._shared.close()
            self._shared = None
            return None

    def _shared_takes(self, values: Mapping[bytes, bytes]) -> bool:
        """Whether the project's file has taken ``values``; of one that hasn't, reading goes on."""
        for _ in range(_REPLACED_MOST):
            if self._shared is None:
                break
            try:
                self._shared.write(values)
                return True
            except DamagedError:
                self._shared = self._shared.next()
            except (sqlite3.Error, OSError) as error:
                self._go_on_without(error)
                break
        return False

    def _go_on_without(self, error: Exception) -> None:
        if self._writable:
            self._writable = False
            _log.info("The cache can't be used, so this run saves nothing for later: %s", error)


def project_cache(project: Path) -> Cache:
    """The cache of the project in a folder; one that ends with this run where there is no home."""
    told = os.environ.get(VARIABLE, "")
    if told == "off":
        return Cache()
    try:
        folder = Path(told) if told else user_cache_path("briefing-site", appauthor=False)
    except RuntimeError:  # no HOME, and a user that the system doesn't know
        return Cache()
    name = blake2b(os.fsencode(project.resolve()), digest_size=16).hexdigest()
    return Cache(folder / f"{name}-{_FORM}.sqlite")


def digest(*parts: str | bytes) -> bytes:
    """A hash of several texts, which tells where one ends and the next begins."""
    context = blake2b(digest_size=20)
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        context.update(len(content).to_bytes(8, "big") + content)
    return context.digest()


def generator_digest() -> bytes:
    """A hash of the generator, its templates and words, and all software that it runs with.

    Its code is read once, as it is loaded once; templates and words can change in a preview.
    """
    return digest(*software(), _code(), *_contents(resources.files("generator"), code=False))


@cache
def _code() -> bytes:
    return digest(*_contents(resources.files("generator"), code=True))


def _contents(folder: Traversable, *, code: bool) -> Iterator[str | bytes]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            if not entry.name.startswith("__"):
                yield from _contents(entry, code=code)
        elif entry.name.endswith(".py") is code:
            yield from (entry.name, entry.read_bytes())


def dumps(value: Any) -> bytes:
    """A value as bytes for the cache."""
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return content if len(content) < _SMALL else frame.compress(content)


def loads(content: bytes) -> Any:
    """The value that ``dumps`` packed."""
    with gc_paused():
        is_small = content.startswith(pickle.PROTO)
        return pickle.loads(content if is_small else frame.decompress(content))
