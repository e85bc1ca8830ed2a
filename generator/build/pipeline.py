"""The stages of a site, each done once for the same input, and spread over the processors.

Each is given the files that it depends on, so what an earlier run made of these is used again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping
from functools import partial
from itertools import chain

from generator.addresses import urls
from generator.build.affected_files import affected_files
from generator.build.batches import Batch, load_collection, make_batches, preload
from generator.build.cache import Cache, digest, dumps, generator_digest, loads
from generator.build.dependencies import TO_BRIEFINGS
from generator.build.progress import progress
from generator.build.snapshot import Snapshot, read
from generator.build.targets import SITE, BriefingTarget, Target
from generator.build.workers import gc_paused, parallel_map, processors
from generator.collection.reply_status import count_replies
from generator.reading.loader import BRIEFINGS, DATA
from generator.reading.problems import Problem
from generator.rules import check_briefing, check_registries, merged
from generator.rules.address_taken import check_files
from generator.rules.base import CheckSettings


class Pipeline:
    """Does the stages, with what earlier runs kept in ``cache``."""

    def __init__(self, cache: Cache, jobs: int | None = None) -> None:
        self.cache = cache
        self.jobs = jobs or processors()
        self.program = generator_digest()
        self._transient: Cache | None = None

    @property
    def transient(self) -> Cache:
        """A cache for what holds in this run only."""
        if self._transient is None:
            self._transient = Cache()
        return self._transient

    def close(self) -> None:
        """Let the caches go."""
        self.cache.close()
        if self._transient is not None:
            self._transient.close()
            self._transient = None

    def read(self, files: Mapping[str, bytes]) -> Snapshot:
        """Read ``files``, or take them as they were read; see ``snapshot``."""
        return read(files, self.cache, self.program, self.jobs)

    @gc_paused()
    def problems(
        self, snapshot: Snapshot, options: CheckSettings, among: Container[str] | None = None
    ) -> list[Problem]:
        """Every problem of every file, or of those ``among`` the paths, in the order of files."""
        keys = self._check_keys(snapshot, options, among)
        there = self.cache.get_many(keys.values())
        # What is compared with an earlier revision depends on more than the files.
        kept_ones = {} if options.earlier else there
        found = {target: loads(kept_ones[key]) for target, key in keys.items() if key in kept_ones}
        missing = [target for target in keys if target not in found and target != SITE]
        work = partial(_check, snapshot, options)
        if SITE in keys and SITE not in found:
            found[SITE] = list(check_registries(snapshot.loaded, snapshot.collection(()), options))
            self.cache.put_many({} if options.earlier else {keys[SITE]: dumps(found[SITE])})
        with progress("Checking briefings", len(missing)) as advance:
            for done in parallel_map(
                work, preload(make_batches(missing, snapshot, self.jobs), snapshot), self.jobs
            ):
                if not options.earlier:
                    self.cache.put_many(
                        {keys[target]: dumps(ours) for target, ours in done.items()}
                    )
                found |= done
                advance(len(done))
        of_parts = chain.from_iterable(found.values())
        every = merged((*snapshot.loaded.problems, *check_files(snapshot.loaded)), of_parts)
        return [one for one in every if among is None or one.location.path in among]

    def _check_keys(
        self, snapshot: Snapshot, options: CheckSettings, among: Container[str] | None
    ) -> dict[Target, bytes]:
        loaded, graph = snapshot.loaded, snapshot.graph
        told = repr((sorted(options.severities.items()), options.language, options.today))
        registries = [snapshot.hashes[path] for path in snapshot.hashes if path.startswith(DATA)]
        common = digest(self.program, b"check", told, *registries)
        names = repr((list(loaded.briefings), list(loaded.broken), loaded.aliases))
        every = digest(names, *sorted(loaded.addresses.files))
        keys: dict[Target, bytes] = {}
        if among is None or any(path in among for path in snapshot.hashes if path.startswith(DATA)):
            keys[SITE] = digest(common, b"registries", repr(sorted(graph.first_citing)))
        everything = digest(every, *snapshot.hashes.values())
        wrong = {problem.location.path for problem in loaded.problems}
        for key, one in graph.briefings.items():
            if among is not None and f"{BRIEFINGS}{key}.yml" not in among:
                continue
            target = BriefingTarget(key)
            referred = [name for kind, name in one.references if kind in TO_BRIEFINGS]
            # A name that no briefing has is answered with the nearest that one has.
            by_names = one.aliases or any(name not in graph.briefings for name in referred)
            inputs = [snapshot.hash_of(other) for other in graph.inputs(target)]
            beside = loaded.addresses.by_hand(urls.redirect_page(key))
            facts = every if by_names else digest(beside)
            if f"{BRIEFINGS}{key}.yml" in wrong:
                # Rules look at what could not be read too: what that names, no outline says.
                facts = everything
            keys[target] = digest(common, key, facts, *inputs)
        return keys

    def new_problems(
        self, before: Snapshot, after: Snapshot, options: CheckSettings
    ) -> list[Problem]:
        """The problems that an edit gives the files; only what it can have a say in is checked."""
        among = affected_files(before, after)
        had = set(map(_identity, self.problems(before, options, among)))
        problems = self.problems(after, options, among)
        return [problem for problem in problems if _identity(problem) not in had]

    def replies(self, snapshot: Snapshot) -> Counter[str]:
        """How many replies of each label the allegations of all briefings have."""
        keys = reply_keys(self, snapshot)
        there = self.cache.get_many(keys.values())
        found = {target: loads(there[key]) for target, key in keys.items() if key in there}
        missing = [target for target in keys if target not in found]
        with progress("Counting replies", len(missing)) as advance:
            for done in parallel_map(
                partial(_replies, snapshot), make_batches(missing, snapshot, self.jobs), self.jobs
            ):
                self.cache.put_many({keys[target]: dumps(count) for target, count in done.items()})
                found |= done
                advance(len(done))
        self.cache.mark_used(keys.values())
        return sum(found.values(), Counter())


def _identity(problem: Problem) -> tuple[object, ...]:
    """What makes two problems the same; a hint may change as a registry grows."""
    return problem.rule, problem.severity, problem.location, problem.field, problem.message


def reply_keys(pipeline: Pipeline, snapshot: Snapshot) -> dict[Target, bytes]:
    """For each briefing a hash of all that its reply statuses follow from."""
    found: dict[Target, bytes] = {}
    for key in snapshot.graph.briefings:
        target = BriefingTarget(key)
        inputs = (snapshot.hash_of(other) for other in snapshot.graph.inputs(target))
        found[target] = digest(pipeline.program, b"replies", key, *inputs)
    return found


def _replies(snapshot: Snapshot, batch: Batch) -> dict[Target, Counter[str]]:
    briefings = load_collection(snapshot, batch).briefings
    return {target: count_replies([briefings[target.id]]) for target in batch.targets}


def _check(snapshot: Snapshot, options: CheckSettings, batch: Batch) -> dict[Target, list[Problem]]:
    if batch.inputs is not None:
        snapshot = snapshot.preloaded(batch.inputs)
    loaded, collection = snapshot.loaded, load_collection(snapshot, batch)
    return {
        target: list(check_briefing(target.id, loaded, collection, options))
        for target in batch.targets
    }
