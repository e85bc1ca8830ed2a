"""Which files of the briefings' folder are published: pages written by hand, and listed assets.

Other files, such as an editor's copy of a briefing that isn't ready, are not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from generator.addresses.urls import PAGE_TYPES

#: Endings of what pages show or offer. Not `json`, `txt`, `html` and office documents, because
#: these can be drafts and notes; a site lists those that it wants.
ASSET_TYPES = frozenset(
    [
        *("avif", "gif", "ico", "jpeg", "jpg", "png", "svg", "webp"),
        *("css", "js", "mjs", "wasm", "webmanifest", "woff", "woff2", "ttf", "otf"),
        *("csv", "geojson", "pdf", "epub"),
        *("m4a", "mp3", "mp4", "oga", "ogg", "ogv", "opus", "vtt", "wav", "webm"),
    ]
)
#: What hosts and search engines look for at the root of a site.
ASSET_NAMES = frozenset(
    ["CNAME", "_headers", "_redirects", "ads.txt", "humans.txt", "llms.txt", "robots.txt"]
)
#: The folder of what programs look for at a site (RFC 8615), under names of any type.
WELL_KNOWN = ".well-known"
SOURCE_TYPES = ("yml", "yaml")


def never(path: str) -> bool:
    """What is used in place of patterns if there are none: no path matches."""
    return False


def is_hidden(path: str) -> bool:
    """Whether the name of a file, or of a folder that it is in, begins with a dot."""
    return any(part.startswith(".") for part in path.split("/"))


@dataclass(frozen=True, slots=True)
class Selection:
    """What a site publishes, as ``mkdocs.yml`` says.

    ``more_types`` are endings of assets without the dot, ``named`` paths that are assets whatever
    their ending. For a path below the folder, ``excluded`` and ``draft`` say whether it matches
    `exclude_docs` and `draft_docs`, and ``hidden`` whether it is hidden, which `exclude_docs` can
    undo by `!.well-known`.
    """

    more_types: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    excluded: Callable[[str], bool] = field(default=never)
    draft: Callable[[str], bool] = field(default=never)
    hidden: Callable[[str], bool] = field(default=is_hidden)

    def has(self, path: str) -> bool:
        """Whether a file that is no briefing is published, by its path below the folder."""
        if path in self.named:
            return True
        name = path.rpartition("/")[2]
        types = name.split(".")[1:]
        if self.hidden(path) or name.startswith((".", "~", "#")) or _names_source(name):
            return False
        if name in ASSET_NAMES:
            return True
        if path.startswith(f"{WELL_KNOWN}/"):
            return not is_copy(path)
        if not types:
            return False
        return types[-1] in PAGE_TYPES or types[-1].casefold() in ASSET_TYPES | self.more_types

    def excludes(self, path: str) -> bool:
        """Whether a file, or the page of a briefing, matches `exclude_docs`."""
        matches = self.excluded
        return matches is not never and (matches(path) or self._page(matches, path))

    def is_draft(self, briefing: str) -> bool:
        """Whether a briefing matches `draft_docs`, by its id."""
        return self.draft(f"{briefing}.yml") or self._page(self.draft, f"{briefing}.yml")

    def _page(self, matches: Callable[[str], bool], path: str) -> bool:
        name, _, ending = path.rpartition(".")
        return ending == SOURCE_TYPES[0] and matches(f"{name}.md")


def is_source(path: str) -> bool:
    """Whether a file has the ending of briefings and registries, in small or capital letters."""
    return path.rpartition(".")[2].casefold() in SOURCE_TYPES


def is_copy(path: str) -> bool:
    """Whether a file that isn't published looks like a copy of another one, or like what an editor
    or a system leaves next to files.
    """
    name = path.rpartition("/")[2].casefold()
    types = name.split(".")[1:]
    return (
        name.startswith((".", "~", "#"))
        or name.endswith(("~", "#"))
        or name in ("thumbs.db", "desktop.ini")
        or any(ending in ("bak", "orig", "old", "rej", "swp", "tmp") for ending in types)
        or _names_source(name)
    )


def _names_source(name: str) -> bool:
    """Whether a name has the ending of a briefing, as in `x.yml (copy).txt`."""
    return any(f".{ending}" in name.casefold() for ending in SOURCE_TYPES)
