"""A live preview's pages, made when a reader asks for one: an edit doesn't wait for the others.

MkDocs builds what is written by hand, and its server serves a folder. A file of ours is put there
when it is first asked for after a build.
"""

from __future__ import annotations

import mimetypes
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Any

from generator import routes
from generator.chunks import chunks, collection_for
from generator.editions import Editions
from generator.exports.files import briefing_data
from generator.exports.shares import Share, joined
from generator.files_on_demand import unit_of
from generator.known import ChangedMeanwhileError, Known
from generator.layout import LaidOut, Layout
from generator.parts import SITE, Unit
from generator.pipeline import Pipeline
from generator.problems import Problem
from generator.rendering import TITLES, Page
from generator.searching import FOLDER
from generator.site import broken_pages
from generator.units import Made, make, page_paths
from generator.view import Settings

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_TRIES, _MOST_TRIES = 5, 50
_PAUSE = 0.25
#: After so many tries at a page whose files change meanwhile, the last good one has to do.
_PATIENCE = 12
#: So many files are held for that.
_HELD = 500
_BUSY = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta http-equiv="refresh" content="2"><title>One moment</title>
<p>The files are changing. This page comes when they rest.</p></html>"""


@dataclass(slots=True)
class State:
    """What the last build told: the files, what is wrong with them, how pages are laid out."""

    pipeline: Pipeline
    known: Known
    problems: list[Problem]
    settings: Settings
    layout: Layout
    site: Path
    taken: frozenset[str]
    broken: dict[str, Page] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = self.known
        self.broken = broken_pages(known.loaded, known.files, self.problems, self.settings)

    def page(self, path: str) -> Page | None:
        """A page by the path of its Markdown."""
        if path in self.broken:
            return self.broken[path]
        if path in TITLES:
            return next(one for one in self.made(SITE).pages if one.path == path)
        unit = unit_of(path, self.known)
        made = self.made(unit) if unit and path in page_paths(unit) else Made()
        return made.pages[0] if made.pages else None

    def made(self, unit: Unit) -> Made:
        """A part, made from what it depends on alone; nothing of one that can't be read."""
        if unit.kind == "briefings" and unit.id not in self.known.outlines.briefings:
            return Made()
        outlines = self.known.outlines
        replies = self.pipeline.replies(self.known) if unit == SITE else {}
        collection = self.known.part(outlines.around(unit))
        return make(unit, collection, self.settings, outlines.whole(replies))

    def shares(self) -> Iterator[Share]:
        """What each briefing puts into files of the whole site, made a few briefings at a time."""
        units = [Unit("briefings", key) for key in self.known.outlines.briefings]
        for chunk in chunks(units, self.known, self.pipeline.jobs):
            collection = collection_for(self.known, chunk)
            for unit in chunk.units:
                briefing = collection.briefings[unit.id]
                yield from briefing_data(briefing, collection, self.settings).shares

    def file(self, path: str) -> bytes | None:
        """A file that is no page; None where there is none."""
        unit = unit_of(path, self.known)
        if unit and unit.kind == "briefings" and path == routes.briefing_yaml(unit.id):
            return self.known.files[f"briefings/{unit.id}.yml"]
        if unit and (found := self.made(unit).files.get(path)):
            return found
        if not path.startswith(("data/", "feeds/", "assets/")):
            return None
        made = self.made(SITE)
        shared = next((one for one in made.shared if one.path == path), None)
        if shared is None:
            return made.files.get(path)
        return joined(shared, (one for one in self.shares() if one.path == path))


class Preview:
    """Puts files where MkDocs' server looks for them; ``index_file`` gives those of the search."""

    def __init__(self, index_file: Callable[[str], bytes | None], editions: Editions) -> None:
        self._index_file = index_file
        self._editions = editions
        self._lock = RLock()
        self._given: set[Path] = set()
        self._state: State | None = None
        self._last_good: dict[str, bytes] = {}

    def renew(self, state: State) -> None:
        """Begin anew after a build: what was made before it is out of date."""
        with self._lock:
            self._given = set()
            self._state = state

    def laid_out(self, path: str) -> LaidOut | None:
        """A page of ours by the path of its Markdown."""
        with self._lock:
            page = self._state.page(path) if self._state else None
            return self._state.layout.lay_out(page) if self._state and page else None

    def give(self, path: str) -> None:
        """Put the file for an address below the site's root into place, if it is one of ours."""
        with self._lock:
            state = self._state
            if state is None or ".." in path.split("/") or path.startswith("/"):
                return
            if not self._editions.shows(state.site):
                return  # MkDocs is still at work in there
            name = f"{path}index.html" if path.endswith("/") or not path else path
            target = state.site / name
            if target in self._given or name in state.taken:
                return
            content = self._content(state, name)
            if content is not None:
                _put(target, content)
                self._given.add(target)
                self._hold(name, content)
            elif name == path and "." not in name.rpartition("/")[2]:
                self.give(f"{path}/")  # MkDocs leads on to it

    def _hold(self, name: str, content: bytes) -> None:
        self._last_good.pop(name, None)
        self._last_good[name] = content
        if len(self._last_good) > _HELD:
            del self._last_good[next(iter(self._last_good))]

    def give_last_good(self, path: str) -> bool:
        """Put the file as it was last made into place, until it is asked for again; False where it
        never was.
        """
        with self._lock:
            for name in (f"{path}index.html", f"{path}/index.html", path):
                if self._state and name in self._last_good:
                    _put(self._state.site / name, self._last_good[name])
                    return True
        return False

    def _content(self, state: State, name: str) -> bytes | None:
        stem, is_page, _ = name.rpartition(".html")
        is_index = stem == "index" or stem.endswith("/index")
        if is_page and (is_index or not state.settings.directory_urls):
            laid_out = self.laid_out(f"{stem}.md")
            if laid_out and laid_out.html:
                return laid_out.html.encode()
        return state.file(name)

    def serving(self, inner: Application, root: str) -> Application:
        """``inner``, MkDocs' own application below the path ``root``, with our files at hand."""

        def application(
            environ: dict[str, Any], start_response: Callable[..., Any]
        ) -> Iterable[bytes]:
            path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "ignore")
            if "\0" in path:
                start_response("404 Not Found", [("Content-Type", "text/plain")])
                return [b"404 Not Found"]
            asked = path.removeprefix(root) if path.startswith(root) else None
            if asked and asked.startswith(f"{FOLDER}/") and ".." not in asked:
                content = self._index_file(asked)
                if content is not None:
                    kind = mimetypes.guess_type(asked)[0] or "application/octet-stream"
                    start_response("200 OK", [("Content-Type", kind)])
                    return [content]
            answer: list[Any] = []
            body: Iterable[bytes] = ()
            for tries in range(_MOST_TRIES):
                if self._state:
                    self._editions.wait_for(self._state.site)
                build = self._editions.number
                try:
                    if asked is not None:
                        self.give(asked)
                except ChangedMeanwhileError:
                    if tries < _PATIENCE:
                        time.sleep(_PAUSE)  # MkDocs is about to see that too, and to build
                        continue
                    if not self.give_last_good(asked or ""):
                        page = ("Content-Type", "text/html; charset=utf-8")
                        start_response("503 Service Unavailable", [page, ("Retry-After", "2")])
                        return [_BUSY.encode()]
                answer = []
                body = inner(environ, lambda *told, _answer=answer: _answer.extend(told))
                # What was given before a build that ended meanwhile is out of date.
                if build == self._editions.number:
                    break
                # While builds follow each other without a pause, the last but one has to do.
                if tries >= _TRIES and answer[0].startswith("200"):
                    break
            start_response(*answer)
            return body

        return application


def _put(target: Path, content: bytes) -> None:
    """Write a file in one step: others read what is there at the same time."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.new")
    unfinished.write_bytes(content)
    unfinished.replace(target)
