"""The folder of a site that is being built, and what it takes over from the one that stands.

Files are written in groups, each under a hash of all that it was made from. Where the site that
stands has a group of the same hash, its files get a second name in the new folder (a hard link)
instead of being written again. A file that is not as the build left it is not taken over.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Container, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from generator.cache import Cache, digest, packed, unpacked


class Written(NamedTuple):
    """A file as it was written: its path below the site's root, and what the system tells of it.

    ``size`` is in bytes, ``changed`` in nanoseconds since 1970; ``number`` is the file's own in its
    file system.
    """

    path: str
    size: int
    changed: int
    number: int


Groups = Mapping[bytes, tuple[Written, ...]]


class SiteFolder:
    """The folder of a new site. ``old`` is that of the site that stands, made of ``groups``.

    ``taken`` are paths that someone else writes to: nothing of ours is put there.
    """

    def __init__(
        self,
        folder: Path,
        taken: Container[str],
        old: Path | None = None,
        groups: Groups | None = None,
    ) -> None:
        self._folder, self._taken = folder, taken
        self._old, self._groups = old, groups or {}

    def take_over(self, key: bytes) -> tuple[Written, ...] | None:
        """The files of a group, taken over from the old site; None where they can't be."""
        group = self._groups.get(key)
        if group is None:
            return None
        try:
            for file in group:
                old = f"{self._old}/{file.path}"
                if _told(file.path, os.lstat(old)) != file:
                    return None
                self._link(old, f"{self._folder}/{file.path}")
        except OSError:  # someone deleted it, say, or the file system knows no second names
            return None
        return group

    def write(self, files: Iterable[tuple[str, bytes]]) -> tuple[Written, ...]:
        """Write the files of a group."""
        done = []
        for path, content in files:
            if self.takes(path):
                with self.open(path) as file:
                    file.write(content)
                    done.append(written(path, file))
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


def written(path: str, file: BinaryIO) -> Written:
    """What is told of a file when all of it has been written."""
    file.flush()
    return _told(path, os.fstat(file.fileno()))


def _told(path: str, stat: os.stat_result) -> Written:
    return Written(path, stat.st_size, stat.st_mtime_ns, stat.st_ino)


def remember(cache: Cache, site: Path, taken: Iterable[str], groups: Groups) -> None:
    """Keep what a site is made of, for the build after this."""
    cache.put({_key(site, taken): packed(dict(groups))})


def remembered(cache: Cache, site: Path, taken: Iterable[str]) -> Groups:
    """What a site was made of; nothing where that is unknown, or where other paths were taken."""
    content = cache.get(_key(site, taken))
    groups: Groups = unpacked(content) if content else {}
    return groups


def _key(site: Path, taken: Iterable[str]) -> bytes:
    return digest(b"standing", os.fsencode(site.resolve()), *sorted(taken))


class SetAside:
    """The site that was there, out of the way while a new one is built, and back if that fails.

    MkDocs empties the folder first. Some file systems are slow to make files where as many were
    just deleted, and a build that fails would leave nothing.
    """

    def __init__(self, site: Path) -> None:
        self._site = site
        self.old = site.with_name(f".{site.name}.before")
        self._moved = False
        shutil.rmtree(self.old, ignore_errors=True)  # of a build that was killed
        if site.is_dir() and not site.is_symlink():
            with suppress(OSError):  # it can be a mount point, say: then MkDocs empties it
                site.rename(self.old)
                self._moved = True

    def forget(self) -> None:
        """Delete it: the new one is there."""
        if self._moved:
            shutil.rmtree(self.old, ignore_errors=True)
            self._moved = False

    def put_back(self) -> None:
        """Put it back in place of what was begun."""
        if self._moved:
            shutil.rmtree(self._site, ignore_errors=True)
            self.old.rename(self._site)
            self._moved = False
