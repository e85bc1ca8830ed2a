"""One request at a time for each host, with a pause between, or longer if the host asks for it."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Protocol

from generator.linkcheck.url_safety import LinkRefusedError
from generator.linkcheck.verdicts import Failure


class Clock(Protocol):
    """A monotonic clock in seconds, and a way to wait."""

    def now(self) -> float: ...

    def wait(self, seconds: float) -> None: ...


class SystemClock:
    """The machine's clock; ``stop`` ends every wait."""

    def __init__(self) -> None:
        self.stop = threading.Event()

    def now(self) -> float:
        return time.monotonic()

    def wait(self, seconds: float) -> None:
        self.stop.wait(seconds)


class RateLimiter:
    """Gives each host one request at a time. ``longest`` is the longest wait, in seconds."""

    def __init__(self, clock: Clock, pause: float, longest: float) -> None:
        self._clock = clock
        self._pause = pause
        self._longest = longest
        self._guard = threading.Lock()
        self._turns: dict[str, threading.Lock] = {}
        self._free: dict[str, float] = {}

    @contextmanager
    def slot(self, host: str) -> Iterator[None]:
        """The slot of one request. ``LinkRefusedError`` if the host asks for too long a wait."""
        with self._guard:
            lock = self._turns.setdefault(host, threading.Lock())
        with lock:
            wait = self._free.get(host, -math.inf) - self._clock.now()
            if wait > self._longest:
                raise LinkRefusedError(Failure.RESTING, host)
            if wait > 0:
                self._clock.wait(wait)
            try:
                yield
            finally:
                self.delay(host, self._pause)

    def delay(self, host: str, seconds: float) -> None:
        """Send no request to the host for so many seconds."""
        until = self._clock.now() + seconds
        with self._guard:
            self._free[host] = max(self._free.get(host, until), until)


def retry_after(value: str, now: datetime | None = None) -> float:
    """The seconds in a `Retry-After` header (RFC 9110, 10.2.3), or 0 if it is invalid."""
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - (now or datetime.now(UTC))).total_seconds())
