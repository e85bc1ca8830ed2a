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
from generator.build.dependencies import ELSEWHERE
from generator.build.progress import progress
from generator.build.snapshot import Snapshot, read
from generator.build.targets import SITE, Target
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
        self._passing: Cache | None = None

    @property
    def passing(self) -> Cache:
        """A cache for what holds in this run only."""
        if self._passing is None:
            self._passing = Cache()
        return self._passing

    def close(self) -> None:
        """Let the caches go."""
        self.cache.close()
        if self._passing is not None:
            self._passing.close()
            self._passing = None

    def read(self, files: Mapping[str, bytes]) -> Snapshot:
        """Read ``files``, or take them as they were read; see ``known``."""
        return read(files, self.cache, self.program, self.jobs)

    @gc_paused()
    def problems(
        self, known: Snapshot, options: CheckSettings, among: Container[str] | None = None
    ) -> list[Problem]:
        """Every problem of every file, or of those ``among`` the paths, in the order of files."""
        keys = self._check_keys(known, options, among)
        there = self.cache.several(keys.values())
        # What is compared with an earlier revision depends on more than the files.
        kept_ones = {} if options.earlier else there
        found = {unit: loads(kept_ones[key]) for unit, key in keys.items() if key in kept_ones}
        missing = [unit for unit in keys if unit not in found and unit != SITE]
        work = partial(_check, known, options)
        if SITE in keys and SITE not in found:
            found[SITE] = list(check_registries(known.loaded, known.part(()), options))
            self.cache.put({} if options.earlier else {keys[SITE]: dumps(found[SITE])})
        with progress("Checking briefings", len(missing)) as advance:
            for done in parallel_map(
                work, preload(make_batches(missing, known, self.jobs), known), self.jobs
            ):
                if not options.earlier:
                    self.cache.put({keys[unit]: dumps(ours) for unit, ours in done.items()})
                found |= done
                advance(len(done))
        of_parts = chain.from_iterable(found.values())
        every = merged((*known.loaded.problems, *check_files(known.loaded)), of_parts)
        return [one for one in every if among is None or one.location.path in among]

    def _check_keys(
        self, known: Snapshot, options: CheckSettings, among: Container[str] | None
    ) -> dict[Target, bytes]:
        loaded, outlines = known.loaded, known.outlines
        told = repr((sorted(options.severities.items()), options.language, options.today))
        registries = [known.hashes[path] for path in known.hashes if path.startswith(DATA)]
        common = digest(self.program, b"check", told, *registries)
        names = repr((list(loaded.briefings), list(loaded.broken), loaded.aliases))
        every = digest(names, *sorted(loaded.addresses.files))
        keys = {}
        if among is None or any(path in among for path in known.hashes if path.startswith(DATA)):
            keys[SITE] = digest(common, b"registries", repr(sorted(outlines.homes)))
        everything = digest(every, *known.hashes.values())
        wrong = {problem.location.path for problem in loaded.problems}
        for key, one in outlines.briefings.items():
            if among is not None and f"{BRIEFINGS}{key}.yml" not in among:
                continue
            unit = Target("briefings", key)
            referred = [name for kind, name in one.names if kind in ELSEWHERE]
            # A name that no briefing has is answered with the nearest that one has.
            by_names = one.aliases or any(name not in outlines.briefings for name in referred)
            around = [known.hash_of(other) for other in outlines.around(unit)]
            beside = loaded.addresses.by_hand(urls.redirect_page(key))
            facts = every if by_names else digest(beside)
            if f"{BRIEFINGS}{key}.yml" in wrong:
                # Rules look at what could not be read too: what that names, no outline says.
                facts = everything
            keys[unit] = digest(common, key, facts, *around)
        return keys

    def new_problems(
        self, before: Snapshot, after: Snapshot, options: CheckSettings
    ) -> list[Problem]:
        """The problems that an edit gives the files; only what it can have a say in is checked."""
        among = affected_files(before, after)
        had = set(map(_identity, self.problems(before, options, among)))
        problems = self.problems(after, options, among)
        return [problem for problem in problems if _identity(problem) not in had]

    def replies(self, known: Snapshot) -> Counter[str]:
        """How many replies of each label the allegations of all briefings have."""
        keys = reply_keys(self, known)
        there = self.cache.several(keys.values())
        found = {unit: loads(there[key]) for unit, key in keys.items() if key in there}
        missing = [unit for unit in keys if unit not in found]
        with progress("Counting replies", len(missing)) as advance:
            for done in parallel_map(
                partial(_replies, known), make_batches(missing, known, self.jobs), self.jobs
            ):
                self.cache.put({keys[unit]: dumps(count) for unit, count in done.items()})
                found |= done
                advance(len(done))
        self.cache.keep(keys.values())
        return sum(found.values(), Counter())


def _identity(problem: Problem) -> tuple[object, ...]:
    """What makes two problems the same; a hint may change as a registry grows."""
    return problem.rule, problem.severity, problem.location, problem.field, problem.message


def reply_keys(pipeline: Pipeline, known: Snapshot) -> dict[Target, bytes]:
    """For each briefing a hash of all that its reply statuses follow from."""
    found = {}
    for key in known.outlines.briefings:
        unit = Target("briefings", key)
        around = (known.hash_of(other) for other in known.outlines.around(unit))
        found[unit] = digest(pipeline.program, b"replies", key, *around)
    return found


def _replies(known: Snapshot, chunk: Batch) -> dict[Target, Counter[str]]:
    briefings = load_collection(known, chunk).briefings
    return {unit: count_replies([briefings[unit.id]]) for unit in chunk.units}


def _check(known: Snapshot, options: CheckSettings, chunk: Batch) -> dict[Target, list[Problem]]:
    if chunk.around is not None:
        known = known.holding(chunk.around)
    loaded, collection = known.loaded, load_collection(known, chunk)
    return {
        unit: list(check_briefing(unit.id, loaded, collection, options)) for unit in chunk.units
    }
