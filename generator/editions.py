"""Each build of a preview in a folder of its own: a reader never gets a page that is half written.

MkDocs' server empties and fills one folder while readers' requests are under way. Here it is shown
the new folder when that is complete; the one before stays for those who are still reading it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

#: So many readers can wait for the server to take their call; 5 is what Python would let.
_WAITING = 512


class Editions:
    """The folders of a preview's builds; ``number`` tells how many were shown."""

    def __init__(self) -> None:
        self.number = 0
        self._begun: list[Path] = []
        self._count = 0
        self._shown: list[Path] = []
        self._server: LiveReloadServer | None = None

    def begin(self, root: Path) -> Path:
        """The folder of a new build, below the one that MkDocs means for all."""
        self._count += 1
        self._begun.append(root / f"build-{self._count}")
        return self._begun[-1]

    def show(self, folder: Path) -> None:
        """Let readers have a build; those before the one they had are removed."""
        self._shown = [*self._shown[-1:], folder]
        self._turn()
        self.number += 1
        for old in [one for one in self._begun if one not in self._shown]:
            shutil.rmtree(old, ignore_errors=True)
            self._begun.remove(old)

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
