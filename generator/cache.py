"""What earlier runs made, by a hash of all that it was made from.

One SQLite file for each project, in the user's own folder for caches: what lies there is read back
as it is, so it must not come with a project's files, which strangers can send. It can be deleted at
any time, and several runs can use it at once. A file that is damaged is put aside.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lz4 import frame
from platformdirs import user_cache_path

from generator.workers import uncollected

#: Where another folder is wanted, or `off`.
VARIABLE = "BRIEFINGS_CACHE"
_SCHEMA = "CREATE TABLE IF NOT EXISTS made (key BLOB PRIMARY KEY, value BLOB)"
#: From how many bytes on what is no longer used is worth looking for.
_ROOM = 2**30
_LIBRARIES = (
    "babel", "jinja2", "lz4", "markdown", "markupsafe", "nh3", "orjson", "pillow", "pydantic",
    "pyyaml",
)  # fmt: skip
_AT_ONCE = 500
#: Bytes of a page of the file: most values fit into one.
_PAGE = 16_384
#: Of fewer bytes nothing is gained by compressing them.
_SMALL = 512


class Cache:
    """Values by key. ``path`` is the file; without one what is kept is gone with this object."""

    def __init__(self, path: Path | None = None) -> None:
        self._passing = None if path else TemporaryDirectory(prefix="briefings-cache-")
        self._path = path or Path(self._passing.name if self._passing else "") / "cache.sqlite"
        self._used: set[bytes] = set()
        self._connected: tuple[int, sqlite3.Connection] | None = None

    @property
    def _database(self) -> sqlite3.Connection:
        """The connection of this process: one must not be taken along into a forked one."""
        if self._connected is None or self._connected[0] != os.getpid():
            try:
                self._connected = os.getpid(), self._opened()
            except (sqlite3.Error, OSError):
                self._put_aside()
        assert self._connected
        return self._connected[1]

    def _opened(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        database = sqlite3.connect(
            self._path, timeout=60, isolation_level=None, check_same_thread=False
        )
        database.execute(f"PRAGMA page_size = {_PAGE}")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = OFF")
        database.execute(_SCHEMA)
        return database

    def _put_aside(self) -> None:
        """Begin anew, elsewhere where that can't be done here."""
        for ending in ("", "-wal", "-shm"):
            with suppress(OSError):
                Path(f"{self._path}{ending}").unlink()
        try:
            self._connected = os.getpid(), self._opened()
        except (sqlite3.Error, OSError):
            self._passing = TemporaryDirectory(prefix="briefings-cache-")
            self._path = Path(self._passing.name) / "cache.sqlite"
            self._connected = os.getpid(), self._opened()

    def __getstate__(self) -> Path:
        """The file alone goes to another process, which connects to it by itself."""
        return self._path

    def __setstate__(self, path: Path) -> None:
        self._passing, self._path, self._used, self._connected = None, path, set(), None

    def get(self, key: bytes) -> bytes | None:
        """What is kept under ``key``."""
        return self.several([key]).get(key)

    def several(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """What is kept under each of ``keys``."""
        found: dict[bytes, bytes] = {}
        try:
            for some in _in_hundreds(keys):
                marks = ",".join("?" * len(some))
                rows = self._database.execute(
                    f"SELECT key, value FROM made WHERE key IN ({marks})",
                    some,
                )
                found |= dict(rows)
        except sqlite3.Error:
            self._put_aside()
        self._used.update(found)
        return found

    def known(self, keys: Iterable[bytes]) -> set[bytes]:
        """Those of ``keys`` under which something is kept."""
        found: set[bytes] = set()
        try:
            for some in _in_hundreds(keys):
                marks = ",".join("?" * len(some))
                found |= {
                    key
                    for (key,) in self._database.execute(
                        f"SELECT key FROM made WHERE key IN ({marks})",
                        some,
                    )
                }
        except sqlite3.Error:
            self._put_aside()
        self._used.update(found)
        return found

    def put(self, values: Mapping[bytes, bytes]) -> None:
        """Keep ``values``, each under its key."""
        rows = list(values.items())
        try:
            self._write(rows)
        except sqlite3.Error:  # it is full, say, or was damaged meanwhile
            self._put_aside()
            self._write(rows)
        self._used.update(values)

    def _write(self, rows: list[tuple[bytes, bytes]]) -> None:
        self._database.execute("BEGIN IMMEDIATE")
        self._database.executemany("INSERT OR REPLACE INTO made VALUES (?, ?)", rows)
        self._database.execute("COMMIT")

    def keep(self, keys: Iterable[bytes]) -> None:
        """Note that what is under ``keys`` is in use."""
        self._used.update(keys)

    def tidy(self) -> None:
        """Forget what this run had no use for, where it has come to take much room.

        For a run that has been through all stages: what others need would be gone after one.
        """
        with suppress(sqlite3.Error, OSError):
            if self._path.stat().st_size < _ROOM:
                return
            database = self._database
            database.execute("BEGIN IMMEDIATE")
            database.execute("CREATE TEMPORARY TABLE used (key BLOB PRIMARY KEY)")
            rows = ((key,) for key in self._used)
            database.executemany("INSERT OR IGNORE INTO used VALUES (?)", rows)
            database.execute("DELETE FROM made WHERE key NOT IN (SELECT key FROM used)")
            database.execute("COMMIT")
            database.execute("VACUUM")

    def close(self) -> None:
        """Let the file go."""
        if self._connected:
            self._connected[1].close()
            self._connected = None
        if self._passing:
            self._passing.cleanup()


def _in_hundreds(keys: Iterable[bytes]) -> Iterator[list[bytes]]:
    every = list(keys)
    for start in range(0, len(every), _AT_ONCE):
        yield every[start : start + _AT_ONCE]


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
    return Cache(folder / f"{name}.sqlite")


def digest(*parts: str | bytes) -> bytes:
    """A hash of several texts, which tells where one ends and the next begins."""
    whole = blake2b(digest_size=20)
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        whole.update(len(content).to_bytes(8, "big") + content)
    return whole.digest()


def program() -> bytes:
    """A hash of the generator itself, its templates and words, and of the libraries it uses."""
    versions = [f"{name} {metadata.version(name)}" for name in _LIBRARIES]
    return digest(*versions, *_contents(resources.files("generator")))


def _contents(folder: Traversable) -> Iterator[str | bytes]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            if not entry.name.startswith("__"):
                yield from _contents(entry)
        else:
            yield from (entry.name, entry.read_bytes())


def packed(value: Any) -> bytes:
    """A value as bytes for the cache."""
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return content if len(content) < _SMALL else frame.compress(content)


def unpacked(content: bytes) -> Any:
    """The value that was ``packed``."""
    with uncollected():
        is_small = content.startswith(pickle.PROTO)
        return pickle.loads(content if is_small else frame.decompress(content))
