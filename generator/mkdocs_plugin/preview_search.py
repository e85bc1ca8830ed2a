"""The search index of a live preview: made next to the builds, so that no edit waits for it."""

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

#: Seconds between an edit of a preview and its new index, so that the edited page comes first.
_REST = 1.0
#: And at most where making it has failed, time and again.
_LONGEST_REST = 60.0
_POLITE = 10
# MkDocs shows what its plugins log by this name.
_log = logging.getLogger("mkdocs.plugins.briefings")


class PreviewIndex:
    """The index of a live preview: made beside the builds, so that no edit waits for it.

    A process of its own makes it, with what is to be found sent to it: a thread would take turns
    with the preview. Until the new index is there, the one of the build before serves.
    """

    def __init__(self) -> None:
        self._made = Path(mkdtemp(prefix="briefings-search-"))
        self._indexed: bytes | None = None
        self._wanted: SearchCorpus | None = None
        self._lock = Lock()
        self._waiting: Thread | None = None
        self._failures = 0

    def refresh(self, found: SearchCorpus) -> None:
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
                f"The search index could not be built ({failure}). The search still uses the last "
                "one. The next attempt is in a moment."
            )


def _written_apart(found: SearchCorpus, folder: Path) -> str | None:
    """Write an index in a process of its own; why that failed, if it did."""
    shutil.rmtree(folder, ignore_errors=True)
    context = multiprocessing.get_context("spawn")
    worker = context.Process(target=_write_politely, args=(found, folder), daemon=True)
    try:
        worker.start()
    except Exception as error:  # whatever it is, the thread is to go on and try again
        return str(error) or type(error).__name__
    worker.join()
    if worker.exitcode == 0 and (folder / FOLDER / ENTRY).is_file():
        return None
    return f"exit code {worker.exitcode}"


def _write_politely(found: SearchCorpus, folder: Path) -> None:
    """Write an index without taking the processor from a preview."""
    exit_with_parent()
    if hasattr(os, "nice"):
        os.nice(_POLITE)
    write_index(found.pages(), folder)
