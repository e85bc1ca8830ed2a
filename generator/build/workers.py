"""Spreads work over worker processes, which are forked from this one where that is possible."""

from __future__ import annotations

import atexit
import gc
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from threading import Thread, Timer
from typing import Any, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

#: Seconds between two looks at whether the parent process still runs.
_INTERVAL = 0.5
#: After so many new objects, Python looks for garbage.
_GC_THRESHOLD = 1_000_000
#: Seconds until an edited page has surely been rendered, so that no reader waits for that.
_SOON = 2.0
#: For fewer items, processes cost more than they save: each fills its own caches, such as that of
#: compiled templates. Measured with the batches of a build, each of at least 10 pages.
_FEWEST = 4
#: In a worker process, its function and its items. It inherits them, so they are not pickled.
_inherited: tuple[Callable[[Any], Any], Sequence[Any]] | None = None


def processors() -> int:
    """How many processes to work in: `BRIEFINGS_JOBS`, or the processors this one may use."""
    setting = os.environ.get("BRIEFINGS_JOBS", "")
    if setting.isdecimal() and int(setting):
        return int(setting)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_fork() -> bool:
    """Whether a process can be forked from this one: on Windows not at all, on macOS not safely."""
    return sys.platform not in ("win32", "darwin")


def parallel_map(
    work: Callable[[_Item], _Result], items: Sequence[_Item], jobs: int
) -> Iterator[_Result]:
    """The result of ``work`` for each item, as soon as it is there.

    The work is done in this process if ``jobs`` is 1, if the items are few, or if processes can't
    be forked.
    """
    jobs = min(jobs, len(items))
    if jobs < 2 or len(items) < _FEWEST or not can_fork():
        yield from map(work, items)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor, as_completed

    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(
        jobs, context, initializer=_start_worker, initargs=(work, items)
    ) as pool:
        for future in as_completed([pool.submit(_run, number) for number in range(len(items))]):
            yield future.result()


def relax_gc() -> None:
    """Look for garbage less often, from the start of a process.

    A run keeps most of what it reads until it ends. With Python's default it would spend more time
    on looking through that than on its work.
    """
    gc.set_threshold(_GC_THRESHOLD)
    atexit.register(gc.freeze)  # at the end of the process, Python would look through all of it


def collect_garbage_soon() -> None:
    """Look for garbage in a moment, in another thread: after ``relax_gc``, Python hardly does.

    A preview runs for hours, and each of its builds leaves what it has read. Without this, memory
    grew by 6 MiB with each edit among 600 briefings.
    """
    timer = Timer(_SOON, gc.collect)
    timer.daemon = True
    timer.start()


def exit_with_parent() -> None:
    """End this process when its parent has ended, even if that was killed."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_INTERVAL)
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def _start_worker(work: Callable[[Any], Any], items: Sequence[Any]) -> None:
    global _inherited
    _inherited = work, items
    exit_with_parent()
    # Inherited objects stay in use; to look at one would copy its memory into this process.
    gc.freeze()
    gc.disable()


def _run(number: int) -> Any:
    assert _inherited
    work, items = _inherited
    try:
        return work(items[number])
    finally:
        # Only what this item left behind: older objects stay in use.
        gc.collect(0)
