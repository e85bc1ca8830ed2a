"""Answers requests of the live preview. Generated files are rendered on the first request for them.

MkDocs builds only the handwritten pages, and its server serves the files in a folder. Before that
server answers, the generated file that it is asked for is written to this folder. So an edit does
not wait for all pages to be rendered.
"""

from __future__ import annotations

import mimetypes
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import RLock
from typing import Any

from generator.build.errors import SourceChangedError
from generator.mkdocs_plugin.placeholder_page import RenderedPage
from generator.mkdocs_plugin.preview_folders import PreviewFolders
from generator.mkdocs_plugin.preview_site import PreviewSite
from generator.search.index import FOLDER

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
"""A WSGI application."""
Answer = tuple[list[Any], Iterable[bytes]]
"""The arguments of ``start_response``, and the body."""

#: After how many attempts an older answer is good enough, and after how many to give up.
_ATTEMPTS, _MOST_ATTEMPTS = 5, 50
#: Seconds between two attempts.
_PAUSE = 0.25
#: How many answers are remembered, and of how many bytes each at most.
_REMEMBERED, _LARGEST = 200, 2**20
_NO_ANSWER: Answer = (
    ["503 Service Unavailable", [("Content-Type", "text/plain"), ("Retry-After", "1")]],
    [b"The files change without a pause. Reload this page in a moment."],
)


class PreviewServer:
    """Serves the newest build. ``index_file`` returns the files of the search index."""

    def __init__(self, index_file: Callable[[str], bytes | None], folders: PreviewFolders) -> None:
        self._index_file, self._folders = index_file, folders
        self._lock = RLock()
        self._written: set[Path] = set()
        self._site: PreviewSite | None = None
        self._last_good: PreviewSite | None = None
        self._good_answers: dict[str, tuple[list[Any], bytes]] = {}

    def show(self, site: PreviewSite) -> None:
        """Replace the site after a build. What was rendered for the one before is out of date."""
        with self._lock:
            if self._site and self._folders.shows(self._site.folder):
                self._last_good = self._site
            self._written = set()
            self._site = site

    def show_last_good(self) -> None:
        """Replace a site whose build failed by the one before."""
        with self._lock:
            if self._site and not self._folders.shows(self._site.folder):
                self._written = set()
                self._site = self._last_good

    def add_edition(self, language: str, site: PreviewSite) -> None:
        """Add the edition in ``language`` to the site of this build."""
        with self._lock:
            if self._site:
                self._site.editions[f"{language}/"] = site

    def rendered_page(self, path: str, edition: str = "") -> RenderedPage | None:
        """A generated page by its Markdown path, of the main edition or of one in a language."""
        with self._lock:
            site = self._site
            if site and edition:
                site = site.editions.get(f"{edition}/")
            return site.rendered_page(path) if site else None

    def write_file(self, path: str) -> None:
        """Write the generated file for a path below the site's root, if there is one."""
        with self._lock:
            site = self._site
            if site is None or ".." in path.split("/") or path.startswith("/"):
                return
            if not self._folders.shows(site.folder):
                return  # MkDocs is still writing to this folder
            name = f"{path}index.html" if path.endswith("/") or not path else path
            target = site.folder / name
            if target in self._written or site.is_reserved(name):
                return
            content = site.content(name)
            if content is not None:
                target.parent.mkdir(parents=True, exist_ok=True)
                unfinished = target.with_name(f".{target.name}.new")
                unfinished.write_bytes(content)
                unfinished.replace(target)
                self._written.add(target)
            elif name == path and "." not in name.rpartition("/")[2]:
                self.write_file(f"{path}/")  # MkDocs redirects a folder's name to the folder

    def application(self, mkdocs_application: Application, root: str) -> Application:
        """Extend MkDocs' application, which serves below the path ``root``, by generated files."""

        def application(
            environ: dict[str, Any], start_response: Callable[..., Any]
        ) -> Iterable[bytes]:
            url_path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "ignore")
            if "\0" in url_path:
                start_response("404 Not Found", [("Content-Type", "text/plain")])
                return [b"404 Not Found"]
            path = url_path.removeprefix(root) if url_path.startswith(root) else None
            if path and f"/{FOLDER}/" in f"/{path}" and ".." not in path:
                content = self._index_file(path)
                if content is not None:
                    media_type = mimetypes.guess_type(path)[0] or "application/octet-stream"
                    start_response("200 OK", [("Content-Type", media_type)])
                    return [content]
            arguments, body = self._answer(mkdocs_application, environ, path)
            start_response(*arguments)
            return body

        return application

    def _answer(
        self, mkdocs_application: Application, environ: dict[str, Any], path: str | None
    ) -> Answer:
        """MkDocs' answer, with the file for ``path`` written before.

        While the sources change without a pause, this is the last good answer.
        """
        latest = _NO_ANSWER
        for attempt in range(_MOST_ATTEMPTS):
            if self._site:
                self._folders.wait_for(self._site.folder)
            number = self._folders.number
            try:
                if path is not None:
                    self.write_file(path)
            except SourceChangedError:
                if attempt >= _ATTEMPTS and path in self._good_answers:
                    break
                time.sleep(_PAUSE)  # MkDocs will notice the change too, and build
                continue
            arguments: list[Any] = []
            body = mkdocs_application(
                environ, lambda *given, _arguments=arguments: _arguments.extend(given)
            )
            is_good = bool(arguments) and arguments[0].startswith("200")
            # If a build ended meanwhile, the answer is out of date. While builds follow each other
            # without a pause, it is good enough.
            if number == self._folders.number or (attempt >= _ATTEMPTS and is_good):
                if is_good and path:
                    body = self._remembered(path, arguments, body)
                return arguments, body
            latest = arguments, body
        if path is not None and path in self._good_answers:
            good_arguments, content = self._good_answers[path]
            return good_arguments, [content]
        return latest

    def _remembered(
        self, path: str, arguments: list[Any], body: Iterable[bytes]
    ) -> Iterable[bytes]:
        """Remember a good answer, unless it is large, and return its body."""
        length = dict(arguments[1]).get("Content-Length", "0")
        if path.startswith("livereload/") or int(length) > _LARGEST:
            return body
        content = b"".join(body)
        if callable(close := getattr(body, "close", None)):
            close()  # as PEP 3333 requires
        with self._lock:
            self._good_answers.pop(path, None)
            self._good_answers[path] = arguments, content
            while len(self._good_answers) > _REMEMBERED:
                del self._good_answers[next(iter(self._good_answers))]
        return [content]
