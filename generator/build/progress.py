"""Progress of long work: a bar on a terminal, otherwise a line every few seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

#: Fewer items take too little time to report.
_LEAST_ITEMS = 200
#: Seconds between two lines.
_PAUSE = 10.0

Advance = Callable[[int], None]


@contextmanager
def progress(title: str, total: int, least: int = _LEAST_ITEMS) -> Iterator[Advance]:
    """Report on standard error how much of ``total`` is done; call the result with each addition.

    A ``total`` below ``least`` is not reported.
    """
    if total < least:
        yield lambda number: None
    elif sys.stderr.isatty():
        with click.progressbar(length=total, label=title, show_pos=True, file=sys.stderr) as bar:
            yield bar.update
    else:
        lines = _Lines(title, total)
        yield lines.advance
        lines.end()


class _Lines:
    def __init__(self, title: str, total: int) -> None:
        self._title, self._total, self._done = title, total, 0
        self._started = self._reported = time.monotonic()

    def advance(self, number: int) -> None:
        self._done += number
        if time.monotonic() - self._reported > _PAUSE and self._done < self._total:
            self._reported = time.monotonic()
            self._report()

    def end(self) -> None:
        self._report()

    def _report(self) -> None:
        seconds = time.monotonic() - self._started
        click.echo(f"{self._title}: {self._done:,} of {self._total:,}, {seconds:.0f} s", err=True)
