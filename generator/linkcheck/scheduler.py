"""Many links at once, those of one host one after the other."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from generator.linkcheck.find_links import Link
from generator.linkcheck.url_safety import LinkRefusedError, target

_Result = TypeVar("_Result")


def by_host(links: Iterable[Link]) -> list[list[Link]]:
    """``links`` in groups of one host, the longest first: it takes longest."""
    groups: dict[str, list[Link]] = {}
    for link in links:
        groups.setdefault(_host(link.url), []).append(link)
    return sorted(groups.values(), key=len, reverse=True)


def _host(url: str) -> str:
    try:
        return target(url, any_port=True).host
    except LinkRefusedError:
        return ""


def visits(
    groups: Iterable[list[Link]],
    work: Callable[[Link], _Result],
    jobs: int,
    stop: threading.Event,
) -> Iterator[tuple[Link, _Result]]:
    """Each link with what ``work`` gives, as it comes; ``jobs`` groups at a time.

    Once ``stop`` is set no link is begun; one that is being asked goes on by itself and is not
    waited for, so that a user who stops the program needn't wait for a slow server.
    """
    waiting: queue.SimpleQueue[list[Link]] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[Link, _Result] | BaseException] = queue.SimpleQueue()
    count = 0
    for group in groups:
        waiting.put(group)
        count += len(group)

    def run() -> None:
        try:
            while not stop.is_set():
                for link in waiting.get_nowait():
                    if stop.is_set():
                        return
                    done.put((link, work(link)))
        except queue.Empty:
            return
        except BaseException as error:  # the main thread raises it
            done.put(error)

    for _ in range(min(jobs, waiting.qsize())):
        threading.Thread(target=run, daemon=True).start()
    try:
        for _ in range(count):
            got = done.get()
            if isinstance(got, BaseException):
                raise got
            yield got
    finally:
        stop.set()
