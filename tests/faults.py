"""Runs something in a process of its own in which the n-th change to a folder fails, or kills it.

Each call of the system that changes names or content counts: also what libraries do by Python's own
functions, and the two calls that go by ``ctypes``.
"""

from __future__ import annotations

import builtins
import ctypes
import errno
import io
import os
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from generator.publishing import atomic_swap

_CALLS = (
    "rename", "replace", "link", "symlink", "unlink", "remove", "rmdir", "mkdir", "chmod", "utime",
    "fsync",
)  # fmt: skip
_BY_CTYPES = ("renameat2", "syncfs")
_REFUSED = 77


@dataclass(frozen=True)
class Fault:
    """What happens at the n-th change, counted from 1; ``at`` 0: nothing.

    ``fail``: that call alone fails; ``broken``: so do all after it; ``kill``: the process is killed
    before it, ``half``: in the middle of it, where it writes.
    """

    at: int = 0
    what: Literal["fail", "broken", "kill", "half"] = "fail"
    code: int = errno.EIO


@dataclass(frozen=True)
class Outcome:
    """How it ended: its exit code (negative: the signal), what it said, the number of changes."""

    code: int
    said: str
    changes: int


class _Counter:
    def __init__(self, fault: Fault, folder: Path, counted: int, *, exchanges: bool) -> None:
        self.fault, self.folder, self.exchanges = fault, str(folder), exchanges
        self.number, self._counted = 0, counted
        self._owner = os.getpid()

    def concerns(self, arguments: tuple[Any, ...], named: dict[str, Any]) -> bool:
        """Whether a call changes something in the folder; one by an open folder's number may."""
        if named.get("dir_fd") is not None or named.get("src_dir_fd") is not None:
            return True
        return any(
            os.fsdecode(argument).startswith(self.folder)
            for argument in arguments
            if isinstance(argument, str | bytes | os.PathLike)
        )

    def count(self) -> bool:
        """Count a change; whether it is to fail. Doesn't come back where it kills."""
        if os.getpid() != self._owner:
            return False
        self.number += 1
        os.pwrite(self._counted, str(self.number).encode(), 0)
        fault = self.fault
        if fault.at == self.number and fault.what == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if fault.what == "broken":
            return 0 < fault.at <= self.number
        return fault.at == self.number

    def halves(self) -> bool:
        return self.fault.what == "half" and self.fault.at == self.number

    def error(self, path: object = None) -> OSError:
        return OSError(self.fault.code, os.strerror(self.fault.code), path)


class _Library:
    """The C library with the two calls counted."""

    def __init__(self, real: Any, counter: _Counter) -> None:
        self._real, self._counter = real, counter

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._real, name)
        if name not in _BY_CTYPES:
            return real

        def call(*arguments: Any) -> int:
            if name == "renameat2" and not self._counter.exchanges:
                ctypes.set_errno(errno.EINVAL)
                return -1
            if self._counter.count():
                ctypes.set_errno(self._counter.fault.code)
                return -1
            # Waiting for the disk takes a while, and no power fails here.
            return 0 if name == "syncfs" else int(real(*arguments))

        return call


class _File:
    """A file whose writes are counted."""

    def __init__(self, file: Any, counter: _Counter) -> None:
        self._file, self._counter = file, counter

    def write(self, data: Any) -> int:
        if self._counter.count():
            if self._counter.halves():
                self._file.write(data[: len(data) // 2])
                self._file.flush()
                os.kill(os.getpid(), signal.SIGKILL)
            raise self._counter.error()
        return int(self._file.write(data))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()


def _install(counter: _Counter) -> None:
    for name in _CALLS:
        setattr(os, name, _counted(getattr(os, name), counter))
    opened = io.open

    def counting_open(file: Any, mode: str = "r", *others: Any, **named: Any) -> Any:
        writes = set(mode) & set("wxa+") and counter.concerns((file,), {})
        if not writes:
            return opened(file, mode, *others, **named)
        if counter.count():
            if counter.halves():
                os.kill(os.getpid(), signal.SIGKILL)
            raise counter.error(file)
        return _File(opened(file, mode, *others, **named), counter)

    builtins.open = io.open = counting_open  # type: ignore[assignment]
    # It would copy between the files' numbers: here it is to write.
    shutil._USE_CP_SENDFILE = False  # type: ignore[attr-defined]
    real = ctypes.CDLL
    atomic_swap.ctypes = _Ctypes(lambda *a, **k: _Library(real(*a, **k), counter))  # type: ignore[assignment]


class _Ctypes:
    """``ctypes`` with another way to open a library."""

    def __init__(self, opened: Callable[..., Any]) -> None:
        self.CDLL = opened

    def __getattr__(self, name: str) -> Any:
        return getattr(ctypes, name)


def _counted(real: Callable[..., Any], counter: _Counter) -> Callable[..., Any]:
    def call(*arguments: Any, **named: Any) -> Any:
        if counter.concerns(arguments, named) and counter.count():
            if counter.halves():
                os.kill(os.getpid(), signal.SIGKILL)
            raise counter.error(arguments[0])
        return real(*arguments, **named)

    return call


def run(
    work: Callable[[], object], folder: Path, scratch: Path, fault: Fault, *, exchanges: bool
) -> Outcome:
    """Do ``work`` in a process of its own, with a fault among its changes below ``folder``.

    ``scratch`` is a folder elsewhere for what it says. ``exchanges``: whether the system can
    exchange two folders in one step.
    """
    said, counted = scratch / "said", scratch / "counted"
    counted.write_bytes(b"0")
    child = os.fork()
    if child == 0:
        _child(work, folder, said, counted, fault, exchanges=exchanges)
    _, status = os.waitpid(child, 0)
    text = said.read_text("utf-8", "replace")
    return Outcome(os.waitstatus_to_exitcode(status), text, int(counted.read_bytes()))


def _child(
    work: Callable[[], object],
    folder: Path,
    said: Path,
    counted: Path,
    fault: Fault,
    *,
    exchanges: bool,
) -> None:
    code = 1
    try:
        out = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(out, 2)
        sys.stdout = sys.stderr = os.fdopen(1, "w", closefd=False)
        number = os.open(counted, os.O_WRONLY)
        _install(_Counter(fault, folder, number, exchanges=exchanges))
        work()
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except atomic_swap.SwapError as error:
        sys.stdout.write(f"{error}\n")
        code = _REFUSED
    except BaseException as error:  # the parent judges it
        sys.stdout.write(f"Traceback: {error!r}\n")
    finally:
        sys.stdout.flush()
        os._exit(code)
