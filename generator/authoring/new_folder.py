"""Creates a folder with all of its files, or leaves everything as it was."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

_PREFIX = ".briefings-init-"


def create_folder(folder: Path, texts: Mapping[str, str]) -> None:
    """Create ``folder`` with ``texts``, by their path in it. It may exist, without these files.

    The files are first written into a hidden folder and then moved in one step, so that a process
    that is killed leaves no half of them. Raises ``FileExistsError`` for a file that is there
    already, or another ``OSError``; then nothing is changed.
    """
    created = _create_missing(folder.parent)
    staging = None
    try:
        inside = folder if folder.is_dir() else folder.parent
        staging = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=inside))
        for path, text in texts.items():
            target = staging / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        if inside == folder:
            _move_into(folder, staging)
        else:
            staging.chmod(folder.parent.stat().st_mode & 0o777)
            staging.rename(folder)
    except BaseException:
        if staging:
            shutil.rmtree(staging, ignore_errors=True)
        for parent in reversed(created):
            with suppress(OSError):  # what others put there meanwhile is not ours to remove
                parent.rmdir()
        raise


def _create_missing(folder: Path) -> list[Path]:
    """Create a folder and those above it; the new ones, outermost first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir()
    return missing[::-1]


def _move_into(folder: Path, staging: Path) -> None:
    moved: list[Path] = []
    try:
        for entry in sorted(staging.iterdir()):
            target = folder / entry.name
            if os.path.lexists(target):
                raise FileExistsError(None, "It already exists", str(target))
            entry.rename(target)
            moved.append(target)
        staging.rmdir()
    except BaseException:
        for target in moved:
            target.rename(staging / target.name)
        raise
