"""Which files of the briefings' folder readers get: sources' pages, pages by hand, listed assets.

Whatever else is there, such as an editor's copy of a briefing that isn't ready, goes nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

#: Endings of what pages show or offer. Not: `json`, `txt`, `html` and papers of an office, as which
#: drafts and notes are kept too; a site names those that it wants.
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
#: The endings of pages written by hand, as MkDocs knows them.
PAGE_TYPES = ("markdown", "mdown", "mkdn", "mkd", "md")


def never(path: str) -> bool:
    """Whether no patterns have a path: what stands in for patterns where there are none."""
    return False


def is_hidden(path: str) -> bool:
    """Whether a file or a folder that it lies in has a name that begins with a dot."""
    return any(part.startswith(".") for part in path.split("/"))


@dataclass(frozen=True, slots=True)
class Selection:
    """What a site publishes, as ``mkdocs.yml`` says.

    ``more_types`` are endings of assets without the dot, ``named`` paths that are assets whatever
    they end with. Of a path below the folder, ``excluded`` and ``draft`` say whether `exclude_docs`
    and `draft_docs` have it, ``hidden`` whether it is hidden, which `exclude_docs` can undo by
    `!.well-known`.
    """

    more_types: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    excluded: Callable[[str], bool] = field(default=never)
    draft: Callable[[str], bool] = field(default=never)
    hidden: Callable[[str], bool] = field(default=is_hidden)

    def has(self, path: str) -> bool:
        """Whether a file that is no source is published, by its path below the folder."""
        if path in self.named:
            return True
        name = path.rpartition("/")[2]
        types = name.split(".")[1:]
        folded = [one.casefold() for one in types]
        if self.hidden(path) or name.startswith((".", "~", "#")) or _names_source(name):
            return False
        if name in ASSET_NAMES:
            return True
        if path.startswith(f"{WELL_KNOWN}/"):
            return not is_copy(path)
        if not types:
            return False
        return types[-1] in PAGE_TYPES or folded[-1] in ASSET_TYPES | self.more_types

    def excludes(self, path: str) -> bool:
        """Whether `exclude_docs` has a file, or the page that is made of it."""
        return self.excluded(path) or self._page(self.excluded, path)

    def is_draft(self, briefing: str) -> bool:
        """Whether `draft_docs` has a briefing, by its id."""
        return self.draft(f"{briefing}.yml") or self._page(self.draft, f"{briefing}.yml")

    def _page(self, has: Callable[[str], bool], path: str) -> bool:
        name, _, ending = path.rpartition(".")
        return ending == SOURCE_TYPES[0] and has(f"{name}.md")


def is_source(path: str) -> bool:
    """Whether a file ends as briefings and registries do, or would with small letters."""
    return path.rpartition(".")[2].casefold() in SOURCE_TYPES


def is_copy(path: str) -> bool:
    """Whether a file that isn't published looks like what an editor, a person or a system leaves
    beside another file.
    """
    name = path.rpartition("/")[2].casefold()
    types = name.split(".")[1:]
    return (
        name.startswith((".", "~", "#"))
        or name.endswith(("~", "#"))
        or name in ("thumbs.db", "desktop.ini")
        or any(one in ("bak", "orig", "old", "rej", "swp", "tmp") for one in types)
        or _names_source(name)
    )


def _names_source(name: str) -> bool:
    """Whether a name has the ending of a briefing, as in `x.yml (copy).txt`."""
    return any(f".{one}" in name.casefold() for one in SOURCE_TYPES)
