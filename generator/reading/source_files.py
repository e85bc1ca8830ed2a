"""Reads a project's files from the disk: the one place in front of the core that does."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from copy import copy
from pathlib import Path

from generator.reading.loader import BRIEFINGS, DATA
from generator.reading.selection import Selection, is_source
from generator.reading.source_text import MAX_BYTES

ENDINGS = (".yml", ".yaml")  # of what an earlier revision is read from
StatFingerprint = tuple[int, int, int, int]


class SourceFiles(Mapping[str, bytes]):
    """The files of a project's briefings and registries, YAML read when it is asked for; of other
    files only the names are told.

    They go by the path that authors see. Files of the briefings' folder that readers don't get are
    here too, to be named, but never read; what the ``selection`` excludes is not. Symbolic links
    that lead out of the two folders and anything that is no regular file are passed over; a folder
    that can't be read stands for what is in it, so that reading it raises. ``stamps`` tells a
    file's version without reading it: when it was changed (two clocks, ns), its size in bytes, and
    its number.
    """

    def __init__(self, briefings: Path, data: Path, selection: Selection | None = None) -> None:
        self.selection = selection or Selection()
        self._places: dict[str, str] = {}
        self._contents: Mapping[str, bytes] = {}
        self.stamps: dict[str, StatFingerprint] = {}
        for prefix, folder in ((BRIEFINGS, briefings), (DATA, data)):
            for path, entry in _files(folder):
                is_folder = entry.is_dir(follow_symlinks=False)
                if not self._concerns(prefix, path, is_folder=is_folder):
                    continue
                if is_folder:
                    self._places[f"{prefix}{path}"] = entry.path
                elif self._leads_to_excluded(prefix, entry, folder):
                    continue
                elif (stamp := _stamp(entry, folder)) is not None:
                    self._places[f"{prefix}{path}"] = entry.path
                    self.stamps[f"{prefix}{path}"] = stamp

    def __getitem__(self, path: str) -> bytes:
        if path in self._contents:
            return self._contents[path]
        place = self._places[path]
        return read_file(place) if is_source(place) or Path(place).is_dir() else b""

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def content(self, path: str) -> bytes | None:
        """What a file holds; None where there is none, or none that can be read."""
        with suppress(KeyError, OSError):
            return self[path]
        return None

    def replaced(self, contents: Mapping[str, bytes]) -> SourceFiles:
        """The same files with these contents, by path, in place of what is on the disk."""
        tree = copy(self)
        tree._contents = {**self._contents, **contents}
        tree._places = {**self._places, **dict.fromkeys(contents, "")}
        tree.stamps = {path: one for path, one in self.stamps.items() if path not in contents}
        return tree

    def _concerns(self, prefix: str, path: str, *, is_folder: bool) -> bool:
        """Whether a file is one of the briefings' folder, or a registry."""
        if prefix == BRIEFINGS:
            return not self.selection.excludes(path)
        return is_folder or is_source(path)

    def _leads_to_excluded(self, prefix: str, entry: os.DirEntry[str], folder: Path) -> bool:
        """Whether a link gives another name to what has no page, or only one in previews."""
        if prefix != BRIEFINGS or not entry.is_symlink() or not lies_in(folder, entry.path):
            return False
        path = _real(entry.path).relative_to(_real(folder)).as_posix()
        is_draft = self.selection.is_draft(path.rpartition(".")[0])
        return is_draft or self.selection.excludes(path) or self.selection.hidden(path)

    def add(self, path: str, file: Path) -> None:
        """Take in a file from elsewhere."""
        self._places[path] = str(file)
        self.stamps.pop(path, None)


def read_tree(briefings: Path, data: Path) -> dict[str, bytes]:
    """Every file of a ``SourceFiles``; of one over the size limit as much as shows that it is."""
    tree = SourceFiles(briefings, data)
    files = {}
    for path in tree:
        with suppress(OSError):
            files[path] = tree[path]
    return files


def lies_in(folder: Path | str, path: Path | str) -> bool:
    """Whether a file is in ``folder`` in truth: what a link leads to can be anything elsewhere."""
    return _real(path).is_relative_to(_real(folder))


def _real(path: Path | str) -> Path:
    """Where a path leads to in truth. `Path.resolve` raises for links in a circle, until 3.13."""
    return Path(os.path.realpath(path))


def _files(
    folder: Path | str, inside: str = "", own: os.DirEntry[str] | None = None
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """The files below ``folder`` by their path from there, in order, but for hidden ones; a folder
    in it that can't be read is there by its ``own`` entry. Raises ``OSError`` for ``folder``.
    """
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
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
    """A file's content; of one over the size limit only as much as shows that it is."""
    with Path(path).open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _stamp(entry: os.DirEntry[str], folder: Path) -> StatFingerprint | None:
    try:
        if not entry.is_file():
            return None
        if entry.is_symlink() and not lies_in(folder, entry.path):
            return None
        told = entry.stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_ctime_ns, told.st_size, told.st_ino
