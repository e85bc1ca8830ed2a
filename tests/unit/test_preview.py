"""What readers of the live preview get while files change without a pause."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from generator import preview as preview_module
from generator.editions import Editions
from generator.known import ChangedMeanwhileError
from generator.preview import Preview

Ask = Callable[[str], tuple[str, bytes]]


class Changing:
    """A preview of one page, of which each try at making it can find that files have changed."""

    def __init__(self, site: Path) -> None:
        self.changes = False
        self.text = b"first"
        self.tried = 0
        editions = Editions()
        editions.show(site)
        self.preview = Preview(lambda path: None, editions)
        state: Any = SimpleNamespace(site=site, taken=frozenset())
        self.preview.renew(state)
        self.site = site

    def content(self, state: Any, name: str) -> bytes | None:
        """What stands for making a page."""
        self.tried += 1
        if self.changes:
            raise ChangedMeanwhileError("briefings/x.yml was changed meanwhile")
        return self.text if name == "x/index.html" else None

    def inner(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """What stands for MkDocs' server: it gives what is in the folder."""
        path = environ["PATH_INFO"].lstrip("/")
        file = self.site / (f"{path}index.html" if path.endswith("/") else path)
        start_response("200 OK" if file.is_file() else "404 Not Found", [])
        return [file.read_bytes()] if file.is_file() else []

    def ask(self, path: str) -> tuple[str, bytes]:
        """The status and the content that a reader gets."""
        told: list[str] = []
        application = self.preview.serving(self.inner, "/")
        body = application({"PATH_INFO": path}, lambda status, headers: told.append(status))
        return told[0], b"".join(body)


@pytest.fixture
def changing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Changing:
    monkeypatch.setattr(preview_module, "_PAUSE", 0)
    made = Changing(tmp_path)
    monkeypatch.setattr(made.preview, "_content", made.content)
    return made


def test_the_last_good_page_is_given_while_files_change_without_a_pause(
    changing: Changing,
) -> None:
    assert changing.ask("/x/") == ("200 OK", b"first")
    changing.changes = True
    (changing.site / "x" / "index.html").unlink()
    state = changing.preview._state
    assert state
    changing.preview.renew(state)  # as after another build, in which nothing was asked for yet
    assert changing.ask("/x/") == ("200 OK", b"first")
    changing.changes, changing.text = False, b"second"
    assert changing.ask("/x/") == ("200 OK", b"second")


def test_a_page_that_was_never_made_is_promised(changing: Changing) -> None:
    changing.changes = True
    status, body = changing.ask("/x/")
    assert status == "503 Service Unavailable"
    assert b"The files are changing." in body
    assert changing.tried > 5
