"""Times the generator alone on a corpus of any size: reading, checking, rendering all files.

    python -m benchmarks.generator [BRIEFINGS]

MkDocs and the search index are left out. Prints each stage's time, the processors' time, and
the most memory that all processes held.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

from benchmarks.corpus import Corpus
from benchmarks.processes import Watch
from generator.build.artifacts import build_targets
from generator.build.cache import Cache
from generator.build.pipeline import Pipeline
from generator.build.workers import processors
from generator.reading.source_files import SourceFiles
from generator.rendering.settings import Settings
from generator.rules.base import CheckSettings

_MIB = 1024 * 1024


def main() -> None:
    """Run the stages and print the time of each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("briefings", type=int, nargs="?", default=100_000)
    count = parser.parse_args().briefings
    with tempfile.TemporaryDirectory(prefix="briefings-generator-") as name:
        folder = Path(name)
        (folder / "briefings").mkdir()
        (folder / "data").mkdir()
        for path, content in Corpus(count).each():
            (folder / path).write_bytes(content)
        watch = Watch(os.getpid())
        pipeline = Pipeline(Cache(folder / "cache.sqlite"))
        stages = _Stages()
        snapshot = pipeline.read(SourceFiles(folder / "briefings", folder / "data"))
        stages.report("read")
        problems = pipeline.problems(snapshot, CheckSettings())
        stages.report(f"checked, {len(problems):,} problems found")
        artifacts = build_targets(pipeline, snapshot.published(), Settings(name="Corpus"))
        stages.report(
            f"rendered, {sum(len(artifacts.dates(target)) for target in artifacts.keys):,} pages"
        )
        size = (folder / "cache.sqlite").stat().st_size
        watch.end()
    print(f"{count:,} briefings on {processors()} processors: cache {size / _MIB:,.0f} MiB,")
    print(f"most memory of all processes together {watch.memory / _MIB:,.0f} MiB")


class _Stages:
    def __init__(self) -> None:
        self._wall, self._cpu = time.monotonic(), _cpu()

    def report(self, what: str) -> None:
        wall, cpu = time.monotonic(), _cpu()
        took = f"{wall - self._wall:,.0f} s, {cpu - self._cpu:,.0f} s of processors' time"
        print(f"{what}: {took}", flush=True)
        self._wall, self._cpu = time.monotonic(), _cpu()


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    main()
