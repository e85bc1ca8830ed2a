"""Snapshot: the source files as they were read at one moment, with a digest of each.

Files that have not changed since an earlier run are taken from the cache.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any, NamedTuple

from generator.build.cache import Cache, digest, dumps, loads
from generator.build.dependencies import DependencyGraph
from generator.build.errors import SourceChangedError
from generator.build.file_summary import TranslationSummary, share_values
from generator.build.lazy_readings import (
    CachedFile,
    LazyReadings,
    Preloadable,
    load_reading,
    to_cached,
)
from generator.build.progress import progress
from generator.build.registry_entries import ENTRY_KINDS
from generator.build.workers import parallel_map
from generator.collection import linker
from generator.model.briefing import Briefing
from generator.model.translation import TranslationFile
from generator.reading.loader import BRIEFINGS, LoadedProject, assemble, read_file, unreadable_file
from generator.reading.selection import Selection
from generator.reading.source_files import SourceFiles, StatFingerprint

#: How many files a worker reads at a time.
_BATCH_SIZE = 50
#: If more files changed, only the content of those with problems is kept in memory.
_MOST_KEPT = 200
#: The list of known files is saved again if more than one in so many has changed.
_SAVED_FROM = 500
#: How inexact the clocks of file systems are at worst, in nanoseconds.
_CLOCK_ERROR = 2_000_000_000


class LinkedBriefings(NamedTuple):
    """The project with some briefings in memory, and the collection of these."""

    loaded: LoadedProject
    collection: linker.Collection


@dataclass(frozen=True)
class Snapshot:
    """The files as they were read: content, values, dependencies, and a digest by path.

    ``translations`` are by the names of their files, such as ``river-halden.fr``.
    """

    files: Mapping[str, bytes]
    loaded: LoadedProject
    graph: DependencyGraph
    hashes: Mapping[str, bytes]
    translations: Mapping[str, TranslationSummary] = field(default_factory=dict)

    def published(self, is_draft: Callable[[str], bool] = lambda _: False) -> Snapshot:
        """The snapshot without drafts of briefings and translations; ``is_draft`` says which
        briefings are drafts in addition.
        """
        briefings = {
            key: summary
            for key, summary in self.graph.briefings.items()
            if not (summary.draft or is_draft(key))
        }
        translations = {
            name: summary for name, summary in self.translations.items() if not summary.draft
        }
        graph = self.graph
        if len(briefings) < len(graph.briefings):
            graph = DependencyGraph(briefings, graph.registries, graph.sections)
        elif len(translations) == len(self.translations):
            return self  # its briefings are linked already, for the rules
        return replace(self, graph=graph, translations=translations)

    def with_sections(self, sections: Sequence[str]) -> Snapshot:
        """The snapshot of a site with these sections only."""
        if tuple(sections) == tuple(self.graph.sections):
            return self
        graph = DependencyGraph(self.graph.briefings, self.graph.registries, sections)
        return replace(self, graph=graph)

    def hash_of(self, briefing: str) -> bytes:
        """The digest of the file of a briefing, or of a translation by its name."""
        return self.hashes[f"{BRIEFINGS}{briefing}.yml"]

    def linked(self, briefings: Collection[str]) -> LinkedBriefings:
        """Some briefings in memory, linked to each other: loading many at once is faster."""
        readings = self.loaded.briefings
        assert isinstance(readings, Preloadable)
        loaded = replace(self.loaded, briefings=readings.preloaded(briefings))
        collection = linker.link(
            loaded,
            among=briefings,
            first_citing=self.graph.first_citing,
            all_ids=self.graph.briefings,
            elsewhere=self.graph.elsewhere,
        )
        return LinkedBriefings(loaded, collection)

    def link_all(self) -> LinkedBriefings:
        """All briefings, linked to each other once in each process."""
        return self._all_linked

    @cached_property
    def _all_linked(self) -> LinkedBriefings:
        return self.linked(self.graph.with_related(self.graph.briefings))

    def __getstate__(self) -> dict[str, Any]:
        """Another process links the briefings itself."""
        return {key: value for key, value in self.__dict__.items() if key != "_all_linked"}


class PinnedFiles(Mapping[str, bytes]):
    """Files with the content that they had when they were read, or ``SourceChangedError``.

    ``contents`` are those in memory; others are read again and compared with ``hashes``.
    """

    def __init__(
        self,
        files: Mapping[str, bytes],
        hashes: Mapping[str, bytes],
        contents: Mapping[str, bytes],
    ) -> None:
        self._files, self._hashes, self._contents = files, hashes, contents

    def __getitem__(self, path: str) -> bytes:
        if path in self._contents:
            return self._contents[path]
        try:
            content = self._files[path]
        except OSError:
            content = None
        if content is None or digest(path, content) != self._hashes[path]:
            raise SourceChangedError(path)
        return content

    def __iter__(self) -> Iterator[str]:
        return iter(self._hashes)

    def __len__(self) -> int:
        return len(self._hashes)


def read(files: Mapping[str, bytes], cache: Cache, program: bytes, jobs: int) -> Snapshot:
    """Read ``files``: path from the project's root to content.

    ``program`` is the digest of the generator. ``SourceFiles`` that have not changed since an
    earlier run of the same generator are not opened.
    """
    fingerprints = files.stamps if isinstance(files, SourceFiles) else {}
    selection = files.selection if isinstance(files, SourceFiles) else Selection()
    started = time.time_ns()
    known = _load_known(fingerprints, cache, program)
    changed = [path for path in sorted(files) if path not in known]
    prefix = digest(program, b"read")
    contents, transient = {}, set()
    shared: dict[Any, Any] = {}
    work = partial(_read, files, cache, prefix, len(changed) <= _MOST_KEPT)
    batches = [changed[at : at + _BATCH_SIZE] for at in range(0, len(changed), _BATCH_SIZE)]
    with progress("Reading files", len(changed)) as advance:
        for results in parallel_map(work, batches, jobs):
            for result in results:
                known[result.path] = result.hash, _cached_file(result.cached, shared)
                if result.content is not None:
                    contents[result.path] = result.content
                if result.transient:
                    transient.add(result.path)
            new = [result for result in results if result.reading is not None]
            cache.put_many({prefix + result.hash: result.cached for result in new})
            cache.put_many(
                {prefix + result.hash + b"value": result.reading or b"" for result in new}
            )
            advance(len(results))
    if fingerprints and len(changed) * _SAVED_FROM > len(fingerprints):
        lasting = known.keys() - transient
        saved = {
            path: (fingerprints[path], *known[path]) for path in fingerprints if path in lasting
        }
        _save_known(started, saved, cache, program)
    hashes = {path: known[path][0] for path in sorted(known)}
    keys = {path: prefix + file_hash for path, file_hash in hashes.items()}
    cache.mark_used(entry for key in keys.values() for entry in (key, key + b"value"))
    pinned = PinnedFiles(files, hashes, contents)
    readings = partial(_packed_readings, cache, keys, pinned)
    return _snapshot(pinned, [known[path][1] for path in hashes], hashes, readings, selection)


def _load_known(
    fingerprints: Mapping[str, StatFingerprint], cache: Cache, program: bytes
) -> dict[str, tuple[bytes, CachedFile]]:
    """The digest and the cached file of each file that is as it was in an earlier run."""
    content = cache.get(digest(program, b"seen")) if fingerprints else None
    if content is None:
        return {}
    saved: dict[str, tuple[StatFingerprint, bytes, CachedFile]] = loads(content)
    return {
        path: saved[path][1:]
        for path, fingerprint in fingerprints.items()
        if path in saved and saved[path][0] == fingerprint
    }


def _cached_file(packed: bytes, shared: dict[Any, Any]) -> CachedFile:
    file: CachedFile = loads(packed)
    return file._replace(summary=share_values(file.summary, shared)) if file.summary else file


def _save_known(
    started: int,
    known: Mapping[str, tuple[StatFingerprint, bytes, CachedFile]],
    cache: Cache,
    program: bytes,
) -> None:
    # A file that changed a moment ago can change again with the same time.
    old = {path: file for path, file in known.items() if max(file[0][:2]) < started - _CLOCK_ERROR}
    cache.put_many({digest(program, b"seen"): dumps(old)})


def _snapshot(
    files: Mapping[str, bytes],
    cached_files: list[CachedFile],
    hashes: Mapping[str, bytes],
    readings: Callable[[list[str]], Mapping[str, bytes]],
    selection: Selection,
) -> Snapshot:
    summaries = {file.name: file.summary for file in cached_files if file.summary}
    aliases: dict[str, list[str]] = {}
    for briefing, summary in summaries.items():
        for alias in summary.aliases:
            aliases.setdefault(alias, []).append(briefing)
    read_files = [
        file.read_file(
            load_reading(readings([file.path])[file.path], file.path, files)
            if file.kind == "registry" and not file.unread
            else None
        )
        for file in cached_files
        if file.kind != "briefing" or file.problems or file.unread  # of others all is known
    ]
    lazy: LazyReadings[Briefing] = LazyReadings(summaries, readings, files)
    translations = {file.name: file.translation for file in cached_files if file.translation}
    of: dict[str, list[str]] = {}
    for name, translation in translations.items():
        of.setdefault(translation.original, []).append(name)
    lazy_translations: LazyReadings[TranslationFile] = LazyReadings(translations, readings, files)
    loaded = assemble(read_files, files, lazy, aliases, selection, lazy_translations, of)
    registries = {name: loaded.entries(name) for name in ENTRY_KINDS}
    graph = DependencyGraph(summaries, registries)
    return Snapshot(files, loaded, graph, hashes, translations)


def _packed_readings(
    cache: Cache, keys: Mapping[str, bytes], files: Mapping[str, bytes], paths: list[str]
) -> dict[str, bytes]:
    """Packed readings by path; files are read again if someone deleted the cache meanwhile."""
    cached = cache.get_many(keys[path] + b"value" for path in paths)
    readings = {path: cached.get(keys[path] + b"value") for path in paths}
    return {
        path: to_cached(read_file(path, files[path]))[1] if packed is None else packed
        for path, packed in readings.items()
    }


@dataclass(frozen=True, slots=True)
class _ReadFile:
    """A file that was read: its digest, its packed ``CachedFile``, and its packed reading if the
    cache has none.

    ``content`` is set if its lines will be shown. ``transient``: it could not be read.
    """

    path: str
    hash: bytes
    cached: bytes
    reading: bytes | None
    content: bytes | None
    transient: bool = False


def _read(
    files: Mapping[str, bytes], cache: Cache, prefix: bytes, keep_content: bool, paths: list[str]
) -> list[_ReadFile]:
    """Read files, or find them in the cache; leave out those that have vanished."""
    contents, results = {}, []
    for path in paths:
        try:
            contents[path] = files[path]
        except FileNotFoundError:
            continue
        except OSError as error:
            file, _ = to_cached(unreadable_file(path, error.strerror or str(error)))
            unreadable = digest(path, b"unreadable")
            results.append(_ReadFile(path, unreadable, dumps(file), None, b"", transient=True))
    hashes = {path: digest(path, content) for path, content in contents.items()}
    cached = cache.get_many(prefix + file_hash for file_hash in hashes.values())
    for path, content in contents.items():
        key = prefix + hashes[path]
        if key in cached:
            packed, reading = cached[key], None
            has_problems = bool(loads(packed).problems)
        else:
            file, reading = to_cached(read_file(path, content))
            packed, has_problems = dumps(file), bool(file.problems)
        shown = content if keep_content or has_problems else None
        results.append(_ReadFile(path, hashes[path], packed, reading, shown))
    return results
