"""The search index of the live preview, built in the background so that no edit waits for it."""

from __future__ import annotations

import logging
import multiprocessing
import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock, Thread

from generator.build.artifacts import SearchCorpus
from generator.build.workers import exit_with_parent
from generator.search.index import ENTRY, FOLDER, write_index

#: Seconds between an edit and the new index, so that the edited page is rendered first.
_DELAY = 1.0
#: After each failure the delay doubles, up to so many seconds.
_LONGEST_DELAY = 60.0
#: By how much the indexer lowers its priority.
_NICENESS = 10
# MkDocs shows messages of its plugins' loggers, which have this prefix.
_log = logging.getLogger("mkdocs.plugins.briefings")


class PreviewIndex:
    """The newest search index of a live preview.

    Another process builds it, from a corpus that is sent there: a thread would slow down the
    preview. Until the new index is complete, the one before is served.
    """

    def __init__(self) -> None:
        self._folder = Path(mkdtemp(prefix="briefings-search-"))
        self._indexed_key: bytes | None = None
        self._wanted: SearchCorpus | None = None
        self._lock = Lock()
        self._is_working = False
        self._failures = 0

    def refresh(self, corpus: SearchCorpus) -> None:
        """Build the index of ``corpus``, unless it is the newest already."""
        with self._lock:
            self._wanted = corpus
            if corpus.key != self._indexed_key and not self._is_working:
                self._is_working = True
                Thread(target=self._work, daemon=True).start()

    def file(self, path: str) -> bytes | None:
        """A file of the index by its path below the site's root; None if there is none."""
        with self._lock, suppress(OSError):
            return (self._folder / path).read_bytes()
        return None

    def close(self) -> None:
        """Delete the index."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _work(self) -> None:
        """Build indexes until the newest is the one that is wanted."""
        while True:
            time.sleep(min(_DELAY * 2**self._failures, _LONGEST_DELAY))
            with self._lock:
                corpus = self._wanted
                if corpus is None or corpus.key == self._indexed_key:
                    self._is_working = False
                    return
            new = self._folder / "new"
            failure = _write_in_process(corpus, new)
            with self._lock:
                if not self._folder.is_dir():
                    self._is_working = False
                    return  # the preview has ended
                if failure is None:
                    self._indexed_key, self._failures = corpus.key, 0
                    shutil.rmtree(self._folder / FOLDER, ignore_errors=True)
                    (new / FOLDER).rename(self._folder / FOLDER)
                    continue
                self._failures += 1
            _log.warning(
                f"The search index could not be built ({failure}). The search still uses the last "
                "one. The next attempt is in a moment."
            )


def _write_in_process(corpus: SearchCorpus, folder: Path) -> str | None:
    """Write an index in another process. Returns the reason if that failed."""
    shutil.rmtree(folder, ignore_errors=True)
    context = multiprocessing.get_context("spawn")
    worker = context.Process(target=_write, args=(corpus, folder), daemon=True)
    try:
        worker.start()
    except Exception as error:  # whatever it is, the next attempt may succeed
        return str(error) or type(error).__name__
    worker.join()
    if worker.exitcode == 0 and (folder / FOLDER / ENTRY).is_file():
        return None
    return f"exit code {worker.exitcode}"


def _write(corpus: SearchCorpus, folder: Path) -> None:
    """Write an index at low priority, so that the preview has the processor when it needs it."""
    exit_with_parent()
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    write_index(corpus.pages(), folder)
