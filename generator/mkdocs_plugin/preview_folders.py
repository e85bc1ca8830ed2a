"""A folder for each build of the live preview, so that readers never get a page half written.

MkDocs' server has one folder, which each build empties and fills while readers' requests are being
answered. Here the server is switched to the new folder when that is complete. The last few folders
stay for readers who still need them.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from threading import Condition

from mkdocs.livereload import LiveReloadServer

#: How many connections can wait to be accepted. Python's default is 5.
_QUEUE_SIZE = 512
#: How many older builds are kept.
_KEPT = 3
#: Seconds to wait for a build that is running.
_TIMEOUT = 30.0


class PreviewFolders:
    """The folders of a preview's builds. ``number`` counts the builds that have been shown."""

    def __init__(self) -> None:
        self.number = 0
        self._folders: list[Path] = []
        self._count = 0
        self._shown: list[Path] = []
        self._server: LiveReloadServer | None = None
        self._changed = Condition()

    def create(self, root: Path) -> Path:
        """Name the folder of a new build, below the one that MkDocs uses for all builds."""
        self._count += 1
        self._folders.append(root / f"build-{self._count}")
        return self._folders[-1]

    def show(self, folder: Path) -> None:
        """Serve a build that is complete, and delete old ones."""
        with self._changed:
            self._shown = [*self._shown[-_KEPT:], folder]
            self._switch()
            self.number += 1
            self._changed.notify_all()
        for old in [folder for folder in self._folders if folder not in self._shown]:
            shutil.rmtree(old, ignore_errors=True)
            self._folders.remove(old)

    def wait_for(self, folder: Path) -> None:
        """Wait until this build is served, for a limited time: a build that failed never is."""
        with self._changed:
            self._changed.wait_for(lambda: self.shows(folder), _TIMEOUT)

    def shows(self, folder: Path) -> bool:
        """Whether this build is served now."""
        return folder == self._shown[-1] if self._shown else False

    def use_server(self, server: LiveReloadServer) -> None:
        """Serve the builds by ``server``, with the site's own page for missing addresses."""
        self._server = server
        server.error_handler = self._error_page
        server.request_queue_size = _QUEUE_SIZE
        self._switch()

    def _switch(self) -> None:
        if self._server and self._shown:
            self._server.root = str(self._shown[-1])

    def _error_page(self, code: int) -> bytes | None:
        page = self._shown[-1] / f"{code}.html"
        return page.read_bytes() if page.is_file() else None
