"""Writes rendered targets into the folder of the built site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

from generator.build.artifacts import ArtifactStore
from generator.build.cache import digest
from generator.build.progress import progress
from generator.build.snapshot import Snapshot
from generator.build.targets import Target
from generator.build.workers import parallel_map
from generator.exports.aggregate_files import write_aggregates
from generator.publishing.output_folder import FileStat, Manifest, OutputFolder, file_stat

#: How many targets one worker writes at once.
_BATCH = 100


@dataclass(slots=True)
class SiteWriter:
    """Writes artifacts into a folder. ``manifest`` lists what has been written."""

    snapshot: Snapshot
    artifacts: ArtifactStore
    folder: OutputFolder
    jobs: int
    manifest: dict[bytes, tuple[FileStat, ...]] = field(default_factory=dict)

    def write_targets(self, targets: Iterable[Target]) -> None:
        """Write the pages and files of targets."""
        changed = []
        for target in targets:
            key = self.artifacts.keys[target]
            group = self.folder.reuse(key)
            if group is None:
                changed.append(target)
            else:
                self.manifest[key] = group
        batches = [changed[at : at + _BATCH] for at in range(0, len(changed), _BATCH)]
        with progress("Writing files", len(changed)) as advance:
            for written in parallel_map(self._write_batch, batches, self.jobs):
                self.manifest |= written
                advance(len(written))

    def _write_batch(self, targets: list[Target]) -> Manifest:
        return {
            self.artifacts.keys[target]: self.folder.write(self._files(target))
            for target in targets
        }

    def _files(self, target: Target) -> Iterator[tuple[str, bytes]]:
        for page in self.artifacts.pages(target).values():
            if page.html:
                yield page.path, page.html.encode()
        for path, source in target.copied_files.items():
            yield path, self.snapshot.files[source]
        yield from self.artifacts.files(target).items()

    def write_aggregates(self) -> None:
        """Write the files that contain fragments of all briefings."""
        key = digest(b"shared", *self.artifacts.keys.values())
        group = self.folder.reuse(key)
        self.manifest[key] = self._write_aggregates() if group is None else group

    def _write_aggregates(self) -> tuple[FileStat, ...]:
        with ExitStack() as opened:
            files = {
                aggregate: opened.enter_context(self.folder.open(aggregate.path))
                for aggregate in self.artifacts.aggregates()
                if self.folder.accepts(aggregate.path)
            }
            writes = {aggregate: file.write for aggregate, file in files.items()}
            write_aggregates(writes, self.artifacts.fragments())
            return tuple(file_stat(aggregate.path, file) for aggregate, file in files.items())

    def write(self, key: bytes, files: Callable[[], Iterable[tuple[str, bytes]]]) -> None:
        """Write other files, unless the previous site has those with this key."""
        group = self.folder.reuse(key)
        self.manifest[key] = self.folder.write(files()) if group is None else group
