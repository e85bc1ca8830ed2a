"""The search index: Pagefind's files, made from the search's pages and served as they are."""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from html import escape
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock, Thread

from pagefind.index import IndexConfig, PagefindIndex
from pagefind.service import PagefindService

from generator.exports.search import SearchPage
from generator.search_files import ordered

#: Where the index stands below the site's root.
FOLDER = "pagefind"
_ROOT = "/"
_TOGETHER = 200
_PIECE = 2**20
# Pagefind's own interfaces, which this site doesn't use.
_NOT_USED = (
    "pagefind-ui.js", "pagefind-ui.css", "pagefind-modular-ui.js", "pagefind-modular-ui.css",
    "pagefind-component-ui.js", "pagefind-component-ui.css", "pagefind-highlight.js",
)  # fmt: skip


def write_index(pages: Iterable[SearchPage], site: Path) -> int:
    """Write the index of ``pages`` into the folder of a built site; say how many they are."""
    every = list(pages)
    IndexBeside(every).write([], site)
    return len(every)


class IndexBeside:
    """An index made beside a build: begun with the pages that are known, ended with the others.

    Pagefind is a program of its own, which works while pages are laid out.
    """

    def __init__(self, pages: Iterable[SearchPage]) -> None:
        self._others: Future[list[SearchPage]] = Future()
        self._files: Future[dict[str, bytes]] = Future()
        Thread(target=self._work, args=(list(pages),), daemon=True).start()

    def write(self, others: Iterable[SearchPage], site: Path) -> None:
        """Add the pages that were missing, and write the index into the folder of a built site."""
        self._others.set_result(list(others))
        _save(self._files.result(), site / FOLDER)

    def stop(self) -> None:
        """Give up: the build has failed."""
        self._others.cancel()

    def _work(self, pages: list[SearchPage]) -> None:
        try:
            self._files.set_result(asyncio.run(_index(pages, self._others)))
        except BaseException as error:  # told where it is waited for
            self._files.set_exception(error)


class PreviewIndex:
    """The index of a live preview: made beside the builds, so that no edit waits for it.

    Until the new index is there, the one of the build before serves.
    """

    def __init__(self) -> None:
        self._made = Path(mkdtemp(prefix="briefings-search-"))
        self._indexed: list[SearchPage] | None = None
        self._wanted: tuple[list[SearchPage], Path] | None = None
        self._lock = Lock()
        self._worker: Thread | None = None

    def refresh(self, pages: Iterable[SearchPage], site: Path) -> None:
        """Put the index that is there into the folder of a built site, and see to a newer one."""
        with self._lock:
            self._wanted = list(pages), site
            self._publish(site)
            if self._wanted[0] != self._indexed and self._worker is None:
                self._worker = Thread(target=self._work, daemon=True)
                self._worker.start()

    def close(self) -> None:
        """Forget the index."""
        shutil.rmtree(self._made, ignore_errors=True)

    def _work(self) -> None:
        while True:
            with self._lock:
                if self._wanted is None or self._wanted[0] == self._indexed:
                    self._worker = None
                    return
                pages, site = self._wanted
            write_index(pages, self._made)
            with self._lock:
                self._indexed = pages
                self._publish(site)

    def _publish(self, site: Path) -> None:
        # A rebuild may empty the site's folder at the same time; it publishes again afterwards.
        if self._indexed is not None:
            with suppress(OSError):
                shutil.copytree(self._made / FOLDER, site / FOLDER, dirs_exist_ok=True)


class _Service(PagefindService):
    """Pagefind's service, with a reader of answers of our own.

    The wrapper's rests 0.1 s before each answer, 30 s for 300, and takes none over 2 MiB.
    """

    async def _wait_for_responses(self) -> None:
        assert self._backend.stdout is not None
        unread: list[bytes] = []
        while piece := await self._backend.stdout.read(_PIECE):
            *ends, rest = piece.split(b",")
            for end in ends:
                self._take(b"".join([*unread, end]))
                unread = []
            unread.append(rest)

    def _take(self, message: bytes) -> None:
        answer = json.loads(base64.b64decode(message))
        waiting = self._responses.get(answer.get("message_id")) if answer else None
        if waiting is None:
            return
        if answer["payload"]["type"] == "Error":
            waiting.set_exception(RuntimeError(answer["payload"]["message"]))
        else:
            waiting.set_result(answer["payload"])


async def _index(pages: list[SearchPage], others: Future[list[SearchPage]]) -> dict[str, bytes]:
    """The files of the index of ``pages``, and of those that ``others`` will tell."""
    # One language for all, as a statement and its quotations can be in several.
    config = IndexConfig(force_language="en")
    async with _Service() as service:
        index = await service.create_index(config)
        await _add_all(index, pages)
        await _add_all(index, await asyncio.wrap_future(others))
        # Pagefind reports files as written before they are: one in fifty times, ending it then
        # leaves an empty one. So the files are fetched and written here.
        files = {file["path"]: file["content"] for file in await index.get_files()}
    used = {path: content for path, content in files.items() if path not in _NOT_USED}
    return ordered(used)


def _save(files: Mapping[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


async def _add_all(index: PagefindIndex, pages: list[SearchPage]) -> None:
    for start in range(0, len(pages), _TOGETHER):
        batch = pages[start : start + _TOGETHER]
        await asyncio.gather(*(_add(index, page) for page in batch))


async def _add(index: PagefindIndex, page: SearchPage) -> None:
    await index.add_html_file(content=as_html(page), url=_ROOT + page.url.removeprefix("./"))


def as_html(page: SearchPage) -> str:
    """A page for Pagefind to read: a heading and the words for each part, and what it filters by.

    The parts' own filters go along as JSON: Pagefind narrows down pages, the search page parts.
    """
    parts = [
        {
            "id": part.fragment,
            "title": part.title,
            "about": part.about,
            "filters": part.filters,
            "date": part.date,
        }
        for part in page.parts
    ]
    meta = {"title": page.title, "parts": json.dumps(parts, ensure_ascii=False)}
    head = [
        *(f'<meta data-pagefind-meta="{key}[content]" content="{escape(value)}">'
          for key, value in meta.items()),
        *(f'<meta data-pagefind-filter="{key}[content]" content="{escape(value)}">'
          for key, values in page.filters.items() for value in values),
    ]  # fmt: skip
    if page.dates:
        for name, day in zip(("oldest", "newest"), page.dates, strict=True):
            head.append(f'<meta data-pagefind-sort="{name}[content]" content="{day}">')
    body = "".join(
        f'<h2 id="{escape(part.fragment)}">{escape(part.title)}</h2><p>{escape(part.content)}</p>'
        for part in page.parts
    )
    return (
        f'<!doctype html><html lang="en"><head><title>{escape(page.title)}</title>{"".join(head)}'
        f"</head><body>{body}</body></html>"
    )
