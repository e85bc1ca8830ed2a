"""Validates a built site: all links have targets, and nothing is fetched from other hosts.

This reads all files as they will be published, including handwritten pages, and files of the theme
and of other plugins.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

from lxml import etree, html

from generator.build.progress import progress
from generator.build.workers import parallel_map

_strings = partial(etree.XPath, smart_strings=False)
_ANCHORS = _strings("//@id | //a/@name")
_LINKS = _strings("//a/@href | //area/@href | //form/@action")
#: What a browser fetches to show a page.
_FETCHED = _strings(
    "//script/@src | //img/@src | //iframe/@src | //audio/@src | //video/@src | //video/@poster"
    " | //source/@src | //track/@src | //embed/@src | //input/@src | //object/@data"
    " | //image/@*[contains(name(), 'href')] | //use/@*[contains(name(), 'href')]"
)
_SOURCE_SETS = _strings("//@srcset")
_STYLES = _strings("//@style | //style/text()")
_HEAD = etree.XPath("//link[@href] | //meta[@http-equiv]")
#: Relations of a ``link`` that browsers do not fetch.
_NOT_FETCHED = {
    "alternate",
    "author",
    "canonical",
    "describedby",
    "license",
    "next",
    "prev",
    "search",
}
_CSS = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])((?:[a-z]+:)?//[^"')\s]+)""", re.IGNORECASE)
_REFRESH = re.compile(r"url=(\S+)", re.IGNORECASE)
_BATCH = 100
_MOST = 20
_NO_ANCHOR = "links to {}, an anchor that does not exist"


@dataclass(frozen=True, slots=True, order=True)
class SiteError:
    """What is wrong with a file, whose path is below the site's root."""

    page: str
    message: str


@dataclass(slots=True)
class _Result:
    """The errors in a number of files, and what is needed to check links between pages.

    ``anchors`` are the anchors of each page, one a line. ``wanted`` are pages and anchors that are
    linked to, with the first page that does so and its link.
    """

    files: int
    errors: list[SiteError] = field(default_factory=list)
    anchors: dict[str, str] = field(default_factory=dict)
    wanted: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)


def check_site(site: Path, url: str = "", jobs: int = 1) -> list[SiteError]:
    """All errors of the site in a folder, whose own address is ``url``.

    If several pages link to a missing anchor, only the first is reported.
    """
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    names = sorted(name for name in files if name.endswith((".html", ".css", ".svg")))
    batches = [names[n : n + _BATCH] for n in range(0, len(names), _BATCH)]
    total = _Result(len(names))
    with progress("Validating pages", len(names)) as advance:
        for result in parallel_map(partial(_check, site, _Addresses(files, url)), batches, jobs):
            advance(result.files)
            total.errors += result.errors
            total.anchors |= result.anchors
            for target, (page, link) in result.wanted.items():
                total.wanted[target] = min((page, link), total.wanted.get(target, (page, link)))
    for (path, fragment), (page, link) in total.wanted.items():
        if fragment not in total.anchors[path].split("\n"):
            total.errors.append(SiteError(page, _NO_ANCHOR.format(link)))
    return sorted(total.errors)


def summary(errors: list[SiteError]) -> str:
    """The first errors, one a line, and the number of others."""
    lines = [f"{error.page}: {error.message}" for error in errors[:_MOST]]
    if len(errors) > _MOST:
        lines.append(f"… and {len(errors) - _MOST:,} more")
    return "\n".join(lines)


class _Addresses:
    """Finds the file of a site that a link leads to."""

    def __init__(self, files: Set[str], url: str) -> None:
        self.files = files
        parts = urlsplit(url)
        self._origin, self._root = (parts.scheme, parts.netloc), parts.path or "/"
        self._folder = unquote(self._root)

    def own(self, link: str) -> str | None:
        """A link within the site, without the site's address; None for a link to another site.

        Another site can be on the same host, above or next to the folder of this one. Raises
        ``ValueError`` if the link is not an address.
        """
        parts = urlsplit(link)
        if not parts.scheme and not parts.netloc:
            return link
        if (parts.scheme or self._origin[0], parts.netloc) != self._origin or not parts.netloc:
            return None
        if not unquote(parts.path or "/").startswith(self._folder):
            return None
        return parts._replace(scheme="", netloc="").geturl() or "/"

    def is_on_host(self, link: str) -> bool:
        """Whether a link leads to the host of this site."""
        return urlsplit(link).netloc == self._origin[1]

    def target(self, page: str, link: str) -> tuple[str, str]:
        """The file and the anchor that a link on ``page`` leads to."""
        parts = urlsplit(link)
        base = self._root + quote(page)
        url_path = unquote(urlsplit(urljoin(f"//site{base}", parts.path or base)).path)
        is_inside = url_path.startswith(self._folder)
        path = url_path.removeprefix(self._folder) if is_inside else f"/{url_path}"
        if not path or path.endswith("/"):
            path += "index.html"
        if path not in self.files and f"{path}/index.html" in self.files:
            path += "/index.html"
        return posixpath.normpath(path), unquote(parts.fragment)


def _check(site: Path, addresses: _Addresses, names: list[str]) -> _Result:
    result = _Result(len(names))
    for name in names:
        page = _page(name, (site / name).read_bytes())
        if name.endswith(".html"):
            result.anchors[name] = "\n".join(page.anchors)
        for link in dict.fromkeys((*page.links, *page.fetched)):
            try:
                own = addresses.own(link)
            except ValueError:
                result.errors.append(SiteError(name, f"links to {link}, which is not an address"))
                continue
            if own is None:
                if link in page.fetched and not addresses.is_on_host(link):
                    result.errors.append(SiteError(name, f"fetches {link} from another host"))
                continue
            path, fragment = addresses.target(name, own)
            if path not in addresses.files:
                result.errors.append(SiteError(name, f"links to {link}, which does not exist"))
            elif fragment and path == name:
                if fragment not in page.anchors:
                    result.errors.append(SiteError(name, _NO_ANCHOR.format(link)))
            elif fragment and path.endswith(".html"):
                result.wanted.setdefault((path, fragment), (name, link))
    return result


@dataclass(frozen=True, slots=True)
class _Page:
    """The anchors, links and fetched addresses of a file."""

    anchors: frozenset[str]
    links: tuple[str, ...]
    fetched: tuple[str, ...]


def _page(name: str, content: bytes) -> _Page:
    if name.endswith(".css"):
        return _Page(frozenset(), (), tuple(_style_addresses(content.decode("utf-8", "replace"))))
    root = html.document_fromstring(content, html.HTMLParser(encoding="utf-8"))
    links, fetched = _LINKS(root), _FETCHED(root)
    candidates = [text for source_set in _SOURCE_SETS(root) for text in source_set.split(",")]
    fetched += [candidate.split()[0] for candidate in candidates if candidate.strip()]
    fetched += [address for style in _STYLES(root) for address in _style_addresses(style)]
    for element in _HEAD(root):
        if element.tag == "meta":
            links += _REFRESH.findall(element.get("content", ""))
        elif not set(element.get("rel", "").lower().split()) <= _NOT_FETCHED:
            fetched.append(element.get("href"))
    return _Page(frozenset(_ANCHORS(root)), tuple(map(_clean, links)), tuple(map(_clean, fetched)))


def _clean(address: str) -> str:
    """An address as browsers read it: without line breaks, tabs, and spaces around it."""
    return re.sub(r"[\t\r\n]", "", address).strip()


def _style_addresses(text: str) -> Iterator[str]:
    yield from _CSS.findall(text)
