"""Commands run and measured: their time, and the memory of all their processes."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.2
_KIB = 1024


@dataclass(frozen=True, slots=True)
class Run:
    """What one command took: seconds, and peak bytes. Shared memory is counted once (PSS)."""

    seconds: float
    memory: int


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Run:
    """Run a command to its end. RuntimeError with its output if it fails."""
    variables = {**os.environ, **environment}
    # Without it, Python keeps compiled modules, as on the machines of authors.
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    before = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=folder,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        watch = Watch(process.pid)
        said, _ = process.communicate()
    seconds = time.perf_counter() - before
    watch.end()
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}:\n{said.decode()[-2000:]}")
    return Run(seconds, watch.memory)


class Watch:
    """The memory of a process and its children, measured every fifth of a second."""

    def __init__(self, root: int) -> None:
        self._root = root
        self.memory = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stop measuring."""
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(_EVERY):
            memory = sum(map(_proportional, _family(self._root)))
            self.memory = max(self.memory, memory)


def _family(root: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and (status := _read(entry / "stat")):
            parent = int(status.rpartition(")")[2].split()[1])
            parents.setdefault(parent, []).append(int(entry.name))
    family = [root]
    for process in family:
        family += parents.get(process, [])
    return family


def _proportional(process: int) -> int:
    for line in _read(Path(f"/proc/{process}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * _KIB
    return 0


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:  # it has ended
        return ""
