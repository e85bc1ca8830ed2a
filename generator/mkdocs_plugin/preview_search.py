"""The search index of the live preview, built in the background so that no edit waits for it."""

from __future__ import annotations

import logging
import multiprocessing
import os
import shutil
import time
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock, Thread

from generator.build.artifacts import SearchCorpus
from generator.build.workers import exit_with_parent
from generator.search.index import FOLDER, write_index

#: Seconds between an edit and the new index, so that the edited page is rendered first.
_DELAY = 1.0
#: After each failure the delay doubles, up to so many seconds.
_LONGEST_DELAY = 60.0
#: After so many seconds without an edit, the indexer ends.
_IDLE = 60.0
#: By how much the indexer lowers its priority.
_NICENESS = 10
# MkDocs shows messages of its plugins' loggers, which have this prefix.
_log = logging.getLogger("mkdocs.plugins.briefings")


class PreviewIndex:
    """The newest search index of a live preview.

    Another process builds it, from a corpus that is sent there: a thread would slow down the
    preview. Until the new index is complete, the one before is served.
    """

    def __init__(self, process: IndexingProcess) -> None:
        self._process = process
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
            failure = self._process.write(corpus, new)
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


class IndexingProcess:
    """Another process that writes the indexes of a preview, one after the other.

    To start a process for each would take a second of imports after each edit. One that has had
    nothing to do for ``idle_seconds`` ends, which frees its memory: 200 MiB for 1,000 briefings.
    """

    def __init__(self, idle_seconds: float = _IDLE) -> None:
        self._idle_seconds = idle_seconds
        self._lock = Lock()
        self._running: tuple[BaseProcess, Connection] | None = None

    def write(self, corpus: SearchCorpus, folder: Path) -> str | None:
        """Write an index. Returns the reason if that failed."""
        shutil.rmtree(folder, ignore_errors=True)
        with self._lock:
            while True:
                try:
                    if self._running is None:
                        self._running = self._start()
                    _, connection = self._running
                    connection.send((corpus, folder))
                    connection.recv()
                except Exception as error:  # whatever it is, the next attempt may succeed
                    code = self._end()
                    if code == 0 and isinstance(error, EOFError | ConnectionError):
                        continue  # it had nothing to do for too long
                    return f"exit code {code}" if code else str(error) or type(error).__name__
                return None

    def close(self) -> None:
        """End the process, even while it writes."""
        if running := self._running:
            running[0].terminate()
            running[0].join()

    def _start(self) -> tuple[BaseProcess, Connection]:
        context = multiprocessing.get_context("spawn")
        connection, theirs = context.Pipe()
        with theirs:
            arguments = theirs, self._idle_seconds
            process = context.Process(target=_write_indexes, args=arguments, daemon=True)
            process.start()
        return process, connection

    def _end(self) -> int | None:
        """Forget the process. Returns its exit code, None if it could not be started."""
        if self._running is None:
            return None
        process, connection = self._running
        self._running = None
        connection.close()  # which ends it
        process.join()
        return process.exitcode


def _write_indexes(connection: Connection, idle_seconds: float) -> None:
    """Write indexes at low priority, so that the preview has the processor when it needs it."""
    exit_with_parent()
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    with suppress(EOFError):
        while connection.poll(idle_seconds):
            _write(*connection.recv())
            connection.send(None)


def _write(corpus: SearchCorpus, folder: Path) -> None:
    with closing(corpus.pipeline):
        write_index(corpus.pages(), folder)
