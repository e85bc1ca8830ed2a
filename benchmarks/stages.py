"""Times the way from YAML to Markdown, without data files, in a separate process that has
rendered a page before: what each process does once isn't counted.

    python -m benchmarks.stages PROJECT CACHE

The project is one of `benchmarks.corpus`.
"""

from __future__ import annotations

import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from generator.build.artifacts import build_targets
from generator.build.cache import Cache
from generator.build.pipeline import Pipeline
from generator.build.targets import BriefingTarget, Target, TargetOutput
from generator.build.workers import relax_gc
from generator.reading.source_files import SourceFiles
from generator.rendering.settings import Settings
from generator.rules.base import CheckSettings

#: It refers to no other.
_FIRST = "briefings/matter-0.yml"


def main() -> None:
    """Print the seconds."""
    project, cache = map(Path, sys.argv[1:])
    files = SourceFiles(project / "briefings", project / "data")
    few = {path: files[path] for path in files if path.startswith("data/")}
    with closing(Pipeline(Cache())) as first:
        build_targets(first, first.read(few | {_FIRST: files[_FIRST]}), Settings())
    relax_gc()  # as in `briefings`
    before = time.perf_counter()
    pipeline = Pipeline(Cache(cache))
    snapshot = pipeline.read(files)
    pipeline.problems(snapshot, CheckSettings())
    build_targets(
        pipeline, snapshot.published(), Settings(name="Corpus"), render_target=_pages_only
    )
    print(time.perf_counter() - before)


def _pages_only(target: Target, *values: Any) -> TargetOutput:
    """The page of a briefing. Pages about several briefings aren't part of this figure."""
    return TargetOutput(target.render_pages(*values) if isinstance(target, BriefingTarget) else ())


if __name__ == "__main__":
    main()
