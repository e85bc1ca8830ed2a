"""Values by key in an SQLite file, which several processes can read and write at once.

A damaged file is marked, never deleted or moved while another process may be using it: a new file
with the next number takes its place, for this run and for later ones.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

#: Seconds to wait for another process that writes.
WAIT = 30.0
_PAUSE = 0.1
_SCHEMA = "CREATE TABLE IF NOT EXISTS made (key BLOB PRIMARY KEY, value BLOB)"
#: How many keys are looked up in one query.
_AT_ONCE = 500
#: The size of a page of the file, in bytes: most values fit into one.
_PAGE = 16_384
#: How many rows, and pages, are freed before other processes can write again.
_ROWS, _PAGES = 2_000, 500
#: Seconds after which no process uses a damaged file any more.
_WEEK = 7 * 24 * 3600.0
_DAMAGED = ".damaged"
_PARTS = ("", "-wal", "-shm")


class DamagedError(Exception):
    """The file is not what SQLite wrote."""


class Store:
    """The values in the file at ``path``, or in the next one that isn't marked as damaged.

    Methods raise ``DamagedError``, ``sqlite3.Error`` or ``OSError``; if the file is locked, only
    after ``WAIT`` seconds.
    """

    def __init__(self, path: Path, first: int = 0) -> None:
        self._base = path
        self._number, self.path = _usable(path, first)
        self._connected: tuple[int, sqlite3.Connection] | None = None
        self._inherited: list[object] = []
        self._last_row = 0

    def next(self) -> Store:
        """Mark this file as damaged, and return the store that takes its place."""
        self.close()
        with suppress(OSError):
            Path(f"{self.path}{_DAMAGED}").touch()
        return Store(self._base, self._number + 1)

    def values(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The values of those of ``keys`` that have one."""
        return dict(self._select("key, value", keys))

    def keys(self, keys: Iterable[bytes]) -> set[bytes]:
        """Those of ``keys`` that have a value."""
        return {key for (key,) in self._select("key", keys)}

    def _select(self, columns: str, keys: Iterable[bytes]) -> Iterator[Any]:
        wanted = list(keys)
        with _errors():
            for start in range(0, len(wanted), _AT_ONCE):
                batch = wanted[start : start + _AT_ONCE]
                marks = ",".join("?" * len(batch))
                query = f"SELECT {columns} FROM made WHERE key IN ({marks})"
                yield from self._database.execute(query, batch)

    def write(self, values: Mapping[bytes, bytes]) -> None:
        """Write ``values``, all of them or none."""
        with self._writing() as database:
            database.executemany("INSERT OR REPLACE INTO made VALUES (?, ?)", values.items())

    def size(self) -> int:
        """The size of the file in bytes."""
        return self.path.stat().st_size

    def forget_all_but(self, used: Iterable[bytes]) -> None:
        """Delete what was in the file when it was opened, except ``used`` keys, and shrink it.

        This takes small steps, between which other processes can write.
        """
        with _errors():
            database = self._database
            database.execute("CREATE TEMPORARY TABLE IF NOT EXISTS used (key BLOB PRIMARY KEY)")
            database.executemany("INSERT OR IGNORE INTO used VALUES (?)", ((key,) for key in used))
        for row in range(0, self._last_row + 1, _ROWS):
            with self._writing():
                database.execute(
                    "DELETE FROM made WHERE rowid BETWEEN ? AND ? "
                    "AND key NOT IN (SELECT key FROM used)",
                    (row, min(row + _ROWS - 1, self._last_row)),
                )
        with _errors():
            while database.execute("PRAGMA freelist_count").fetchone()[0]:
                database.execute(f"PRAGMA incremental_vacuum({_PAGES})").fetchall()

    def close(self) -> None:
        """Close the file."""
        if self._connected and self._connected[0] == os.getpid():
            self._connected[1].close()
            self._connected = None

    @property
    def _database(self) -> sqlite3.Connection:
        """The connection of this process: one that was inherited by a fork must not be used."""
        if self._connected is None or self._connected[0] != os.getpid():
            if self._connected:
                self._inherited.append(self._connected)  # nor closed
            self._connected = os.getpid(), self._opened()
        return self._connected[1]

    def _opened(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # SQLite itself doesn't wait before it changes the journal mode.
        end = time.monotonic() + WAIT
        while True:
            try:
                return self._try_to_open()
            except sqlite3.OperationalError as error:
                if not _is_locked(error) or time.monotonic() > end:
                    raise
            time.sleep(_PAUSE)

    def _try_to_open(self) -> sqlite3.Connection:
        database = sqlite3.connect(
            self.path, timeout=WAIT, isolation_level=None, check_same_thread=False
        )
        try:
            # This comes first: the change of the journal mode would wait for the disk.
            database.execute("PRAGMA synchronous = OFF")
            database.execute(f"PRAGMA page_size = {_PAGE}")
            database.execute("PRAGMA auto_vacuum = INCREMENTAL")
            database.execute("PRAGMA journal_mode = WAL")
            database.execute(_SCHEMA)
            self._last_row = database.execute("SELECT max(rowid) FROM made").fetchone()[0] or 0
        except BaseException:
            database.close()
            raise
        return database

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with _errors():
            database = self._database
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
                database.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    database.execute("ROLLBACK")
                raise


def _usable(base: Path, first: int) -> tuple[int, Path]:
    """The first file from a number on that isn't damaged."""
    for number in count(first):
        path = base.with_stem(f"{base.stem}.{number}") if number else base
        marker = Path(f"{path}{_DAMAGED}")
        try:
            marked = marker.stat().st_mtime
        except OSError:
            if path.is_dir():
                continue
            return number, path
        if time.time() - marked > _WEEK:
            for part in _PARTS:  # its number isn't used again, so no process can be writing to it
                with suppress(OSError):
                    Path(f"{path}{part}").unlink()
    raise AssertionError("numbers have no end")


@contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        if _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise DamagedError(str(error)) from error
        raise


def _is_locked(error: sqlite3.Error) -> bool:
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _code(error: sqlite3.Error) -> int:
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
