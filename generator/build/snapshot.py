"""The files of a site, read, with what an earlier run read of those that haven't changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from mkdocs.exceptions import BuildError

from generator.build.cache import Cache, digest, dumps, loads
from generator.build.dependencies import DependencyGraph
from generator.build.file_summary import share_references
from generator.build.lazy_readings import CachedFile, LazyReadings, load_reading, to_cached
from generator.build.progress import progress
from generator.build.registry_entries import ENTRY_KINDS
from generator.build.workers import gc_paused, parallel_map
from generator.collection.linker import Collection, link
from generator.reading.loader import BRIEFINGS, LoadedProject, assemble, read_file, unreadable_file
from generator.reading.selection import Selection
from generator.reading.source_files import SourceFiles, StatFingerprint

_FILES_TOGETHER = 50
#: So many files can be held; beyond that only those whose lines are shown.
_FEW = 200
#: What is kept of all files is written anew where more than one in so many has changed.
_SELDOM = 500
#: How exact the clocks of files are at worst, in nanoseconds.
_MOMENT = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The files, read: what they say, what refers to what, and a hash of each by its path."""

    files: Mapping[str, bytes]
    loaded: LoadedProject
    graph: DependencyGraph
    hashes: Mapping[str, bytes]

    def published(self, is_draft: Callable[[str], bool] = lambda _: False) -> Snapshot:
        """The same as if no draft existed; ``is_draft``: whether a briefing is one anyway."""
        every = self.graph.briefings
        some = {key: one for key, one in every.items() if not (one.draft or is_draft(key))}
        if len(some) == len(every):
            return self
        return replace(self, graph=DependencyGraph(some, self.graph.registries))

    def hash_of(self, briefing: str) -> bytes:
        return self.hashes[f"{BRIEFINGS}{briefing}.yml"]

    def preloaded(self, briefings: Iterable[str]) -> Snapshot:
        """The same snapshot with some briefings in memory: loading many at once is faster."""
        readings = self.loaded.briefings
        assert isinstance(readings, LazyReadings)
        return replace(self, loaded=replace(self.loaded, briefings=readings.preloaded(briefings)))

    def collection(self, briefings: Iterable[str]) -> Collection:
        """The collection of some briefings."""
        subset = list(briefings)
        return link(
            self.preloaded(subset).loaded,
            among=subset,
            first_citing=self.graph.first_citing,
            all_ids=self.graph.briefings,
        )


class PinnedFiles(Mapping[str, bytes]):
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
            raise SourceChangedError(f"{path} changed during the run. Run the command again.")
        return content

    def __iter__(self) -> Iterator[str]:
        return iter(self._hashes)

    def __len__(self) -> int:
        return len(self._hashes)


class SourceChangedError(BuildError):
    """A file is not what it was when it was read."""


@gc_paused()
def read(files: Mapping[str, bytes], cache: Cache, program: bytes, jobs: int) -> Snapshot:
    """Read ``files``: path from the project's root to content.

    Of ``SourceFiles`` only those that have changed since an earlier run of this ``program``.
    """
    stamps = files.stamps if isinstance(files, SourceFiles) else {}
    selection = files.selection if isinstance(files, SourceFiles) else Selection()
    began = time.time_ns()
    there = _seen(stamps, cache, program)
    changed = [path for path in sorted(files) if path not in there]
    of_files = digest(program, b"read")
    held, passing = {}, set()
    work = partial(_read, files, cache, of_files, len(changed) <= _FEW)
    with progress("Reading files", len(changed)) as advance:
        for done in parallel_map(work, _in_parts(changed), jobs):
            for one in done:
                there[one.path] = one.hash, loads(one.kept)
                if one.content is not None:
                    held[one.path] = one.content
                if one.passing:
                    passing.add(one.path)
            new = [one for one in done if one.value is not None]
            cache.put_many({of_files + one.hash: one.kept for one in new})
            cache.put_many({of_files + one.hash + b"value": one.value or b"" for one in new})
            advance(len(done))
    if stamps and len(changed) * _SELDOM > len(stamps):
        lasting = there.keys() - passing
        seen = {path: (stamps[path], *there[path]) for path in stamps if path in lasting}
        _see(began, seen, cache, program)
    hashes = {path: there[path][0] for path in sorted(there)}
    packed_by = {path: of_files + one for path, one in hashes.items()}
    cache.mark_used(key for one in packed_by.values() for key in (one, one + b"value"))
    every = [there[path][1] for path in hashes]
    as_read = PinnedFiles(files, hashes, held)
    values = partial(_values, cache, packed_by, as_read)
    return _known(as_read, every, hashes, values, selection)


def _seen(
    stamps: Mapping[str, StatFingerprint], cache: Cache, program: bytes
) -> dict[str, tuple[bytes, CachedFile]]:
    """The hash of each file that is as it was in an earlier run, and what is kept of it."""
    content = cache.get(digest(program, b"seen")) if stamps else None
    if content is None:
        return {}
    saved: dict[str, tuple[StatFingerprint, bytes, CachedFile]] = loads(content)
    return {
        path: (saved[path][1], saved[path][2])
        for path, stamp in stamps.items()
        if path in saved and saved[path][0] == stamp
    }


def _see(
    began: int,
    every: Mapping[str, tuple[StatFingerprint, bytes, CachedFile]],
    cache: Cache,
    program: bytes,
) -> None:
    # A file changed a moment ago can change again without a clock showing it.
    old = {path: one for path, one in every.items() if max(one[0][:2]) < began - _MOMENT}
    cache.put_many({digest(program, b"seen"): dumps(old)})


def _known(
    files: Mapping[str, bytes],
    every: list[CachedFile],
    hashes: Mapping[str, bytes],
    values: Callable[[list[str]], Mapping[str, bytes]],
    selection: Selection,
) -> Snapshot:
    graph = share_references({one.name: one.summary for one in every if one.summary})
    aliases: dict[str, list[str]] = {}
    for key, outline in graph.items():
        for alias in outline.aliases:
            aliases.setdefault(alias, []).append(key)
    read_files = [
        one.read_file(
            load_reading(values([one.path])[one.path], one.path, files)
            if one.kind == "registry" and not one.unread
            else None
        )
        for one in every
    ]
    loaded = assemble(read_files, files, LazyReadings(graph, values, files), aliases, selection)
    registries = {name: loaded.entries(name) for name in ENTRY_KINDS}
    return Snapshot(files, loaded, DependencyGraph(graph, registries), hashes)


def _values(
    cache: Cache, keys: Mapping[str, bytes], files: Mapping[str, bytes], paths: list[str]
) -> dict[str, bytes]:
    """Packed readings by path; made anew where someone deleted the cache meanwhile."""
    cached = cache.get_many(keys[path] + b"value" for path in paths)
    found = {path: cached.get(keys[path] + b"value") for path in paths}
    return {
        path: to_cached(read_file(path, files[path]))[1] if value is None else value
        for path, value in found.items()
    }


def _in_parts(paths: list[str]) -> list[list[str]]:
    return [paths[at : at + _FILES_TOGETHER] for at in range(0, len(paths), _FILES_TOGETHER)]


@dataclass(frozen=True, slots=True)
class _Read:
    """A file as it was read: its hash, what is kept of it, packed, its packed reading where that is
    new to the cache, and its content where its lines will be shown. ``passing``: it could not be
    read.
    """

    path: str
    hash: bytes
    kept: bytes
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
            read_now, _ = to_cached(unreadable_file(path, error.strerror or str(error)))
            unreadable = digest(path, b"unreadable")
            done.append(_Read(path, unreadable, dumps(read_now), None, b"", passing=True))
    hashes = {path: digest(path, content) for path, content in contents.items()}
    cached = cache.get_many(of_files + one for one in hashes.values())
    for path, content in contents.items():
        key = of_files + hashes[path]
        if key in cached:
            one, value = cached[key], None
            has_problems = bool(loads(one).problems)
        else:
            read_now, value = to_cached(read_file(path, content))
            one, has_problems = dumps(read_now), bool(read_now.problems)
        shown = content if hold or has_problems else None
        done.append(_Read(path, hashes[path], one, value, shown))
    return done
