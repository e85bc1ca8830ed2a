"""Every part of a site made, or found as an earlier run made it; MkDocs takes it piece by piece."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from mkdocs.exceptions import BuildError

from generator.cache import Cache, digest, packed, unpacked
from generator.exports.search import SearchPage
from generator.exports.shares import Share, SharedFile
from generator.loading import DATA
from generator.parts import SITE, Unit
from generator.pipeline import Chunk, Known, Pipeline, collection_for, ready
from generator.progress import progress
from generator.rendering import Page
from generator.units import find
from generator.units import make as made_of
from generator.view import Settings
from generator.workers import spread

#: What is kept of each part.
_PIECES = (b"pages", b"dates", b"files", b"shares")


@dataclass(frozen=True, slots=True)
class Stock:
    """What was made of a site's parts, by the part's key: taken out of the cache piece by piece."""

    cache: Cache
    keys: Mapping[Unit, bytes]

    def page(self, unit: Unit, path: str) -> Any:
        """A page of a part, as it was laid out; None where the part has no such page."""
        pages: dict[str, Any] = self._one(unit, b"pages")
        return pages.get(path)

    def dates(self, unit: Unit) -> dict[str, date | None]:
        """The day of each of its pages, by the page's path."""
        found: dict[str, date | None] = self._one(unit, b"dates")
        return found

    def files(self, unit: Unit) -> dict[str, bytes]:
        """Its files by path."""
        found: dict[str, bytes] = self._one(unit, b"files")
        return found

    def shared(self) -> tuple[SharedFile, ...]:
        """The files that all briefings have a share in."""
        found: tuple[SharedFile, ...] = self._one(SITE, b"shares")[1]
        return found

    def shares(self, unit: Unit) -> tuple[Share, ...]:
        """A part's shares of them."""
        found: tuple[Share, ...] = self._one(unit, b"shares")[0]
        return found

    def _one(self, unit: Unit, what: bytes) -> Any:
        content = self.cache.get(self.keys[unit] + what)
        if content is None:
            raise BuildError("The cache was taken away while the site was made: build it again.")
        return unpacked(content)


def make(
    pipeline: Pipeline,
    known: Known,
    settings: Settings,
    lay_out: Callable[[Page], Any] | None = None,
    layout: bytes | None = b"",
) -> Stock:
    """Make every part, or find it made.

    ``lay_out`` makes of a page what is to be kept of it; ``layout`` stands for all that depends
    on beside the page, where that is known. Where it isn't, every part is made anew, here.
    """
    jobs = pipeline.jobs if layout is not None else 1
    keys = _keys(pipeline, known, settings, secrets.token_bytes() if layout is None else layout)
    there = pipeline.cache.known(key + b"pages" for key in keys.values())
    missing = [unit for unit, key in keys.items() if key + b"pages" not in there]
    work = partial(_make, known, settings, lay_out, keys)
    with progress("Making pages", len(missing)) as advance:
        for number, done in spread(work, ready(pipeline.chunks(missing, known), known), jobs):
            pipeline.cache.put(done)
            advance(number)
    pipeline.cache.keep(key + piece for key in keys.values() for piece in _PIECES)
    return Stock(pipeline.cache, keys)


def _keys(pipeline: Pipeline, known: Known, settings: Settings, layout: bytes) -> dict[Unit, bytes]:
    """A hash, for each part, of all that it is made from."""
    common = digest(pipeline.program, b"make", repr(settings), layout)
    outlines = known.outlines
    everything = [
        *(known.hash_of(key) for key in outlines.briefings),
        *(known.hashes[path] for path in known.hashes if path.startswith(DATA)),
    ]
    keys = {}
    for unit in outlines.units():
        if unit == SITE:
            keys[unit] = digest(common, *everything)
            continue
        around = outlines.around(unit)
        entries = outlines.entries(unit, around)
        keys[unit] = digest(
            common,
            unit.kind,
            unit.id,
            repr([name for name in entries if outlines.homes.get(name[1]) == unit.id]),
            *(known.hash_of(key) for key in around),
            b"",
            *(part for name in entries for part in (*name, outlines.digests.get(name, b""))),
        )
    return keys


@dataclass(frozen=True, slots=True)
class Found:
    """What search is to find: the parts of a site, and pages written by hand.

    It can be sent to another process, which reads the files by itself.
    """

    pipeline: Pipeline
    known: Known
    settings: Settings
    by_hand: tuple[SearchPage, ...] = ()

    @property
    def key(self) -> bytes:
        """A hash of it."""
        known = self.known
        hashes = (known.hash_of(briefing) for briefing in known.outlines.briefings)
        registries = (known.hashes[path] for path in known.hashes if path.startswith(DATA))
        told = (repr(self.settings), repr(self.by_hand))
        return digest(b"index", self.pipeline.program, *told, *registries, b"", *hashes)

    def pages(self) -> Iterator[SearchPage]:
        """The pages, made in this process, a few parts at a time."""
        subjects = [unit for unit in self.known.outlines.units() if unit != SITE]
        for chunk in self.pipeline.chunks(subjects, self.known):
            collection = collection_for(self.known, chunk)
            for unit in chunk.units:
                yield from find(unit, collection, self.settings)
        yield from self.by_hand


def _make(
    known: Known,
    settings: Settings,
    lay_out: Callable[[Page], Any] | None,
    keys: Mapping[Unit, bytes],
    chunk: Chunk,
) -> tuple[int, dict[bytes, bytes]]:
    """Parts, packed for the cache: how many, and the pieces of each by key."""
    collection = collection_for(known, chunk)
    done = {}
    for unit in chunk.units:
        made = made_of(unit, collection, settings)
        pages = {page.path: lay_out(page) if lay_out else page for page in made.pages}
        dates = {page.path: page.modified for page in made.pages}
        pieces = (pages, dates, made.files, (made.shares, made.shared))
        for what, value in zip(_PIECES, pieces, strict=True):
            done[keys[unit] + what] = packed(value)
    return len(chunk.units), done
