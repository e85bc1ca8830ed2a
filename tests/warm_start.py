"""Starts commands of this environment as forks of a process that has imported them already.

Of the 3.5 seconds of CPU that a build of the fictional site takes, imports are half. A fork is a
process like any other: its own folder, environment, exit code, output, signals and memory. What a
command sees when it starts is the same too, except that modules are loaded. Where the start is
what differs (another Python, ``PYTHONPATH``, locale, hash seed, another ``generator``), and where
a system can't fork safely, ``start`` takes a new interpreter.

Run as a module, this file is the process that forks.
"""

from __future__ import annotations

import atexit
import gc
import io
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import IO, Any, NoReturn

_ROOT = Path(__file__).parents[1]
#: Python reads these when it starts.
_READ_AT_START = ("PYTHON", "LC_", "LANG")
#: What ``mkdocs`` and ``briefings`` import sooner or later.
_IMPORTED = (
    "mkdocs.__main__", "mkdocs.commands.build", "mkdocs.commands.serve", "generator.cli.main",
    "generator.cli.build", "generator.cli.check", "generator.cli.export", "generator.cli.links",
    "generator.cli.serve", "generator.mkdocs_plugin.plugin", "material.plugins.search.plugin",
    "pygments.formatters.html", "pygments.lexers", "multiprocessing.popen_fork",
    "markdown.extensions.attr_list", "markdown.extensions.codehilite",
    "markdown.extensions.fenced_code", "markdown.extensions.tables", "colorama",
    "importlib.readers",
)  # fmt: skip
_MOST_BYTES = 1 << 17


class Forked:
    """A started command, with the methods of ``subprocess.Popen`` that tests use."""

    def __init__(self, command: Sequence[str], status: int) -> None:
        self.args, self._status = list(command), status
        self.returncode: int | None = None
        self._unread = b""
        self._ended = False
        while b"\n" not in self._unread:
            self._read(None)
        first, _, self._unread = self._unread.partition(b"\n")
        self.pid = int(first)

    def _read(self, seconds: float | None) -> bool:
        """Read on; whether there was something to read."""
        if not select.select([self._status], [], [], seconds)[0]:
            return False
        part = os.read(self._status, 64)
        self._ended = not part
        if self._ended and b"\n" not in self._unread and not hasattr(self, "pid"):
            raise RuntimeError("the process that forks has ended")
        self._unread += part
        return True

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while the command runs."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end; the exit code."""
        end = None if timeout is None else time.monotonic() + timeout
        while self.returncode is None:
            left = None if end is None else max(0.0, end - time.monotonic())
            if not self._read(left):
                raise subprocess.TimeoutExpired(self.args, timeout or 0)
            if self._ended:
                os.close(self._status)
                self.returncode = int(self._unread)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the command has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the command to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the command at once."""
        self.send_signal(signal.SIGKILL)

    def __enter__(self) -> Forked:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.wait()


class _Server:
    """The process that forks, as its client sees it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.environment = dict(os.environ)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.warm_start", str(theirs.fileno())],
                cwd=_ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        atexit.register(self._stop)

    def _stop(self) -> None:
        self._socket.close()
        self._process.wait()

    def start(self, request: dict[str, Any], files: Sequence[int]) -> Forked:
        status, theirs = os.pipe()
        message = json.dumps(request).encode()
        try:
            with self._lock:
                socket.send_fds(self._socket, [message], [*files, theirs])
        finally:
            os.close(theirs)
        return Forked(request["command"], status)


@cache
def _server() -> _Server:
    return _Server()


def _at_start(environment: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in environment.items()
        if name.startswith(_READ_AT_START) and name != "PYTHONUNBUFFERED"
    }


def _can_fork(command: Sequence[str], cwd: Path, environment: Mapping[str, str]) -> bool:
    """Whether a new interpreter would run the same modules in the same way."""
    program, *arguments = command
    if sys.platform != "linux":
        return False
    if program == sys.executable:
        if arguments[:1] != ["-m"]:
            return False
    elif Path(program).parent != Path(sys.executable).parent:
        return False
    if (cwd / "generator").exists() and cwd.resolve() != _ROOT:
        return False
    return _at_start(environment) == _at_start(_server().environment)


def start(
    command: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str],
    stdout: IO[Any] | int,
    stderr: IO[Any] | None = None,
) -> Forked | subprocess.Popen[bytes]:
    """Start a command: ``[sys.executable, "-m", module, …]`` or a script of this environment.

    It reads nothing. Without ``stderr`` that goes where ``stdout`` goes.
    """
    command = [str(part) for part in command]
    if not _can_fork(command, cwd, env):
        return subprocess.Popen(
            command,
            cwd=cwd,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr or subprocess.STDOUT,
        )
    request = {"command": command, "cwd": str(cwd), "env": dict(env)}
    out = stdout if isinstance(stdout, int) else stdout.fileno()
    with Path(os.devnull).open("rb") as nothing:
        files = [nothing.fileno(), out, stderr.fileno() if stderr else out]
        return _server().start(request, files)


def run_bytes(
    command: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str],
    stdout: int | None = None,
    timeout: float = 120,
    apart: bool = False,
) -> subprocess.CompletedProcess[bytes]:
    """Run a command as `start` does. ``apart``: what goes to standard error is not in ``stdout``.

    ``stdout`` can be the number of an open file for the output to go to.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        target = out if stdout is None else stdout
        process = start(command, cwd=cwd, env=env, stdout=target, stderr=errors if apart else None)
        with process:
            try:
                code = process.wait(timeout)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        printed = []
        for file in (out, errors):
            file.seek(0)
            printed.append(file.read())
    return subprocess.CompletedProcess(list(command), code, *printed)


def run(
    command: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str],
    timeout: float = 120,
    apart: bool = False,
) -> subprocess.CompletedProcess[str]:
    """Run a command that prints UTF-8; the rest is as for `run_bytes`."""
    done = run_bytes(command, cwd=cwd, env=env, timeout=timeout, apart=apart)
    texts = (part.decode("utf-8") for part in (done.stdout, done.stderr))
    return subprocess.CompletedProcess(done.args, done.returncode, *texts)


# The process that forks


def _serve(channel: socket.socket) -> None:
    """Fork for each request until the client is gone."""
    running: dict[int, int] = {}
    woken, wake = os.pipe()
    for end in (woken, wake):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    # A terminal sends it to all processes. The client decides when this one ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        ready, _, _ = select.select([channel, woken], [], [])
        if woken in ready:
            with suppress(BlockingIOError):
                os.read(woken, 4096)
            _report_ended(running)
        if channel in ready:
            message, files, _, _ = socket.recv_fds(channel, _MOST_BYTES, 4)
            if not message:
                return
            *streams, status = files
            child = os.fork()
            if child == 0:
                _become(json.loads(message), streams)
            for file in streams:
                os.close(file)
            os.write(status, f"{child}\n".encode())
            running[child] = status


def _report_ended(running: dict[int, int]) -> None:
    while running:
        child, status = os.waitpid(-1, os.WNOHANG)
        if not child:
            return
        report = running.pop(child)
        # The client may have gone.
        with suppress(BrokenPipeError):
            os.write(report, str(os.waitstatus_to_exitcode(status)).encode())
        os.close(report)


def _become(request: dict[str, Any], streams: Sequence[int]) -> NoReturn:
    """Be the command, as a new interpreter would be."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for number, file in enumerate(streams):
            os.dup2(file, number)
        os.closerange(3, 1024)
        os.chdir(request["cwd"])
        os.environ.clear()
        os.environ.update(request["env"])
        time.tzset()
        _open_streams(unbuffered=bool(os.environ.get("PYTHONUNBUFFERED")))
        code = _run(*request["command"])
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _open_streams(*, unbuffered: bool) -> None:
    reader = io.BufferedReader(io.FileIO(0, closefd=False))
    sys.stdin = sys.__stdin__ = io.TextIOWrapper(reader)
    for number, name, errors in ((1, "stdout", "strict"), (2, "stderr", "backslashreplace")):
        writer = io.BufferedWriter(io.FileIO(number, "w", closefd=False))
        stream = io.TextIOWrapper(writer, errors=errors, line_buffering=number == 2)
        stream.reconfigure(write_through=unbuffered)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _run(program: str, *arguments: str) -> int:
    """Run the module or script; its exit code."""
    code = 0
    try:
        if arguments[:1] == ("-m",):
            sys.argv = ["-m", *arguments[2:]]
            sys.path[0] = str(Path.cwd())
            runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
        else:
            sys.argv = [program, *arguments]
            sys.path[0] = str(Path(program).parent)
            runpy.run_path(program, run_name="__main__")
    except SystemExit as error:
        code = _exit_code(error.code)
    except KeyboardInterrupt:
        code = -signal.SIGINT
    except BaseException:
        traceback.print_exc()
        code = 1
    # What an interpreter does at its end.
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    with suppress(OSError, ValueError):
        sys.stdout.flush()
    sys.stderr.flush()
    if code < 0:
        signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    return code


def _exit_code(code: Any) -> int:
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    sys.stderr.write(f"{code}\n")
    return 1


def _main(number: int) -> None:
    from mkdocs.theme import Theme

    from generator.build.cache import generator_digest
    from generator.build.installed_software import project_code
    from generator.exports.json_schema import record_schemas
    from tests.compiled_templates import share_templates

    for module in _IMPORTED:
        import_module(module)
    record_schemas()
    share_templates()
    # Each of these reads thousands of files of installed packages, which are the same in each fork.
    generator_digest()
    project_code()
    Theme("material").get_env().list_templates()
    # `python -m mkdocs` runs it as the main module.
    del sys.modules["mkdocs.__main__"]
    # A fork would copy each page of memory that the collector writes to.
    gc.collect()
    gc.freeze()
    _serve(socket.socket(fileno=number))


if __name__ == "__main__":
    _main(int(sys.argv[1]))
