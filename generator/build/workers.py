"""Work spread over the processors: in processes forked from this one, where there are any."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Thread
from typing import Any, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

#: Seconds between two looks at whether the process that began this one is still there.
_LOOK = 0.5
#: What the workers do, and to what: they have it by being forked, so nothing of it is copied.
_task: tuple[Callable[[Any], Any], Sequence[Any]] | None = None


def processors() -> int:
    """How many processes to work in: `BRIEFINGS_JOBS`, or the processors this one may use."""
    told = os.environ.get("BRIEFINGS_JOBS", "")
    if told.isdecimal() and int(told):
        return int(told)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_fork() -> bool:
    """Whether a process can be forked from this one: on Windows not at all, on macOS not safely."""
    return sys.platform not in ("win32", "darwin")


def parallel_map(
    work: Callable[[_Item], _Result], items: Sequence[_Item], jobs: int
) -> Iterator[_Result]:
    """``work`` of each item, as each is done.

    In this process where one job is enough, or where processes can't be forked.
    """
    global _task
    jobs = min(jobs, len(items))
    if jobs < 2 or not can_fork():
        for item in items:
            with gc_paused():
                result = work(item)
            yield result
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor, as_completed

    _task = work, items
    try:
        context = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin) as pool:
            for done in as_completed([pool.submit(_run, number) for number in range(len(items))]):
                yield done.result()
    finally:
        _task = None


@contextmanager
def gc_paused() -> Iterator[None]:
    """While much is made of which nothing is garbage yet: looking for some would take three times
    as long as to make it.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def exit_with_parent() -> None:
    """See to it that this process ends when the one that began it was killed."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK)
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def _begin() -> None:
    exit_with_parent()
    # What is there already stays; a look at each of it would copy it into this process.
    gc.freeze()
    gc.disable()


def _run(number: int) -> Any:
    assert _task
    work, items = _task
    try:
        return work(items[number])
    finally:
        # What this item left behind; what was kept earlier needn't be looked at again.
        gc.collect(0)
