"""What was made of a site's parts, written into the folder of the built site."""

from __future__ import annotations

import shutil
from collections.abc import Container
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import BinaryIO

from generator import routes
from generator.exports.shares import Joining
from generator.loading import BRIEFINGS
from generator.making import Stock
from generator.pipeline import Known


def write_files(known: Known, stock: Stock, site: Path, taken: Container[str]) -> None:
    """Write every file beside the pages into ``site``, except those whose paths are ``taken``."""
    for key in known.outlines.briefings:
        path = routes.briefing_yaml(key)
        if path not in taken:
            write_file(site, path, known.files[f"{BRIEFINGS}{key}.yml"])
    with ExitStack() as opened:
        whole = {
            file.path: Joining(file, opened.enter_context(_opened(site, file.path)).write)
            for file in stock.shared()
            if file.path not in taken
        }
        for unit in stock.keys:
            for path, content in stock.files(unit).items():
                if path not in taken:
                    write_file(site, path, content)
            for share in stock.shares(unit):
                if share.path in whole:
                    whole[share.path].add(share)
        for one in whole.values():
            one.end()


def write_file(site: Path, path: str, content: bytes) -> None:
    """Write a file below ``site``."""
    with _opened(site, path) as file:
        file.write(content)


def _opened(site: Path, path: str) -> BinaryIO:
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    return (site / path).open("wb")


class SetAside:
    """The site that was there, out of the way while a new one is built, and back if that fails.

    MkDocs empties the folder first. Some file systems are slow to make files where as many were
    just deleted, and a build that fails would leave nothing.
    """

    def __init__(self, site: Path) -> None:
        self._site = site
        self._old = site.with_name(f".{site.name}.before")
        self._moved = False
        shutil.rmtree(self._old, ignore_errors=True)  # of a build that was killed
        if site.is_dir() and not site.is_symlink():
            with suppress(OSError):  # it can be a mount point, say: then MkDocs empties it
                site.rename(self._old)
                self._moved = True

    def forget(self) -> None:
        """Delete it: the new one is there."""
        if self._moved:
            shutil.rmtree(self._old, ignore_errors=True)
            self._moved = False

    def put_back(self) -> None:
        """Put it back in place of what was begun."""
        if self._moved:
            shutil.rmtree(self._site, ignore_errors=True)
            self._old.rename(self._site)
            self._moved = False
