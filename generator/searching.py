"""The search index: Pagefind's files, made from the records and served as they are."""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock, Thread

from pagefind.index import IndexConfig, PagefindIndex
from pagefind.service import PagefindService

from generator.exports.search import SearchRecord

#: Where the index stands below the site's root.
FOLDER = "pagefind"
_ROOT = "/"
_TOGETHER = 200
# Pagefind's own interfaces, which this site doesn't use.
_NOT_USED = (
    "pagefind-ui.js", "pagefind-ui.css", "pagefind-modular-ui.js", "pagefind-modular-ui.css",
    "pagefind-component-ui.js", "pagefind-component-ui.css", "pagefind-highlight.js",
)  # fmt: skip


def write_index(records: Iterable[SearchRecord], site: Path) -> int:
    """Write the index of ``records`` into the folder of a built site; say how many they are."""
    return asyncio.run(_write(list(records), site / FOLDER))


class PreviewIndex:
    """The index of a live preview: made beside the builds, so that no edit waits for it.

    Until the new index is there, the one of the build before serves.
    """

    def __init__(self) -> None:
        self._made = Path(mkdtemp(prefix="briefings-search-"))
        self._records: list[SearchRecord] | None = None
        self._wanted: tuple[list[SearchRecord], Path] | None = None
        self._lock = Lock()
        self._worker: Thread | None = None

    def refresh(self, records: Iterable[SearchRecord], site: Path) -> None:
        """Put the index that is there into the folder of a built site, and see to a newer one."""
        with self._lock:
            self._wanted = list(records), site
            self._publish(site)
            if self._wanted[0] != self._records and self._worker is None:
                self._worker = Thread(target=self._work, daemon=True)
                self._worker.start()

    def close(self) -> None:
        """Forget the index."""
        shutil.rmtree(self._made, ignore_errors=True)

    def _work(self) -> None:
        while True:
            with self._lock:
                if self._wanted is None or self._wanted[0] == self._records:
                    self._worker = None
                    return
                records, site = self._wanted
            write_index(records, self._made)
            with self._lock:
                self._records = records
                self._publish(site)

    def _publish(self, site: Path) -> None:
        # A rebuild may empty the site's folder at the same time; it publishes again afterwards.
        if self._records is not None:
            with suppress(OSError):
                shutil.copytree(self._made / FOLDER, site / FOLDER, dirs_exist_ok=True)


class _Service(PagefindService):
    """Pagefind's service, whose own reader of answers rests 0.1 s before each: 30 s for 300."""

    async def _wait_for_responses(self) -> None:
        assert self._backend.stdout is not None
        while True:
            line = await self._backend.stdout.readuntil(b",")
            answer = json.loads(base64.b64decode(line[:-1]))
            waiting = self._responses.get(answer.get("message_id")) if answer else None
            if waiting is None:
                continue
            if answer["payload"]["type"] == "Error":
                waiting.set_exception(RuntimeError(answer["payload"]["message"]))
            else:
                waiting.set_result(answer["payload"])


async def _write(records: list[SearchRecord], folder: Path) -> int:
    # One language for all, as a statement and its quotations can be in several.
    config = IndexConfig(output_path=str(folder), force_language="en")
    async with _Service() as service:
        index = await service.create_index(config)
        for start in range(0, len(records), _TOGETHER):
            batch = records[start : start + _TOGETHER]
            await asyncio.gather(*(_add(index, record) for record in batch))
        await index.write_files()
    for name in _NOT_USED:
        (folder / name).unlink(missing_ok=True)
    return len(records)


async def _add(index: PagefindIndex, record: SearchRecord) -> None:
    await index.add_custom_record(
        url=_ROOT + record.url.removeprefix("./"),
        content=record.content or record.title,
        language="en",
        meta={"title": record.title, "about": record.about},
        filters={key: list(values) for key, values in record.filters.items()},
        sort={"date": record.date} if record.date else None,
    )
