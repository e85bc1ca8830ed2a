"""What a newer version of the program changes in the files that `briefings init` wrote.

An owner's own changes stay. Where both changed the same lines, the owner's lines stay, and the new
ones are shown. The base of this three-way merge is the record of what was written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff

from merge3 import Merge3

from generator.authoring.site_scaffold import Record


@dataclass(frozen=True, slots=True)
class FileChange:
    """A change of one file; ``before`` is None for a new file.

    ``left_out`` are new lines that were not taken over, because the owner changed the same ones.
    """

    path: str
    before: str | None
    after: str
    left_out: tuple[str, ...] = ()

    def diff(self) -> str:
        """The change as a unified diff; empty if the file stays as it is."""
        lines = unified_diff(
            (self.before or "").splitlines(keepends=True),
            self.after.splitlines(keepends=True),
            "/dev/null" if self.before is None else f"a/{self.path}",
            f"b/{self.path}",
        )
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def file_changes(
    record: Record, current: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[FileChange]:
    """What changes in a site.

    ``current`` are the texts of the site's files by path, ``new`` those that this version writes
    for the same answers. A file that the owner deleted stays deleted.
    """
    for path, text in new.items():
        base, own = record.texts.get(path), current.get(path)
        if base is None and own is None:
            yield FileChange(path, None, text)
        elif own is None or base == text or own == text:
            continue
        else:
            merged, left_out = _merge(base or "", own, text)
            if merged != own or left_out:
                yield FileChange(path, own, merged, left_out)


def _merge(base: str, own: str, new: str) -> tuple[str, tuple[str, ...]]:
    """The owner's text with what is new, and the new lines that clash with the owner's."""
    merge = Merge3(
        base.splitlines(keepends=True),
        own.splitlines(keepends=True),
        new.splitlines(keepends=True),
    )
    merged: list[str] = []
    left_out: list[str] = []
    for group in merge.merge_groups():
        if group[0] == "conflict":
            merged += group[2]
            left_out.append("".join(group[3]))
        else:
            merged += group[1]
    return "".join(merged), tuple(left_out)
