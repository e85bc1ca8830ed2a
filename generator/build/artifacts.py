"""Builds all targets of a site, incrementally; others take the results from the store."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from generator.build.batches import Batch, make_batches
from generator.build.cache import Cache, digest, dumps, loads
from generator.build.compiled_templates import cache_templates
from generator.build.dependencies import SiteContext
from generator.build.pipeline import Pipeline, reply_keys
from generator.build.progress import progress
from generator.build.snapshot import Snapshot
from generator.build.targets import SITE, BriefingTarget, Target, TargetOutput, all_targets
from generator.build.workers import parallel_map
from generator.collection.linker import Collection
from generator.collection.reply_status import count_replies
from generator.exports.aggregate_files import AggregateFile, Fragment
from generator.reading.loader import DATA
from generator.rendering.pages import Page
from generator.rendering.settings import Settings
from generator.rendering.templates import environment
from generator.search.records import SearchPage

#: How many targets' artifacts are taken out of the cache at once.
_AT_ONCE = 100
#: What is stored for each target.
_ARTIFACTS = (b"pages", b"dates", b"files", b"fragments", b"search")

RenderTarget = Callable[[Target, Collection, Settings, SiteContext], TargetOutput]


@dataclass(frozen=True, slots=True)
class ArtifactStore:
    """The artifacts of a site's targets, which are read from the cache when asked for.

    ``build_again`` builds one target, because someone can delete the cache at any time.
    """

    cache: Cache
    keys: Mapping[Target, bytes]
    build_again: Callable[[Target], Mapping[bytes, bytes]]

    def pages(self, target: Target) -> dict[str, Any]:
        """The rendered pages of a target by path."""
        pages: dict[str, Any] = self._get(target, b"pages")
        return pages

    def dates(self, target: Target) -> dict[str, date | None]:
        """The day of each of its pages, by the page's path."""
        dates: dict[str, date | None] = self._get(target, b"dates")
        return dates

    def files(self, target: Target) -> dict[str, bytes]:
        """Its files by path."""
        files: dict[str, bytes] = self._get(target, b"files")
        return files

    def aggregates(self) -> tuple[AggregateFile, ...]:
        """The files that are assembled from fragments of all briefings."""
        aggregates: tuple[AggregateFile, ...] = self._get(SITE, b"fragments")[1]
        return aggregates

    def fragments(self) -> Iterator[Fragment]:
        """The fragments of all targets."""
        for fragments, _ in self._get_all(b"fragments"):
            yield from fragments

    def search_pages(self) -> Iterator[SearchPage]:
        """The search entries of all targets."""
        for pages in self._get_all(b"search"):
            yield from pages

    def _get_all(self, artifact: bytes) -> Iterator[Any]:
        """One artifact of every target, in the order of the targets."""
        targets = list(self.keys)
        for start in range(0, len(targets), _AT_ONCE):
            batch = targets[start : start + _AT_ONCE]
            keys = [self.keys[target] + artifact for target in batch]
            cached = self.cache.get_many(keys)
            for target, key in zip(batch, keys, strict=True):
                yield loads(cached[key]) if key in cached else self._again(target, artifact)

    def _get(self, target: Target, artifact: bytes) -> Any:
        content = self.cache.get(self.keys[target] + artifact)
        return self._again(target, artifact) if content is None else loads(content)

    def _again(self, target: Target, artifact: bytes) -> Any:
        artifacts = self.build_again(target)
        self.cache.put_many(artifacts)
        return loads(artifacts[self.keys[target] + artifact])


def build_targets(
    pipeline: Pipeline,
    snapshot: Snapshot,
    settings: Settings,
    render_page: Callable[[Page], Any] | None = None,
    theme_digest: bytes | None = b"",
    render_target: RenderTarget = lambda target, *values: target.render(*values),
) -> ArtifactStore:
    """Build every target whose artifacts are not in the cache.

    ``render_page`` turns a page into what is stored of it. ``theme_digest`` stands for all that
    this depends on besides the page; if it is None, every target is built again, in this process,
    and stored for this run only.
    """
    cache = pipeline.cache if theme_digest is not None else pipeline.transient
    jobs = pipeline.jobs if theme_digest is not None else 1
    shared_digest = digest(
        pipeline.program,
        b"build",
        repr(settings),
        secrets.token_bytes() if theme_digest is None else theme_digest,
    )
    cache_templates(environment(settings.interface), pipeline.cache, pipeline.program)
    context = snapshot.graph.site_context({})
    targets = all_targets(snapshot.graph)
    first = [target for target in targets if not target.needs_replies]
    keys = {target: _key(target, snapshot, context, shared_digest) for target in first}
    work = _Work(
        snapshot, settings, render_page, render_target, keys, reply_keys(pipeline, snapshot)
    )

    def build_again(target: Target) -> Mapping[bytes, bytes]:
        replies = pipeline.replies(snapshot) if target.needs_replies else {}
        return work.build_one(target, snapshot.graph.site_context(replies))

    artifacts = ArtifactStore(cache, keys, build_again)
    cached = cache.existing(key + b"pages" for key in keys.values())
    stale = _near_each_other(
        [target for target in first if keys[target] + b"pages" not in cached], snapshot
    )
    with progress("Rendering pages", len(stale)) as advance:
        inputs = {target: snapshot.graph.inputs(target) for target in stale}
        batches = make_batches(inputs, snapshot, pipeline.jobs)
        for result in parallel_map(work.build, batches, jobs):
            cache.put_many(result.artifacts)
            pipeline.cache.put_many(result.replies)
            advance(result.targets)
    # Only now are the replies of all briefings counted.
    context = snapshot.graph.site_context(pipeline.replies(snapshot))
    for target in targets:
        if target.needs_replies:
            keys[target] = _key(target, snapshot, context, shared_digest)
            if not cache.existing([keys[target] + b"pages"]):
                cache.put_many(work.build_one(target, context))
    cache.mark_used(key + artifact for key in keys.values() for artifact in _ARTIFACTS)
    return artifacts


def _near_each_other(targets: list[Target], snapshot: Snapshot) -> list[Target]:
    """``targets`` in another order: see ``DependencyGraph.near_each_other``."""
    briefings = [target.id for target in targets if isinstance(target, BriefingTarget)]
    others = (target for target in targets if not isinstance(target, BriefingTarget))
    return [*others, *map(BriefingTarget, snapshot.graph.near_each_other(briefings))]


def _key(target: Target, snapshot: Snapshot, context: SiteContext, shared_digest: bytes) -> bytes:
    return digest(shared_digest, *target.digest_inputs(snapshot, context))


@dataclass(frozen=True, slots=True)
class SearchCorpus:
    """Everything that search can find: the targets of a site, and pages written by hand.

    It can be sent to another process, which reads the files itself.
    """

    pipeline: Pipeline
    snapshot: Snapshot
    settings: Settings
    by_hand: tuple[SearchPage, ...] = ()

    @property
    def key(self) -> bytes:
        """A digest of everything that the index depends on."""
        snapshot, graph = self.snapshot, self.snapshot.graph
        related = graph.with_related(graph.briefings)
        hashes = (snapshot.hash_of(briefing) for briefing in related)
        elsewhere = repr([briefing for briefing in related if briefing in graph.elsewhere])
        registries = (snapshot.hashes[path] for path in snapshot.hashes if path.startswith(DATA))
        values = (repr(self.settings), repr(self.by_hand), elsewhere)
        return digest(b"index", self.pipeline.program, *values, *registries, b"", *hashes)

    def pages(self) -> Iterator[SearchPage]:
        """The pages, made in this process, a few targets at a time."""
        graph = self.snapshot.graph
        targets = (target for target in all_targets(graph) if target.is_searchable)
        inputs = {target: graph.inputs(target) for target in targets}
        for batch in make_batches(inputs, self.snapshot, self.pipeline.jobs):
            collection = batch.link().collection
            for target in batch.items:
                yield from target.search_pages(collection, self.settings)
        yield from self.by_hand


@dataclass(frozen=True, slots=True)
class _BatchResult:
    """The artifacts of so many targets, and the replies of briefings, by key."""

    targets: int
    artifacts: dict[bytes, bytes] = field(default_factory=dict)
    replies: dict[bytes, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Work:
    """What workers need to build targets: they count each briefing's replies along the way."""

    snapshot: Snapshot
    settings: Settings
    render_page: Callable[[Page], Any] | None
    render_target: RenderTarget
    keys: Mapping[Target, bytes]
    reply_keys: Mapping[str, bytes]

    def build(self, batch: Batch[Target]) -> _BatchResult:
        """Build the targets of a batch."""
        context = self.snapshot.graph.site_context({})
        collection = batch.link().collection
        result = _BatchResult(len(batch.items))
        for target in batch.items:
            result.artifacts.update(self._artifacts(target, collection, context))
            if isinstance(target, BriefingTarget):
                replies = count_replies([collection.briefings[target.id]])
                result.replies[self.reply_keys[target.id]] = dumps(replies)
        return result

    def build_one(self, target: Target, context: SiteContext) -> dict[bytes, bytes]:
        """Build one target."""
        collection = self.snapshot.linked(self.snapshot.graph.inputs(target)).collection
        return dict(self._artifacts(target, collection, context))

    def _artifacts(
        self, target: Target, collection: Collection, context: SiteContext
    ) -> Iterator[tuple[bytes, bytes]]:
        """The artifacts of a target by key."""
        output = self.render_target(target, collection, self.settings, context)
        render = self.render_page or (lambda page: page)
        artifacts = (
            {page.path: render(page) for page in output.pages},
            {page.path: page.modified for page in output.pages},
            output.files,
            (output.fragments, output.aggregates),
            output.search_pages,
        )
        for name, value in zip(_ARTIFACTS, artifacts, strict=True):
            yield self.keys[target] + name, dumps(value)
