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

from generator.addresses import urls
from generator.build.batches import load_collection, make_batches
from generator.build.pipeline import Pipeline
from generator.build.render_target import TargetOutput, page_paths, render
from generator.build.snapshot import Snapshot, SourceChangedError
from generator.build.targets import SITE, Target
from generator.exports.aggregate_files import Fragment, joined
from generator.exports.all_files import briefing_data
from generator.mkdocs_plugin.lazy_files import unit_of
from generator.mkdocs_plugin.preview_folders import PreviewFolders
from generator.mkdocs_plugin.theme_pages import RenderedPage, ThemeRenderer
from generator.reading.problems import Problem
from generator.rendering.error_pages import broken_pages
from generator.rendering.pages import TITLES, Page
from generator.rendering.view import Settings
from generator.search.index import FOLDER

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_TRIES, _MOST_TRIES = 5, 50
_PAUSE = 0.25
#: So many answers of at most so many bytes are kept for when files change without a pause.
_LAST, _LONGEST = 200, 2**20
_NOT_YET = (
    ["503 Service Unavailable", [("Content-Type", "text/plain"), ("Retry-After", "1")]],
    [b"The files change without a pause. Reload this page in a moment."],
)


@dataclass(slots=True)
class PreviewState:
    """What the last build told: the files, what is wrong with them, how pages are laid out."""

    pipeline: Pipeline
    snapshot: Snapshot
    problems: list[Problem]
    settings: Settings
    layout: ThemeRenderer
    site: Path
    taken: frozenset[str]
    broken: dict[str, Page] = field(default_factory=dict)

    def __post_init__(self) -> None:
        snapshot = self.snapshot
        self.broken = broken_pages(snapshot.loaded, snapshot.files, self.problems, self.settings)

    def page(self, path: str) -> Page | None:
        """A page by the path of its Markdown."""
        if path in self.broken:
            return self.broken[path]
        if path in TITLES:
            return next(one for one in self.made(SITE).pages if one.path == path)
        target = unit_of(path, self.snapshot)
        made = self.made(target) if target and path in page_paths(target) else TargetOutput()
        return made.pages[0] if made.pages else None

    def made(self, target: Target) -> TargetOutput:
        """A part, made from what it depends on alone; nothing of one that can't be read."""
        if target.kind == "briefings" and target.id not in self.snapshot.graph.briefings:
            return TargetOutput()
        graph = self.snapshot.graph
        replies = self.pipeline.replies(self.snapshot) if target == SITE else {}
        collection = self.snapshot.part(graph.inputs(target))
        return render(target, collection, self.settings, graph.whole(replies))

    def fragments(self) -> Iterator[Fragment]:
        """What each briefing puts into files of the whole site, made a few briefings at a time."""
        targets = [Target("briefings", key) for key in self.snapshot.graph.briefings]
        for batch in make_batches(targets, self.snapshot, self.pipeline.jobs):
            collection = load_collection(self.snapshot, batch)
            for target in batch.targets:
                briefing = collection.briefings[target.id]
                yield from briefing_data(briefing, collection, self.settings).fragments

    def file(self, path: str) -> bytes | None:
        """A file that is no page; None where there is none."""
        target = unit_of(path, self.snapshot)
        if target and target.kind == "briefings" and path == urls.briefing_yaml(target.id):
            return self.snapshot.files[f"briefings/{target.id}.yml"]
        if target and (found := self.made(target).files.get(path)):
            return found
        if not path.startswith(("data/", "feeds/", "assets/")):
            return None
        made = self.made(SITE)
        shared = next((one for one in made.shared if one.path == path), None)
        if shared is None:
            return made.files.get(path)
        return joined(shared, (one for one in self.fragments() if one.path == path))


class Preview:
    """Puts files where MkDocs' server looks for them; ``index_file`` gives those of the search."""

    def __init__(self, index_file: Callable[[str], bytes | None], editions: PreviewFolders) -> None:
        self._index_file = index_file
        self._editions = editions
        self._lock = RLock()
        self._given: set[Path] = set()
        self._state: PreviewState | None = None
        self._last: dict[str, tuple[list[Any], bytes]] = {}

    def renew(self, state: PreviewState) -> None:
        """Begin anew after a build: what was made before it is out of date."""
        with self._lock:
            self._given = set()
            self._state = state

    def rendered_page(self, path: str) -> RenderedPage | None:
        """A page of ours by the path of its Markdown."""
        with self._lock:
            page = self._state.page(path) if self._state else None
            return self._state.layout.render(page) if self._state and page else None

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
                target.parent.mkdir(parents=True, exist_ok=True)
                unfinished = target.with_name(f".{target.name}.new")
                unfinished.write_bytes(content)
                unfinished.replace(target)
                self._given.add(target)
            elif name == path and "." not in name.rpartition("/")[2]:
                self.give(f"{path}/")  # MkDocs leads on to it

    def _content(self, state: PreviewState, name: str) -> bytes | None:
        stem, is_page, _ = name.rpartition(".html")
        is_index = stem == "index" or stem.endswith("/index")
        if is_page and (is_index or not state.settings.directory_urls):
            laid_out = self.rendered_page(f"{stem}.md")
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
            answer, body = self._answer(inner, environ, asked)
            start_response(*answer)
            return body

        return application

    def _answer(
        self, inner: Application, environ: dict[str, Any], asked: str | None
    ) -> tuple[list[Any], Iterable[bytes]]:
        """What ``inner`` answers when the file that is ``asked`` for is in place; while the sources
        change without a pause, what it answered last.
        """
        latest: tuple[list[Any], Iterable[bytes]] = _NOT_YET
        for tries in range(_MOST_TRIES):
            if self._state:
                self._editions.wait_for(self._state.site)
            build = self._editions.number
            try:
                if asked is not None:
                    self.give(asked)
            except SourceChangedError:
                if tries >= _TRIES and asked in self._last:
                    break
                time.sleep(_PAUSE)  # MkDocs is about to see that too, and to build
                continue
            answer: list[Any] = []
            body = inner(environ, lambda *told, _answer=answer: _answer.extend(told))
            is_good = bool(answer) and answer[0].startswith("200")
            # What was given before a build that ended meanwhile is out of date. While builds follow
            # each other without a pause, the last but one has to do.
            if build == self._editions.number or (tries >= _TRIES and is_good):
                return answer, self._noted(asked, answer, body) if is_good and asked else body
            latest = answer, body
        if asked is not None and asked in self._last:
            last_answer, last_body = self._last[asked]
            return last_answer, [last_body]
        return latest

    def _noted(self, asked: str, answer: list[Any], body: Iterable[bytes]) -> Iterable[bytes]:
        """``body``, kept as the last good answer; what is large goes out piece by piece."""
        length = dict(answer[1]).get("Content-Length", "0")
        if asked.startswith("livereload/") or int(length) > _LONGEST:
            return body
        content = b"".join(body)
        with self._lock:
            self._last.pop(asked, None)
            self._last[asked] = answer, content
            while len(self._last) > _LAST:
                del self._last[next(iter(self._last))]
        return [content]
