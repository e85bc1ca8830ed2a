"""Reads a project's files from the disk, with fingerprints of their versions."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from copy import copy
from pathlib import Path

from generator.reading.loader import BRIEFINGS, DATA
from generator.reading.selection import Selection, is_source
from generator.reading.source_text import MAX_BYTES

StatFingerprint = tuple[int, int, int, int]


class SourceFiles(Mapping[str, bytes]):
    """The briefings and registries of a project by the path that authors see. A YAML file is read
    when its content is requested; the content of other files is empty.

    Unpublished files of the briefings' folder are included, so that they can be reported, but not
    those that the ``selection`` excludes. Symbolic links that lead out of the two folders and
    anything that is no regular file are skipped. A folder that can't be read is included in place
    of its files, so that reading it raises an error. ``stamps`` are fingerprints of the files'
    versions: the times of the last change of content and status (ns), size in bytes, and inode.
    """

    def __init__(self, briefings: Path, data: Path, selection: Selection | None = None) -> None:
        self.selection = selection or Selection()
        self._paths: dict[str, str] = {}
        self._contents: Mapping[str, bytes] = {}
        self.stamps: dict[str, StatFingerprint] = {}
        for prefix, folder in ((BRIEFINGS, briefings), (DATA, data)):
            for path, entry in _files(folder):
                name, is_folder = f"{prefix}{path}", entry.is_dir(follow_symlinks=False)
                if not self._concerns(prefix, path, is_folder=is_folder):
                    continue
                if is_folder:
                    self._paths[name] = entry.path
                elif entry.is_symlink() and self._leads_out(prefix, entry, folder):
                    continue
                elif (stamp := _stamp(entry)) is not None:
                    self._paths[name] = entry.path
                    self.stamps[name] = stamp

    def __getitem__(self, path: str) -> bytes:
        if path in self._contents:
            return self._contents[path]
        disk_path = self._paths[path]
        is_read = is_source(disk_path) or Path(disk_path).is_dir()
        return read_file(disk_path) if is_read else b""

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def content(self, path: str) -> bytes | None:
        """The content of a file; None if it doesn't exist or can't be read."""
        with suppress(KeyError, OSError):
            return self[path]
        return None

    def replaced(self, contents: Mapping[str, bytes]) -> SourceFiles:
        """The same files, some with other ``contents`` than on the disk, by path."""
        files = copy(self)
        files._contents = {**self._contents, **contents}
        files._paths = {**self._paths, **dict.fromkeys(contents, "")}
        files.stamps = {path: stamp for path, stamp in self.stamps.items() if path not in contents}
        return files

    def _concerns(self, prefix: str, path: str, *, is_folder: bool) -> bool:
        """Whether a file belongs to the briefings, or is a registry."""
        if prefix == BRIEFINGS:
            return not self.selection.excludes(path)
        return is_folder or is_source(path)

    def _leads_out(self, prefix: str, entry: os.DirEntry[str], folder: Path) -> bool:
        """Whether a symbolic link leads out of ``folder``, or to a file that is excluded, hidden or
        a draft.
        """
        if not lies_in(folder, entry.path):
            return True
        if prefix != BRIEFINGS:
            return False
        path = _real(entry.path).relative_to(_real(folder)).as_posix()
        is_draft = self.selection.is_draft(path.rpartition(".")[0])
        return is_draft or self.selection.excludes(path) or self.selection.hidden(path)

    def with_others(self, others: Mapping[str, Path]) -> SourceFiles:
        """The same files and, by the paths that they get here, ``others`` from elsewhere."""
        files = copy(self)
        files._paths = {**self._paths, **{path: str(file) for path, file in others.items()}}
        files.stamps = {path: stamp for path, stamp in self.stamps.items() if path not in others}
        return files


def read_tree(briefings: Path, data: Path) -> dict[str, bytes]:
    """The contents of all files that can be read, by path."""
    files = SourceFiles(briefings, data)
    contents = {}
    for path in files:
        with suppress(OSError):
            contents[path] = files[path]
    return contents


def lies_in(folder: Path | str, path: Path | str) -> bool:
    """Whether a file is in ``folder`` after symbolic links are resolved."""
    return _real(path).is_relative_to(_real(folder))


def _real(path: Path | str) -> Path:
    """A path with symbolic links resolved. `Path.resolve` raises for circular links until 3.13."""
    return Path(os.path.realpath(path))


def _files(
    folder: Path | str, inside: str = "", own: os.DirEntry[str] | None = None
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """The files below ``folder`` by their path from there, sorted, without hidden ones. A subfolder
    that can't be read is included as its ``own`` entry. Raises ``OSError`` for ``folder`` itself.
    """
    try:
        with os.scandir(folder) as unsorted:
            entries = sorted(unsorted, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError:
        if own is None:
            raise
        yield inside.rstrip("/"), own
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, f"{inside}{entry.name}/", entry)
        else:
            yield f"{inside}{entry.name}", entry


def read_file(path: Path | str) -> bytes:
    """A file's content; of a file over the size limit, one byte more than the limit."""
    with Path(path).open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _stamp(entry: os.DirEntry[str]) -> StatFingerprint | None:
    try:
        if not entry.is_file():
            return None
        status = entry.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
