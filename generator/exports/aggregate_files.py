"""Files with something from every briefing, assembled from fragments.

A fragment depends on its briefing and on what that refers to, so an edit renders few of them again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Fragment(NamedTuple):
    """A briefing's part of the file at ``path``. Of several with one ``key``, the first is used."""

    path: str
    key: str
    content: bytes


@dataclass(frozen=True, slots=True)
class AggregateFile:
    """The text around the fragments in the file at ``path``; ``empty`` is the file without any."""

    path: str
    opening: bytes = b""
    between: bytes = b""
    closing: bytes = b""
    empty: bytes = b""


class FragmentWriter:
    """Writes an aggregate file, fragment by fragment; ``write`` gets the next bytes of it."""

    def __init__(self, file: AggregateFile, write: Callable[[bytes], object]) -> None:
        self._file, self._write = file, write
        self._seen: set[str] = set()

    def add(self, fragment: Fragment) -> None:
        """Write a fragment."""
        if fragment.key not in self._seen:
            self._write(self._file.between if self._seen else self._file.opening)
            self._write(fragment.content)
            self._seen.add(fragment.key)

    def end(self) -> None:
        """Write the text after the last fragment."""
        file = self._file
        self._write(file.closing if self._seen else file.empty or file.opening + file.closing)


def joined(file: AggregateFile, fragments: Iterable[Fragment]) -> bytes:
    """An aggregate file with its fragments."""
    pieces: list[bytes] = []
    writer = FragmentWriter(file, pieces.append)
    for fragment in fragments:
        writer.add(fragment)
    writer.end()
    return b"".join(pieces)
