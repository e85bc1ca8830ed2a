"""Replaces a site in one step: readers get the old site or the new one, never a mix of both.

The new site is built in a folder next to the old one. Then one system call swaps the two folders
(Linux: ``renameat2``; macOS: ``renamex_np``). Until then nothing of the old site changes. If the
system or the file system has no such call, two renames are used instead. If a build is killed
between these, the next build restores the old site.

Folders next to the site have fixed roles. ``.new`` is never the only copy of a site, so it can
always be deleted. ``.old`` is the only copy while there is no site, and is not deleted then.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from generator.publishing.foreign_files import KeepingError, is_free, is_site, keep, write_list

_CURRENT_FOLDER = -100  # AT_FDCWD of Linux: paths are relative to the current folder
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS
#: Error codes of systems and file systems that can't swap folders.
_UNSUPPORTED = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)
_ADVICE = "Name a folder for the site only, with `site_dir` in mkdocs.yml or with `-d`."


class SwapError(Exception):
    """Why a site can't be replaced, as a sentence."""


class SiteMovedError(SwapError):
    """The old site is complete, but has another name, which the sentence gives."""


class AtomicSwap:
    """A folder for a new site, which replaces ``site`` on ``commit``.

    ``sources`` are the project's files and folders, which a site must not replace. A context
    manager: it locks the site, and deletes what is left at the end. Raises ``SwapError`` if the
    folder can't hold a site, can't be written to, or is in use by another build.
    """

    def __init__(self, site: Path, sources: Iterable[Path] = ()) -> None:
        self.site = site.resolve()  # a link stays, and the folder that it leads to is replaced
        self._sources = [source.resolve() for source in sources]
        _refuse_location(self.site, self._sources)
        _refuse_content(self.site)
        self.folder = self._sibling("new")
        self._old = self._sibling("old")
        self._lock = FileLock(self._sibling("lock"))
        self.kept: list[str] = []
        """Files of somebody else that are in the new site too, without hidden ones; known after
        ``commit``."""

    def _sibling(self, ending: str) -> Path:
        return self.site.with_name(f".{self.site.name}.{ending}")

    def __enter__(self) -> AtomicSwap:
        try:
            self.site.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(blocking=False)
        except Timeout:
            # In folders such as /proc, a file that can't be created looks like one that is in use.
            if not os.path.lexists(self._lock.lock_file):
                raise SwapError(
                    f"{self.site} can't be built: no file can be created next to it."
                ) from None
            raise SwapError(
                f"Another build into {self.site} is running. Wait until it has ended."
            ) from None
        except (OSError, NotImplementedError) as error:
            raise SwapError(f"{self.site} can't be built: {_reason(error)}.") from None
        try:
            self._recover()
            _refuse_content(self.site)
            self.folder.mkdir()
        except OSError as error:
            self._lock.release()
            raise SwapError(f"{self.site} can't be built: {_reason(error)}.") from None
        except SwapError:
            self._lock.release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(OSError):  # the next build removes it, or says that it can't
            _remove(self.folder)
            if os.path.lexists(self.site):
                _remove(self._old)
        self._lock.release()

    def _recover(self) -> None:
        """Restore the site if a build was killed between two renames, and delete what it left."""
        if self._old.exists():
            if not os.path.lexists(self.site):
                self._old.rename(self.site)
            elif not is_site(self.site) and is_site(self._old):
                raise SwapError(
                    f"{self._old} has the site, and {self.site} has no site in it. "
                    "Delete the folder that you don't need."
                )
        _remove(self.folder)
        _remove(self._old)

    def commit(self) -> None:
        """Replace the old site by the new one.

        ``SwapError`` if that is impossible; the old site is unchanged then. ``SiteMovedError`` if
        the old site was renamed and could not be renamed back.
        """
        try:
            write_list(self.folder)
            if self.site.exists():
                _refuse_content(self.site)
                self.kept = keep(self.site, self.folder)
            _flush(self.folder)
            self._swap()
        except KeepingError as error:
            raise SwapError(str(error)) from None
        except OSError as error:
            raise SwapError(
                f"{self.site} can't be replaced: {_reason(error)}. "
                "It must be a folder that can be renamed, not a mounted disk."
            ) from None
        with suppress(OSError):  # the swap is done, and only a crash of the system can undo it
            _flush(self.site.parent)

    def _swap(self) -> None:
        if not os.path.lexists(self.site):
            self.folder.rename(self.site)
        elif not exchange(self.folder, self.site):
            self.site.rename(self._old)
            try:
                self.folder.rename(self.site)
            except BaseException as error:
                self._restore(error)
                raise

    def _restore(self, error: BaseException) -> None:
        try:
            self._old.rename(self.site)
        except OSError as second_error:
            raise SiteMovedError(
                f"{self.site} can't be replaced: {_reason(error)}. "
                f"The old site is now {self._old}, and can't be renamed back: "
                f"{_reason(second_error)}. Rename it to {self.site.name}, or build again."
            ) from None


def _reason(error: BaseException) -> str:
    return getattr(error, "strerror", None) or str(error)


def _refuse_location(site: Path, sources: list[Path]) -> None:
    """Refuse a path where there must not be a site, whatever is there now."""
    home: list[Path] = []
    with suppress(RuntimeError):  # the user has no home folder
        home.append(Path.home().resolve())
    for path in (*sources, *home, Path.cwd()):
        if path.is_relative_to(site):
            contained = "" if path == site else f", which contains {path}"
            raise SwapError(f"The site can't replace {site}{contained}. {_ADVICE}")
    for source in sources:
        if site.is_relative_to(source):
            raise SwapError(
                f"The site can't be published inside {source}, which the build reads. {_ADVICE}"
            )
    if ".git" in site.parts:
        raise SwapError(f"{site} is part of git's own files. {_ADVICE}")


def _refuse_content(site: Path) -> None:
    """Refuse a path at which there is something other than a site."""
    if not os.path.lexists(site):
        return
    if not site.is_dir():
        raise SwapError(f"{site} is a file. {_ADVICE}")
    if os.path.ismount(site):
        raise SwapError(
            f"{site} is a mounted disk, which no other folder can replace. "
            f"Name a folder on it, such as {site / 'site'}, with `site_dir` in mkdocs.yml or `-d`."
        )
    if not os.access(site, os.R_OK | os.W_OK | os.X_OK):
        raise SwapError(f"{site} can't be replaced: you may not write to it.")
    if not is_site(site) and not is_free(site):
        raise SwapError(
            f"{site} isn't empty, and isn't a site that a build wrote. It was left unchanged. "
            "Name another folder, with `site_dir` in mkdocs.yml or with `-d`, or empty this one."
        )


def _remove(folder: Path) -> None:
    """Delete a folder, even if it contains read-only folders."""
    if not os.path.lexists(folder):
        return
    try:
        shutil.rmtree(folder)
    except OSError:
        for path, _, _ in os.walk(folder):
            with suppress(OSError):
                Path(path).chmod(0o700)
        shutil.rmtree(folder)


def _flush(folder: Path) -> None:
    """Wait until the disk has all that was written. A name must not be stored before its content.

    This is one call for the file system: one for each of ten thousand files would take minutes.
    It also reports a full disk, if the system had not noticed that before.
    """
    if os.name != "posix":
        return
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "syncfs"):
        os.sync()
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if library.syncfs(descriptor):
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(folder))
    finally:
        os.close(descriptor)


def exchange(first: Path, second: Path) -> bool:
    """Swap the names of two folders in one step. Returns False if the system can't do that.

    Raises OSError if it can, but not with these two.
    """
    if os.name != "posix":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(first), os.fsencode(second)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        failed = library.renamex_np(*names, _EXCHANGE)
    elif sys.platform == "linux" and hasattr(library, "renameat2"):
        failed = library.renameat2(_CURRENT_FOLDER, names[0], _CURRENT_FOLDER, names[1], _EXCHANGE)
    else:
        return False
    code = ctypes.get_errno() if failed else 0
    if code and code not in _UNSUPPORTED:
        raise OSError(code, os.strerror(code), str(second))
    return not code
