"""Pagination of the site's lists.

A long list is divided by what readers look for: the timeline and the changes by year, month and
day, the sources by the first letters of their publishers. So an entry stays on its page when
others are added.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice

#: A page with more entries than this is divided, if possible.
MOST = 500
#: How many letters of a publisher's name divide pages. After that, pages are divided by year.
_LETTERS = 8
_CACHED = 16_384

PagePath = tuple[str, ...]
"""The ids of the pages that an entry can be on, from the coarsest to the finest."""

#: The page of the list itself.
FIRST_PAGE = ""
UNDATED = "undated"
NOT_NAMED = "not-named"


@lru_cache(_CACHED)
def date_path(day: date | None) -> PagePath:
    """Year, month and day of an entry."""
    if day is None:
        return (UNDATED,)
    text = day.isoformat()
    return text[:4], text[:7], text


@lru_cache(_CACHED)
def name_path(name: str, day: date | None) -> PagePath:
    """The first letters of a name, one after another, then the year of ``day``."""
    # Normalising some letters gives capitals, which some file systems take for small ones.
    plain = unicodedata.normalize("NFKD", name.casefold()).casefold()
    letters = "".join(islice(filter(str.isalnum, plain), _LETTERS))
    steps = [_slug(letters[:end]) for end in range(1, len(letters) + 1)] or [NOT_NAMED]
    return *steps, f"{steps[-1]}--{day.year:04}" if day else f"{steps[-1]}--{UNDATED}"


def _slug(letters: str) -> str:
    """Letters as a part of a URL: ASCII letters as they are, others by their code points."""
    if letters.isascii():
        return letters
    return "-".join(["u", *(f"{ord(letter):x}" for letter in letters)])


def letters_of(slug: str) -> str:
    """The letters of a slug. Raises ``ValueError`` or ``OverflowError`` for an invalid slug."""
    if not slug.startswith("u-"):
        return slug
    return "".join(chr(int(code, 16)) for code in slug.split("-")[1:])


def is_day_page(page: str) -> bool:
    """Whether a list that is divided by days can have a page with this id."""
    if page == UNDATED:
        return True
    try:
        day = date.fromisoformat(f"{page}-01-01"[:10])
    except ValueError:
        return False
    return page in date_path(day)


def is_name_page(page: str) -> bool:
    """Whether a list that is divided by names can have a page with this id."""
    slug, mark, year = page.partition("--")
    if mark and year != UNDATED and not (len(year) == 4 and year.isascii() and year.isdecimal()):
        return False
    try:
        return slug == NOT_NAMED or slug in name_path(letters_of(slug), None)
    except (ValueError, OverflowError):
        return False


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list. ``parts`` are the pages below it, with their numbers of entries.

    ``above``, ``before`` and ``after`` are the neighbouring pages, or None.
    """

    id: str
    count: int
    parts: tuple[tuple[str, int], ...] = ()
    above: str | None = None
    before: str | None = None
    after: str | None = None


class Paginator:
    """The pages of a list, worked out from the paths of all entries.

    A page with more than ``most`` entries is divided, and the first page if it ``divides_first``.
    """

    def __init__(
        self,
        entries: Iterable[PagePath] = (),
        most: int = MOST,
        *,
        divides_first: bool = False,
    ) -> None:
        self._counts: dict[str, int] = {}
        self._parts: dict[str, list[str]] = {}
        self._above: dict[str, str] = {}
        queue = [(FIRST_PAGE, 0, list(Counter(entries).items()))]
        while queue:
            page, depth, page_entries = queue.pop()
            self._counts[page] = sum(count for _, count in page_entries)
            if self._counts[page] <= most and not (divides_first and page == FIRST_PAGE):
                continue
            parts: dict[str, list[tuple[PagePath, int]]] = {}
            for entry in page_entries:
                if len(entry[0]) > depth:
                    parts.setdefault(entry[0][depth], []).append(entry)
            if parts:
                self._parts[page] = sorted(parts)
                self._above |= dict.fromkeys(parts, page)
                queue += [(part, depth + 1, part_entries) for part, part_entries in parts.items()]

    def page_of(self, steps: PagePath) -> str:
        """The id of the page that an entry is on."""
        page = FIRST_PAGE
        for step in steps:
            if page not in self._parts:
                break
            page = step
        return page

    def pages(self) -> list[str]:
        """The ids of all pages, the list's own first."""
        return [FIRST_PAGE, *sorted(self._above)]

    def page(self, page: str) -> ListPage:
        """The page with this id, and its neighbours."""
        above = self._above.get(page)
        siblings = self._parts[above] if above is not None else []
        index = siblings.index(page) if siblings else 0
        return ListPage(
            page,
            self._counts[page],
            tuple((part, self._counts[part]) for part in self._parts.get(page, ())),
            above,
            siblings[index - 1] if index else None,
            siblings[index + 1] if index + 1 < len(siblings) else None,
        )
