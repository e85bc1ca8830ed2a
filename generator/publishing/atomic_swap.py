"""A site replaced in one step: its readers have the old one or the new one, never a mix of both.

The new site is built in a folder beside the old one. Then the two folders change places by one call
of the system (Linux: ``renameat2``; macOS: ``renamex_np``), before which nothing of the old site is
touched. Where a system or a file system has no such call, two renames do, and the next build puts
back the old site where a build was killed between them.

Each name beside the site stands for one thing at any moment: ``.new`` is never the only copy of a
site, so it can always be deleted; ``.old`` is, while there is no site, and then never deleted.
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

from generator.publishing.kept_files import KeepingError, is_free, is_site, keep, write_list

_HERE = -100  # AT_FDCWD of Linux: paths from the folder that the process is in
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS
#: How systems say that they, or a file system, can't do it.
_CANNOT = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)
_ANOTHER = "Name a folder for the site only, with `site_dir` in mkdocs.yml or with `-d`."


class SwapError(Exception):
    """Why a site can't be replaced, as a sentence."""


class SiteMovedError(SwapError):
    """The old site is whole, but under another name, which the sentence gives."""


class AtomicSwap:
    """A folder for a new site, which takes the place of ``site`` on ``commit``.

    ``sources`` are the project's files and folders, of which a site can't take the place. As a
    context: one at a time for each site, whatever is left over is removed. ``SwapError`` where
    the place isn't one for a site, another process is at it, or it can't be written to.
    """

    def __init__(self, site: Path, sources: Iterable[Path] = ()) -> None:
        self.site = site.resolve()  # what a link leads to changes, the link stays
        self._sources = [source.resolve() for source in sources]
        _refuse_place(self.site, self._sources)
        _refuse_content(self.site)
        self.folder = self._beside("new")
        self._old = self._beside("old")
        self._lock = FileLock(self._beside("lock"))
        self.kept: list[str] = []
        """Files that somebody else had put into the site, and that are in the new one, but for
        hidden ones; known when the site is in place."""

    def _beside(self, ending: str) -> Path:
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
        """Put back the site where a build was killed between two renames; remove what is left."""
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
        """Let the new site be the site.

        ``SwapError`` where that can't be done: the old site is as it was. ``SiteMovedError``
        where it had to be moved and could not be moved back.
        """
        try:
            write_list(self.folder)
            if self.site.exists():
                _refuse_content(self.site)
                self.kept = keep(self.site, self.folder)
            _on_disk(self.folder)
            self._change_places()
        except KeepingError as error:
            raise SwapError(str(error)) from None
        except OSError as error:
            raise SwapError(
                f"{self.site} can't be replaced: {_reason(error)}. "
                "It must be a folder that can be renamed, not a mounted disk."
            ) from None
        with suppress(OSError):  # the site is there; a crash of the system could undo it, whole
            _on_disk(self.site.parent)

    def _change_places(self) -> None:
        if not os.path.lexists(self.site):
            self.folder.rename(self.site)
        elif not exchange(self.folder, self.site):
            self.site.rename(self._old)
            try:
                self.folder.rename(self.site)
            except BaseException as error:
                self._put_back(error)
                raise

    def _put_back(self, error: BaseException) -> None:
        try:
            self._old.rename(self.site)
        except OSError as second:
            raise SiteMovedError(
                f"{self.site} can't be replaced: {_reason(error)}. "
                f"The old site is now {self._old}, and can't be renamed back: "
                f"{_reason(second)}. Rename it to {self.site.name}, or build again."
            ) from None


def _reason(error: BaseException) -> str:
    return getattr(error, "strerror", None) or str(error)


def _refuse_place(site: Path, sources: list[Path]) -> None:
    """Refuse a place that no site can be put into, whatever is there."""
    home: list[Path] = []
    with suppress(RuntimeError):  # nobody has said where it is
        home.append(Path.home().resolve())
    for place in (*sources, *home, Path.cwd()):
        if place.is_relative_to(site):
            holds = "" if place == site else f", which contains {place}"
            raise SwapError(f"The site can't replace {site}{holds}. {_ANOTHER}")
    for source in sources:
        if site.is_relative_to(source):
            raise SwapError(
                f"The site can't be published inside {source}, which the build reads. {_ANOTHER}"
            )
    if ".git" in site.parts:
        raise SwapError(f"{site} is part of git's own files. {_ANOTHER}")


def _refuse_content(site: Path) -> None:
    """Refuse a place that holds something else than a site."""
    if not os.path.lexists(site):
        return
    if not site.is_dir():
        raise SwapError(f"{site} is a file. {_ANOTHER}")
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
    """Delete a folder, also one with folders in it that may not be written to."""
    if not os.path.lexists(folder):
        return
    try:
        shutil.rmtree(folder)
    except OSError:
        for place, _, _ in os.walk(folder):
            with suppress(OSError):
                Path(place).chmod(0o700)
        shutil.rmtree(folder)


def _on_disk(folder: Path) -> None:
    """Wait until what was written is on the disk: a name must not get there before its content.

    One call for the whole file system: one for each of ten thousand files takes minutes. It is also
    the last chance to hear that a disk is full, where the system only reserves room at first.
    """
    if os.name != "posix":
        return
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "syncfs"):
        os.sync()
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        if library.syncfs(opened):
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(folder))
    finally:
        os.close(opened)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; whether the system can do that.

    Raises OSError where it can, but not with these two.
    """
    if os.name != "posix":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        failed = library.renamex_np(*names, _EXCHANGE)
    elif sys.platform == "linux" and hasattr(library, "renameat2"):
        failed = library.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE)
    else:
        return False
    code = ctypes.get_errno() if failed else 0
    if code and code not in _CANNOT:
        raise OSError(code, os.strerror(code), str(other))
    return not code
