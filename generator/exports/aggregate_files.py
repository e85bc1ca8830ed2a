"""Files that hold something of every briefing: each briefing's share of them, and the whole.

A share depends on its briefing and what that refers to, so an edit makes few shares anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fragment:
    """What a briefing puts into the file at ``path``; of those with one ``key`` the first stays."""

    path: str
    key: str
    content: bytes


@dataclass(frozen=True, slots=True)
class AggregateFile:
    """What stands around the shares in the file at ``path``; ``empty`` is it without any."""

    path: str
    opening: bytes = b""
    between: bytes = b""
    closing: bytes = b""
    empty: bytes = b""


class FragmentWriter:
    """A shared file as it is written, share by share: ``write`` takes the next piece of it."""

    def __init__(self, file: AggregateFile, write: Callable[[bytes], object]) -> None:
        self._file, self._write = file, write
        self._seen: set[str] = set()

    def add(self, share: Fragment) -> None:
        """Write one share."""
        if share.key not in self._seen:
            self._write(self._file.between if self._seen else self._file.opening)
            self._write(share.content)
            self._seen.add(share.key)

    def end(self) -> None:
        """Write what stands after the last share."""
        file = self._file
        self._write(file.closing if self._seen else file.empty or file.opening + file.closing)


def joined(file: AggregateFile, shares: Iterable[Fragment]) -> bytes:
    """A shared file with its shares."""
    pieces: list[bytes] = []
    joining = FragmentWriter(file, pieces.append)
    for share in shares:
        joining.add(share)
    joining.end()
    return b"".join(pieces)
