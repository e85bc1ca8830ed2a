"""The search index: Pagefind's files, made from the search's pages and served as they are."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import logging
import multiprocessing
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from gzip import compress
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from threading import Event, Lock, Thread
from typing import Any

import orjson
from mkdocs.exceptions import BuildError
from pagefind.index import IndexConfig, PagefindIndex
from pagefind.service import PagefindService

from generator.cache import Cache, packed, unpacked
from generator.exports.search import SearchPage
from generator.exports.search_words import LETTERS, looked_up
from generator.making import Found
from generator.search_files import MARK, completed
from generator.workers import can_fork, end_with_parent

GONE = "The build cache was deleted during the build. Run the build again."
#: Where the index stands below the site's root.
FOLDER = "pagefind"
_ROOT = "/"
_ENTRY = "pagefind-entry.json"
_NO_LANGUAGE = "unknown"
_TOGETHER = 200
#: Seconds between an edit of a preview and its new index, so that the edited page comes first.
_REST = 1.0
#: And at most where making it has failed, time and again.
_LONGEST_REST = 60.0
_POLITE = 10
# MkDocs shows what its plugins log by this name.
_log = logging.getLogger("mkdocs.plugins.briefings")
_PIECE = 2**20
# Half the time of the highest level, for a twentieth more bytes.
_LEVEL = 6
# Pagefind's own interfaces, which this site doesn't use.
_NOT_USED = (
    "pagefind-ui.js", "pagefind-ui.css", "pagefind-modular-ui.js", "pagefind-modular-ui.css",
    "pagefind-component-ui.js", "pagefind-component-ui.css", "pagefind-highlight.js",
)  # fmt: skip


def write_index(pages: Iterable[SearchPage], site: Path) -> None:
    """Write the index of ``pages`` into the folder of a built site."""
    save_index(index(pages), site)


def save_index(files: Iterable[tuple[str, bytes]], site: Path) -> None:
    """Write the files of an index, by their paths below the site's root."""
    for name, content in files:
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def index(pages: Iterable[SearchPage]) -> Iterator[tuple[str, bytes]]:
    """The files of the index of ``pages``, by their paths below the site's root."""
    for name, content in asyncio.run(_index(pages)).items():
        yield f"{FOLDER}/{name}", content


def keeping(
    files: Iterable[tuple[str, bytes]], key: bytes, cache: Cache
) -> Iterator[tuple[str, bytes]]:
    """The files of an index as they come, each kept under ``key``."""
    names = []
    waiting = iter(files)
    while some := list(itertools.islice(waiting, _TOGETHER)):
        yield from some
        cache.put({key + name.encode(): content for name, content in some})
        names += [name for name, _ in some]
    cache.put({key: packed(names)})


def kept_index(key: bytes, cache: Cache) -> Iterator[tuple[str, bytes]]:
    """The files of an index that is kept; BuildError where someone deletes it meanwhile."""
    names: list[str] = unpacked(_there(cache, key))
    for name in names:
        yield name, _there(cache, key + name.encode())


def _there(cache: Cache, key: bytes) -> bytes:
    content = cache.get(key)
    if content is None:
        raise BuildError(GONE)
    return content


class IndexBeside:
    """An index made beside a build, in a process of its own where one can be forked.

    ``pages`` is called there. It is given a function that tells whether there are more pages to
    come: until ``complete`` is called.
    """

    def __init__(self, pages: Callable[[Callable[[], bool]], Iterable[SearchPage]]) -> None:
        self._pages = pages
        self._folder = TemporaryDirectory(prefix="briefings-search-")
        made = Path(self._folder.name)
        self._complete: Any
        if can_fork():
            context = multiprocessing.get_context("fork")
            self._complete = context.Event()
            self._worker: Any = context.Process(
                target=_write_apart, args=(self._found, made), daemon=True
            )
        else:
            self._complete = Event()
            self._worker = Thread(target=_write, args=(self._found, made), daemon=True)
        self._worker.start()

    def _found(self) -> Iterable[SearchPage]:
        return self._pages(lambda: not self._complete.is_set())

    def complete(self) -> None:
        """Tell it that there are no more pages to come."""
        self._complete.set()

    def abandon(self) -> None:
        """Make it no further: the build has failed."""
        self.complete()
        if not isinstance(self._worker, Thread):
            self._worker.terminate()
        self._worker.join()
        self._folder.cleanup()

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The index when it is done, file by file."""
        self.complete()
        self._worker.join()
        made = Path(self._folder.name)
        with self._folder:
            if not (made / FOLDER / _ENTRY).is_file():
                # It was killed, say, or another cache had to be begun: here it is made once more.
                _write(self._found, made)
            for path in sorted(made.rglob("*")):
                if path.is_file():
                    yield path.relative_to(made).as_posix(), path.read_bytes()


def _write(pages: Callable[[], Iterable[SearchPage]], folder: Path) -> None:
    write_index(pages(), folder)


def _write_apart(pages: Callable[[], Iterable[SearchPage]], folder: Path) -> None:
    end_with_parent()
    _write(pages, folder)


class PreviewIndex:
    """The index of a live preview: made beside the builds, so that no edit waits for it.

    A process of its own makes it, with what is to be found sent to it: a thread would take turns
    with the preview. Until the new index is there, the one of the build before serves.
    """

    def __init__(self) -> None:
        self._made = Path(mkdtemp(prefix="briefings-search-"))
        self._indexed: bytes | None = None
        self._wanted: Found | None = None
        self._lock = Lock()
        self._waiting: Thread | None = None
        self._failures = 0

    def refresh(self, found: Found) -> None:
        """See to a newer index."""
        with self._lock:
            self._wanted = found
            if found.key != self._indexed and self._waiting is None:
                self._waiting = Thread(target=self._work, daemon=True)
                self._waiting.start()

    def file(self, path: str) -> bytes | None:
        """A file of the index by its path below the site's root; None where there is none."""
        with self._lock, suppress(OSError):
            return (self._made / path).read_bytes()
        return None

    def close(self) -> None:
        """Forget the index."""
        shutil.rmtree(self._made, ignore_errors=True)

    def _work(self) -> None:
        while True:
            time.sleep(min(_REST * 2**self._failures, _LONGEST_REST))
            with self._lock:
                found = self._wanted
                if found is None or found.key == self._indexed:
                    self._waiting = None
                    return
            new = self._made / "new"
            failure = _written_apart(found, new)
            with self._lock:
                if not self._made.is_dir():
                    self._waiting = None
                    return  # the preview has ended
                if failure is None:
                    self._indexed, self._failures = found.key, 0
                    shutil.rmtree(self._made / FOLDER, ignore_errors=True)
                    (new / FOLDER).rename(self._made / FOLDER)
                    continue
                self._failures += 1
            _log.warning(
                f"The search index could not be made ({failure}). Until it is, the search shows "
                "what it did before; it is tried again in a moment."
            )


def _written_apart(found: Found, folder: Path) -> str | None:
    """Write an index in a process of its own; why that failed, if it did."""
    shutil.rmtree(folder, ignore_errors=True)
    context = multiprocessing.get_context("spawn")
    worker = context.Process(target=_write_politely, args=(found, folder), daemon=True)
    try:
        worker.start()
    except Exception as error:  # whatever it is, the thread is to go on and try again
        return str(error) or type(error).__name__
    worker.join()
    if worker.exitcode == 0 and (folder / FOLDER / _ENTRY).is_file():
        return None
    return f"exit code {worker.exitcode}"


def _write_politely(found: Found, folder: Path) -> None:
    """Write an index without taking the processor from a preview."""
    end_with_parent()
    if hasattr(os, "nice"):
        os.nice(_POLITE)
    write_index(found.pages(), folder)


class _Service(PagefindService):
    """Pagefind's service, with a reader of answers of our own.

    The wrapper's rests 0.1 s before each answer, 30 s for 300, and takes none over 2 MiB.
    """

    async def _wait_for_responses(self) -> None:
        # The files of a large index come in one message: it is not to be held in all its forms.
        assert self._backend.stdout is not None
        message, rest = bytearray(), b""
        while piece := await self._backend.stdout.read(_PIECE):
            *ends, last = piece.split(b",")
            for end in ends:
                message += base64.b64decode(rest + end)
                text, rest = message.decode(), b""
                message.clear()
                self._take(text)
            rest += last
            whole = len(rest) // 4 * 4  # so many characters stand for three bytes
            message += base64.b64decode(rest[:whole])
            rest = rest[whole:]

    def _take(self, text: str) -> None:
        answer = json.loads(text)
        waiting = self._responses.get(answer.get("message_id")) if answer else None
        if waiting is None:
            return
        if answer["payload"]["type"] == "Error":
            waiting.set_exception(RuntimeError(answer["payload"]["message"]))
        else:
            waiting.set_result(answer["payload"])


async def _index(pages: Iterable[SearchPage]) -> dict[str, bytes]:
    """The files of the index of ``pages``."""
    # Words are cut and folded already, so Pagefind is to treat them as of no language.
    config = IndexConfig(force_language=_NO_LANGUAGE)
    waiting = iter(pages)
    records: dict[str, bytes] = {}
    names: list[tuple[str, str, tuple[str, ...]]] = []
    async with _Service() as service:
        index = await service.create_index(config)
        while some := list(itertools.islice(waiting, _TOGETHER)):
            for page in some:
                records[_address(page)] = compress(MARK + record(page), _LEVEL, mtime=0)
                if page.names:
                    name, *others = page.names
                    names.append((name, page.url.removeprefix("./"), tuple(others)))
            await asyncio.gather(*(_add(index, page) for page in some))
        # Pagefind reports files as written before they are: one in fifty times, ending it then
        # leaves an empty one. So the files are fetched and written here.
        files = {file["path"]: file["content"] for file in await index.get_files()}
    for path in _NOT_USED:
        files.pop(path, None)
    made = completed(files, records)
    made["letters.json"] = LETTERS
    made["names.json"] = orjson.dumps(sorted(names))
    return made


async def _add(index: PagefindIndex, page: SearchPage) -> None:
    await index.add_html_file(content=as_html(page), url=_address(page))


def _address(page: SearchPage) -> str:
    return _ROOT + page.url.removeprefix("./")


def as_html(page: SearchPage) -> str:
    """A page for Pagefind to read: the keys of the words of each part, and what it filters by.

    Pagefind narrows down pages, the search page their parts (``record``).
    """
    head = [
        f'<meta data-pagefind-filter="{key}[content]" content="{escape(value)}">'
        for key, values in page.filters.items()
        for value in values
    ]
    if page.dates:
        for name, day in zip(("oldest", "newest"), page.dates, strict=True):
            head.append(f'<meta data-pagefind-sort="{name}[content]" content="{day}">')
    body = "".join(
        f"<h2>{looked_up(part.title)}</h2><p>{looked_up(part.content)}</p>" for part in page.parts
    )
    return f"<!doctype html><html><head>{''.join(head)}</head><body>{body}</body></html>"


def record(page: SearchPage) -> bytes:
    """What the search page shows and compares with what was typed: JSON that Pagefind fetches."""
    parts = [
        {
            "id": part.fragment,
            "title": part.title,
            "text": part.content,
            "about": part.about,
            "filters": part.filters,
            "date": part.date,
        }
        for part in page.parts
    ]
    return orjson.dumps(
        {
            "url": _address(page),
            "content": "",
            "word_count": 0,
            "filters": {},
            "meta": {"title": page.title, "parts": parts},
            "anchors": [],
        }
    )
