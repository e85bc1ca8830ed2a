"""Output folder that reuses unchanged files of the previous site by hard link.

Files are written in groups, each under a digest of its inputs. The manifest of a site lists its
groups. If the previous site has a group with the same digest, its files are linked into the new
folder instead of being written again. A file is reused only if it is as the build left it, with the
permissions that a new file gets.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple

from generator.build.cache import Cache, digest, dumps, loads

#: The permissions of a new file, before the process's ``umask`` removes some.
_FILE_MODE = 0o666


class FileStat(NamedTuple):
    """A file as it was written, with its path below the site's root.

    ``size`` is in bytes and ``modified`` in nanoseconds since 1970.
    """

    path: str
    size: int
    modified: int
    inode: int


Manifest = Mapping[bytes, tuple[FileStat, ...]]
"""The files of each group of a site, by the digest of the group's inputs."""


class OutputFolder:
    """The folder of a new site. ``previous_site`` has the files that ``manifest`` lists.

    ``reserved_paths`` belong to somebody else: nothing is written there.
    """

    def __init__(
        self,
        folder: Path,
        reserved_paths: Container[str],
        previous_site: Path | None = None,
        manifest: Manifest | None = None,
    ) -> None:
        self._folder, self._reserved_paths = folder, reserved_paths
        folder.mkdir(exist_ok=True)  # a hook of the project can have removed it
        self._previous_site, self._manifest = previous_site, manifest or {}
        # The umask restricts a new folder in the same way as a new file.
        self._mode = stat.S_IMODE(folder.stat().st_mode) & _FILE_MODE if previous_site else 0

    def reuse(self, key: bytes) -> tuple[FileStat, ...] | None:
        """Link the files of a group from the previous site; None if that is impossible."""
        group = self._manifest.get(key)
        if group is None:
            return None
        try:
            for file in group:
                source = f"{self._previous_site}/{file.path}"
                result = os.lstat(source)
                if (
                    _file_stat(file.path, result) != file
                    or stat.S_IMODE(result.st_mode) != self._mode
                ):
                    return None
                self._link(source, f"{self._folder}/{file.path}")
        except OSError:  # the file was deleted, say, or the file system has no hard links
            return None
        return group

    def write(self, files: Iterable[tuple[str, bytes]]) -> tuple[FileStat, ...]:
        """Write the files of a group."""
        written = []
        for path, content in files:
            if self.accepts(path):
                with self.open(path) as file:
                    file.write(content)
                    written.append(file_stat(path, file))
        return tuple(written)

    def accepts(self, path: str) -> bool:
        """Whether a file may be written to this path."""
        return path not in self._reserved_paths

    def open(self, path: str) -> BinaryIO:
        """Open a new file for writing."""
        target = self._folder / path
        target.unlink(missing_ok=True)  # writing into a hard link would change the previous site
        target.parent.mkdir(parents=True, exist_ok=True)
        return target.open("xb")

    def _link(self, source: str, target: str) -> None:
        try:
            os.link(source, target)
        except FileNotFoundError:
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            os.link(source, target)


def file_stat(path: str, file: BinaryIO) -> FileStat:
    """The size, time and inode of a file that has been written completely."""
    file.flush()
    return _file_stat(path, os.fstat(file.fileno()))


def _file_stat(path: str, result: os.stat_result) -> FileStat:
    return FileStat(path, result.st_size, result.st_mtime_ns, result.st_ino)


def save_manifest(
    cache: Cache, site: Path, reserved_paths: Iterable[str], manifest: Manifest
) -> None:
    """Store the manifest of a site for the next build."""
    cache.put_many({_key(site, reserved_paths): dumps(dict(manifest))})


def load_manifest(cache: Cache, site: Path, reserved_paths: Iterable[str]) -> Manifest:
    """The manifest of a site; empty if it is unknown, or if other paths were reserved."""
    content = cache.get(_key(site, reserved_paths))
    manifest: Manifest = loads(content) if content else {}
    return manifest


def _key(site: Path, reserved_paths: Iterable[str]) -> bytes:
    return digest(b"manifest", os.fsencode(site.resolve()), *sorted(reserved_paths))
