"""A server on this machine that misbehaves in every way, for tests of what asks it.

The path says how: `/slow-headers`, `/gzip-bomb` and so on are the functions below.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache

PAGE = b"<!doctype html><title>Gauge (fictional)</title><main><p>The water falls.</p></main>"
_BIG = 1 << 20
#: What is endless ends after so many bytes or seconds, so that a test fails and does not hang.
_ENDLESS = 50_000_000
_PATIENCE = 20.0


class FakeClock:
    """A clock that goes on only when someone waits, and remembers each wait."""

    def __init__(self) -> None:
        self.time = 0.0
        self.waits: list[float] = []
        self._guard = threading.Lock()

    def now(self) -> float:
        return self.time

    def wait(self, seconds: float) -> None:
        with self._guard:
            self.waits.append(seconds)
            self.time += seconds


@dataclass
class Request:
    """What was asked: method, path, and headers by their names in lower case."""

    method: str
    path: str
    headers: dict[str, str]


@dataclass
class Server:
    """A running server: its address, what it was asked, and how many asked at once.

    It thinks for ``thinking`` seconds before each answer. ``answers`` holds, by path, answers that
    are given in turn, the last one ever again. ``sent`` counts the bytes of endless answers.
    """

    host: str
    port: int
    closed: threading.Event = field(default_factory=threading.Event)
    requests: list[Request] = field(default_factory=list)
    busy: int = 0
    busiest: int = 0
    sent: int = 0
    thinking: float = 0.0
    guard: threading.Lock = field(default_factory=threading.Lock)
    answers: dict[str, list[bytes]] = field(default_factory=dict)

    def url(self, path: str, host: str = "", scheme: str = "http") -> str:
        return f"{scheme}://{host or self.host}:{self.port}{path}"

    def asked(self, path: str) -> list[str]:
        """The methods that ``path`` was asked with."""
        return [request.method for request in self.requests if request.path == path]


Talk = tuple[Server, socket.socket, Request]
_WAYS: dict[str, Callable[[Server, socket.socket, Request], None]] = {}


def _way(function: Callable[[Server, socket.socket, Request], None]) -> None:
    _WAYS[f"/{function.__name__.strip('_').replace('_', '-')}"] = function


def answer(
    status: str = "200 OK", body: bytes = PAGE, *headers: str, kind: str = "text/html"
) -> bytes:
    """A whole answer, as bytes."""
    lines = [
        f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers
    ]  # fmt: skip
    return "\r\n".join([*lines, "", ""]).encode() + body


def _patiently(server: Server) -> Iterator[None]:
    """Again and again, with pauses, until the server is closed or far too long is over."""
    for _ in range(int(_PATIENCE / 0.01)):
        if server.closed.wait(0.01):
            return
        yield


def redirect(to: str, status: str = "301 Moved Permanently") -> bytes:
    return answer(status, b"", f"Location: {to}")


@_way
def _never_answers(server: Server, talk: socket.socket, request: Request) -> None:
    server.closed.wait(_PATIENCE)


@_way
def _slow_headers(server: Server, talk: socket.socket, request: Request) -> None:
    talk.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in _patiently(server):
        talk.sendall(b"x")


@_way
def _trickling_body(server: Server, talk: socket.socket, request: Request) -> None:
    talk.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n")
    for _ in _patiently(server) if request.method == "GET" else ():
        talk.sendall(b"x")


@_way
def _endless_body(server: Server, talk: socket.socket, request: Request) -> None:
    talk.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Endless</title>")
    while request.method == "GET" and server.sent < _ENDLESS:
        server.sent += talk.send(b"word " * 10_000)


@_way
def _endless_file(server: Server, talk: socket.socket, request: Request) -> None:
    talk.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n%PDF-1.7 ")
    while request.method == "GET" and server.sent < _ENDLESS:
        server.sent += talk.send(b"\0" * 50_000)


@cache
def _bomb() -> bytes:
    return gzip.compress(b"<title>Bomb</title>" + b"\x20" * (16 * _BIG), 1)


@_way
def _gzip_bomb(server: Server, talk: socket.socket, request: Request) -> None:
    talk.sendall(answer("200 OK", _bomb(), "Content-Encoding: gzip"))


@_way
def _endless_gzip(server: Server, talk: socket.socket, request: Request) -> None:
    """Packed data that unpacks to nothing, on and on."""
    talk.sendall(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
    talk.sendall(b"\x1f\x8b\x08\x08\0\0\0\0\0\0")  # then a file's name that does not end
    while request.method == "GET" and server.sent < _ENDLESS:
        server.sent += talk.send(b"x" * 50_000)


@_way
def _not_gzip(server: Server, talk: socket.socket, request: Request) -> None:
    talk.sendall(answer("200 OK", PAGE, "Content-Encoding: gzip"))


@_way
def _lying_length(server: Server, talk: socket.socket, request: Request) -> None:
    talk.sendall(answer().replace(b"Content-Length: ", b"Content-Length: 9"))


@_way
def _lying_type(server: Server, talk: socket.socket, request: Request) -> None:
    talk.sendall(answer("200 OK", b"%PDF-1.7\n\0\1\2", kind="text/html; charset=utf-8"))


@_way
def _unknown_charset(server: Server, talk: socket.socket, request: Request) -> None:
    talk.sendall(answer(kind="text/html; charset=klingon"))


@_way
def _invalid_status(server: Server, talk: socket.socket, request: Request) -> None:
    talk.sendall(b"ICY twohundred fine\r\n\r\n")


@_way
def _header_flood(server: Server, talk: socket.socket, request: Request) -> None:
    talk.sendall(b"HTTP/1.1 200 OK\r\n")
    while server.sent < _ENDLESS:
        server.sent += talk.send(b"X-Flood: " + b"x" * 1000 + b"\r\n")


@_way
def _endless_hints(server: Server, talk: socket.socket, request: Request) -> None:
    for _ in _patiently(server):
        talk.sendall(b"HTTP/1.1 103 Early Hints\r\n\r\n")


@_way
def _reset(server: Server, talk: socket.socket, request: Request) -> None:
    talk.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


@_way
def _closes(server: Server, talk: socket.socket, request: Request) -> None:
    """Takes the question and hangs up."""


@_way
def _loop(server: Server, talk: socket.socket, request: Request) -> None:
    talk.sendall(redirect("/loop-back", "302 Found"))


@_way
def _loop_back(server: Server, talk: socket.socket, request: Request) -> None:
    talk.sendall(redirect("/loop", "302 Found"))


@_way
def _head_refused(server: Server, talk: socket.socket, request: Request) -> None:
    refused = answer("405 Method Not Allowed", b"", "Allow: GET")
    talk.sendall(refused if request.method == "HEAD" else answer())


@_way
def _head_hangs_up(server: Server, talk: socket.socket, request: Request) -> None:
    if request.method == "GET":
        talk.sendall(answer())


@_way
def _head_lies(server: Server, talk: socket.socket, request: Request) -> None:
    talk.sendall(answer() if request.method == "HEAD" else answer("404 Not Found"))


@_way
def _on_and_on(server: Server, talk: socket.socket, request: Request) -> None:
    _, _, number = request.path.partition("?")
    talk.sendall(redirect(f"/on-and-on?{int(number or 0) + 1}", "302 Found"))


@contextmanager
def running(tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[Server]:
    """A server that runs until the block ends; it answers with ``PAGE`` where no path says else."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    threads: list[threading.Thread] = []
    with socket.create_server((host, 0), family=family, backlog=128) as listener:
        server = Server(f"[{host}]" if ":" in host else host, listener.getsockname()[1])

        def accept() -> None:
            while True:
                try:
                    talk, _ = listener.accept()
                except OSError:
                    return
                thread = threading.Thread(target=_talk, args=(server, talk, tls), daemon=True)
                thread.start()
                threads.append(thread)

        accepting = threading.Thread(target=accept, daemon=True)
        accepting.start()
        try:
            yield server
        finally:
            server.closed.set()
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            accepting.join(5)
            for thread in threads:
                thread.join(5)


def _talk(server: Server, talk: socket.socket, tls: ssl.SSLContext | None) -> None:
    talk.settimeout(5)
    try:
        if tls:
            talk = tls.wrap_socket(talk, server_side=True)
        request = _read(talk)
        if request:
            _count(server, request)
            _respond(server, talk, request)
    except OSError:
        pass  # the other side had enough
    finally:
        talk.close()


def _count(server: Server, request: Request) -> None:
    """Count a request from when it is there until its answer begins."""
    with server.guard:
        server.requests.append(request)
        server.busy += 1
        server.busiest = max(server.busiest, server.busy)
    server.closed.wait(server.thinking)
    with server.guard:
        server.busy -= 1


def _respond(server: Server, talk: socket.socket, request: Request) -> None:
    answers = server.answers.get(request.path)
    way = _WAYS.get(request.path.partition("?")[0])
    if answers:
        with server.guard:
            now = answers.pop(0) if len(answers) > 1 else answers[0]
        talk.sendall(now)
    elif way:
        way(server, talk, request)
    else:
        talk.sendall(answer())


def _read(talk: socket.socket) -> Request | None:
    head = b""
    while b"\r\n\r\n" not in head:
        received = talk.recv(65_536)
        if not received:
            return None
        if received.startswith(b"\x16"):  # TLS, which this server doesn't speak
            talk.sendall(answer("400 Bad Request"))
            return None
        head += received
    first, *rest = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    method, path, _ = first.split(" ")
    headers = dict(line.split(": ", 1) for line in rest)
    return Request(method, path, {key.lower(): value for key, value in headers.items()})
