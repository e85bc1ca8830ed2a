"""What earlier runs made, by a hash of all that it was made from.

One SQLite file for each project, in the user's own folder for caches: what lies there is read back
as it is, so it must not come with a project's files, which strangers can send. It can be deleted at
any time, and several runs can use it at once. A file that is damaged is put aside.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

#: Where another folder is wanted, or `off`.
VARIABLE = "BRIEFINGS_CACHE"
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS made (key BLOB PRIMARY KEY, value BLOB)",
    # By itself, as writing a row writes the whole of it.
    "CREATE TABLE IF NOT EXISTS used (key BLOB PRIMARY KEY, run INTEGER) WITHOUT ROWID",
)
#: How many runs something is kept that none of them used.
_KEPT_FOR = 20
_LIBRARIES = ("babel", "jinja2", "markdown", "markupsafe", "nh3", "pillow", "pydantic", "pyyaml")
_AT_ONCE = 500


class Cache:
    """Values by key; ``run`` counts the runs that used it.

    ``path`` is the file; without one what is kept is gone with this object.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._used: set[bytes] = set()
        self._open()

    def _open(self) -> None:
        try:
            self._database = self._opened()
        except (sqlite3.Error, OSError):
            self._put_aside()

    def _opened(self) -> sqlite3.Connection:
        if self._path:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        database = sqlite3.connect(
            self._path or "", timeout=60, isolation_level=None, check_same_thread=False
        )
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = OFF")
        for statement in _SCHEMA:
            database.execute(statement)
        (self.run,) = database.execute("PRAGMA user_version").fetchone()
        return database

    def _put_aside(self) -> None:
        """Begin anew; in memory only where that can't be done either."""
        for ending in ("", "-wal", "-shm") if self._path else ():
            with suppress(OSError):
                Path(f"{self._path}{ending}").unlink()
        try:
            self._database = self._opened()
        except (sqlite3.Error, OSError):
            self._path = None
            self._database = self._opened()

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
        self._used |= found.keys()
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
        self._used |= found
        return found

    def put(self, values: Mapping[bytes, bytes]) -> None:
        """Keep ``values``, each under its key."""
        rows = list(values.items())
        try:
            self._write(rows)
        except sqlite3.Error:  # it is full, say, or was damaged meanwhile
            self._path = None
            self._database = self._opened()
            self._write(rows)
        self._used |= values.keys()

    def _write(self, rows: list[tuple[bytes, bytes]]) -> None:
        self._database.execute("BEGIN IMMEDIATE")
        self._database.executemany("INSERT OR REPLACE INTO made VALUES (?, ?)", rows)
        self._database.execute("COMMIT")

    def close(self) -> None:
        """Note what was used, and forget what has not been for long."""
        if self._path:
            with suppress(sqlite3.Error):
                self._database.execute("BEGIN IMMEDIATE")
                run = self.run + 1
                self._database.execute(f"PRAGMA user_version = {run}")
                rows = ((key, run) for key in self._used)
                self._database.executemany("INSERT OR REPLACE INTO used VALUES (?, ?)", rows)
                self._database.execute("DELETE FROM used WHERE run < ?", (run - _KEPT_FOR,))
                self._database.execute("DELETE FROM made WHERE key NOT IN (SELECT key FROM used)")
                self._database.execute("COMMIT")
        self._database.close()


def _in_hundreds(keys: Iterable[bytes]) -> Iterator[list[bytes]]:
    every = list(keys)
    for start in range(0, len(every), _AT_ONCE):
        yield every[start : start + _AT_ONCE]


def project_cache(project: Path) -> Cache:
    """The cache of the project in a folder."""
    told = os.environ.get(VARIABLE, "")
    if told == "off":
        return Cache()
    folder = Path(told) if told else user_cache_path("briefing-site", appauthor=False)
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
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)


def unpacked(content: bytes) -> Any:
    """The value that was ``packed``."""
    return pickle.loads(zlib.decompress(content))
