"""Network backend that connects only to the IP address that was checked, with a deadline.

Host names are resolved only here. A name that first resolves to a public address and then to a
private one (DNS rebinding) can't get around the check.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import httpcore

from generator.linkcheck.url_safety import LinkRefusedError, is_public, printable
from generator.linkcheck.verdicts import Failure

#: A host and a port -> its IP addresses; raises what ``socket.getaddrinfo`` does.
Resolve = Callable[[str, int], list[str]]

_UNKNOWN = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


def look_up(host: str, port: int) -> list[str]:
    """The IP addresses of a host, in the order the system would try them."""
    infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in infos))


@dataclass(frozen=True)
class PinnedBackend(httpcore.NetworkBackend):
    """Connects for one request, which ends at ``deadline`` (seconds of the monotonic clock)."""

    resolve: Resolve
    deadline: float
    allow_private: bool

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first public address of ``host`` that accepts one."""
        last: Exception = LinkRefusedError(Failure.NO_HOST, host)
        for address in self._checked(host, port, timeout):
            within = _time_left(timeout, self.deadline)
            try:
                plain = httpcore.SyncBackend().connect_tcp(address, port, timeout=within)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
            else:
                return _DeadlineStream(plain, self.deadline)
        raise last

    def _checked(self, host: str, port: int, timeout: float | None) -> list[str]:
        try:
            addresses = _with_timeout(
                lambda: self.resolve(host, port), _time_left(timeout, self.deadline)
            )
        except (socket.gaierror, UnicodeError, TimeoutError) as error:
            # A UnicodeError is a part of the name that is too long, a TimeoutError no answer.
            is_unknown = isinstance(error, UnicodeError) or error.errno in _UNKNOWN
            failure = Failure.NO_HOST if is_unknown else Failure.UNRESOLVED
            raise LinkRefusedError(failure, host) from None
        allowed = [address for address in addresses if self.allow_private or is_public(address)]
        if addresses and not allowed:
            named = "" if host == addresses[0] else f" ({addresses[0]})"
            raise LinkRefusedError(Failure.PRIVATE, printable(f"{host}{named}"))
        return allowed


@dataclass(frozen=True)
class _DeadlineStream(httpcore.NetworkStream):
    """A stream whose reads and writes end at the deadline, however slowly a server sends."""

    stream: httpcore.NetworkStream
    deadline: float

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, _time_left(timeout, self.deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, _time_left(timeout, self.deadline))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        within = _time_left(timeout, self.deadline)
        return _DeadlineStream(
            self.stream.start_tls(ssl_context, server_hostname, within), self.deadline
        )

    def get_extra_info(self, info: str) -> object:
        return self.stream.get_extra_info(info)


def _time_left(timeout: float | None, deadline: float) -> float:
    remaining = deadline - time.monotonic()
    if remaining <= 0:
        raise httpcore.ReadTimeout("the deadline is over")
    return remaining if timeout is None else min(timeout, remaining)


def _with_timeout(work: Callable[[], list[str]], seconds: float) -> list[str]:
    """The result of ``work``, or ``TimeoutError`` after ``seconds``.

    The system's look-up has no timeout. A thread that still waits for it ends with the process.
    """
    results: list[list[str]] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except Exception as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not results:
        raise TimeoutError
    return results[0]
