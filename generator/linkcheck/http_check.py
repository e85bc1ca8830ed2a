"""One link, asked: HEAD, then GET, along its redirects, a bounded number of times."""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import httpcore

from generator.linkcheck import page_fingerprint
from generator.linkcheck.pinned_network import PinnedBackend, Resolve, look_up
from generator.linkcheck.rate_limit import RateLimiter, retry_after
from generator.linkcheck.url_safety import LinkRefusedError, Target, printable, redirected, target
from generator.linkcheck.verdicts import PASSING, Answer, Failure, Hop, Seen, difference

_REDIRECTS = {301, 302, 303, 307, 308}
_BUSY = {429, 500, 502, 503, 504}
#: Failures that GET would meet as well as HEAD.
_GIVES_UP = {
    Failure.NO_HOST, Failure.UNRESOLVED, Failure.REFUSED, Failure.CERTIFICATE, Failure.TLS,
    Failure.LOOP, Failure.RESTING, Failure.PRIVATE, Failure.SCHEME, Failure.PORT, Failure.ADDRESS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """How far asking goes: seconds, numbers of tries and of redirects, bytes of a body."""

    connect: float = 10.0
    read: float = 20.0
    link: float = 60.0
    retries: int = 2
    backoff: float = 2.0
    redirects: int = 10
    body: int = 2 * 2**20


@dataclass(frozen=True, slots=True)
class _Raw:
    """An answer as it came; ``whole`` where all of the body was read."""

    status: int
    headers: dict[str, str]
    body: bytes = b""
    whole: bool = False


class LinkClient:
    """Asks links; several threads can share one."""

    def __init__(
        self,
        hosts: RateLimiter,
        agent: str,
        *,
        limits: Limits | None = None,
        resolve: Resolve = look_up,
        allow_private: bool = False,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._hosts = hosts
        self._agent = agent
        self._limits = limits or Limits()
        self._resolve = resolve
        self._allow_private = allow_private
        self._trust = trust or httpcore.default_ssl_context()

    def ask(self, url: str, before: Seen | None = None) -> Answer:
        """What comes of asking for ``url``; a page that is as ``before`` isn't fetched again."""
        left = _Left(self._limits.link)
        answer = self._tried(url, before, left)
        if before and answer.seen and before.text and difference(before, answer.seen):
            again = self._follow("GET", answer, left)
            if again.seen and again.seen.text != answer.seen.text:
                # It differs from visit to visit, so its text tells nothing.
                return replace(answer, seen=replace(answer.seen, text=""))
        return answer

    def fetch(self, url: str) -> tuple[int, bytes]:
        """The status and the body that ``url`` gives itself; ``LinkRefusedError`` where nothing."""
        raw = self._exchange(
            "GET", target(url, any_port=self._allow_private), _Left(self._limits.link)
        )
        return raw.status, raw.body

    def _tried(self, url: str, before: Seen | None, left: _Left) -> Answer:
        answer = Answer(url)
        for attempt in range(self._limits.retries + 1):
            latest = self._once(url, before, left)
            if attempt and latest.failure is Failure.RESTING:
                break  # what it said before tells more
            answer = latest
            passing = answer.failure in PASSING or answer.status in _BUSY
            if not passing or left.none:
                break
            if attempt < self._limits.retries:
                host = target(answer.url, any_port=True).host
                self._hosts.rest(host, self._limits.backoff * 2**attempt)
        return answer

    def _once(self, url: str, before: Seen | None, left: _Left) -> Answer:
        begun = Answer(url)
        head = self._follow("HEAD", begun, left)
        if head.failure in _GIVES_UP or head.status == 429:
            return head
        sound = 200 <= head.status < 300
        if sound and before and before.tag and head.seen and head.seen.tag == before.tag:
            return replace(head, seen=before)
        got = self._follow("GET", head if sound else begun, left)
        return head if got.failure is Failure.RESTING else got

    def _follow(self, method: str, begun: Answer, left: _Left) -> Answer:
        url, hops = begun.url, begun.hops
        known = {url}
        while True:
            try:
                asked = target(url, any_port=self._allow_private)
                raw = self._exchange(method, asked, left)
                location = raw.headers.get("location")
                if raw.status not in _REDIRECTS or not location:
                    return self._answer(url, hops, raw)
                to = redirected(url, location)
            except LinkRefusedError as error:
                return Answer(url, 0, error.failure, error.detail, hops)
            hops = (*hops, Hop(raw.status, to))
            if to in known or len(hops) > self._limits.redirects:
                return Answer(url, raw.status, Failure.LOOP, printable(to), hops)
            known.add(to)
            url = to

    def _answer(self, url: str, hops: tuple[Hop, ...], raw: _Raw) -> Answer:
        tag = printable(raw.headers.get("etag") or raw.headers.get("last-modified") or "")
        kind = raw.headers.get("content-type", "")
        seen = page_fingerprint.seen(raw.body, kind, whole=raw.whole, tag=tag)
        wall = "challenge" in raw.headers.get("cf-mitigated", "") or page_fingerprint.is_wall(
            seen.title
        )
        return Answer(url, raw.status, hops=hops, wall=wall, seen=seen)

    def _exchange(self, method: str, asked: Target, left: _Left) -> _Raw:
        with self._hosts.turn(asked.host), left.spending(), _failures(asked.host):
            raw = self._request(method, asked, left)
        if raw.status in (429, 503):
            self._hosts.rest(asked.host, retry_after(raw.headers.get("retry-after", "")))
        return raw

    def _request(self, method: str, asked: Target, left: _Left) -> _Raw:
        limits = self._limits
        scheme, host = asked.scheme.encode(), asked.host.encode()
        wire = PinnedBackend(
            self._resolve, time.monotonic() + left.seconds, allow_private=self._allow_private
        )
        connection = httpcore.HTTPConnection(
            httpcore.Origin(scheme, host, asked.port),
            ssl_context=self._trust,
            network_backend=wire,
        )
        waits = {"connect": limits.connect, "read": limits.read, "write": limits.read}
        headers: dict[bytes | str, bytes | str] = {
            "Host": asked.authority,
            "User-Agent": self._agent,
            "Accept": "text/html,*/*;q=0.5",
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        with (
            connection,
            connection.stream(
                method,
                httpcore.URL(scheme=scheme, host=host, port=asked.port, target=asked.path.encode()),
                headers=headers,
                extensions={"timeout": waits},
            ) as response,
        ):
            named = {
                key.decode("latin-1").lower(): value.decode("utf-8", "replace")
                for key, value in response.headers
            }
            raw = _Raw(response.status, named)
            if method == "HEAD" or raw.status in _REDIRECTS:
                return raw
            body, whole = _body(response, named.get("content-encoding", ""), limits.body)
        return replace(raw, body=body, whole=whole)


class _Left:
    """The seconds that one link may still take; the waits for a host's turn don't count."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    @property
    def none(self) -> bool:
        return self.seconds <= 0

    @contextmanager
    def spending(self) -> Iterator[None]:
        began = time.monotonic()
        try:
            yield
        finally:
            self.seconds -= time.monotonic() - began


def _body(response: httpcore.Response, encoding: str, most: int) -> tuple[bytes, bool]:
    """The body, unpacked, up to ``most`` bytes of it, and whether it came as it should.

    Of a file that is no text only the beginning is read. Reading ends at the same byte each time,
    so that cut bodies can be compared.
    """
    packed = encoding.strip().lower() in ("gzip", "x-gzip", "deflate")
    unpacker = zlib.decompressobj(47)  # gzip or zlib, whichever it is
    body, size = bytearray(), 0
    try:
        for chunk in response.iter_stream():
            size += len(chunk)
            body += unpacker.decompress(chunk, most + 1 - len(body)) if packed else chunk
            if len(body) > most or size > most:
                break
            if len(body) >= 512 and not page_fingerprint.is_text(bytes(body[:512])):
                break
    except (httpcore.RemoteProtocolError, httpcore.ReadError, zlib.error):
        return bytes(body[:most]), False
    known = encoding.strip().lower() in ("", "identity") or packed
    return bytes(body[:most]), known


@contextmanager
def _failures(host: str) -> Iterator[None]:
    """What can go wrong on the network, as an answer."""
    try:
        yield
    except httpcore.TimeoutException:
        raise LinkRefusedError(Failure.TIMEOUT, host) from None
    except httpcore.ConnectError as error:
        raise _not_connected(host, error.__cause__) from None
    except (httpcore.NetworkError, OSError):
        raise LinkRefusedError(Failure.LOST, host) from None
    except httpcore.ProtocolError as error:
        gone = "disconnected" in str(error)
        raise LinkRefusedError(Failure.LOST if gone else Failure.NOT_HTTP, host) from None


def _not_connected(host: str, cause: BaseException | None) -> LinkRefusedError:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return LinkRefusedError(Failure.CERTIFICATE, printable(cause.verify_message))
    if isinstance(cause, ssl.SSLError):
        return LinkRefusedError(Failure.TLS, printable(cause.reason or str(cause)))
    if isinstance(cause, ConnectionRefusedError):
        return LinkRefusedError(Failure.REFUSED, host)
    return LinkRefusedError(Failure.LOST, host)
