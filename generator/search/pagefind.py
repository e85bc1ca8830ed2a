"""The search index: Pagefind's files, made from the search's pages and served as they are."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
from collections.abc import Iterable, Iterator
from gzip import compress
from html import escape
from pathlib import Path

import orjson
from pagefind.index import IndexConfig, PagefindIndex
from pagefind.service import PagefindService

from generator.search.records import SearchPage
from generator.search.stable_order import MARK, completed
from generator.search.words import LETTERS, looked_up

#: Where the index stands below the site's root.
FOLDER = "pagefind"
_ROOT = "/"
#: The file of an index that Pagefind's script asks for first.
ENTRY = "pagefind-entry.json"
_NO_LANGUAGE = "unknown"
_TOGETHER = 200
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
    for name, content in index(pages):
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def index(pages: Iterable[SearchPage]) -> Iterator[tuple[str, bytes]]:
    """The files of the index of ``pages``, by their paths below the site's root."""
    for name, content in asyncio.run(_index(pages)).items():
        yield f"{FOLDER}/{name}", content


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
