"""Files that somebody else has put into a site's folder, which a new site keeps.

Each site has a list of the files that its build wrote (``LIST``). All others are kept. A site that
MkDocs built without the plugin has no list. Of that, the files that MkDocs itself keeps are kept
(hidden files and folders at the top), and GitHub's ``CNAME``.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

LIST = ".briefings-site.json"
CNAME = "CNAME"


class KeepingError(Exception):
    """Why a file of somebody else can't be kept, as a sentence."""


def is_site(folder: Path) -> bool:
    """Whether a folder contains a site that MkDocs built, with or without the plugin.

    Only MkDocs writes each sitemap twice, once of them compressed.
    """
    return (folder / LIST).is_file() or all(
        (folder / name).is_file() for name in ("sitemap.xml", "sitemap.xml.gz")
    )


def is_free(folder: Path) -> bool:
    """Whether a folder contains nothing but files that would be kept without a list."""
    return all(_is_kept_by_name(path.name) for path in folder.iterdir())


def write_list(site: Path) -> None:
    """Write the list of a site that has just been built."""
    paths = sorted(path for path, entry in _entries(site) if not _is_folder(entry))
    (site / LIST).write_text(json.dumps(paths, indent=0), encoding="utf-8")


def keep(old: Path, new: Path) -> list[str]:
    """Link the files of somebody else in ``old`` into ``new``. Returns their paths, without hidden
    ones.

    ``old`` does not change, nor does anything that ``new`` has already. KeepingError if a file
    can't be kept.
    """
    built = _listed(old)
    folders: set[str] | None = None
    if built is not None:
        folders = {parent for path in built for parent in _parents(path)}
    kept = []
    read_only: list[tuple[Path, int]] = []
    try:
        for path, entry in _entries(old):
            if not _is_kept(path, entry, built, folders):
                continue
            _keep(entry, new / path, path, read_only)
            if not _is_folder(entry) and not path.startswith("."):
                kept.append(path)
        for folder, mode in reversed(read_only):
            folder.chmod(mode)
    except OSError as error:
        raise KeepingError(
            f"{error.filename or old} was not written by a build and can't be kept: "
            f"{error.strerror}. Move it to another folder."
        ) from None
    return kept


def _is_kept(
    path: str, entry: os.DirEntry[str], built: frozenset[str] | None, folders: set[str] | None
) -> bool:
    if path == LIST:
        return False
    if built is None or folders is None:
        return _is_kept_by_name(path.partition("/")[0])
    return path not in (folders if _is_folder(entry) else built)


def _keep(entry: os.DirEntry[str], new: Path, path: str, read_only: list[tuple[Path, int]]) -> None:
    is_folder = new.is_dir() and not new.is_symlink()
    if os.path.lexists(new) and is_folder != _is_folder(entry):
        raise KeepingError(
            f"{entry.path} was not written by a build, and the new site needs its name. "
            "Move it to another folder."
        )
    if _is_folder(entry):
        if not is_folder:
            new.mkdir(mode=0o700)
            read_only.append((new, stat.S_IMODE(entry.stat(follow_symlinks=False).st_mode)))
    elif not os.path.lexists(new):
        new.parent.mkdir(parents=True, exist_ok=True)
        _link(entry, new)


def _link(entry: os.DirEntry[str], new: Path) -> None:
    try:
        os.link(entry.path, new, follow_symlinks=False)
    except OSError as error:
        if error.errno == errno.EXDEV:  # the folder will be deleted, with everything on that disk
            raise KeepingError(
                f"{Path(entry.path).parent} is a mounted disk, which can't be moved into a "
                "new site. Mount it at another folder."
            ) from None
        # The file system has no hard links, or the file belongs to another user.
        if entry.is_symlink():
            new.symlink_to(Path(entry.path).readlink())
        elif entry.is_file(follow_symlinks=False):
            shutil.copy2(entry.path, new)
            status = entry.stat(follow_symlinks=False)
            if hasattr(os, "chown"):
                with suppress(OSError):
                    os.chown(new, status.st_uid, status.st_gid)
        else:
            raise


def _listed(site: Path) -> frozenset[str] | None:
    """The files on a site's list; None if there is no list, or it can't be read."""
    try:
        paths = json.loads((site / LIST).read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
        return None
    return frozenset(paths)


def _entries(folder: Path | str, prefix: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Files and folders below a folder with their relative paths, a folder before its files."""
    with os.scandir(folder) as iterator:
        entries = list(iterator)
    for entry in entries:
        yield f"{prefix}{entry.name}", entry
        if _is_folder(entry):
            yield from _entries(entry.path, f"{prefix}{entry.name}/")


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _parents(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def _is_kept_by_name(name: str) -> bool:
    return name.startswith(".") or name == CNAME
