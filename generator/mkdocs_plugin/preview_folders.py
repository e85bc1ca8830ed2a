"""Each build of a preview in a folder of its own: a reader never gets a page that is half written.

MkDocs' server empties and fills one folder while readers' requests are under way. Here it is shown
the new folder when that is complete; those before stay a while for who is still reading them.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from threading import Condition

from mkdocs.livereload import LiveReloadServer

#: So many readers can wait for the server to take their call; 5 is what Python would let.
_WAITING = 512
#: So many builds before the last stay.
_KEPT = 3
#: Seconds to wait for a build that has begun.
_PATIENCE = 30.0


class PreviewFolders:
    """The folders of a preview's builds; ``number`` tells how many were shown."""

    def __init__(self) -> None:
        self.number = 0
        self._begun: list[Path] = []
        self._count = 0
        self._shown: list[Path] = []
        self._server: LiveReloadServer | None = None
        self._changed = Condition()

    def begin(self, root: Path) -> Path:
        """The folder of a new build, below the one that MkDocs means for all."""
        self._count += 1
        self._begun.append(root / f"build-{self._count}")
        return self._begun[-1]

    def show(self, folder: Path) -> None:
        """Let readers have a build; the last few stay for those who are still reading them."""
        with self._changed:
            self._shown = [*self._shown[-_KEPT:], folder]
            self._turn()
            self.number += 1
            self._changed.notify_all()
        for old in [one for one in self._begun if one not in self._shown]:
            shutil.rmtree(old, ignore_errors=True)
            self._begun.remove(old)

    def wait_for(self, folder: Path) -> None:
        """Wait until readers have this build; in vain only where it failed."""
        with self._changed:
            self._changed.wait_for(lambda: self.shows(folder), _PATIENCE)

    def shows(self, folder: Path) -> bool:
        """Whether this is the build that readers have: the next is not to be touched by them."""
        return folder == self._shown[-1] if self._shown else False

    def serve(self, server: LiveReloadServer) -> None:
        """Show builds by a server, with the site's own page for what is not there."""
        self._server = server
        server.error_handler = self._error_page
        server.request_queue_size = _WAITING
        self._turn()

    def _turn(self) -> None:
        if self._server and self._shown:
            self._server.root = str(self._shown[-1])

    def _error_page(self, code: int) -> bytes | None:
        page = self._shown[-1] / f"{code}.html"
        return page.read_bytes() if page.is_file() else None
