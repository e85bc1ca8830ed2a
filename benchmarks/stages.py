"""How long it takes from YAML to Markdown, without data files, in a process of its own that has
made a page already: what each process does once isn't counted.

    python -m benchmarks.stages PROJECT CACHE

The project is one of `benchmarks.corpus`.
"""

from __future__ import annotations

import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from generator.cache import Cache
from generator.checks.rule import Options
from generator.making import make
from generator.parts import Unit
from generator.pipeline import Pipeline
from generator.tree import Tree
from generator.units import Made, pages
from generator.view import Settings
from generator.workers import uncollected

#: It refers to no other.
_FIRST = "briefings/matter-0.yml"


def main() -> None:
    """Print the seconds."""
    project, cache = map(Path, sys.argv[1:])
    files = Tree(project / "briefings", project / "data")
    few = {path: files[path] for path in files if path.startswith("data/")}
    with closing(Pipeline(Cache())) as first:
        make(first, first.read(few | {_FIRST: files[_FIRST]}), Settings())
    before = time.perf_counter()
    with uncollected():  # as in `briefings`, a process that ends when all is done
        pipeline = Pipeline(Cache(cache))
        known = pipeline.read(files)
        pipeline.problems(known, Options())
        make(pipeline, known.published(), Settings(name="Corpus"), made_of=_pages_only)
    print(time.perf_counter() - before)


def _pages_only(unit: Unit, *given: Any) -> Made:
    """The page of a briefing; what tells of several of them isn't part of this figure."""
    return Made(pages(unit, *given) if unit.kind == "briefings" else ())


if __name__ == "__main__":
    main()
