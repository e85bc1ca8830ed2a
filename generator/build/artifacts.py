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
from generator.rendering.settings import Settings
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

    def pages(self, target: Target) -> dict[str, Any]:
        """The pages of a part, as they were laid out, by path."""
        found: dict[str, Any] = self._one(target, b"pages")
        return found

    def dates(self, target: Target) -> dict[str, date | None]:
        """The day of each of its pages, by the page's path."""
        found: dict[str, date | None] = self._one(target, b"dates")
        return found

    def files(self, target: Target) -> dict[str, bytes]:
        """Its files by path."""
        found: dict[str, bytes] = self._one(target, b"files")
        return found

    def shared(self) -> tuple[AggregateFile, ...]:
        """The files that all briefings have a share in."""
        found: tuple[AggregateFile, ...] = self._one(SITE, b"shares")[1]
        return found

    def fragments(self) -> Iterator[Fragment]:
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
        targets = list(self.keys)
        for some in (targets[at : at + _TOGETHER] for at in range(0, len(targets), _TOGETHER)):
            waiting = [self.keys[target] + what for target in some]
            cached: dict[bytes, bytes] = {}
            while missing := [key for key in waiting if key not in cached]:
                more_to_come = under_way()
                cached |= self.cache.get_many(missing)
                if not more_to_come or len(cached) == len(some):
                    break
                time.sleep(_PAUSE)
            for target, key in zip(some, waiting, strict=True):
                yield loads(cached[key]) if key in cached else self._again(target, what)

    def _one(self, target: Target, what: bytes) -> Any:
        content = self.cache.get(self.keys[target] + what)
        return self._again(target, what) if content is None else loads(content)

    def _again(self, target: Target, what: bytes) -> Any:
        pieces = self.again(target)
        self.cache.put_many(pieces)
        return loads(pieces[self.keys[target] + what])


@gc_paused()
def build_targets(
    pipeline: Pipeline,
    snapshot: Snapshot,
    settings: Settings,
    render_page: Callable[[Page], Any] | None = None,
    layout: bytes | None = b"",
    made_of: Callable[[Target, Collection, Settings, SiteContext], TargetOutput] = make_whole,
    begun: Callable[[ArtifactStore], None] = lambda artifacts: None,
) -> ArtifactStore:
    """Make every part, or find it made; ``begun`` is called with what will hold them, when there
    is room for more to be made beside them.

    ``render`` makes of a page what is to be kept of it; ``layout`` stands for all that depends
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
    keys = _keys(snapshot, common)
    there = cache.existing(key + b"pages" for key in keys.values())
    missing = [target for target, key in keys.items() if key + b"pages" not in there]
    replies = reply_keys(pipeline, snapshot)
    work = partial(
        _make, snapshot, settings, render_page, made_of, keys, replies, snapshot.graph.whole({})
    )

    def again(target: Target) -> Mapping[bytes, bytes]:
        counted = snapshot.graph.whole(pipeline.replies(snapshot) if target == SITE else {})
        batch = Batch([target], set(snapshot.graph.inputs(target)))
        return _make(snapshot, settings, render_page, made_of, keys, {}, counted, batch).pieces

    artifacts = ArtifactStore(cache, keys, again)
    first, others = _in_turns(missing, snapshot)
    with progress("Rendering pages", len(missing)) as advance:
        for some in (first, others):
            if some is others:
                begun(artifacts)
            for batch in parallel_map(
                work, preload(make_batches(some, snapshot, pipeline.jobs), snapshot), jobs
            ):
                cache.put_many(batch.pieces)
                pipeline.cache.put_many(batch.replies)
                advance(batch.parts)
    # The site's own pages count the replies that the others tell.
    context = snapshot.graph.whole(pipeline.replies(snapshot))
    keys[SITE] = _site_key(snapshot, common, context.statistics)
    if not cache.existing([keys[SITE] + b"pages"]):
        chunk = Batch([SITE], set(snapshot.graph.inputs(SITE)))
        cache.put_many(
            _make(snapshot, settings, render_page, made_of, keys, {}, context, chunk).pieces
        )
    cache.mark_used(key + piece for key in keys.values() for piece in _PIECES)
    return artifacts


def _in_turns(missing: list[Target], snapshot: Snapshot) -> tuple[list[Target], list[Target]]:
    """Which parts are made first, and which by other processes afterwards.

    Of thousands of briefings, pages of lists take the most room, which a process doesn't give back;
    the index that is made beside the others needs some.
    """
    if len(snapshot.graph.briefings) <= MANY:
        return [], missing
    return (
        [target for target in missing if target.kind in LISTS],
        [target for target in missing if target.kind not in LISTS],
    )


def _keys(snapshot: Snapshot, common: bytes) -> dict[Target, bytes]:
    """A hash, for each part but the site's own, of all that it is made from."""
    graph = snapshot.graph
    keys = {}
    for target in graph.targets():
        if target == SITE:
            continue
        told = [target.kind, target.id]
        if target.kind in LISTS:
            # The first page of the timeline shows a picture of all of it.
            picture = graph.statistics.years if target == Target(TIMELINE) else ()
            changed = graph.statistics.changed if target.id == FIRST_PAGE else None
            told.append(repr((graph.paginators[target.kind].page(target.id), picture, changed)))
        keys[target] = digest(common, *told, *_around(snapshot, target))
    return keys


def _site_key(snapshot: Snapshot, common: bytes, shown: SiteStats) -> bytes:
    registries = (snapshot.hashes[path] for path in snapshot.hashes if path.startswith(DATA))
    return digest(common, repr(shown), *registries, b"", *_around(snapshot, SITE))


def _around(snapshot: Snapshot, target: Target) -> Iterator[str | bytes]:
    """Hashes of the briefings and entries that a part is made from."""
    graph = snapshot.graph
    inputs = graph.inputs(target)
    yield b"".join(map(snapshot.hash_of, inputs))
    yield b"".join(map(graph.entries_hash, inputs))
    yield b"".join(map(graph.entry_hash, graph.own_entries(target)))
    if target.kind == "briefings" and graph.first_citing:
        cited = graph.entries_of(target.id)
        yield repr([name for name in cited if graph.first_citing.get(name[1]) == target.id])


@dataclass(frozen=True, slots=True)
class SearchCorpus:
    """What search is to find: the parts of a site, and pages written by hand.

    It can be sent to another process, which reads the files by itself.
    """

    pipeline: Pipeline
    snapshot: Snapshot
    settings: Settings
    by_hand: tuple[SearchPage, ...] = ()

    @property
    def key(self) -> bytes:
        """A hash of it."""
        snapshot = self.snapshot
        hashes = (snapshot.hash_of(briefing) for briefing in snapshot.graph.briefings)
        registries = (snapshot.hashes[path] for path in snapshot.hashes if path.startswith(DATA))
        told = (repr(self.settings), repr(self.by_hand))
        return digest(b"index", self.pipeline.program, *told, *registries, b"", *hashes)

    def pages(self) -> Iterator[SearchPage]:
        """The pages, made in this process, a few parts at a time."""
        every = self.snapshot.graph.targets()
        found = [target for target in every if target != SITE and target.kind not in LISTS]
        for batch in make_batches(found, self.snapshot, self.pipeline.jobs):
            collection = load_collection(self.snapshot, batch)
            for target in batch.targets:
                yield from search_pages(target, collection, self.settings)
        yield from self.by_hand


@dataclass(frozen=True, slots=True)
class _Batch:
    """What came of so many parts, by key."""

    parts: int
    pieces: dict[bytes, bytes] = field(default_factory=dict)
    replies: dict[bytes, bytes] = field(default_factory=dict)


def _make(
    snapshot: Snapshot,
    settings: Settings,
    render_page: Callable[[Page], Any] | None,
    made_of: Callable[[Target, Collection, Settings, SiteContext], TargetOutput],
    keys: Mapping[Target, bytes],
    replies: Mapping[Target, bytes],
    context: SiteContext,
    chunk: Batch,
) -> _Batch:
    """Parts, packed for the cache, and each briefing's replies, counted along the way, under the
    keys of ``replies``.
    """
    collection = load_collection(snapshot, chunk)
    batch = _Batch(len(chunk.targets))
    for target in chunk.targets:
        made = made_of(target, collection, settings, context)
        if target in replies:
            counted = count_replies([collection.briefings[target.id]])
            batch.replies[replies[target]] = dumps(counted)
        pages = {page.path: render_page(page) if render_page else page for page in made.pages}
        dates = {page.path: page.modified for page in made.pages}
        pieces = (pages, dates, made.files, (made.fragments, made.shared), made.found)
        for what, value in zip(_PIECES, pieces, strict=True):
            batch.pieces[keys[target] + what] = dumps(value)
    return batch
