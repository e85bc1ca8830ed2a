"""The live preview: what authors see while they write, mistakes included."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

import pytest

from tests.building import ENVIRONMENT, MKDOCS, every_key_project

START_SECONDS = 30
PAGE_SECONDS = 5
_open = build_opener(ProxyHandler({})).open

NEWCOMER = """\
title: Sundmark asks for a bridge
summary: Sundmark asks Norland for a bridge.
background: []
positions:
  - {id: bridge, party: sundmark, text: A bridge should be built., sources: [wire-copy]}
responses: []
"""


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
        except (HTTPError, URLError, ConnectionError) as error:
            if isinstance(error, HTTPError):
                error.close()
            return ""

    def shows(self, path: str, words: str, seconds: float = PAGE_SECONDS) -> bool:
        """Whether the page at `path` has `words` before the time is up."""
        return _soon(lambda: words in self.page(path), seconds)

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


def _soon(holds: Callable[[], bool], seconds: float) -> bool:
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
def serving(project: Path) -> Iterator[Preview]:
    log, port = project.parent / "serve.log", _free_port()
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*MKDOCS, "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=project,
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    # A site below a repository's address is served below the same path; these have none.
    preview = Preview(project, f"http://127.0.0.1:{port}/", log)
    try:
        started = _soon(lambda: server.poll() is not None or bool(preview.page("")), START_SECONDS)
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


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """One preview for the tests below, which leave the project as they found it."""
    with serving(every_key_project(tmp_path_factory.mktemp("serve") / "project")) as running:
        yield running


def test_drafts_are_shown_and_called_drafts(preview: Preview) -> None:
    assert preview.shows("unfinished/", "An unfinished matter")
    assert preview.shows("unfinished/", "Draft: shown in the preview only.")


def test_a_file_that_is_added_is_a_page_within_seconds(preview: Preview) -> None:
    file = preview.project / "briefings" / "bridge.yml"
    file.write_text(NEWCOMER, encoding="utf-8")
    assert preview.shows("bridge/", "A bridge should be built."), preview.printed()
    assert preview.shows("", "Sundmark asks for a bridge")
    file.unlink()
    assert _soon(lambda: not preview.page("bridge/"), PAGE_SECONDS)


def test_a_change_of_the_registries_changes_the_pages(preview: Preview) -> None:
    with preview.changed("data/actors.yml", "{name: Sundmark,", "{name: Kingdom of Sundmark,"):
        assert preview.shows("actors/sundmark/", "Kingdom of Sundmark"), preview.printed()
        assert preview.shows("halden/", "Kingdom of Sundmark")
    assert _soon(lambda: "Kingdom of" not in preview.page("halden/"), PAGE_SECONDS)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title: The Halden flood", "title: [The Halden flood", "briefings/river/flood.yml:"),
        ("status: archived", "status: archivd", "archivd"),
        ("party: norland", "party: nordland", "nordland"),
    ],
    ids=["no YAML", "unknown value", "unknown id"],
)
def test_mistakes_stand_on_the_page_until_they_are_mended(
    preview: Preview, old: str, new: str, told: str
) -> None:
    with preview.changed("briefings/river/flood.yml", old, new):
        assert preview.shows("river/flood/", "Mend the file and save it"), preview.printed()
        assert told in preview.page("river/flood/")
        assert told in preview.printed()
        assert "Traceback" not in preview.printed()
        assert "Written by hand" in preview.page("about/")
        assert "All that is on file" not in preview.page("river/flood/")
    assert preview.shows("river/flood/", "Norland says the gates were opened too late.")
    assert "Mend the file" not in preview.page("river/flood/")


@pytest.mark.slow
def test_breaking_and_mending_shows_within_two_seconds_ten_times(preview: Preview) -> None:
    breaks = [
        ("title: The Halden flood", "title: [The Halden flood", "closed, or a comma is missing"),
        ("status: archived", "status: archivd", "Did you mean <code>archived</code>?"),
        ("party: norland", "party: nordland", "<code>nordland</code> is not the id of an actor."),
        ("title: The", "title: 'The", "quot"),
        ("  - id: old-claim", " - id: old-claim\n  x", "indent"),
    ]
    for turn in range(10):
        old, new, told = breaks[turn % len(breaks)]
        with preview.changed("briefings/river/flood.yml", old, new):
            assert preview.shows("river/flood/", told, seconds=2), preview.printed()
            # Whoever looks at another page is told as well, and everything is still there.
            assert preview.shows("halden/", "1 file has mistakes", seconds=2)
            assert "briefings/river/flood.yml" in preview.page("about/")
            assert "The Halden treaty" in preview.page("halden/")
        assert preview.shows("river/flood/", "Norland says the gates were opened", seconds=2)
        assert "1 file has mistakes" not in preview.page("halden/")
    assert "Traceback" not in preview.printed()


def test_warnings_stand_above_their_own_page_only(preview: Preview) -> None:
    assert preview.shows("halden/", "warnings about this page")
    assert "rests on one source" in preview.page("halden/")
    assert "about this page" not in preview.page("about/")


def test_mistakes_in_a_registry_are_printed_and_the_server_goes_on(preview: Preview) -> None:
    with preview.changed("data/places.yml", "parent: halden", "parent: nowhere"):
        assert _soon(lambda: "`nowhere`" in preview.printed(), PAGE_SECONDS)
        assert preview.shows("about/", "<code>data/places.yml</code>, line")
        assert preview.shows("halden/", "The Halden treaty")
    assert preview.shows("places/orm/", "Part of")


def test_the_preview_starts_with_broken_files_too(tmp_path: Path) -> None:
    project = every_key_project(tmp_path / "project")
    (project / "briefings" / "halden.yml").write_text("title: [\n", encoding="utf-8")
    (project / "data" / "topics.yml").write_text("water: {nam: Water}\n", encoding="utf-8")
    with serving(project) as preview:
        assert preview.shows("halden/", "Mend the file and save it"), preview.printed()
        assert "briefings/halden.yml:" in preview.page("halden/")
        assert "data/topics.yml:1:" in preview.printed()
        assert "Traceback" not in preview.printed()
