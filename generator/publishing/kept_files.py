"""What of a site's folder is the build's own, and what somebody else put there, which stays.

Each site has a list of its own files (``LIST``): whatever is not on it is not the build's. Where
there is no list, as in a site that MkDocs made without the plugin, what MkDocs leaves alone stays
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
    """Why a file that isn't the build's own can't be kept, as a sentence."""


def is_site(folder: Path) -> bool:
    """Whether a folder holds a site that MkDocs made, with or without the plugin.

    MkDocs writes the sitemap of every site twice, plain and packed; no other builder does.
    """
    return (folder / LIST).is_file() or all(
        (folder / name).is_file() for name in ("sitemap.xml", "sitemap.xml.gz")
    )


def is_free(folder: Path) -> bool:
    """Whether a folder is empty but for what stays."""
    return all(_stays(path.name) for path in folder.iterdir())


def write_list(site: Path) -> None:
    """List the files of a site that has just been built, in the site itself."""
    paths = sorted(path for path, entry in _entries(site) if not _is_folder(entry))
    (site / LIST).write_text(json.dumps(paths, indent=0), encoding="utf-8")


def keep(old: Path, new: Path) -> list[str]:
    """Give ``new`` what somebody else put into ``old``; the paths of what was, but for hidden ones.

    Files get a second name (a hard link), so nothing is taken away from ``old``. What is in ``new``
    already stays as it is. KeepingError where something can't be kept.
    """
    made = _listed(old)
    folders: set[str] | None = None
    if made is not None:
        folders = {parent for path in made for parent in _parents(path)}
    kept = []
    read_only: list[tuple[Path, int]] = []
    try:
        for path, entry in _entries(old):
            if not _is_kept(path, entry, made, folders):
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
    path: str, entry: os.DirEntry[str], made: frozenset[str] | None, folders: set[str] | None
) -> bool:
    if path == LIST:
        return False
    if made is None or folders is None:
        return _stays(path.partition("/")[0])
    return path not in (folders if _is_folder(entry) else made)


def _keep(entry: os.DirEntry[str], new: Path, path: str, read_only: list[tuple[Path, int]]) -> None:
    there = new.is_dir() and not new.is_symlink()
    if os.path.lexists(new) and there != _is_folder(entry):
        raise KeepingError(
            f"{entry.path} was not written by a build, and the new site needs its name. "
            "Move it to another folder."
        )
    if _is_folder(entry):
        if not there:
            new.mkdir(mode=0o700)
            read_only.append((new, stat.S_IMODE(entry.stat(follow_symlinks=False).st_mode)))
    elif not os.path.lexists(new):
        new.parent.mkdir(parents=True, exist_ok=True)
        _second_name(entry, new)


def _second_name(entry: os.DirEntry[str], new: Path) -> None:
    try:
        os.link(entry.path, new, follow_symlinks=False)
    except OSError as error:
        if error.errno == errno.EXDEV:  # its folder is to be deleted later, with all on that disk
            raise KeepingError(
                f"{Path(entry.path).parent} is a mounted disk, which can't be moved into a "
                "new site. Mount it at another folder."
            ) from None
        # The file system knows no second names, or it is another user's file.
        if entry.is_symlink():
            new.symlink_to(Path(entry.path).readlink())
        elif entry.is_file(follow_symlinks=False):
            shutil.copy2(entry.path, new)
            about = entry.stat(follow_symlinks=False)
            if hasattr(os, "chown"):
                with suppress(OSError):
                    os.chown(new, about.st_uid, about.st_gid)
        else:
            raise


def _listed(site: Path) -> frozenset[str] | None:
    """The files on a site's list; None where there is none, or none that can be read."""
    try:
        paths = json.loads((site / LIST).read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
        return None
    return frozenset(paths)


def _entries(folder: Path | str, inside: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """All files and folders below a folder, by their path from there; a folder before its files."""
    with os.scandir(folder) as found:
        entries = list(found)
    for entry in entries:
        yield f"{inside}{entry.name}", entry
        if _is_folder(entry):
            yield from _entries(entry.path, f"{inside}{entry.name}/")


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _parents(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def _stays(name: str) -> bool:
    return name.startswith(".") or name == CNAME
