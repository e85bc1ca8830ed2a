"""Which URLs may be requested: the parts of a URL, and whether an IP address is public."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address, ip_network
from urllib.parse import quote, urljoin, urlsplit

import idna

from generator.linkcheck.verdicts import Failure

_PORTS = {"http": 80, "https": 443}
#: The longest URL that is accepted from a server, in characters.
_LONGEST = 4_000
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?")
_AS_IS = "%/:=&?~+!$,;'@()*[]|"
#: Networks that can lead to another address, or are for examples, though ``ipaddress`` calls some
#: of them global: 6to4 and its relays, Teredo and other protocols, documentation.
_NOT_HOSTS = [
    ip_network(network)
    for network in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2001:db8::/32", "2002::/16",
                "3fff::/20")
]  # fmt: skip
#: IPv6 addresses of hosts on the internet. NAT64 and IPv4-mapped addresses are outside.
_UNICAST = ip_network("2000::/3")


class LinkRefusedError(Exception):
    """A URL that is not requested, or that gives no answer, and why."""

    def __init__(self, failure: Failure, detail: str) -> None:
        super().__init__(detail)
        self.failure = failure
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Target:
    """What to request: ``host`` is ASCII, an IPv6 address without brackets; ``path`` is quoted."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The value of the header `Host`."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def target(url: str, *, any_port: bool = False) -> Target:
    """The parts of ``url`` to request, without user name, password and fragment.

    Raises ``LinkRefusedError`` for invalid URLs, other schemes, and (unless ``any_port``) for ports
    below 1024 other than 80 and 443, where no pages are served.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _ascii(parts.hostname or "")
        query = f"?{parts.query}" if parts.query else ""
        path = quote(f"{parts.path or '/'}{query}", safe=_AS_IS)
    except ValueError:
        raise LinkRefusedError(Failure.ADDRESS, printable(url)) from None
    if parts.scheme not in _PORTS:
        failure = Failure.SCHEME if parts.scheme else Failure.ADDRESS
        raise LinkRefusedError(failure, printable(f"{parts.scheme}:" if parts.scheme else url))
    if not host:
        raise LinkRefusedError(Failure.ADDRESS, printable(url))
    port = _PORTS[parts.scheme] if port is None else port
    if port < 1024 and port not in _PORTS.values() and not any_port:
        raise LinkRefusedError(Failure.PORT, str(port))
    return Target(parts.scheme, host, port, path if path.startswith("/") else f"/{path}")


def redirected(url: str, location: str) -> str:
    """The absolute URL of the header `Location`, without user name and password.

    A fragment stays unless the new URL has one, as in browsers (RFC 9110, 10.2.2). Raises
    ``LinkRefusedError`` for an invalid location.
    """
    try:
        if len(location) > _LONGEST:
            raise ValueError(location)
        to = urlsplit(urljoin(url, quote(location, safe=f"{_AS_IS}#")))
        fragment = to.fragment or urlsplit(url).fragment
        return without_user(to._replace(fragment=fragment).geturl())
    except ValueError:
        raise LinkRefusedError(Failure.ADDRESS, printable(location)) from None


def without_user(url: str) -> str:
    """``url`` without user name and password, which are never sent."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _ascii(host: str) -> str:
    """A host in ASCII, as it is resolved. Raises ``ValueError`` for an invalid one."""
    if ":" in host:
        return str(ip_address(host))
    if not host.isascii():
        host = idna.encode(host, uts46=True).decode("ascii")  # IDNAError is a ValueError
    if host and not _HOST.fullmatch(host):
        raise ValueError(host)
    return host


def is_public(address: str) -> bool:
    """Whether an IP address belongs to a host on the internet, and can't lead to another."""
    ip = ip_address(address)
    if any(ip in network for network in _NOT_HOSTS if network.version == ip.version):
        return False
    if isinstance(ip, IPv4Address):
        return ip.is_global and not ip.is_multicast and not ip.is_reserved
    return ip in _UNICAST and ip.is_global and ip.scope_id is None


def printable(text: str, limit: int = 200) -> str:
    """Text from an untrusted server, truncated, on one line, without control characters."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return f"{line[:limit]}…" if len(line) > limit else line
