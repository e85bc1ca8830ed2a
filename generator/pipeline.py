"""The stages of a site, each done once for the same input, and spread over the processors.

``site`` says the same in plain words: reading, checking and making are its functions. Here they are
given the files that they depend on, so what an earlier run made of these is used again.
"""

from __future__ import annotations

import time
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
from generator.outlines import KINDS, Outlines
from generator.parts import SITE, Unit
from generator.problems import Problem
from generator.progress import progress
from generator.shelf import Kept, Shelf, kept, unpacked_reading
from generator.tree import Stamp, Tree
from generator.workers import processors, spread

#: Up to so many briefings, one collection of them serves many parts.
_WHOLE = 2_000
#: How many parts are made at once: fewer share too little, more end too late.
_LEAST, _MOST = 10, 100
_FILES_TOGETHER = 50
#: So many files can be held; beyond that only those whose lines are shown.
_FEW = 200
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
        some = {key: one for key, one in every.items() if not one.draft}
        return replace(self, outlines=Outlines(some, self.outlines.registries))

    def hash_of(self, briefing: str) -> bytes:
        return self.hashes[f"{BRIEFINGS}{briefing}.yml"]

    def part(self, around: Iterable[str]) -> Collection:
        """The collection of some briefings."""
        return collect(self.loaded, among=around, homes=self.outlines.homes)


class Pipeline:
    """Does the stages, with what earlier runs kept in ``cache``."""

    def __init__(self, cache: Cache, jobs: int | None = None) -> None:
        self.cache = cache
        self.jobs = jobs or processors()
        self.program = program()

    def read(self, files: Mapping[str, bytes]) -> Known:
        """Read ``files``: path from the project's root to content.

        Of a ``Tree`` only those files that have changed since an earlier run.
        """
        stamps = files.stamps if isinstance(files, Tree) else {}
        began = time.time_ns()
        seen = self._seen(stamps)
        hashes, found, held, unread = {}, {}, {}, set()
        for path in sorted(files):
            if path in seen:
                hashes[path], found[path] = seen[path]
                continue
            try:
                held[path] = files[path]
            except FileNotFoundError:
                continue
            except OSError as error:
                unread.add(path)
                held[path], hashes[path] = b"", digest(path, b"unreadable")
                found[path], _ = kept(unreadable_file(path, error.strerror or str(error)))
                continue
            hashes[path] = digest(path, held[path])
        packed_by = {path: digest(self.program, b"read", one) for path, one in hashes.items()}
        there = self.cache.several(packed_by[path] for path in held if path not in found)
        for path in held:
            if path not in found and packed_by[path] in there:
                found[path] = unpacked(there[packed_by[path]])
        missing = [path for path in held if path not in found]
        work = partial(_read, held)
        with progress("Reading files", len(missing)) as advance:
            for done in spread(work, list(_in_parts(missing, _FILES_TOGETHER)), self.jobs):
                self.cache.put({packed_by[one.path]: packed(one) for one, _ in done})
                self.cache.put({packed_by[one.path] + b"value": value for one, value in done})
                found |= {one.path: one for one, _ in done}
                advance(len(done))
        if held and stamps:
            self._see(
                began,
                {
                    path: (stamps[path], hashes[path], found[path])
                    for path in stamps
                    if path in hashes and path not in unread
                },
            )
        self.cache.keep(key for one in packed_by.values() for key in (one, one + b"value"))
        every = [found[path] for path in hashes]
        few = {path: held[path] for path in held if len(held) <= _FEW or found[path].problems}
        as_read = AsRead(files, hashes, few)
        value = partial(_value, self.cache, packed_by, as_read)
        return _known(as_read, every, hashes, value)

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

    def problems(
        self, known: Known, options: Options, among: Container[str] | None = None
    ) -> list[Problem]:
        """Every problem of every file, or of those ``among`` the paths, in the order of files."""
        keys = self._check_keys(known, options, among)
        there = self.cache.several(keys.values())
        # What is compared with an earlier revision depends on more than the files.
        kept_ones = {} if options.earlier else there
        found = {unit: unpacked(kept_ones[key]) for unit, key in keys.items() if key in kept_ones}
        missing = [unit for unit in keys if unit not in found]
        work = partial(_check, known, options)
        with progress("Checking briefings", len(missing)) as advance:
            for done in spread(work, self.chunks(missing, known), self.jobs):
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
            referred = [name for kind, name in one.names if kind == "briefing"]
            # A name that no briefing has is answered with the nearest that one has.
            by_names = one.aliases or any(name not in outlines.briefings for name in referred)
            around = [known.hash_of(other) for other in outlines.around(unit)]
            facts = every if by_names else digest(pages)
            keys[unit] = digest(common, key, facts, *around)
        return keys

    def chunks(self, missing: list[Unit], known: Known) -> list[Chunk]:
        """``missing`` in parts for one worker each, so that none needs too many briefings.

        What tells of all briefings takes longest: it is begun first.
        """
        outlines = known.outlines
        others = [unit for unit in missing if unit != SITE]
        chunks = [Chunk([SITE], None)] if SITE in missing else []
        if len(outlines.briefings) <= _WHOLE and 5 * len(others) > len(outlines.briefings):
            size = max(_LEAST, min(_MOST, len(others) // (4 * self.jobs)))
            return [*chunks, *(Chunk(some, None) for some in _in_parts(others, size))]
        units: list[Unit] = []
        around: set[str] = set()
        for unit in others:
            near = outlines.around(unit)
            if units and (len(units) >= 10 * _MOST or len(around.union(near)) > 2 * _WHOLE):
                chunks.append(Chunk(units, around))
                units, around = [], set()
            units.append(unit)
            around.update(near)
        return [*chunks, Chunk(units, around)] if units else chunks


@dataclass(frozen=True, slots=True)
class Chunk:
    """Parts that one worker makes at once, and the briefings that takes: None for all."""

    units: list[Unit]
    around: Set[str] | None


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
    value: Callable[[str], bytes],
) -> Known:
    outlines = {one.name: one.outline for one in every if one.outline}
    aliases: dict[str, list[str]] = {}
    for key, outline in outlines.items():
        for alias in outline.aliases:
            aliases.setdefault(alias, []).append(key)
    read_files = [
        one.read_file(
            unpacked_reading(value(one.path), one.path, files)
            if one.kind == "registry" and not one.unread
            else None
        )
        for one in every
    ]
    loaded = gathered(read_files, files, Shelf(outlines, value, files), aliases)
    registries = {name: loaded.entries(name) for name in KINDS}
    return Known(files, loaded, Outlines(outlines, registries), hashes)


def _value(cache: Cache, keys: Mapping[str, bytes], files: Mapping[str, bytes], path: str) -> bytes:
    """A packed reading; made anew where someone deleted the cache meanwhile."""
    there = cache.get(keys[path] + b"value")
    return kept(read_file(path, files[path]))[1] if there is None else there


def _in_parts(items: list[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _read(files: Mapping[str, bytes], paths: list[str]) -> list[tuple[Kept, bytes]]:
    return [kept(read_file(path, files[path])) for path in paths]


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
        _last = known, known.part(known.outlines.briefings)
    return _last[1]


def _check(known: Known, options: Options, chunk: Chunk) -> dict[Unit, list[Problem]]:
    loaded = known.loaded
    if chunk.units == [SITE]:
        return {SITE: list(check_registries(loaded, known.part(()), options))}
    collection = collection_for(known, chunk)
    return {
        unit: list(check_briefing(unit.id, loaded, collection, options)) for unit in chunk.units
    }
