"""The folder of a site that is being built, and what it takes over from the one that stands.

Files are written in groups, each under a hash of all that it was made from. Where the site that
stands has a group of the same hash, its files get a second name in the new folder (a hard link)
instead of being written again. A file that is not as the build left it is not taken over, nor is
one with other permissions than a new file gets.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple

from generator.build.cache import Cache, digest, dumps, loads

#: What a new file may be used for, where nothing is taken away from that (``umask``).
_FILE_MODE = 0o666


class FileStat(NamedTuple):
    """A file as it was written: its path below the site's root, and what the system tells of it.

    ``size`` is in bytes, ``changed`` in nanoseconds since 1970; ``number`` is the file's own in its
    file system.
    """

    path: str
    size: int
    changed: int
    number: int


Manifest = Mapping[bytes, tuple[FileStat, ...]]


class OutputFolder:
    """The folder of a new site. ``old`` is that of the site that stands, made of ``groups``.

    ``taken`` are paths that someone else writes to: nothing of ours is put there.
    """

    def __init__(
        self,
        folder: Path,
        taken: Container[str],
        old: Path | None = None,
        groups: Manifest | None = None,
    ) -> None:
        self._folder, self._taken = folder, taken
        folder.mkdir(exist_ok=True)  # a hook of the project's own can have removed it
        self._old, self._groups = old, groups or {}
        # What a new file may not be used for, a new folder isn't either.
        self._mode = stat.S_IMODE(folder.stat().st_mode) & _FILE_MODE if old else 0

    def reuse(self, key: bytes) -> tuple[FileStat, ...] | None:
        """The files of a group, taken over from the old site; None where they can't be."""
        group = self._groups.get(key)
        if group is None:
            return None
        try:
            for file in group:
                old = f"{self._old}/{file.path}"
                about = os.lstat(old)
                if _told(file.path, about) != file or stat.S_IMODE(about.st_mode) != self._mode:
                    return None
                self._link(old, f"{self._folder}/{file.path}")
        except OSError:  # someone deleted it, say, or the file system knows no second names
            return None
        return group

    def write(self, files: Iterable[tuple[str, bytes]]) -> tuple[FileStat, ...]:
        """Write the files of a group."""
        done = []
        for path, content in files:
            if self.takes(path):
                with self.open(path) as file:
                    file.write(content)
                    done.append(file_stat(path, file))
        return tuple(done)

    def takes(self, path: str) -> bool:
        """Whether a file may be put at this path."""
        return path not in self._taken

    def open(self, path: str) -> BinaryIO:
        """A new file to write to."""
        place = self._folder / path
        place.unlink(missing_ok=True)  # it can be a second name: this is to be a file of its own
        place.parent.mkdir(parents=True, exist_ok=True)
        return place.open("xb")

    def _link(self, old: str, new: str) -> None:
        try:
            os.link(old, new)
        except FileNotFoundError:
            Path(new).parent.mkdir(parents=True, exist_ok=True)
            os.link(old, new)


def file_stat(path: str, file: BinaryIO) -> FileStat:
    """What is told of a file when all of it has been written."""
    file.flush()
    return _told(path, os.fstat(file.fileno()))


def _told(path: str, stat: os.stat_result) -> FileStat:
    return FileStat(path, stat.st_size, stat.st_mtime_ns, stat.st_ino)


def save_manifest(cache: Cache, site: Path, taken: Iterable[str], groups: Manifest) -> None:
    """Keep what a site is made of, for the build after this."""
    cache.put_many({_key(site, taken): dumps(dict(groups))})


def load_manifest(cache: Cache, site: Path, taken: Iterable[str]) -> Manifest:
    """What a site was made of; nothing where that is unknown, or where other paths were taken."""
    content = cache.get(_key(site, taken))
    groups: Manifest = loads(content) if content else {}
    return groups


def _key(site: Path, taken: Iterable[str]) -> bytes:
    return digest(b"standing", os.fsencode(site.resolve()), *sorted(taken))
