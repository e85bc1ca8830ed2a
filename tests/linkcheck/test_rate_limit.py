"""Manners towards hosts: how many requests at once, and how long between two."""

from __future__ import annotations

import ssl
import threading
from datetime import UTC, datetime

import pytest

from generator.linkcheck.check_link import LinkChecker
from generator.linkcheck.find_links import Link
from generator.linkcheck.http_check import Limits, LinkClient
from generator.linkcheck.rate_limit import RateLimiter, retry_after
from generator.linkcheck.scheduler import by_host, check_all
from generator.linkcheck.url_safety import LinkRefusedError
from generator.linkcheck.verdicts import Failure, Outcome
from tests.misbehaving import FakeClock, answer, running

NOW = datetime(2025, 3, 4, 12, 0, 0, tzinfo=UTC)


def _visit(urls: list[str], clock: FakeClock, jobs: int) -> dict[str, Outcome]:
    client = LinkClient(
        RateLimiter(clock, 1.0, 60.0),
        "test",
        limits=Limits(retries=0),
        resolve=lambda host, port: ["127.0.0.1"],
        allow_private=True,
        trust=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
    )
    checker = LinkChecker(client, {}, now=lambda: NOW)
    groups = by_host(Link(url, ()) for url in urls)
    results = check_all(groups, checker.check, jobs, threading.Event())
    return {link.url: result.outcome for link, result in results}


def test_many_links_of_one_host_are_asked_one_after_the_other(torture: bool) -> None:
    clock, count = FakeClock(), 1000 if torture else 200
    with running() as server:
        server.thinking = 0.0003
        urls = [server.url(f"/{number}") for number in range(count)]
        results = _visit(urls, clock, jobs=8)
    assert (len(results), set(results.values())) == (count, {Outcome.OK})
    assert (len(server.requests), server.busiest) == (2 * count, 1)
    # One second before each but the first.
    assert clock.waits == [1.0] * (2 * count - 1)


def test_several_hosts_are_asked_at_once_but_no_more_than_said() -> None:
    with running() as server:
        server.thinking = 0.02
        urls = [
            server.url(f"/{number}", f"{host}.example") for host in "abcdef" for number in range(2)
        ]
        results = _visit(urls, FakeClock(), jobs=3)
    assert len(results) == 12
    assert 1 < server.busiest <= 3


def test_links_that_lead_to_one_host_wait_for_each_other_there() -> None:
    with running() as server, running() as shared:
        shared.thinking = 0.02
        to = answer("302 Found", b"", f"Location: {shared.url('/', 'shared.example')}")
        server.answers = {f"/{host}": [to] for host in "abcd"}
        urls = [server.url(f"/{host}", f"{host}.example") for host in "abcd"]
        results = _visit(urls, FakeClock(), jobs=4)
    assert set(results.values()) == {Outcome.OK}
    assert (len(shared.requests), shared.busiest) == (8, 1)


def test_a_turn_waits_for_the_one_before_it() -> None:
    clock = FakeClock()
    hosts = RateLimiter(clock, 2.0, 60.0)
    for _ in range(3):
        with hosts.slot("a.example"):
            clock.time += 0.5  # the request itself
    with hosts.slot("b.example"):
        pass
    assert clock.waits == [2.0, 2.0]


def test_a_host_that_rests_for_too_long_is_not_waited_for() -> None:
    clock = FakeClock()
    hosts = RateLimiter(clock, 1.0, 60.0)
    hosts.delay("a.example", 61)
    with pytest.raises(LinkRefusedError) as raised, hosts.slot("a.example"):
        pass
    assert (raised.value.failure, raised.value.detail) == (Failure.RESTING, "a.example")
    clock.time = 1.0
    with hosts.slot("a.example"):
        assert clock.waits == [60.0]


def test_a_shorter_rest_does_not_cut_a_longer_one() -> None:
    clock = FakeClock()
    hosts = RateLimiter(clock, 1.0, 60.0)
    hosts.delay("a.example", 30)
    hosts.delay("a.example", 5)
    with hosts.slot("a.example"):
        assert clock.waits == [30.0]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 7 ", 7.0),
        ("Tue, 04 Mar 2025 12:01:30 GMT", 90.0),
        ("Tue, 04 Mar 2025 12:01:30 -0000", 90.0),
        ("Mon, 03 Mar 2025 12:00:00 GMT", 0.0),
        ("", 0.0),
        ("soon", 0.0),
        ("-5", 0.0),
        ("١٢", 0.0),
        ("9" * 5000, 999_999_999.0),
    ],
)
def test_retry_after_is_read_as_seconds_or_a_date(value: str, seconds: float) -> None:
    assert retry_after(value, NOW) == seconds


def test_links_are_grouped_by_the_host_that_is_asked() -> None:
    urls = ["http://B.example/1", "https://b.example:8443/2", "http://a.example/", "mailto:x@y.z"]
    groups = by_host(Link(url, ()) for url in urls)
    assert [[link.url for link in group] for group in groups] == [urls[:2], [urls[2]], [urls[3]]]


def test_a_fault_of_the_program_is_not_hidden_by_the_threads() -> None:
    def work(link: Link) -> None:
        raise KeyError(link.url)

    with pytest.raises(KeyError, match="x"):
        list(check_all([[Link("x", ())]], work, 2, threading.Event()))


def test_nothing_more_is_begun_once_it_is_to_stop() -> None:
    stop = threading.Event()
    begun = []

    def work(link: Link) -> None:
        begun.append(link.url)
        stop.set()

    links = [Link(str(number), ()) for number in range(5)]
    results = check_all([links], work, 1, stop)
    assert next(results)[0].url == "0"
    results.close()
    assert begun == ["0"]
