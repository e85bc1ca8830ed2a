"""What readers of a preview get while the files behind it change."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from generator.build.errors import SourceChangedError
from generator.mkdocs_plugin import preview_server
from generator.mkdocs_plugin.preview_folders import PreviewFolders
from generator.mkdocs_plugin.preview_server import PreviewServer

Answer = tuple[str, bytes]


class _Changing(PreviewServer):
    """A preview whose files change during the next ``changes`` requests."""

    def __init__(self) -> None:
        super().__init__(lambda path: None, PreviewFolders())
        self.changes = 0

    def write_file(self, path: str) -> None:
        """Write nothing; fail if a file has changed."""
        if self.changes:
            self.changes -= 1
            raise SourceChangedError("briefings/x.yml changed")


@pytest.fixture
def changing(monkeypatch: pytest.MonkeyPatch) -> _Changing:
    monkeypatch.setattr(preview_server, "_PAUSE", 0)
    return _Changing()


def _asking(server: PreviewServer, pages: dict[str, Answer]) -> Callable[[str], Answer]:
    def mkdocs_application(
        environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        status, body = pages.get(environ["PATH_INFO"], ("404 Not Found", b"nothing"))
        start_response(status, [("Content-Type", "text/html"), ("Content-Length", str(len(body)))])
        return [body[:2], body[2:]]

    application = server.application(mkdocs_application, "/")

    def ask(path: str) -> Answer:
        arguments: list[Any] = []
        body = b"".join(application({"PATH_INFO": path}, lambda *given: arguments.extend(given)))
        return arguments[0], body

    return ask


def test_while_files_change_without_a_pause_the_last_good_page_is_shown(
    changing: _Changing,
) -> None:
    pages = {"/x/": ("200 OK", b"first"), "/y/": ("200 OK", b"second")}
    ask = _asking(changing, pages)
    assert ask("/x/") == ("200 OK", b"first")
    pages["/x/"] = ("200 OK", b"half made")
    changing.changes = 10**6
    assert ask("/x/") == ("200 OK", b"first")
    status, body = ask("/y/")
    assert status.startswith("503")
    assert body == b"The files change without a pause. Reload this page in a moment."
    changing.changes = 0
    assert ask("/x/") == ("200 OK", b"half made")
    assert ask("/y/") == ("200 OK", b"second")


def test_files_that_change_now_and_then_are_waited_for(changing: _Changing) -> None:
    pages = {"/x/": ("200 OK", b"first")}
    ask = _asking(changing, pages)
    ask("/x/")
    pages["/x/"] = ("200 OK", b"second")
    changing.changes = 3
    assert ask("/x/") == ("200 OK", b"second")


def test_while_builds_follow_each_other_a_missing_page_is_reported(
    changing: _Changing, tmp_path: Path
) -> None:
    class Restless(PreviewFolders):
        @property
        def number(self) -> int:
            return time.monotonic_ns()

        @number.setter
        def number(self, value: int) -> None:
            pass

    changing._folders = Restless()
    ask = _asking(changing, {"/x/": ("200 OK", b"first")})
    assert ask("/x/") == ("200 OK", b"first")
    assert ask("/gone/") == ("404 Not Found", b"nothing")


def test_only_the_last_answers_are_remembered_and_no_large_ones(
    changing: _Changing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview_server, "_REMEMBERED", 2)
    monkeypatch.setattr(preview_server, "_LARGEST", 10)
    pages = {f"/{name}/": ("200 OK", b"short") for name in "abc"}
    ask = _asking(changing, pages | {"/long/": ("200 OK", bytes(11))})
    for path in ("/a/", "/b/", "/c/", "/long/"):
        assert ask(path)[0] == "200 OK"
    changing.changes = 10**6
    assert [ask(path)[0][:3] for path in ("/a/", "/b/", "/c/", "/long/")] == [
        "503",
        "200",
        "200",
        "503",
    ]
