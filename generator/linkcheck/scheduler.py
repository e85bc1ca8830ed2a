"""Checks links of different hosts concurrently, and those of one host one after the other."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from generator.linkcheck.find_links import Link
from generator.linkcheck.url_safety import LinkRefusedError, target

_Result = TypeVar("_Result")


def by_host(links: Iterable[Link]) -> list[list[Link]]:
    """``links`` in groups of one host. The longest comes first, because it takes longest."""
    groups: dict[str, list[Link]] = {}
    for link in links:
        groups.setdefault(_host(link.url), []).append(link)
    return sorted(groups.values(), key=len, reverse=True)


def _host(url: str) -> str:
    try:
        return target(url, any_port=True).host
    except LinkRefusedError:
        return ""


def check_all(
    groups: Iterable[list[Link]],
    work: Callable[[Link], _Result],
    jobs: int,
    stop: threading.Event,
) -> Iterator[tuple[Link, _Result]]:
    """Each link with the result of ``work``, in order of completion; ``jobs`` groups at a time.

    Once ``stop`` is set, no further link starts. A running request is not waited for, so that a
    user who stops the program needn't wait for a slow server.
    """
    pending: queue.SimpleQueue[list[Link]] = queue.SimpleQueue()
    results: queue.SimpleQueue[tuple[Link, _Result] | BaseException] = queue.SimpleQueue()
    count = 0
    for group in groups:
        pending.put(group)
        count += len(group)

    def run() -> None:
        try:
            while not stop.is_set():
                for link in pending.get_nowait():
                    if stop.is_set():
                        return
                    results.put((link, work(link)))
        except queue.Empty:
            return
        except BaseException as error:  # the main thread raises it
            results.put(error)

    for _ in range(min(jobs, pending.qsize())):
        threading.Thread(target=run, daemon=True).start()
    try:
        for _ in range(count):
            result = results.get()
            if isinstance(result, BaseException):
                raise result
            yield result
    finally:
        stop.set()
