"""The sections of a site: the generated parts that its owner can leave out.

The home page, the search and the pages of the briefings are on every site.
"""

from __future__ import annotations

from collections.abc import Iterable

#: The sections in the order of a menu. Each has a folder of this name.
SECTIONS = (
    "briefings",
    "actors",
    "topics",
    "places",
    "timeline",
    "sources",
    "changes",
    "data",
    "feeds",
)
#: The section without a page, which a menu therefore can't name.
FEEDS = "feeds"
#: The sections whose pages are those of a registry's entries.
SUBJECTS = ("actors", "topics", "places")


def index_page(section: str) -> str:
    """The path of a section's first page."""
    return f"{section}/index.md"


def ordered(names: Iterable[str]) -> tuple[str, ...]:
    """The sections among ``names``, each once, in the order of a menu."""
    wanted = set(names)
    return tuple(section for section in SECTIONS if section in wanted)


def section_of(path: str) -> str:
    """The section of a page that a menu names: its first page, or the page of an entry; or "".

    ``path`` may also be an address: ``actors/``.
    """
    folder, _, name = path.strip("/").rpartition("/")
    if name not in ("index.md", "README.md", "index.html"):
        folder = path.strip("/")
    kind, _, entry = folder.partition("/")
    if kind not in SECTIONS or kind == FEEDS:
        return ""
    return kind if not entry or (kind in SUBJECTS and path.endswith("/index.md")) else ""
