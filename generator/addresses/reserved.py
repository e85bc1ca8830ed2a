"""The addresses that the site's own files can have, so that authors' files can't overwrite them.

Which files a site has depends on its size, its configuration and the file system (some ignore
case). So an address is reserved if any site could need it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.addresses import urls
from generator.addresses.pagination import is_day_page, is_name_page
from generator.addresses.sections import FEEDS, SECTIONS, SUBJECTS, index_page

_OTHERS = (urls.HOME, urls.SEARCH)
_PAGES = (*_OTHERS, *(index_page(name) for name in SECTIONS if name != FEEDS))
_DIVIDED = {
    "timeline": (is_day_page, "a page of the timeline"),
    "changes": (is_day_page, "a page of the changes"),
    "sources": (is_name_page, "a page of the sources"),
}
_FEED = (".xml", ".json")
#: Patterns of other files of the site. Later versions can have more tables and schemas.
_FILES = (
    (r"briefings/(year|status)--[^/]+/index\.html", "a page of the list of briefings"),
    (
        r"(actors|topics|places)/[^/]+/year--[^/]+/index\.html",
        "a page of an actor, a topic or a place",
    ),
    (r"data/[^/]+\.csv|data/schema/[^/]+\.schema\.json", "the site's data"),
    (
        "|".join(map(re.escape, urls.SITE_DATA)),
        "the site's data",
    ),
    (rf"{urls.SITE_FEED}\.(xml|json)", "a feed"),
    (r"feeds/((actors|topics|places)/)?sitemap\.xml", "the empty list of pages next to the feeds"),
    ("|".join(map(re.escape, (urls.REDIRECT_SCRIPT, urls.TEXTS_SCRIPT))), "a script of the site"),
    (re.escape(urls.SITE_CARD), "a picture of the site"),
    (
        r"search-index/(words|records|lists)/.+\.idx|search-index/(entry|letters|names)\.json",
        "the search",
    ),
    # Material's own search, which a site can have as well.
    (r"search/search_index\.json", "the search"),
    (r"404\.html", "the page for addresses that don't exist"),
    (r"sitemap\.xml(\.gz)?", "the site's list of its pages"),
)
_PATTERNS = [(re.compile(pattern), owner) for pattern, owner in _FILES]
#: One pattern for all, because most paths match none and every briefing is checked.
_ANY = re.compile("|".join(pattern for pattern, _ in _FILES))
_FIXED = {urls.built(path): "a page of the site itself" for path in _PAGES}
#: Folders that every site can have.
_FOLDERS = frozenset(
    [
        *(path.partition("/")[0] for path in _PAGES if "/" in path),
        *(f"feeds/{kind}" for kind in SUBJECTS),
        *("feeds", "data/schema", "assets", "assets/javascripts", "assets/cards"),
        *("search-index", *(f"search-index/{name}" for name in ("words", "records", "lists"))),
    ]
)


def folded(path: str) -> str:
    """``path`` as file systems compare it that ignore case and Unicode normalisation."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def owner(path: str) -> str:
    """What every site can have at ``path``, in words, or an empty text.

    ``path`` is relative to the root of the built site, and ``folded``.
    """
    if path in _FIXED:
        return _FIXED[path]
    folder, _, name = path.rpartition("/")
    kind, _, page = folder.partition("/")
    if name == "index.html" and kind in _DIVIDED:
        is_page, owner_name = _DIVIDED[kind]
        return owner_name if is_page(page) else ""
    if not _ANY.fullmatch(path):
        return ""
    return next((words for pattern, words in _PATTERNS if pattern.fullmatch(path)), "")


@dataclass(frozen=True, slots=True)
class Clash:
    """A conflict: ``file`` would be published at ``path``, which also belongs to ``owner``."""

    file: str
    path: str
    owner: str


class Addresses:
    """The owner of each address of one site.

    ``aliases`` has the ids of the briefings that claim each former address, ``registries`` the ids
    of each registry, ``by_hand`` the paths of all other files in the folder of the briefings.
    """

    def __init__(
        self,
        briefings: Sequence[Collection[str]] = (),
        aliases: Mapping[str, list[str]] | None = None,
        registries: Mapping[str, Container[str]] | None = None,
        by_hand: Iterable[str] = (),
    ) -> None:
        self._briefings = briefings
        self._aliases = aliases or {}
        self._registries = registries or {}
        self.files = frozenset(by_hand)
        self._by_hand: dict[str, list[str]] = {}
        for file in sorted(self.files):
            for path in urls.built_by_hand(file):
                self._by_hand.setdefault(folded(path), []).append(file)

    def by_hand(self, path: str) -> str:
        """The handwritten file that can be published at ``path``, or an empty text."""
        return next(iter(self._by_hand.get(path, ())), "")

    def entry(self, path: str) -> str:
        """The registry entry that the file at ``path`` belongs to, in words, or an empty text."""
        folder, _, name = path.rpartition("/")
        kind, _, key = folder.partition("/")
        stem, mark, ending = name.rpartition(".")
        if kind in SUBJECTS and name == "index.html" and key in self._ids(kind):
            return f"the page of `{key}` in data/{kind}.yml"
        kind = folder.removeprefix("feeds/")
        if kind in SUBJECTS and mark + ending in _FEED and stem in self._ids(kind):
            return f"the feed of `{stem}` in data/{kind}.yml"
        return ""

    def owner_of_feed(self, kind: str, key: str) -> str:
        """What every site can have at the address of this registry entry's feed, in words, or an
        empty text.
        """
        if kind not in SUBJECTS:
            return ""
        feeds = (folded(f"{urls.feed(kind, key)}{ending}") for ending in _FEED)
        return next(filter(None, map(owner, feeds)), "")

    def _ids(self, kind: str) -> Container[str]:
        return self._registries.get(kind, ())

    def owner(self, path: str) -> str:
        """What the generated file at ``path`` belongs to, in words, or an empty text.

        ``path`` is relative to the root of the built site, and ``folded``.
        """
        folder, _, name = path.rpartition("/")
        if any(folder in ids for ids in self._briefings):
            if name == "index.html":
                return f"the page of briefings/{folder}.yml"
            if path in urls.briefing_files(folder):
                return f"a file of briefings/{folder}.yml"
        if name == "index.html" and folder in self._aliases:
            return f"a former address of briefings/{min(self._aliases[folder])}.yml"
        return owner(path) or self.entry(path)

    def clashes(self) -> Iterator[Clash]:
        """The conflicts of handwritten files, each file once.

        Those with pages of briefings and former addresses are left out: they are reported for the
        briefing.
        """
        reported: set[str] = set()
        above = self._above_pages() if self._by_hand else frozenset()
        for path, files in sorted(self._by_hand.items()):
            if self._is_a_page(path):
                continue
            owner_name = self.owner(path)
            if not owner_name and (path in above or self.owner(f"{path}/index.html")):
                owner_name = "a folder that the site needs"
            owner_name = owner_name or next(filter(None, map(self._file, _above(path))), "")
            for file in files if owner_name else files[1:]:
                if file not in reported:
                    reported.add(file)
                    yield Clash(file, path, owner_name or f"briefings/{files[0]}")

    def _is_a_page(self, path: str) -> bool:
        folder, _, name = path.rpartition("/")
        keys = (*self._briefings, self._aliases)
        return name == "index.html" and any(folder in ids for ids in keys)

    def _file(self, path: str) -> str:
        """The owner of a file at ``path``, where another file needs a folder."""
        by_hand = self.by_hand(path)
        return self.owner(path) or (f"briefings/{by_hand}" if by_hand else "")

    def _above_pages(self) -> frozenset[str]:
        """The folders above the pages of the site."""
        keys = (key for ids in (*self._briefings, self._aliases) for key in ids)
        return _FOLDERS.union(*map(_above, keys))


def _above(path: str) -> Iterator[str]:
    """The folders that contain ``path``."""
    while path := path.rpartition("/")[0]:
        yield path
