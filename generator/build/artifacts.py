"""Every part of a site made, or found as an earlier run made it; MkDocs takes it piece by piece."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from generator.addresses.pagination import FIRST_PAGE
from generator.build.batches import Batch, load_collection, make_batches, preload
from generator.build.cache import Cache, digest, dumps, loads
from generator.build.dependencies import SiteContext
from generator.build.lazy_readings import MANY
from generator.build.pipeline import Pipeline, reply_keys
from generator.build.progress import progress
from generator.build.render_target import TargetOutput, search_pages
from generator.build.render_target import render as make_whole
from generator.build.snapshot import Snapshot
from generator.build.targets import SITE, Target
from generator.build.workers import gc_paused, parallel_map
from generator.collection.linker import Collection
from generator.collection.reply_status import count_replies
from generator.collection.statistics import LISTS, TIMELINE, SiteStats
from generator.exports.aggregate_files import AggregateFile, Fragment
from generator.reading.loader import DATA
from generator.rendering.pages import Page
from generator.rendering.view import Settings
from generator.search.records import SearchPage

#: How many parts' pieces are taken out of the cache at once.
_TOGETHER = 100
#: Seconds between two looks at whether a part has been made meanwhile.
_PAUSE = 0.1
#: What is kept of each part.
_PIECES = (b"pages", b"dates", b"files", b"shares", b"found")


@dataclass(frozen=True, slots=True)
class ArtifactStore:
    """What was made of a site's parts, by the part's key: taken out of the cache piece by piece.

    ``again`` makes the pieces of one part, by key: someone can delete the cache at any time.
    """

    cache: Cache
    keys: Mapping[Target, bytes]
    again: Callable[[Target], Mapping[bytes, bytes]]

    def pages(self, unit: Target) -> dict[str, Any]:
        """The pages of a part, as they were laid out, by path."""
        found: dict[str, Any] = self._one(unit, b"pages")
        return found

    def dates(self, unit: Target) -> dict[str, date | None]:
        """The day of each of its pages, by the page's path."""
        found: dict[str, date | None] = self._one(unit, b"dates")
        return found

    def files(self, unit: Target) -> dict[str, bytes]:
        """Its files by path."""
        found: dict[str, bytes] = self._one(unit, b"files")
        return found

    def shared(self) -> tuple[AggregateFile, ...]:
        """The files that all briefings have a share in."""
        found: tuple[AggregateFile, ...] = self._one(SITE, b"shares")[1]
        return found

    def shares(self) -> Iterator[Fragment]:
        """What all parts put into them."""
        for shares, _ in self._each(b"shares"):
            yield from shares

    def found(self, under_way: Callable[[], bool] = lambda: False) -> Iterator[SearchPage]:
        """What search is to find of all parts; of those whose making is ``under_way``, when it is
        there.
        """
        for found in self._each(b"found", under_way):
            yield from found

    def _each(self, what: bytes, under_way: Callable[[], bool] = lambda: False) -> Iterator[Any]:
        """A piece of every part, in the order of the parts."""
        units = list(self.keys)
        for some in (units[at : at + _TOGETHER] for at in range(0, len(units), _TOGETHER)):
            waiting = [self.keys[unit] + what for unit in some]
            cached: dict[bytes, bytes] = {}
            while missing := [key for key in waiting if key not in cached]:
                more_to_come = under_way()
                cached |= self.cache.several(missing)
                if not more_to_come or len(cached) == len(some):
                    break
                time.sleep(_PAUSE)
            for unit, key in zip(some, waiting, strict=True):
                yield loads(cached[key]) if key in cached else self._again(unit, what)

    def _one(self, unit: Target, what: bytes) -> Any:
        content = self.cache.get(self.keys[unit] + what)
        return self._again(unit, what) if content is None else loads(content)

    def _again(self, unit: Target, what: bytes) -> Any:
        pieces = self.again(unit)
        self.cache.put(pieces)
        return loads(pieces[self.keys[unit] + what])


@gc_paused()
def build_targets(
    pipeline: Pipeline,
    known: Snapshot,
    settings: Settings,
    lay_out: Callable[[Page], Any] | None = None,
    layout: bytes | None = b"",
    made_of: Callable[[Target, Collection, Settings, SiteContext], TargetOutput] = make_whole,
    begun: Callable[[ArtifactStore], None] = lambda stock: None,
) -> ArtifactStore:
    """Make every part, or find it made; ``begun`` is called with what will hold them, when there
    is room for more to be made beside them.

    ``lay_out`` makes of a page what is to be kept of it; ``layout`` stands for all that depends
    on beside the page, where that is known. Where it isn't, every part is made again, in this
    process, and kept for this run only. ``made_of`` makes a part.
    """
    cache = pipeline.cache if layout is not None else pipeline.passing
    jobs = pipeline.jobs if layout is not None else 1
    common = digest(
        pipeline.program,
        b"make",
        repr(settings),
        secrets.token_bytes() if layout is None else layout,
    )
    keys = _keys(known, common)
    there = cache.known(key + b"pages" for key in keys.values())
    missing = [unit for unit, key in keys.items() if key + b"pages" not in there]
    replies = reply_keys(pipeline, known)
    work = partial(
        _make, known, settings, lay_out, made_of, keys, replies, known.outlines.whole({})
    )

    def again(unit: Target) -> Mapping[bytes, bytes]:
        counted = known.outlines.whole(pipeline.replies(known) if unit == SITE else {})
        chunk = Batch([unit], set(known.outlines.around(unit)))
        return _make(known, settings, lay_out, made_of, keys, {}, counted, chunk).pieces

    stock = ArtifactStore(cache, keys, again)
    first, others = _in_turns(missing, known)
    with progress("Rendering pages", len(missing)) as advance:
        for some in (first, others):
            if some is others:
                begun(stock)
            for batch in parallel_map(
                work, preload(make_batches(some, known, pipeline.jobs), known), jobs
            ):
                cache.put(batch.pieces)
                pipeline.cache.put(batch.replies)
                advance(batch.parts)
    # The site's own pages count the replies that the others tell.
    whole = known.outlines.whole(pipeline.replies(known))
    keys[SITE] = _site_key(known, common, whole.overview)
    if not cache.known([keys[SITE] + b"pages"]):
        chunk = Batch([SITE], set(known.outlines.around(SITE)))
        cache.put(_make(known, settings, lay_out, made_of, keys, {}, whole, chunk).pieces)
    cache.keep(key + piece for key in keys.values() for piece in _PIECES)
    return stock


def _in_turns(missing: list[Target], known: Snapshot) -> tuple[list[Target], list[Target]]:
    """Which parts are made first, and which by other processes afterwards.

    Of thousands of briefings, pages of lists take the most room, which a process doesn't give back;
    the index that is made beside the others needs some.
    """
    if len(known.outlines.briefings) <= MANY:
        return [], missing
    return (
        [unit for unit in missing if unit.kind in LISTS],
        [unit for unit in missing if unit.kind not in LISTS],
    )


def _keys(known: Snapshot, common: bytes) -> dict[Target, bytes]:
    """A hash, for each part but the site's own, of all that it is made from."""
    outlines = known.outlines
    keys = {}
    for unit in outlines.units():
        if unit == SITE:
            continue
        told = [unit.kind, unit.id]
        if unit.kind in LISTS:
            # The first page of the timeline shows a picture of all of it.
            picture = outlines.overview.years if unit == Target(TIMELINE) else ()
            changed = outlines.overview.changed if unit.id == FIRST_PAGE else None
            told.append(repr((outlines.divisions[unit.kind].page(unit.id), picture, changed)))
        keys[unit] = digest(common, *told, *_around(known, unit))
    return keys


def _site_key(known: Snapshot, common: bytes, shown: SiteStats) -> bytes:
    registries = (known.hashes[path] for path in known.hashes if path.startswith(DATA))
    return digest(common, repr(shown), *registries, b"", *_around(known, SITE))


def _around(known: Snapshot, unit: Target) -> Iterator[str | bytes]:
    """Hashes of the briefings and entries that a part is made from."""
    outlines = known.outlines
    around = outlines.around(unit)
    yield b"".join(map(known.hash_of, around))
    yield b"".join(map(outlines.entries_hash, around))
    yield b"".join(map(outlines.entry_hash, outlines.own_entries(unit)))
    if unit.kind == "briefings" and outlines.homes:
        cited = outlines.entries_of(unit.id)
        yield repr([name for name in cited if outlines.homes.get(name[1]) == unit.id])


@dataclass(frozen=True, slots=True)
class SearchCorpus:
    """What search is to find: the parts of a site, and pages written by hand.

    It can be sent to another process, which reads the files by itself.
    """

    pipeline: Pipeline
    known: Snapshot
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
        every = self.known.outlines.units()
        found = [unit for unit in every if unit != SITE and unit.kind not in LISTS]
        for chunk in make_batches(found, self.known, self.pipeline.jobs):
            collection = load_collection(self.known, chunk)
            for unit in chunk.units:
                yield from search_pages(unit, collection, self.settings)
        yield from self.by_hand


@dataclass(frozen=True, slots=True)
class _Batch:
    """What came of so many parts, by key."""

    parts: int
    pieces: dict[bytes, bytes] = field(default_factory=dict)
    replies: dict[bytes, bytes] = field(default_factory=dict)


def _make(
    known: Snapshot,
    settings: Settings,
    lay_out: Callable[[Page], Any] | None,
    made_of: Callable[[Target, Collection, Settings, SiteContext], TargetOutput],
    keys: Mapping[Target, bytes],
    replies: Mapping[Target, bytes],
    whole: SiteContext,
    chunk: Batch,
) -> _Batch:
    """Parts, packed for the cache, and each briefing's replies, counted along the way, under the
    keys of ``replies``.
    """
    collection = load_collection(known, chunk)
    batch = _Batch(len(chunk.units))
    for unit in chunk.units:
        made = made_of(unit, collection, settings, whole)
        if unit in replies:
            counted = count_replies([collection.briefings[unit.id]])
            batch.replies[replies[unit]] = dumps(counted)
        pages = {page.path: lay_out(page) if lay_out else page for page in made.pages}
        dates = {page.path: page.modified for page in made.pages}
        pieces = (pages, dates, made.files, (made.shares, made.shared), made.found)
        for what, value in zip(_PIECES, pieces, strict=True):
            batch.pieces[keys[unit] + what] = dumps(value)
    return batch
