"""Asking a link: a server on this machine misbehaves in every way, and is told for what it is."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpcore
import pytest
import trustme

from generator.linkcheck import pinned_network
from generator.linkcheck.http_check import Limits, LinkClient
from generator.linkcheck.rate_limit import RateLimiter
from generator.linkcheck.verdicts import Answer, Outcome, Seen, Verdict, judge
from tests.misbehaving import PAGE, FakeClock, Server, answer, redirect, running

PATIENT = Limits(retries=0, redirects=5, body=100_000)
#: For servers that would keep a caller for ever.
QUICK = replace(PATIENT, connect=0.2, read=0.1, link=0.3)
#: As good as the system's certificates where none matters, and faster.
NO_TRUST = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
PUBLIC = "93.184.216.34"


def here(host: str, port: int) -> list[str]:
    """A resolver to which every name is this machine."""
    return ["127.0.0.1"]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def own() -> Iterator[Server]:
    """A server of this test's own, to count what it was asked."""
    with running() as server:
        yield server


def asker(limits: Limits = PATIENT, clock: FakeClock | None = None, **more: Any) -> LinkClient:
    hosts = RateLimiter(clock or FakeClock(), 1.0, 60.0)
    given: dict[str, Any] = {"resolve": here, "allow_private": True, "trust": NO_TRUST} | more
    return LinkClient(hosts, "briefing-site/test", limits=limits, **given)


def judged(url: str, client: LinkClient | None = None) -> Verdict:
    return judge(url, (client or asker()).ask(url))


def test_a_page_that_is_there_is_asked_twice_and_seen(own: Server) -> None:
    url = own.url("/gauge?a=1#part")
    got = asker().ask(url)
    assert judge(url, got) == Verdict(Outcome.OK, "")
    assert got.seen
    assert (got.seen.kind, got.seen.title) == ("text", "Gauge (fictional)")
    assert own.asked("/gauge?a=1") == ["HEAD", "GET"]
    head = own.requests[0].headers
    assert head["user-agent"] == "briefing-site/test"
    assert head["host"] == f"127.0.0.1:{own.port}"


LATE = "The host 127.0.0.1 did not answer in time."
LOST = "The host 127.0.0.1 closed the connection early."
STRANGE = "What the host 127.0.0.1 sent is not HTTP."


@pytest.mark.parametrize(
    ("path", "outcome", "why"),
    [
        ("/reset", Outcome.UNSURE, LOST),
        ("/closes", Outcome.UNSURE, LOST),
        ("/invalid-status", Outcome.UNSURE, STRANGE),
        ("/header-flood", Outcome.UNSURE, STRANGE),
        ("/head-lies", Outcome.DEAD, "It answers 404 (Not Found)."),
        ("/head-refused", Outcome.OK, ""),
        ("/head-hangs-up", Outcome.OK, ""),
        ("/lying-length", Outcome.OK, ""),
        ("/not-gzip", Outcome.OK, ""),
        ("/unknown-charset", Outcome.OK, ""),
    ],
)
def test_misbehaviour_is_reported_for_what_it_is(
    server: Server, path: str, outcome: Outcome, why: str
) -> None:
    assert judged(server.url(path)) == Verdict(outcome, why)


@pytest.mark.parametrize(
    "path", ["/never-answers", "/slow-headers", "/trickling-body", "/endless-hints"]
)
def test_who_is_too_slow_is_left(server: Server, path: str) -> None:
    assert judged(server.url(path), asker(QUICK)) == Verdict(Outcome.UNSURE, LATE)


def test_slow_servers_are_left_when_the_links_time_is_over(own: Server) -> None:
    quick = Limits(connect=5, read=5, link=0.2, retries=5, backoff=1.0)
    assert judged(own.url("/slow-headers"), asker(quick)).why == LATE
    # HEAD took all of it: GET, and further tries, came too late for a request.
    assert own.asked("/slow-headers") == ["HEAD"]


def test_redirect_loops_and_endless_chains_end(own: Server) -> None:
    assert judged(own.url("/loop")).why == (
        f"It redirects in a circle, or too often: http://127.0.0.1:{own.port}/loop"
    )
    assert len(own.requests) == 2
    assert judged(own.url("/on-and-on")).outcome is Outcome.UNSURE
    assert len(own.requests) == 2 + PATIENT.redirects + 1


@pytest.mark.parametrize("path", ["/endless-body", "/endless-file", "/endless-gzip"])
def test_of_an_endless_body_only_a_bounded_part_is_read(own: Server, path: str) -> None:
    url = own.url(path)
    got = asker(PATIENT).ask(url)
    assert judge(url, got).outcome is Outcome.OK
    own.closed.wait(0.05)
    # What the system's buffers took is counted too.
    assert own.sent < 20_000_000
    assert got.seen
    assert got.seen.kind == ("file" if path == "/endless-file" else "text")


def test_a_bomb_is_unpacked_only_so_far(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []
    original = LinkClient._answer

    def noted(self: LinkClient, url: str, hops: Any, raw: Any) -> Answer:
        sizes.append(len(raw.body))
        return original(self, url, hops, raw)

    monkeypatch.setattr(LinkClient, "_answer", noted)
    got = asker().ask(server.url("/gzip-bomb"))
    assert got.seen
    assert got.seen.title == "Bomb"
    assert max(sizes) == PATIENT.body


def test_a_body_is_recognised_by_its_looks_not_by_its_type(server: Server) -> None:
    got = asker().ask(server.url("/lying-type"))
    assert got.seen
    assert got.seen.kind == "file"


def test_a_body_that_did_not_come_whole_is_not_compared(server: Server) -> None:
    got = asker().ask(server.url("/lying-length"))
    assert got.seen
    assert (got.seen.title, got.seen.text) == ("Gauge (fictional)", "")


def test_a_port_that_nobody_listens_at_is_dead() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closing:
        port = closing.getsockname()[1]
    assert judged(f"http://halden.example:{port}/") == Verdict(
        Outcome.DEAD, "The host halden.example accepts no connections."
    )


@pytest.mark.parametrize(
    ("error", "outcome", "why"),
    [
        (socket.gaierror(socket.EAI_NONAME, "x"), Outcome.DEAD, "There is no host halden.example."),
        (
            socket.gaierror(socket.EAI_AGAIN, "x"),
            Outcome.UNSURE,
            "The address of the host halden.example could not be looked up.",
        ),
        (UnicodeError("label too long"), Outcome.DEAD, "There is no host halden.example."),
    ],
)
def test_a_host_that_is_not_known_is_dead(error: Exception, outcome: Outcome, why: str) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise error

    assert judged("http://halden.example/", asker(resolve=resolve)) == Verdict(outcome, why)


def test_a_look_up_that_does_not_end_is_left(own: Server) -> None:
    def resolve(host: str, port: int) -> list[str]:
        own.closed.wait(30)
        return []

    got = judged("http://halden.example/", asker(QUICK, resolve=resolve))
    assert got.why == "The address of the host halden.example could not be looked up."


def test_a_permanent_redirect_is_reported_with_where_it_leads(own: Server) -> None:
    own.answers["/newer"] = [redirect(own.url("/new", "anna:secret@halden.example"))]
    url = own.url("/old#part")
    own.answers["/old"] = [redirect(own.url("/newer", "halden.example"), "308 Permanent Redirect")]
    to = own.url("/new#part", "halden.example")
    assert judged(url) == Verdict(Outcome.MOVED, f"It moved to {to}.", to)


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("file:///etc/passwd", "It leads to file:. Only http and https are checked."),
        ("javascript:alert(1)", "It leads to javascript:. Only http and https are checked."),
        ("http://[::1", "http://%5B::1 is not a web address."),
        ("http://halden.example:99999/", "http://halden.example:99999/ is not a web address."),
    ],
)
def test_a_redirect_to_what_is_no_page_is_not_followed(own: Server, to: str, why: str) -> None:
    own.answers["/away"] = [redirect(to, "302 Found")]
    got = judged(own.url("/away"))
    assert got.outcome is Outcome.SKIPPED
    assert got.why == why.replace("%5B", "[")


def test_no_name_and_password_is_ever_sent(own: Server) -> None:
    own.answers["/to"] = [redirect(own.url("/there", "berit:other@halden.example"))]
    assert judged(own.url("/to", "anna:secret@halden.example")).outcome is Outcome.MOVED
    sent = repr(own.requests)
    assert len(own.requests) == 3
    assert not any(
        secret in sent for secret in ("authorization", "secret", "other", "anna", "YW5uY")
    )


def test_a_host_in_another_script_is_asked_by_its_ascii_name(own: Server) -> None:
    names = []

    def resolve(host: str, port: int) -> list[str]:
        names.append(host)
        return ["127.0.0.1"]

    got = judged(own.url("/straße?q=größe", "bücher.example"), asker(resolve=resolve))
    assert got.outcome is Outcome.OK
    assert set(names) == {"xn--bcher-kva.example"}
    assert own.requests[0].headers["host"] == f"xn--bcher-kva.example:{own.port}"
    assert own.requests[0].path == "/stra%C3%9Fe?q=gr%C3%B6%C3%9Fe"


def test_a_second_address_is_tried_where_the_first_takes_no_connection(own: Server) -> None:
    def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.9", "127.0.0.1"]

    assert judged(own.url("/", "halden.example"), asker(resolve=resolve)).outcome is Outcome.OK


def test_ipv6_is_asked_too() -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine has no IPv6")
    with running(host="::1") as server:
        client = asker(resolve=pinned_network.look_up)
        assert judged(server.url("/"), client).outcome is Outcome.OK
        assert server.requests[0].headers["host"] == f"[::1]:{server.port}"


# Addresses that are not public.


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch, own: Server) -> list[str]:
    """The addresses that were connected to; in truth all of them are the test's server."""
    connections: list[str] = []

    class Backend(httpcore.SyncBackend):
        def connect_tcp(self, host: str, *rest: Any, **more: Any) -> httpcore.NetworkStream:
            connections.append(host)
            return super().connect_tcp("127.0.0.1", *rest, **more)

    monkeypatch.setattr(pinned_network.httpcore, "SyncBackend", Backend)
    return connections


def names(**known: list[str] | str) -> Callable[[str, int], list[str]]:
    """A resolver; a list is given address by address, one each time."""

    def resolve(host: str, port: int) -> list[str]:
        addresses = known[host.partition(".")[0]]
        if isinstance(addresses, str):
            return addresses.split()
        return [addresses.pop(0) if len(addresses) > 1 else addresses[0]]

    return resolve


def test_a_private_address_is_not_connected_to(own: Server, connections: list[str]) -> None:
    client = asker(resolve=names(inside="10.0.0.7"), allow_private=False)
    got = judged(own.url("/", "inside.example"), client)
    assert got == Verdict(
        Outcome.SKIPPED, "It leads to inside.example (10.0.0.7), which is not a public address."
    )
    assert connections == []


def test_of_several_addresses_only_public_ones_are_connected_to(
    own: Server, connections: list[str]
) -> None:
    client = asker(resolve=names(mixed=f"127.0.0.1 {PUBLIC}"), allow_private=False)
    assert judged(own.url("/", "mixed.example"), client).outcome is Outcome.OK
    assert set(connections) == {PUBLIC}


def test_a_name_that_turns_private_between_two_requests_is_not_followed(
    own: Server, connections: list[str]
) -> None:
    client = asker(resolve=names(turning=[PUBLIC, "127.0.0.1"]), allow_private=False)
    got = judged(own.url("/", "turning.example"), client)
    assert (got.outcome, connections) == (Outcome.SKIPPED, [PUBLIC])
    assert [request.method for request in own.requests] == ["HEAD"]


def test_a_name_is_looked_up_once_for_each_connection(own: Server, connections: list[str]) -> None:
    # Each second look-up would give a private address: none may happen.
    addresses = [PUBLIC, PUBLIC, "127.0.0.1"]
    client = asker(resolve=names(turning=addresses), allow_private=False)
    assert judged(own.url("/", "turning.example"), client).outcome is Outcome.OK
    assert connections == [PUBLIC, PUBLIC]


@pytest.mark.parametrize(
    "to",
    ["http://127.0.0.1/", "http://[::1]/", "http://169.254.169.254/meta", "http://inside.example/"],
)
def test_a_redirect_to_a_private_address_is_not_followed(
    own: Server, connections: list[str], to: str
) -> None:
    def resolve(host: str, port: int) -> list[str]:
        return {"open.example": [PUBLIC], "inside.example": ["192.168.1.1"]}.get(host, [host])

    own.answers["/away"] = [redirect(to)]
    got = judged(own.url("/away", "open.example"), asker(resolve=resolve, allow_private=False))
    assert got.outcome is Outcome.SKIPPED
    assert got.why.endswith("which is not a public address.")
    assert connections == [PUBLIC]


def test_a_number_that_means_this_machine_is_not_connected_to(connections: list[str]) -> None:
    client = asker(resolve=pinned_network.look_up, allow_private=False)
    for host in ("2130706433", "0x7f.1", "127.1", "0"):
        got = judged(f"http://{host}/", client)
        assert got.outcome in (Outcome.SKIPPED, Outcome.DEAD), host
    assert connections == []


# TLS.


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def _serving(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def _trust(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def test_a_trusted_certificate_is_taken(authority: trustme.CA) -> None:
    with running(_serving(authority.issue_cert("halden.example"))) as server:
        client = asker(trust=_trust(authority))
        assert judged(server.url("/", "halden.example", "https"), client).outcome is Outcome.OK


@pytest.mark.parametrize(
    ("host", "days", "trusted", "why"),
    [
        ("halden.example", -1, True, "certificate has expired"),
        ("other.example", 1, True, "certificate is not valid for 'halden.example'"),
        ("halden.example", 1, False, "unable to get local issuer certificate"),
    ],
)
def test_a_certificate_that_browsers_warn_of_is_reported(
    authority: trustme.CA, host: str, days: int, trusted: bool, why: str
) -> None:
    now = datetime.now(UTC)
    leaf = authority.issue_cert(
        host, not_before=now - timedelta(days=9), not_after=now + timedelta(days=days)
    )
    with running(_serving(leaf)) as server:
        client = asker(trust=_trust(authority if trusted else trustme.CA()))
        got = judged(server.url("/", "halden.example", "https"), client)
        assert got.outcome is Outcome.BLOCKED
        assert got.why.startswith("Browsers warn about its certificate: ")
        assert why in got.why
        assert server.requests == []


def test_a_server_that_speaks_no_tls_is_reported(server: Server) -> None:
    got = judged(server.url("/", "halden.example", "https"))
    assert got.outcome is Outcome.BLOCKED
    assert got.why.startswith("No secure connection was possible: ")


# Asking again.


def test_what_can_pass_is_asked_again_after_growing_waits(own: Server) -> None:
    own.answers["/gauge"] = [answer("503 Service Unavailable")] * 4 + [answer()]
    clock = FakeClock()
    client = asker(Limits(retries=2, backoff=4.0), clock)
    assert judged(own.url("/gauge"), client).outcome is Outcome.OK
    assert own.asked("/gauge") == ["HEAD", "GET"] * 3
    assert clock.waits == [1.0, 4.0, 1.0, 8.0, 1.0]


def test_tries_come_to_an_end(own: Server) -> None:
    own.answers["/gauge"] = [answer("500 Internal Server Error")]
    got = judged(own.url("/gauge"), asker(Limits(retries=2)))
    assert got == Verdict(Outcome.UNSURE, "It answers 500 (Internal Server Error).")
    assert own.asked("/gauge") == ["HEAD", "GET"] * 3


def test_what_is_gone_is_not_asked_again(own: Server) -> None:
    own.answers["/gauge"] = [answer("404 Not Found")]
    assert judged(own.url("/gauge"), asker(Limits(retries=2))).outcome is Outcome.DEAD
    assert own.asked("/gauge") == ["HEAD", "GET"]


def test_a_host_that_asks_for_a_pause_gets_it(own: Server) -> None:
    own.answers["/gauge"] = [answer("429 Too Many Requests", b"", "Retry-After: 30"), answer()]
    clock = FakeClock()
    assert judged(own.url("/gauge"), asker(Limits(retries=1), clock)).outcome is Outcome.OK
    assert clock.waits == [30.0, 1.0]


def test_a_host_that_asks_for_too_long_a_pause_is_asked_no_more(own: Server) -> None:
    own.answers["/gauge"] = [answer("429 Too Many Requests", b"", "Retry-After: 3600")]
    clock = FakeClock()
    client = asker(Limits(retries=2), clock)
    got = judged(own.url("/gauge"), client)
    assert got == Verdict(Outcome.BLOCKED, "It answers 429 (Too Many Requests).")
    got = judged(own.url("/other"), client)
    assert got.outcome is Outcome.UNSURE
    assert got.why == "Not checked: the host 127.0.0.1 asks for a longer pause."
    assert (len(own.requests), clock.waits) == (1, [])


# What was seen before.


def test_a_version_that_was_seen_before_is_not_fetched_again(own: Server) -> None:
    own.answers["/gauge"] = [answer("200 OK", PAGE, 'ETag: "1"')]
    client = asker()
    first = client.ask(own.url("/gauge"))
    again = client.ask(own.url("/gauge"), first.seen)
    assert again.seen == first.seen
    assert own.asked("/gauge") == ["HEAD", "GET", "HEAD"]


def test_a_changed_text_is_reported(own: Server) -> None:
    url = own.url("/gauge")
    first = asker().ask(url).seen
    own.answers["/gauge"] = [answer(body=PAGE.replace(b"falls", b"rises"))]
    got = asker().ask(url, first)
    assert judge(url, got, first) == Verdict(Outcome.CHANGED, "Its text has changed.")
    assert judge(url, asker().ask(url, got.seen), got.seen).outcome is Outcome.OK


def test_a_text_that_differs_from_visit_to_visit_is_not_compared(own: Server) -> None:
    url = own.url("/gauge")
    texts = [answer(body=PAGE.replace(b"water", b"water %d" % number)) for number in range(9)]
    own.answers["/gauge"] = texts
    first = asker().ask(url).seen
    got = asker().ask(url, first)
    assert got.seen == Seen("text", "Gauge (fictional)")
    assert judge(url, got, first).outcome is Outcome.OK


@pytest.mark.parametrize(
    "response",
    [
        answer("403 Forbidden", b"", "cf-mitigated: challenge"),
        answer("503 Service Unavailable", b"<title>Just a moment...</title>"),
        answer(body=b"<TITLE lang=en>\n Are you a robot?\n</TITLE>"),
    ],
)
def test_a_wall_against_programs_is_reported_as_such(own: Server, response: bytes) -> None:
    own.answers["/gauge"] = [response]
    got = judged(own.url("/gauge"))
    assert got == Verdict(Outcome.BLOCKED, "It asks for proof that the visitor is human.")
