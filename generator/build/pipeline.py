"""Reads and checks a project, and counts replies; results come from the cache if possible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping
from functools import partial
from itertools import chain

from generator.addresses import urls
from generator.build.affected_files import affected_files
from generator.build.batches import Batch, make_batches
from generator.build.cache import Cache, digest, dumps, generator_digest, loads
from generator.build.dependencies import TO_BRIEFINGS
from generator.build.progress import progress
from generator.build.snapshot import Snapshot, read
from generator.build.workers import parallel_map, processors
from generator.collection.answer_table import ReplyKey
from generator.collection.reply_status import count_replies
from generator.reading.loader import DATA, briefing_path
from generator.reading.problems import Problem
from generator.rules import (
    check_briefing,
    check_registries,
    merged,
    orphans,
    without_errors_in,
)
from generator.rules.address_taken import check_files
from generator.rules.base import CheckSettings

#: Stands for the registries among the ids of briefings.
_REGISTRIES = ""


class Pipeline:
    """The stages before rendering, with a ``cache`` of earlier results and so many ``jobs``."""

    def __init__(self, cache: Cache, jobs: int | None = None) -> None:
        self.cache = cache
        self.jobs = jobs or processors()
        self.program = generator_digest()
        self._transient: Cache | None = None

    @property
    def transient(self) -> Cache:
        """A cache for results that are valid in this run only."""
        if self._transient is None:
            self._transient = Cache()
        return self._transient

    def close(self) -> None:
        """Close the caches."""
        self.cache.close()
        if self._transient is not None:
            self._transient.close()
            self._transient = None

    def read(self, files: Mapping[str, bytes]) -> Snapshot:
        """Read ``files``; see ``snapshot.read``."""
        return read(files, self.cache, self.program, self.jobs)

    def problems(
        self, snapshot: Snapshot, options: CheckSettings, paths: Container[str] | None = None
    ) -> list[Problem]:
        """The problems of all files, or of those with these ``paths``, in the files' order."""
        keys = self._check_keys(snapshot, options, paths)
        # A comparison with an earlier revision depends on more than the files.
        is_cacheable = not options.earlier
        cached = self.cache.get_many(keys.values()) if is_cacheable else {}
        problems = {name: loads(cached[key]) for name, key in keys.items() if key in cached}
        if _REGISTRIES in keys and _REGISTRIES not in problems:
            loaded, collection = snapshot.linked(())
            problems[_REGISTRIES] = list(check_registries(loaded, collection, options))
            if is_cacheable:
                self.cache.put_many({keys[_REGISTRIES]: dumps(problems[_REGISTRIES])})
        graph = snapshot.graph
        names = graph.near_each_other([name for name in keys if name not in problems])
        stale = {name: graph.neighbours(name) for name in names}
        batches = make_batches(stale, snapshot, self.jobs)
        with progress("Checking briefings", len(stale)) as advance:
            for result in parallel_map(partial(_check, options), batches, self.jobs):
                if is_cacheable:
                    self.cache.put_many({keys[key]: dumps(own) for key, own in result.items()})
                problems |= result
                advance(len(result))
        of_reading = (*snapshot.loaded.problems, *check_files(snapshot.loaded))
        ordered = merged(of_reading, chain.from_iterable(problems.values()))
        if options.leave_out_broken_translations:
            ordered = without_errors_in(snapshot.loaded.translation_files, ordered)
        return [problem for problem in ordered if paths is None or problem.location.path in paths]

    def _check_keys(
        self, snapshot: Snapshot, options: CheckSettings, paths: Container[str] | None
    ) -> dict[str, bytes]:
        """The key of each briefing's problems, and of the problems of ``_REGISTRIES``."""
        loaded, graph = snapshot.loaded, snapshot.graph
        settings = repr((sorted(options.severities.items()), options.language, options.today))
        registries = [path for path in snapshot.hashes if path.startswith(DATA)]
        shared_digest = digest(
            self.program, b"check", settings, *(snapshot.hashes[path] for path in registries)
        )
        ids = repr((list(loaded.briefings), list(loaded.broken), loaded.aliases))
        ids_digest = digest(ids, *sorted(loaded.addresses.files))
        keys: dict[str, bytes] = {}
        without_original = orphans(loaded)
        shared_paths = (*registries, *map(briefing_path, without_original))
        if paths is None or any(path in paths for path in shared_paths):
            keys[_REGISTRIES] = digest(
                shared_digest,
                b"registries",
                repr(sorted(graph.first_citing)),
                ids_digest if without_original else b"",
                *map(snapshot.hash_of, without_original),
            )
        everything = digest(ids_digest, *snapshot.hashes.values())
        with_mistakes = {problem.location.path for problem in loaded.problems}
        for briefing, summary in graph.briefings.items():
            path = briefing_path(briefing)
            names = loaded.translations_of.get(briefing, ())
            if paths is not None and not any(
                other in paths for other in (path, *map(briefing_path, names))
            ):
                continue
            references = summary.references.union(
                *(snapshot.translations[name].references for name in names)
            )
            named = {key for kind, key in references if kind in TO_BRIEFINGS}
            if with_mistakes.intersection((path, *map(briefing_path, names))):
                # The summary lacks the references in parts that could not be read.
                context = everything
            elif summary.aliases or any(key not in graph.briefings for key in named):
                # The message for an unknown id proposes the nearest one.
                context = ids_digest
            else:
                context = digest(loaded.addresses.by_hand(urls.redirect_page(briefing)))
            inputs = [*graph.neighbours(briefing), *names]
            inputs += sorted((named & graph.briefings.keys()).difference(inputs))
            keys[briefing] = digest(
                shared_digest, briefing, context, *map(snapshot.hash_of, inputs)
            )
        return keys

    def new_problems(
        self, before: Snapshot, after: Snapshot, options: CheckSettings
    ) -> list[Problem]:
        """The problems that an edit causes; only the files that it can affect are checked."""
        paths = affected_files(before, after)
        old = set(map(_identity, self.problems(before, options, paths)))
        problems = self.problems(after, options, paths)
        return [problem for problem in problems if _identity(problem) not in old]

    def replies(self, snapshot: Snapshot) -> Counter[ReplyKey]:
        """The number of replies in all briefings, as ``count_replies`` counts them."""
        keys = reply_keys(self, snapshot)
        cached = self.cache.get_many(keys.values())
        counts = {name: loads(cached[key]) for name, key in keys.items() if key in cached}
        graph = snapshot.graph
        names = graph.near_each_other([name for name in keys if name not in counts])
        stale = {name: graph.neighbours(name) for name in names}
        batches = make_batches(stale, snapshot, self.jobs)
        with progress("Counting replies", len(stale)) as advance:
            for result in parallel_map(_count_replies, batches, self.jobs):
                self.cache.put_many({keys[key]: dumps(count) for key, count in result.items()})
                counts |= result
                advance(len(result))
        self.cache.mark_used(keys.values())
        total: Counter[ReplyKey] = Counter()
        for count in counts.values():
            total.update(count)  # `+` would copy the total for each briefing
        return total


def _identity(problem: Problem) -> tuple[object, ...]:
    """What makes two problems the same; a hint may change as a registry grows."""
    return problem.rule, problem.severity, problem.location, problem.field, problem.message


def reply_keys(pipeline: Pipeline, snapshot: Snapshot) -> dict[str, bytes]:
    """For each briefing a digest of everything that its reply statuses depend on."""
    keys: dict[str, bytes] = {}
    for briefing in snapshot.graph.briefings:
        inputs = map(snapshot.hash_of, snapshot.graph.neighbours(briefing))
        keys[briefing] = digest(pipeline.program, b"replies", briefing, *inputs)
    return keys


def _count_replies(batch: Batch[str]) -> dict[str, Counter[ReplyKey]]:
    briefings = batch.link().collection.briefings
    return {briefing: count_replies([briefings[briefing]]) for briefing in batch.items}


def _check(options: CheckSettings, batch: Batch[str]) -> dict[str, list[Problem]]:
    loaded, collection = batch.link()
    return {
        briefing: list(check_briefing(briefing, loaded, collection, options))
        for briefing in batch.items
    }
