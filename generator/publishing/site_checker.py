"""A built site looked over before readers get it: links have targets, nothing is fetched elsewhere.

This reads the files as they will be published, whoever made them: pages written by hand, the
theme's, and those of other plugins too.
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
#: What is fetched as soon as a page is shown.
_FETCHED = _strings(
    "//script/@src | //img/@src | //iframe/@src | //audio/@src | //video/@src | //video/@poster"
    " | //source/@src | //track/@src | //embed/@src | //input/@src | //object/@data"
    " | //image/@*[contains(name(), 'href')] | //use/@*[contains(name(), 'href')]"
)
_SETS = _strings("//@srcset")
_STYLES = _strings("//@style | //style/text()")
_HEAD = etree.XPath("//link[@href] | //meta[@http-equiv]")
#: What a ``link`` in the head can be without the browser fetching it.
_TOLD = {"alternate", "author", "canonical", "describedby", "license", "next", "prev", "search"}
_CSS = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])((?:[a-z]+:)?//[^"')\s]+)""", re.IGNORECASE)
_REFRESH = re.compile(r"url=(\S+)", re.IGNORECASE)
_FILES_TOGETHER = 100
_MOST = 20
_NO_ANCHOR = "links to {}, an anchor that does not exist"


@dataclass(frozen=True, slots=True, order=True)
class SiteError:
    """What is wrong with a page, by its path below the site's root."""

    page: str
    message: str


@dataclass(slots=True)
class _Found:
    """What some files tell: faults, each page's anchors (one a line), and anchors of other pages
    that they lead to, each with the first page that does and its link.
    """

    files: int
    faults: list[SiteError] = field(default_factory=list)
    anchors: dict[str, str] = field(default_factory=dict)
    wanted: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)


def check_site(site: Path, url: str = "", jobs: int = 1) -> list[SiteError]:
    """All faults of the site in a folder, whose own address is ``url``.

    An anchor that several pages lead to in vain is told of the first.
    """
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    names = sorted(name for name in files if name.endswith((".html", ".css", ".svg")))
    some = [names[n : n + _FILES_TOGETHER] for n in range(0, len(names), _FILES_TOGETHER)]
    whole = _Found(len(names))
    with progress("Validating pages", len(names)) as advance:
        for found in parallel_map(partial(_read, site, _Addresses(files, url)), some, jobs):
            advance(found.files)
            whole.faults += found.faults
            whole.anchors |= found.anchors
            for target, (page, link) in found.wanted.items():
                whole.wanted[target] = min((page, link), whole.wanted.get(target, (page, link)))
    for (path, fragment), (page, link) in whole.wanted.items():
        if fragment not in whole.anchors[path].split("\n"):
            whole.faults.append(SiteError(page, _NO_ANCHOR.format(link)))
    return sorted(whole.faults)


def summary(faults: list[SiteError]) -> str:
    """The first faults, a line each, and how many there are."""
    lines = [f"{fault.page}: {fault.message}" for fault in faults[:_MOST]]
    if len(faults) > _MOST:
        lines.append(f"… and {len(faults) - _MOST:,} more")
    return "\n".join(lines)


class _Addresses:
    """The files of a site by their addresses."""

    def __init__(self, files: Set[str], url: str) -> None:
        self.files = files
        parts = urlsplit(url)
        self._origin, self._root = (parts.scheme, parts.netloc), parts.path or "/"
        self._folder = unquote(self._root)

    def own(self, link: str) -> str | None:
        """A link within the site, without the site's address; None for one that leads elsewhere.

        Raises ``ValueError`` for what no browser takes for an address.
        """
        parts = urlsplit(link)
        if not parts.scheme and not parts.netloc:
            return link
        if (parts.scheme or self._origin[0], parts.netloc) != self._origin or not parts.netloc:
            return None
        return parts._replace(scheme="", netloc="").geturl() or "/"

    def target(self, page: str, link: str) -> tuple[str, str]:
        """The file that a link on ``page`` leads to, and the anchor in it."""
        parts = urlsplit(link)
        here = self._root + quote(page)
        path = unquote(urlsplit(urljoin(f"//site{here}", parts.path or here)).path)
        inside = path.removeprefix(self._folder) if path.startswith(self._folder) else f"/{path}"
        if not inside or inside.endswith("/"):
            inside += "index.html"
        if inside not in self.files and f"{inside}/index.html" in self.files:
            inside += "/index.html"
        return posixpath.normpath(inside), unquote(parts.fragment)


def _read(site: Path, addresses: _Addresses, names: list[str]) -> _Found:
    found = _Found(len(names))
    for name in names:
        page = _page(name, (site / name).read_bytes())
        if name.endswith(".html"):
            found.anchors[name] = "\n".join(page.anchors)
        for link in dict.fromkeys((*page.links, *page.fetched)):
            try:
                own = addresses.own(link)
            except ValueError:
                found.faults.append(SiteError(name, f"links to {link}, which is not an address"))
                continue
            if own is None:
                if link in page.fetched:
                    found.faults.append(SiteError(name, f"fetches {link} from another host"))
                continue
            path, fragment = addresses.target(name, own)
            if path not in addresses.files:
                found.faults.append(SiteError(name, f"links to {link}, which does not exist"))
            elif fragment and path == name:
                if fragment not in page.anchors:
                    found.faults.append(SiteError(name, _NO_ANCHOR.format(link)))
            elif fragment and path.endswith(".html"):
                found.wanted.setdefault((path, fragment), (name, link))
    return found


@dataclass(frozen=True, slots=True)
class _Page:
    """A file's anchors, where it leads, and what it fetches."""

    anchors: frozenset[str]
    links: tuple[str, ...]
    fetched: tuple[str, ...]


def _page(name: str, content: bytes) -> _Page:
    if name.endswith(".css"):
        return _Page(frozenset(), (), tuple(_styles(content.decode("utf-8", "replace"))))
    root = html.document_fromstring(content, html.HTMLParser(encoding="utf-8"))
    links, fetched = _LINKS(root), _FETCHED(root)
    fetched += [one.split()[0] for told in _SETS(root) for one in told.split(",") if one.strip()]
    fetched += [address for told in _STYLES(root) for address in _styles(told)]
    for element in _HEAD(root):
        if element.tag == "meta":
            links += _REFRESH.findall(element.get("content", ""))
        elif not set(element.get("rel", "").lower().split()) <= _TOLD:
            fetched.append(element.get("href"))
    return _Page(frozenset(_ANCHORS(root)), tuple(map(_clean, links)), tuple(map(_clean, fetched)))


def _clean(address: str) -> str:
    """An address as browsers take it: without line breaks, tabs, and blanks around it."""
    return re.sub(r"[\t\r\n]", "", address).strip()


def _styles(text: str) -> Iterator[str]:
    yield from _CSS.findall(text)
