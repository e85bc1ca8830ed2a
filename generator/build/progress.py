"""How far long work has come: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

#: Less is done before a reader has found the place to look.
_WORTH_TELLING = 200
#: Between two lines, in seconds.
_PAUSE = 10.0

Advance = Callable[[int], None]


@contextmanager
def progress(what: str, total: int, least: int = _WORTH_TELLING) -> Iterator[Advance]:
    """Tell how much of ``total`` is done, on standard error; what it gives takes each addition.

    Less than ``least`` is not worth telling.
    """
    if total < least:
        yield lambda number: None
    elif sys.stderr.isatty():
        with click.progressbar(length=total, label=what, show_pos=True, file=sys.stderr) as bar:
            yield bar.update
    else:
        lines = _Lines(what, total)
        yield lines.advance
        lines.end()


class _Lines:
    def __init__(self, what: str, total: int) -> None:
        self._what, self._total, self._done = what, total, 0
        self._began = self._told = time.monotonic()

    def advance(self, number: int) -> None:
        self._done += number
        if time.monotonic() - self._told > _PAUSE and self._done < self._total:
            self._told = time.monotonic()
            self._tell()

    def end(self) -> None:
        self._tell()

    def _tell(self) -> None:
        seconds = time.monotonic() - self._began
        click.echo(f"{self._what}: {self._done:,} of {self._total:,}, {seconds:.0f} s", err=True)
