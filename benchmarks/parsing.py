"""Times PyYAML's loader in C on the files of a project, in a separate process.

    python -m benchmarks.parsing PROJECT

The process holds nothing else that would slow down its garbage collector.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import yaml


def main() -> None:
    """Print the seconds."""
    (project,) = sys.argv[1:]
    folders = (Path(project) / name for name in ("briefings", "data"))
    texts = [file.read_bytes() for folder in folders for file in sorted(folder.rglob("*.yml"))]
    for _ in range(2):  # the first time isn't counted
        before = time.perf_counter()
        for text in texts:
            yaml.load(text, Loader=yaml.CSafeLoader)
        took = time.perf_counter() - before
    print(took)


if __name__ == "__main__":
    main()
