"""Reads a project's files from the disk: the one place in front of the core that does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.loading import BRIEFINGS, DATA
from generator.yaml_text import MAX_BYTES

ENDINGS = {".yml", ".yaml", ".md"}


def read_tree(briefings: Path, data: Path) -> dict[str, bytes]:
    """The YAML and Markdown files of a project: path as authors see it, to content.

    Symbolic links that lead out of the two folders and anything that is no regular file are passed
    over; of a file over the size limit only as much is read as shows that it is.
    """
    return {
        f"{prefix}{path.relative_to(folder).as_posix()}": content
        for prefix, folder in ((BRIEFINGS, briefings), (DATA, data))
        for path in _files(folder)
        if (content := _content(path, folder)) is not None
    }


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix in ENDINGS and not hidden:
            yield path


def read_file(path: Path) -> bytes:
    """A file's content; of one over the size limit only as much as shows that it is."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _content(path: Path, folder: Path) -> bytes | None:
    try:
        if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
            return None
        return b"" if path.suffix == ".md" else read_file(path)
    except OSError:
        return None
