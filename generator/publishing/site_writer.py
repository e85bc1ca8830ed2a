"""What was made of a site's parts, put into the folder of the built site."""

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
from generator.exports.aggregate_files import FragmentWriter
from generator.publishing.output_folder import FileStat, Manifest, OutputFolder, file_stat

#: How many parts are written by one worker at once.
_TOGETHER = 100


@dataclass(slots=True)
class SiteWriter:
    """Puts what was made into a folder; ``groups`` tells what was put there."""

    snapshot: Snapshot
    artifacts: ArtifactStore
    folder: OutputFolder
    jobs: int
    groups: dict[bytes, tuple[FileStat, ...]] = field(default_factory=dict)

    def write_targets(self, targets: Iterable[Target]) -> None:
        """Put the pages and files of parts."""
        missing = []
        for target in targets:
            key = self.artifacts.keys[target]
            group = self.folder.reuse(key)
            if group is None:
                missing.append(target)
            else:
                self.groups[key] = group
        some = [missing[at : at + _TOGETHER] for at in range(0, len(missing), _TOGETHER)]
        with progress("Writing files", len(missing)) as advance:
            for done in parallel_map(self._write_parts, some, self.jobs):
                self.groups |= done
                advance(len(done))

    def _write_parts(self, targets: list[Target]) -> Manifest:
        return {
            self.artifacts.keys[target]: self.folder.write(self._files(target))
            for target in targets
        }

    def _files(self, target: Target) -> Iterator[tuple[str, bytes]]:
        for page in self.artifacts.pages(target).values():
            if page.html:
                yield page.place, page.html.encode()
        for path, source in target.copied_files.items():
            yield path, self.snapshot.files[source]
        yield from self.artifacts.files(target).items()

    def write_aggregates(self) -> None:
        """Put the files that all briefings have a share in."""
        key = digest(b"shared", *self.artifacts.keys.values())
        group = self.folder.reuse(key)
        self.groups[key] = self._write_shared() if group is None else group

    def _write_shared(self) -> tuple[FileStat, ...]:
        with ExitStack() as opened:
            files = {
                one: opened.enter_context(self.folder.open(one.path))
                for one in self.artifacts.aggregates()
                if self.folder.takes(one.path)
            }
            context = {one.path: FragmentWriter(one, file.write) for one, file in files.items()}
            for share in self.artifacts.fragments():
                if share.path in context:
                    context[share.path].add(share)
            for joining in context.values():
                joining.end()
            return tuple(file_stat(one.path, file) for one, file in files.items())

    def put(self, key: bytes, files: Callable[[], Iterable[tuple[str, bytes]]]) -> None:
        """Put other files, made of what ``key`` is a hash of."""
        group = self.folder.reuse(key)
        self.groups[key] = self.folder.write(files()) if group is None else group
