"""Which addresses may be asked, and by which parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.linkcheck.url_safety import (
    LinkRefusedError,
    Target,
    is_public,
    printable,
    redirected,
    target,
    without_user,
)
from generator.linkcheck.verdicts import Failure


@pytest.mark.parametrize(
    "address",
    [
        "93.184.216.34",
        "8.8.8.8",
        "192.0.1.1",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "2606:2800:220:1:248:1893:25c8:1946",
        "2001:4860:4860::8888",
        "2a00:1450:4001::1",
    ],
)
def test_hosts_on_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("0.0.0.0", "this network"),
        ("0.1.2.3", "this network"),
        ("10.1.2.3", "private"),
        ("100.64.0.1", "shared by a provider's customers (CGNAT)"),
        ("100.127.255.254", "shared by a provider's customers (CGNAT)"),
        ("127.0.0.1", "loopback"),
        ("127.255.0.1", "loopback"),
        ("169.254.169.254", "link-local, where clouds tell machines their secrets"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.0.0.1", "protocols"),
        ("192.0.0.170", "NAT64 discovery"),
        ("192.0.2.1", "documentation"),
        ("192.88.99.1", "6to4 relays"),
        ("192.168.1.1", "private"),
        ("198.18.0.1", "benchmarks"),
        ("198.51.100.1", "documentation"),
        ("203.0.113.1", "documentation"),
        ("224.0.0.1", "multicast"),
        ("239.255.255.250", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "broadcast"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::127.0.0.1", "IPv4-compatible"),
        ("::ffff:127.0.0.1", "IPv4-mapped"),
        ("::ffff:8.8.8.8", "IPv4-mapped"),
        ("::ffff:0:8.8.8.8", "IPv4-translated"),
        ("64:ff9b::7f00:1", "NAT64"),
        ("64:ff9b::808:808", "NAT64"),
        ("64:ff9b:1::a00:1", "local NAT64"),
        ("100::1", "discard"),
        ("2001::1", "Teredo"),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", "Teredo"),
        ("2001:2::1", "benchmarks"),
        ("2001:10::1", "ORCHID"),
        ("2001:db8::1", "documentation"),
        ("2002:7f00:1::", "6to4 of 127.0.0.1"),
        ("2002:808:808::", "6to4"),
        ("3fff::1", "documentation"),
        ("5f00::1", "segment routing"),
        ("fc00::1", "unique local"),
        ("fd12:3456::1", "unique local"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local, with a zone"),
        ("2606:2800::1%eth0", "with a zone"),
        ("fec0::1", "site-local"),
        ("ff02::1", "multicast"),
        ("ff0e::1", "multicast"),
        ("4000::1", "not given to anybody"),
    ],
)
def test_all_other_ranges_are_not_public(address: str, what: str) -> None:
    assert not is_public(address), what


@pytest.mark.parametrize(
    ("url", "parts", "authority"),
    [
        ("http://a.example", Target("http", "a.example", 80, "/"), "a.example"),
        ("HTTPS://A.Example/B?c=d", Target("https", "a.example", 443, "/B?c=d"), "a.example"),
        ("http://a.example:8080/", Target("http", "a.example", 8080, "/"), "a.example:8080"),
        ("http://a.example:443/", Target("http", "a.example", 443, "/"), "a.example:443"),
        ("https://[2606::1]:443/", Target("https", "2606::1", 443, "/"), "[2606::1]"),
        ("http://u:p@a.example/#part", Target("http", "a.example", 80, "/"), "a.example"),
        ("http://a.example?q", Target("http", "a.example", 80, "/?q"), "a.example"),
        (
            "http://пример.example/ö%20 b?ä=%C3%A4",
            Target("http", "xn--e1afmkfd.example", 80, "/%C3%B6%20%20b?%C3%A4=%C3%A4"),
            "xn--e1afmkfd.example",
        ),
    ],
)
def test_an_address_is_taken_apart(url: str, parts: Target, authority: str) -> None:
    assert target(url) == parts
    assert parts.authority == authority


@pytest.mark.parametrize(
    ("url", "failure", "detail"),
    [
        ("ftp://a.example/", Failure.SCHEME, "ftp:"),
        ("file:///etc/passwd", Failure.SCHEME, "file:"),
        ("a.example/x", Failure.ADDRESS, "a.example/x"),
        ("http:///x", Failure.ADDRESS, "http:///x"),
        ("http://[::1/", Failure.ADDRESS, "http://[::1/"),
        ("http://[fe80::zz]/", Failure.ADDRESS, "http://[fe80::zz]/"),
        ("http://a.example:port/", Failure.ADDRESS, "http://a.example:port/"),
        ("http://a.example:70000/", Failure.ADDRESS, "http://a.example:70000/"),
        ("http://a..example/", Failure.ADDRESS, "http://a..example/"),
        ("http://a b.example/", Failure.ADDRESS, "http://a b.example/"),
        ("http://a.example:25/", Failure.PORT, "25"),
        ("http://a.example:22/", Failure.PORT, "22"),
        ("https://a.example:0/", Failure.PORT, "0"),
    ],
)
def test_what_is_not_asked_is_refused(url: str, failure: Failure, detail: str) -> None:
    with pytest.raises(LinkRefusedError) as raised:
        target(url)
    assert (raised.value.failure, raised.value.detail) == (failure, detail)


def test_any_port_is_asked_where_private_hosts_are() -> None:
    assert target("http://a.example:81/", any_port=True).port == 81


@pytest.mark.parametrize(
    ("url", "location", "to"),
    [
        ("http://a.example/b/c", "d", "http://a.example/b/d"),
        ("http://a.example/b", "//c.example/d", "http://c.example/d"),
        ("https://a.example/b#old", "/c", "https://a.example/c#old"),
        ("https://a.example/b#old", "/c#new", "https://a.example/c#new"),
        ("http://a.example/b", "https://u:p@c.example/", "https://c.example/"),
        ("http://a.example/b", "/ü\r\nX: y", "http://a.example/%C3%BC%0D%0AX:%20y"),
        ("http://a.example/b", "/\x1b[31m", "http://a.example/%1B[31m"),
    ],
)
def test_a_redirect_leads_to_a_whole_address(url: str, location: str, to: str) -> None:
    assert redirected(url, location) == to


@given(st.text(), st.text())
def test_whatever_a_server_sends_is_an_address_or_refused(url: str, location: str) -> None:
    for given_url in (url, f"http://{url}", f"http://a.example/{url}"):
        try:
            to = redirected(given_url, location)
            asked = target(to)
        except LinkRefusedError:
            continue
        assert asked.path.startswith("/")
        assert all("!" <= sign <= "~" for sign in f"{asked.host}{asked.path}{asked.authority}")


def test_an_endless_address_is_refused() -> None:
    with pytest.raises(LinkRefusedError):
        redirected("http://a.example/", "/" + "x" * 100_000)


def test_names_and_passwords_are_left_out() -> None:
    assert without_user("https://u:p@a.example:8443/b@c") == "https://a.example:8443/b@c"


def test_what_a_server_sent_is_shown_without_what_a_terminal_obeys() -> None:
    assert printable("a\x1b[31m\r\n\tb\u202ec\x00  d") == "a [31m b c d"
    assert printable("x" * 300) == "x" * 200 + "…"
