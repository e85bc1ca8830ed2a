"""The network below a request: a connection to the very address that was checked, with an end.

Names are looked up here and nowhere else, so what was checked is what is connected to, and a name
that says one thing first and another later gains nothing.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable

import httpcore

from generator.linkcheck.url_safety import LinkRefusedError, is_public, printable
from generator.linkcheck.verdicts import Failure

#: A host and a port -> its IP addresses; raises what ``socket.getaddrinfo`` does.
Resolve = Callable[[str, int], list[str]]

_UNKNOWN = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


def look_up(host: str, port: int) -> list[str]:
    """The IP addresses of a host, in the order the system would try them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


class PinnedBackend(httpcore.NetworkBackend):
    """Connects for one request. ``deadline`` is the monotonic second by which all must be over."""

    def __init__(self, resolve: Resolve, deadline: float, *, allow_private: bool) -> None:
        self._resolve = resolve
        self._deadline = deadline
        self._allow_private = allow_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first public address of ``host`` that takes one."""
        last: Exception = LinkRefusedError(Failure.NO_HOST, host)
        for address in self._checked(host, port, timeout):
            within = _within(timeout, self._deadline)
            try:
                plain = httpcore.SyncBackend().connect_tcp(address, port, timeout=within)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
            else:
                return _Ending(plain, self._deadline)
        raise last

    def _checked(self, host: str, port: int, timeout: float | None) -> list[str]:
        try:
            every = _in_time(lambda: self._resolve(host, port), _within(timeout, self._deadline))
        except socket.gaierror as error:
            failure = Failure.NO_HOST if error.errno in _UNKNOWN else Failure.UNRESOLVED
            raise LinkRefusedError(failure, host) from None
        except (UnicodeError, TimeoutError) as error:  # a part of the name is too long; no answer
            failure = Failure.NO_HOST if isinstance(error, UnicodeError) else Failure.UNRESOLVED
            raise LinkRefusedError(failure, host) from None
        fit = [one for one in every if self._allow_private or is_public(one)]
        if every and not fit:
            raise LinkRefusedError(Failure.PRIVATE, _both(host, every[0]))
        return fit


class _Ending(httpcore.NetworkStream):
    """A stream whose waits end at the deadline, however slowly a server sends."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _within(timeout, self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _within(timeout, self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        within = _within(timeout, self._deadline)
        return _Ending(self._stream.start_tls(ssl_context, server_hostname, within), self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _within(timeout: float | None, deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the deadline is over")
    return left if timeout is None else min(timeout, left)


def _in_time(work: Callable[[], list[str]], seconds: float) -> list[str]:
    """What ``work`` gives; ``TimeoutError`` after ``seconds``, as the system's look-up has no end.

    The thread that waits is left behind; it goes with the process.
    """
    done: list[list[str]] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except Exception as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        raise TimeoutError
    return done[0]


def _both(host: str, address: str) -> str:
    return host if host == address else printable(f"{host} ({address})")
