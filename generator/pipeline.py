"""The stages of a site, each done once for the same input, and spread over the processors.

``site`` says the same in plain words: reading, checking and making are its functions. Here they are
given the files that they depend on, so what an earlier run made of these is used again.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from mkdocs.exceptions import BuildError

from generator.cache import Cache, digest, packed, program, unpacked
from generator.checks import check_briefing, check_registries
from generator.checks.rule import Options
from generator.collection import Collection, collect
from generator.loading import BRIEFINGS, DATA, Loaded, gathered, read_file, unreadable_file
from generator.outlines import ELSEWHERE, KINDS, Outlines, shared_names
from generator.parts import SITE, Unit
from generator.problems import Problem
from generator.progress import progress
from generator.replies import count_replies
from generator.shelf import MANY, Kept, Shelf, kept, unpacked_reading
from generator.tree import Stamp, Tree
from generator.workers import processors, spread, uncollected

#: Of more than ``MANY`` briefings, a part's collection holds those that it needs: so many at once.
_AROUND = 250
#: How many parts are made at once: fewer share too little, more end too late.
_LEAST, _MOST = 10, 50
_FILES_TOGETHER = 50
#: So many files can be held; beyond that only those whose lines are shown.
_FEW = 200
#: What is kept of all files is written anew where more than one in so many has changed.
_SELDOM = 500
#: How exact the clocks of files are at worst, in nanoseconds.
_MOMENT = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Known:
    """The files, read: what they say, what refers to what, and a hash of each by its path."""

    files: Mapping[str, bytes]
    loaded: Loaded
    outlines: Outlines
    hashes: Mapping[str, bytes]

    def published(self) -> Known:
        """The same as if no draft existed."""
        every = self.outlines.briefings
        if not any(one.draft for one in every.values()):
            return self
        some = {key: one for key, one in every.items() if not one.draft}
        return replace(self, outlines=Outlines(some, self.outlines.registries))

    def hash_of(self, briefing: str) -> bytes:
        return self.hashes[f"{BRIEFINGS}{briefing}.yml"]

    def title(self, unit: Unit) -> str:
        """What a briefing or an entry of the registries is called; "" of other parts."""
        if unit.kind == "briefings":
            one: Any = self.loaded.briefings.get(unit.id)
            return one.value.title if one else unit.id
        entry: Any = self.outlines.registries.get(unit.kind, {}).get(unit.id)
        return entry.name if entry else ""

    def holding(self, around: Iterable[str]) -> Known:
        """The same with some briefings at hand, which take less time together than one by one."""
        shelf = self.loaded.briefings
        assert isinstance(shelf, Shelf)
        return replace(self, loaded=replace(self.loaded, briefings=shelf.holding(around)))

    def part(self, around: Iterable[str]) -> Collection:
        """The collection of some briefings."""
        some = list(around)
        loaded, every = self.holding(some).loaded, self.outlines.briefings
        return collect(loaded, among=some, homes=self.outlines.homes, every=every)


class Pipeline:
    """Does the stages, with what earlier runs kept in ``cache``."""

    def __init__(self, cache: Cache, jobs: int | None = None) -> None:
        self.cache = cache
        self.jobs = jobs or processors()
        self.program = program()

    @uncollected()
    def read(self, files: Mapping[str, bytes]) -> Known:
        """Read ``files``: path from the project's root to content.

        Of a ``Tree`` only those files that have changed since an earlier run.
        """
        stamps = files.stamps if isinstance(files, Tree) else {}
        began = time.time_ns()
        there = self._seen(stamps)
        changed = [path for path in sorted(files) if path not in there]
        of_files = digest(self.program, b"read")
        held, passing = {}, set()
        work = partial(_read, files, self.cache, of_files, len(changed) <= _FEW)
        with progress("Reading files", len(changed)) as advance:
            for done in spread(work, list(_in_parts(changed, _FILES_TOGETHER)), self.jobs):
                for one in done:
                    there[one.path] = one.hash, one.kept
                    if one.content is not None:
                        held[one.path] = one.content
                    if one.passing:
                        passing.add(one.path)
                new = [one for one in done if one.value is not None]
                self.cache.put({of_files + one.hash: packed(one.kept) for one in new})
                self.cache.put({of_files + one.hash + b"value": one.value or b"" for one in new})
                advance(len(done))
        if stamps and len(changed) * _SELDOM > len(stamps):
            lasting = there.keys() - passing
            seen = {path: (stamps[path], *there[path]) for path in stamps if path in lasting}
            self._see(began, seen)
        hashes = {path: there[path][0] for path in sorted(there)}
        packed_by = {path: of_files + one for path, one in hashes.items()}
        self.cache.keep(key for one in packed_by.values() for key in (one, one + b"value"))
        every = [there[path][1] for path in hashes]
        as_read = AsRead(files, hashes, held)
        values = partial(_values, self.cache, packed_by, as_read)
        return _known(as_read, every, hashes, values)

    def _seen(self, stamps: Mapping[str, Stamp]) -> dict[str, tuple[bytes, Kept]]:
        """The hash of each file that is as it was in an earlier run, and what is kept of it."""
        content = self.cache.get(digest(self.program, b"seen")) if stamps else None
        if content is None:
            return {}
        saved: dict[str, tuple[Stamp, bytes, Kept]] = unpacked(content)
        return {
            path: (saved[path][1], saved[path][2])
            for path, stamp in stamps.items()
            if path in saved and saved[path][0] == stamp
        }

    def _see(self, began: int, every: Mapping[str, tuple[Stamp, bytes, Kept]]) -> None:
        # A file changed a moment ago can change again without a clock showing it.
        old = {path: one for path, one in every.items() if max(one[0][:2]) < began - _MOMENT}
        self.cache.put({digest(self.program, b"seen"): packed(old)})

    @uncollected()
    def problems(
        self, known: Known, options: Options, among: Container[str] | None = None
    ) -> list[Problem]:
        """Every problem of every file, or of those ``among`` the paths, in the order of files."""
        keys = self._check_keys(known, options, among)
        there = self.cache.several(keys.values())
        # What is compared with an earlier revision depends on more than the files.
        kept_ones = {} if options.earlier else there
        found = {unit: unpacked(kept_ones[key]) for unit, key in keys.items() if key in kept_ones}
        missing = [unit for unit in keys if unit not in found and unit != SITE]
        work = partial(_check, known, options)
        if SITE in keys and SITE not in found:
            found[SITE] = list(check_registries(known.loaded, known.part(()), options))
            self.cache.put({} if options.earlier else {keys[SITE]: packed(found[SITE])})
        with progress("Checking briefings", len(missing)) as advance:
            for done in spread(work, ready(self.chunks(missing, known), known), self.jobs):
                if not options.earlier:
                    self.cache.put({keys[unit]: packed(ours) for unit, ours in done.items()})
                found |= done
                advance(len(done))
        every = (*known.loaded.problems, *(one for ours in found.values() for one in ours))
        return sorted(one for one in every if among is None or one.location.path in among)

    def _check_keys(
        self, known: Known, options: Options, among: Container[str] | None
    ) -> dict[Unit, bytes]:
        loaded, outlines = known.loaded, known.outlines
        told = repr((sorted(options.severities.items()), options.language, options.today))
        registries = [known.hashes[path] for path in known.hashes if path.startswith(DATA)]
        common = digest(self.program, b"check", told, *registries)
        names = repr((list(loaded.briefings), list(loaded.broken), loaded.aliases))
        pages = repr(sorted(loaded.pages))
        every = digest(names, pages)
        keys = {}
        if among is None or any(path in among for path in known.hashes if path.startswith(DATA)):
            keys[SITE] = digest(common, b"registries", repr(sorted(outlines.homes)))
        for key, one in outlines.briefings.items():
            if among is not None and f"{BRIEFINGS}{key}.yml" not in among:
                continue
            unit = Unit("briefings", key)
            referred = [name for kind, name in one.names if kind in ELSEWHERE]
            # A name that no briefing has is answered with the nearest that one has.
            by_names = one.aliases or any(name not in outlines.briefings for name in referred)
            around = [known.hash_of(other) for other in outlines.around(unit)]
            facts = every if by_names else digest(pages)
            keys[unit] = digest(common, key, facts, *around)
        return keys

    def chunks(self, missing: list[Unit], known: Known) -> list[Chunk]:
        """``missing`` in parts for one worker each, so that none needs too many briefings."""
        outlines = known.outlines
        size = max(_LEAST, min(_MOST, len(missing) // (4 * self.jobs)))
        if len(outlines.briefings) <= MANY and 5 * len(missing) > len(outlines.briefings):
            return [Chunk(some, None) for some in _in_parts(missing, size)]
        chunks: list[Chunk] = []
        units: list[Unit] = []
        around: set[str] = set()
        for unit in missing:
            near = outlines.around(unit)
            if units and (len(units) >= size or len(around.union(near)) > _AROUND):
                chunks.append(Chunk(units, around))
                units, around = [], set()
            units.append(unit)
            around.update(near)
        return [*chunks, Chunk(units, around)] if units else chunks

    def replies(self, known: Known) -> Counter[str]:
        """How many replies of each label the allegations of all briefings have."""
        keys = reply_keys(self, known)
        there = self.cache.several(keys.values())
        found = {unit: unpacked(there[key]) for unit, key in keys.items() if key in there}
        missing = [unit for unit in keys if unit not in found]
        with progress("Counting replies", len(missing)) as advance:
            for done in spread(partial(_replies, known), self.chunks(missing, known), self.jobs):
                self.cache.put({keys[unit]: packed(count) for unit, count in done.items()})
                found |= done
                advance(len(done))
        self.cache.keep(keys.values())
        return sum(found.values(), Counter())


@dataclass(frozen=True, slots=True)
class Chunk:
    """Parts that one worker makes at once, and the briefings that takes: None for all."""

    units: list[Unit]
    around: Set[str] | None


def ready(chunks: list[Chunk], known: Known) -> list[Chunk]:
    """``chunks``, and what they are made from, so that workers find it when they begin."""
    if any(chunk.around is None for chunk in chunks):
        _whole(known)
    return chunks


class AsRead(Mapping[str, bytes]):
    """Files with the content that they were read with."""

    def __init__(
        self,
        files: Mapping[str, bytes],
        hashes: Mapping[str, bytes],
        held: Mapping[str, bytes],
    ) -> None:
        self._files, self._hashes, self._held = files, hashes, held

    def __getitem__(self, path: str) -> bytes:
        if path in self._held:
            return self._held[path]
        try:
            content = self._files[path]
        except OSError:
            content = None
        if content is None or digest(path, content) != self._hashes[path]:
            raise ChangedMeanwhileError(f"{path} was changed meanwhile: begin again.")
        return content

    def __iter__(self) -> Iterator[str]:
        return iter(self._hashes)

    def __len__(self) -> int:
        return len(self._hashes)


class ChangedMeanwhileError(BuildError):
    """A file is not what it was when it was read."""


def _known(
    files: Mapping[str, bytes],
    every: list[Kept],
    hashes: Mapping[str, bytes],
    values: Callable[[list[str]], Mapping[str, bytes]],
) -> Known:
    outlines = shared_names({one.name: one.outline for one in every if one.outline})
    aliases: dict[str, list[str]] = {}
    for key, outline in outlines.items():
        for alias in outline.aliases:
            aliases.setdefault(alias, []).append(key)
    read_files = [
        one.read_file(
            unpacked_reading(values([one.path])[one.path], one.path, files)
            if one.kind == "registry" and not one.unread
            else None
        )
        for one in every
    ]
    loaded = gathered(read_files, files, Shelf(outlines, values, files), aliases)
    registries = {name: loaded.entries(name) for name in KINDS}
    return Known(files, loaded, Outlines(outlines, registries), hashes)


def _values(
    cache: Cache, keys: Mapping[str, bytes], files: Mapping[str, bytes], paths: list[str]
) -> dict[str, bytes]:
    """Packed readings by path; made anew where someone deleted the cache meanwhile."""
    there = cache.several(keys[path] + b"value" for path in paths)
    found = {path: there.get(keys[path] + b"value") for path in paths}
    return {
        path: kept(read_file(path, files[path]))[1] if value is None else value
        for path, value in found.items()
    }


def _in_parts(items: list[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


@dataclass(frozen=True, slots=True)
class _Read:
    """A file as it was read: its hash, what is kept of it, its packed reading where that is new to
    the cache, and its content where its lines will be shown. ``passing``: it could not be read.
    """

    path: str
    hash: bytes
    kept: Kept
    value: bytes | None
    content: bytes | None
    passing: bool = False


def _read(
    files: Mapping[str, bytes], cache: Cache, of_files: bytes, hold: bool, paths: list[str]
) -> list[_Read]:
    """Files, read or found as an earlier run read them; without those that vanished."""
    contents, done = {}, []
    for path in paths:
        try:
            contents[path] = files[path]
        except FileNotFoundError:
            continue
        except OSError as error:
            one, _ = kept(unreadable_file(path, error.strerror or str(error)))
            done.append(_Read(path, digest(path, b"unreadable"), one, None, b"", passing=True))
    hashes = {path: digest(path, content) for path, content in contents.items()}
    known = cache.several(of_files + one for one in hashes.values())
    for path, content in contents.items():
        key = of_files + hashes[path]
        value = None
        if key in known:
            one = unpacked(known[key])
        else:
            one, value = kept(read_file(path, content))
        shown = content if hold or one.problems else None
        done.append(_Read(path, hashes[path], one, value, shown))
    return done


def collection_for(known: Known, chunk: Chunk) -> Collection:
    """The collection that the parts of a chunk are made from."""
    if chunk.around is None:
        return _whole(known)
    around = chunk.around
    return known.part(key for key in known.outlines.briefings if key in around)


_last: tuple[Known, Collection] | None = None


def _whole(known: Known) -> Collection:
    """The collection of all briefings, made once in each process."""
    global _last
    if _last is None or _last[0] is not known:
        with uncollected():
            _last = known, known.part(known.outlines.briefings)
    return _last[1]


def reply_keys(pipeline: Pipeline, known: Known) -> dict[Unit, bytes]:
    """For each briefing a hash of all that its reply statuses follow from."""
    found = {}
    for key in known.outlines.briefings:
        unit = Unit("briefings", key)
        around = (known.hash_of(other) for other in known.outlines.around(unit))
        found[unit] = digest(pipeline.program, b"replies", key, *around)
    return found


def _replies(known: Known, chunk: Chunk) -> dict[Unit, Counter[str]]:
    briefings = collection_for(known, chunk).briefings
    return {unit: count_replies([briefings[unit.id]]) for unit in chunk.units}


def _check(known: Known, options: Options, chunk: Chunk) -> dict[Unit, list[Problem]]:
    if chunk.around is not None:
        known = known.holding(chunk.around)
    loaded, collection = known.loaded, collection_for(known, chunk)
    return {
        unit: list(check_briefing(unit.id, loaded, collection, options)) for unit in chunk.units
    }
