"""Which addresses may be asked: the parts of a URL, and whether an IP address is public."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address, ip_network
from urllib.parse import quote, urljoin, urlsplit

import idna

from generator.linkcheck.verdicts import Failure

_PORTS = {"http": 80, "https": 443}
#: Of an address that a server sends, in characters.
_LONGEST = 4_000
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?")
_AS_IS = "%/:=&?~+!$,;'@()*[]|"
#: What can stand for another address, or is kept for examples, though ``ipaddress`` calls some of
#: it global: 6to4 and its relays, Teredo and other protocols' own, documentation.
_NOT_HOSTS = [
    ip_network(one)
    for one in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2001:db8::/32", "2002::/16",
                "3fff::/20")
]  # fmt: skip
#: All of IPv6 that is given to hosts on the internet; NAT64 and IPv4-mapped lie outside.
_UNICAST = ip_network("2000::/3")


class LinkRefusedError(Exception):
    """An address that is not asked, or that gives no answer, and why."""

    def __init__(self, failure: Failure, detail: str) -> None:
        super().__init__(detail)
        self.failure = failure
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Target:
    """What to ask whom: ``host`` in ASCII, an IPv6 address without brackets; ``path`` quoted."""

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
    """The parts of ``url`` that are asked; a name, a password and a fragment are left out.

    Raises ``LinkRefusedError`` for what is no web address, another scheme, or a port below 1024
    other than 80 and 443, where no pages are served, unless ``any_port``.
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
    """Where an answer's `Location` leads, in full, without a name and a password in it.

    A fragment stays unless the new address has one, as in browsers (RFC 9110, 10.2.2). Raises
    ``LinkRefusedError`` where it leads nowhere.
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
    """``url`` without a name and a password in it: they are sent to nobody."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _ascii(host: str) -> str:
    """A host as it is looked up; ``ValueError`` for one that can't be."""
    if ":" in host:
        return str(ip_address(host))
    if not host.isascii():
        host = idna.encode(host, uts46=True).decode("ascii")  # IDNAError is a ValueError
    if host and not _HOST.fullmatch(host):
        raise ValueError(host)
    return host


def is_public(address: str) -> bool:
    """Whether an IP address is that of a host on the internet, and can't stand for another."""
    ip = ip_address(address)
    if any(ip in one for one in _NOT_HOSTS if one.version == ip.version):
        return False
    if isinstance(ip, IPv4Address):
        return ip.is_global and not ip.is_multicast and not ip.is_reserved
    return ip in _UNICAST and ip.is_global and ip.scope_id is None


def printable(text: str, limit: int = 200) -> str:
    """What a stranger's server sent, on one line, without what a terminal would obey, and cut."""
    line = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    return f"{line[:limit]}…" if len(line) > limit else line
