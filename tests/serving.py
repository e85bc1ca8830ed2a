"""The live preview of a project, run by the real `mkdocs` in a process of its own."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

from tests import warm_start
from tests.building import ENVIRONMENT, MKDOCS

START_SECONDS = 30
PAGE_SECONDS = 5
_open = build_opener(ProxyHandler({})).open


@dataclass(frozen=True)
class Preview:
    """A running preview: the project it shows, its address, and all it printed."""

    project: Path
    address: str
    log: Path

    def page(self, path: str) -> str:
        """The page at `path`, or an empty text where there is none."""
        try:
            with _open(self.address + path, timeout=PAGE_SECONDS) as answer:
                text: str = answer.read().decode()
                return text
        except (HTTPError, URLError, ConnectionError, TimeoutError) as error:
            if isinstance(error, HTTPError):
                error.close()
            return ""

    def shows(self, path: str, words: str, seconds: float = PAGE_SECONDS) -> bool:
        """Whether the page at `path` has `words` before the time is up."""
        return soon(lambda: words in self.page(path), seconds)

    def printed(self) -> str:
        """All that the server printed up to now."""
        return self.log.read_text(encoding="utf-8")

    @contextmanager
    def changed(self, file: str, old: str, new: str) -> Iterator[None]:
        """Change a file as an editor does, and change it back."""
        path = self.project / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        try:
            yield
        finally:
            path.write_text(text, encoding="utf-8")


def soon(holds: Callable[[], bool], seconds: float) -> bool:
    """Whether something comes to hold before the time is up."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(
    project: Path, *options: str, builder: Sequence[str] = tuple(MKDOCS)
) -> Iterator[Preview]:
    """A preview of ``project``, which runs meanwhile; it has to be running at the end too."""
    log, port = project.parent / "serve.log", _free_port()
    with log.open("wb") as output:
        command = [*builder, "serve", "--dev-addr", f"127.0.0.1:{port}", *options]
        server = warm_start.start(command, cwd=project, env=ENVIRONMENT, stdout=output)
    # A site below a repository's address is served below the same path; these have none.
    preview = Preview(project, f"http://127.0.0.1:{port}/", log)
    try:
        started = soon(lambda: server.poll() is not None or bool(preview.page("")), START_SECONDS)
        assert started, f"no page came within {START_SECONDS} s:\n{preview.printed()}"
        assert server.poll() is None, f"the server ended:\n{preview.printed()}"
        yield preview
        assert server.poll() is None, f"the server ended:\n{preview.printed()}"
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(10)
