"""Request one link: HEAD, then GET, following redirects, a limited number of times."""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import httpcore

from generator.linkcheck import page_fingerprint
from generator.linkcheck.pinned_network import PinnedBackend, Resolve, look_up
from generator.linkcheck.rate_limit import RateLimiter, retry_after
from generator.linkcheck.url_safety import LinkRefusedError, Target, printable, redirected, target
from generator.linkcheck.verdicts import TEMPORARY, Answer, Failure, Hop, Seen, difference

_REDIRECTS = {301, 302, 303, 307, 308}
_BUSY = {429, 500, 502, 503, 504}
#: Failures of HEAD that GET may not have.
_OF_HEAD = {Failure.LOST, Failure.TIMEOUT, Failure.NOT_HTTP}


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one check: seconds, numbers of retries and redirects, bytes of a body."""

    connect: float = 10.0
    read: float = 20.0
    link: float = 60.0
    retries: int = 2
    backoff: float = 2.0
    redirects: int = 10
    body: int = 2 * 2**20


@dataclass(frozen=True, slots=True)
class _Raw:
    """An HTTP response. ``is_complete`` is true if its body was read to the end."""

    status: int
    headers: dict[str, str]
    body: bytes = b""
    is_complete: bool = False


@dataclass(frozen=True, slots=True)
class LinkClient:
    """Requests links. Several threads can share one client."""

    rate_limiter: RateLimiter
    agent: str
    limits: Limits = Limits()
    resolve: Resolve = look_up
    allow_private: bool = False
    trust: ssl.SSLContext = field(default_factory=httpcore.default_ssl_context)

    def ask(self, url: str, before: Seen | None = None) -> Answer:
        """The answer for ``url``. A page that is the same as ``before`` isn't fetched again."""
        budget = _TimeBudget(self.limits.link)
        answer = self._with_retries(url, before, budget)
        if before and answer.seen and before.text and difference(before, answer.seen):
            again = self._follow("GET", answer, budget)
            if again.seen and again.seen.text != answer.seen.text:
                # Its text differs with each request, so it can't be compared.
                return replace(answer, seen=replace(answer.seen, text=""))
        return answer

    def fetch(self, url: str) -> tuple[int, bytes]:
        """The status and body of ``url``, without redirects. ``LinkRefusedError`` on failure."""
        raw = self._request_in_turn(
            "GET", target(url, any_port=self.allow_private), _TimeBudget(self.limits.link)
        )
        return raw.status, raw.body

    def _with_retries(self, url: str, before: Seen | None, budget: _TimeBudget) -> Answer:
        answer = Answer(url)
        for attempt in range(self.limits.retries + 1):
            latest = self._single_try(url, before, budget)
            if attempt and latest.failure is Failure.RESTING:
                break  # the earlier answer says more
            answer = latest
            passing = answer.failure in TEMPORARY or answer.status in _BUSY
            if not passing or budget.is_spent:
                break
            if attempt < self.limits.retries:
                host = target(answer.url, any_port=True).host
                self.rate_limiter.delay(host, self.limits.backoff * 2**attempt)
        return answer

    def _single_try(self, url: str, before: Seen | None, budget: _TimeBudget) -> Answer:
        start = Answer(url)
        head = self._follow("HEAD", start, budget)
        if (head.failure and head.failure not in _OF_HEAD) or head.status == 429:
            return head
        sound = 200 <= head.status < 300
        if sound and before and before.tag and head.seen and head.seen.tag == before.tag:
            return replace(head, seen=before)
        answer = self._follow("GET", head if sound else start, budget)
        return head if answer.failure is Failure.RESTING else answer

    def _follow(self, method: str, start: Answer, budget: _TimeBudget) -> Answer:
        url, hops = start.url, start.hops
        visited = {url}
        while True:
            try:
                request_target = target(url, any_port=self.allow_private)
                raw = self._request_in_turn(method, request_target, budget)
                location = raw.headers.get("location")
                if raw.status not in _REDIRECTS or not location:
                    return self._answer(url, hops, raw)
                to = redirected(url, location)
            except LinkRefusedError as error:
                return Answer(url, 0, error.failure, error.detail, hops)
            hops = (*hops, Hop(raw.status, to))
            if to in visited or len(hops) > self.limits.redirects:
                return Answer(url, raw.status, Failure.LOOP, printable(to), hops)
            visited.add(to)
            url = to

    def _answer(self, url: str, hops: tuple[Hop, ...], raw: _Raw) -> Answer:
        tag = printable(raw.headers.get("etag") or raw.headers.get("last-modified") or "")
        kind = raw.headers.get("content-type", "")
        seen = page_fingerprint.seen(raw.body, kind, is_complete=raw.is_complete, tag=tag)
        wall = "challenge" in raw.headers.get("cf-mitigated", "") or page_fingerprint.is_wall(
            seen.title
        )
        return Answer(url, raw.status, hops=hops, wall=wall, seen=seen)

    def _request_in_turn(self, method: str, request_target: Target, budget: _TimeBudget) -> _Raw:
        with (
            self.rate_limiter.slot(request_target.host),
            budget.spending(),
            _failures(request_target.host),
        ):
            raw = self._request(method, request_target, budget)
        if raw.status in (429, 503):
            self.rate_limiter.delay(
                request_target.host, retry_after(raw.headers.get("retry-after", ""))
            )
        return raw

    def _request(self, method: str, request_target: Target, budget: _TimeBudget) -> _Raw:
        limits = self.limits
        scheme, host = request_target.scheme.encode(), request_target.host.encode()
        backend = PinnedBackend(
            self.resolve, time.monotonic() + budget.seconds, allow_private=self.allow_private
        )
        connection = httpcore.HTTPConnection(
            httpcore.Origin(scheme, host, request_target.port),
            ssl_context=self.trust,
            network_backend=backend,
        )
        waits = {"connect": limits.connect, "read": limits.read, "write": limits.read}
        headers: dict[bytes | str, bytes | str] = {
            "Host": request_target.authority,
            "User-Agent": self.agent,
            "Accept": "text/html,*/*;q=0.5",
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        with (
            connection,
            connection.stream(
                method,
                httpcore.URL(
                    scheme=scheme,
                    host=host,
                    port=request_target.port,
                    target=request_target.path.encode(),
                ),
                headers=headers,
                extensions={"timeout": waits},
            ) as response,
        ):
            response_headers = {
                key.decode("latin-1").lower(): value.decode("utf-8", "replace")
                for key, value in response.headers
            }
            raw = _Raw(response.status, response_headers)
            if method == "HEAD" or raw.status in _REDIRECTS:
                return raw
            body, is_complete = _body(
                response, response_headers.get("content-encoding", ""), limits.body
            )
        return replace(raw, body=body, is_complete=is_complete)


@dataclass(slots=True)
class _TimeBudget:
    """The seconds left for one link. Waits of the rate limiter don't count."""

    seconds: float

    @property
    def is_spent(self) -> bool:
        return self.seconds <= 0

    @contextmanager
    def spending(self) -> Iterator[None]:
        began = time.monotonic()
        try:
            yield
        finally:
            self.seconds -= time.monotonic() - began


def _body(response: httpcore.Response, encoding: str, most: int) -> tuple[bytes, bool]:
    """Up to ``most`` bytes of the decompressed body, and whether it could be decoded.

    Of a file that is not text only the beginning is read. Reading ends at the same byte each time,
    so that truncated bodies can be compared.
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
    is_known = encoding.strip().lower() in ("", "identity") or packed
    return bytes(body[:most]), is_known


@contextmanager
def _failures(host: str) -> Iterator[None]:
    """Turn errors of the network into ``LinkRefusedError``."""
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
