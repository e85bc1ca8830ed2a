"""A site replaced in one step: its readers have the old one or the new one, never a mix of both.

The new site is built in a folder beside the old one. Then the two folders change places by one call
of the system (Linux: ``renameat2``; macOS: ``renamex_np``), before which nothing of the old site is
touched. A build that fails or is killed leaves the old site; its folder is removed by the next.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

_HERE = -100  # AT_FDCWD of Linux: paths from the folder that the process is in
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS
#: How systems say that they, or a file system, can't do it.
_CANNOT = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)


class ReplacingError(Exception):
    """Why a site can't be replaced, as a sentence."""


class Replacement:
    """A folder for a new site, which takes the place of ``site`` when it is ``put_in_place``.

    As a context: one at a time for each site, whatever is left over is removed. ``ReplacingError``
    where another process is at it, or where the folder can't be written to.
    """

    def __init__(self, site: Path) -> None:
        self._site = site.resolve()  # what a link leads to changes, the link stays
        self.folder = self._beside("new")
        self._old = self._beside("old")
        self._lock = FileLock(self._beside("lock"))

    def _beside(self, ending: str) -> Path:
        return self._site.with_name(f".{self._site.name}.{ending}")

    def __enter__(self) -> Replacement:
        try:
            self._site.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(blocking=False)
        except Timeout:
            raise ReplacingError(
                f"Another build into {self._site} is running: wait until it has ended."
            ) from None
        except OSError as error:
            raise ReplacingError(f"{self._site} can't be built: {error.strerror}.") from None
        if self._old.exists() and not self._site.exists():
            self._old.rename(self._site)  # killed between two renames
        self._clear()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._clear()
        self._lock.release()

    def _clear(self) -> None:
        for folder in (self.folder, self._old):
            shutil.rmtree(folder, ignore_errors=True)

    def put_in_place(self) -> None:
        """Let the new site be the site; ``ReplacingError`` where that can't be done."""
        try:
            if not self._site.exists():
                self.folder.rename(self._site)
            elif not exchange(self.folder, self._site):
                # Without such a call there is a moment without a site, which the next build mends.
                self._site.rename(self._old)
                self.folder.rename(self._site)
        except OSError as error:
            raise ReplacingError(
                f"{self._site} can't be replaced: {error.strerror}. "
                "It must be a folder that can be renamed, not a place where a disk is mounted."
            ) from None


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
