"""Files with something from every briefing, assembled from fragments.

A fragment depends on its briefing and on what that refers to, so an edit renders few of them again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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


def write_aggregates(
    writes: Mapping[AggregateFile, Callable[[bytes], object]], fragments: Iterable[Fragment]
) -> None:
    """Write aggregate files, fragment by fragment; the function of each gets its next bytes."""
    files = {file.path: (file, write, set[str]()) for file, write in writes.items()}
    for fragment in fragments:
        if fragment.path not in files:
            continue
        file, write, seen = files[fragment.path]
        if fragment.key not in seen:
            write(file.between if seen else file.opening)
            write(fragment.content)
            seen.add(fragment.key)
    for file, write, seen in files.values():
        write(file.closing if seen else file.empty or file.opening + file.closing)


def joined(file: AggregateFile, fragments: Iterable[Fragment]) -> bytes:
    """An aggregate file with its fragments."""
    pieces: list[bytes] = []
    write_aggregates({file: pieces.append}, fragments)
    return b"".join(pieces)
