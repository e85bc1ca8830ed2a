"""What readers of a preview get while the files behind it change, or a part of it fails."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from generator.build.artifacts import SearchCorpus
from generator.build.cache import Cache
from generator.build.pipeline import Pipeline
from generator.build.snapshot import SourceChangedError
from generator.mkdocs_plugin import preview as preview_module
from generator.mkdocs_plugin import preview_search
from generator.mkdocs_plugin.preview import Preview
from generator.mkdocs_plugin.preview_folders import PreviewFolders
from generator.mkdocs_plugin.preview_search import PreviewIndex
from generator.reading.source_files import SourceFiles
from generator.rendering.view import Settings
from tests.fiction import briefing, files

Answer = tuple[str, bytes]


class _Changing(Preview):
    """A preview whose files change while its pages are made, as often as is said."""

    def __init__(self) -> None:
        super().__init__(lambda path: None, PreviewFolders())
        self.changes = 0

    def give(self, path: str) -> None:
        """Put a page into place, unless its file has changed."""
        if self.changes:
            self.changes -= 1
            raise SourceChangedError("briefings/x.yml changed")


@pytest.fixture
def changing(monkeypatch: pytest.MonkeyPatch) -> _Changing:
    monkeypatch.setattr(preview_module, "_PAUSE", 0)
    return _Changing()


def _asking(preview: Preview, pages: dict[str, Answer]) -> Callable[[str], Answer]:
    def inner(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        status, body = pages.get(environ["PATH_INFO"], ("404 Not Found", b"nothing"))
        start_response(status, [("Content-Type", "text/html"), ("Content-Length", str(len(body)))])
        return [body[:2], body[2:]]

    application = preview.serving(inner, "/")

    def ask(path: str) -> Answer:
        told: list[Any] = []
        body = b"".join(application({"PATH_INFO": path}, lambda *given: told.extend(given)))
        return told[0], body

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


def test_while_builds_follow_each_other_what_is_not_there_is_told_as_such(
    changing: _Changing, tmp_path: Path
) -> None:
    class Restless(PreviewFolders):
        @property
        def number(self) -> int:
            return time.monotonic_ns()

        @number.setter
        def number(self, value: int) -> None:
            pass

    changing._editions = Restless()
    ask = _asking(changing, {"/x/": ("200 OK", b"first")})
    assert ask("/x/") == ("200 OK", b"first")
    assert ask("/gone/") == ("404 Not Found", b"nothing")


def test_only_so_many_answers_are_kept_and_no_long_ones(
    changing: _Changing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview_module, "_LAST", 2)
    monkeypatch.setattr(preview_module, "_LONGEST", 10)
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


@pytest.fixture
def found(tmp_path: Path) -> Iterator[SearchCorpus]:
    for path, content in files({"x": briefing()}).items():
        file = tmp_path / "project" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    project = tmp_path / "project"
    with closing(Pipeline(Cache(tmp_path / "cache.sqlite"), jobs=1)) as pipeline:
        snapshot = pipeline.read(SourceFiles(project / "briefings", project / "data"))
        yield SearchCorpus(pipeline, snapshot, Settings())


def _within(seconds: float, holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return holds()


def test_an_index_that_could_not_be_made_is_told_of_and_made_again(
    found: SearchCorpus, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(preview_search, "_REST", 0.02)
    monkeypatch.setenv("PYTHONHASHSEED", "no number")  # so that a new Python ends at once
    index = PreviewIndex()
    with caplog.at_level(logging.WARNING):
        index.refresh(found)
        assert _within(30, lambda: "The search index could not be built (" in caplog.text)
    assert index.file("search-index/entry.json") is None
    monkeypatch.delenv("PYTHONHASHSEED")
    assert _within(60, lambda: index.file("search-index/entry.json") is not None)
    index.close()
