"""MkDocs' files: what is written by hand and what its menu names; other pages when looked up.

So ten thousand made pages need not be known to MkDocs, which keeps two objects of each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from generator.build.snapshot import Snapshot
from generator.build.targets import Target, section_targets, target_of_page
from generator.reading.selection import Selection, is_source


class LazyFiles(Files):
    """MkDocs' files, and pages that are made (``make_file``) when a link leads to them."""

    def __init__(
        self, files: list[File], snapshot: Snapshot, make_file: Callable[[Target, str], File]
    ) -> None:
        super().__init__(files)
        self._known, self._make_file = snapshot, make_file

    def get_file_from_path(self, path: str) -> File | None:
        """A file by its path, also one of a page that MkDocs hasn't been told of."""
        found = super().get_file_from_path(path)
        if found is None and (target := target_of_page(path, self._known)):
            return self._make_file(target, path)
        return found


def nav_pages(nav: object, snapshot: Snapshot) -> Iterator[tuple[Target, str]]:
    """The target and the path of each page that every site has, and of each that ``nav`` names."""
    for target in section_targets():
        yield from ((target, path) for path in target.page_paths)
    for path in dict.fromkeys(_named(nav)):
        named = target_of_page(path, snapshot)
        if named and named.id:
            yield named, path


def _named(nav: object) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    for entry in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from _named(entry)


def is_published(file: File, config: MkDocsConfig, selection: Selection) -> bool:
    """Whether a file goes out as it is: one of the theme, or what is selected of the folder.

    Nothing goes out that a link fetches from elsewhere, or under another name than it may.
    """
    place = file.abs_src_path
    if place is None or file.src_dir != config.docs_dir:
        return not is_source(file.src_uri)
    root = Path(config.docs_dir).resolve()
    true_place = Path(place).resolve()
    if not true_place.is_relative_to(root):
        return False
    true_path = true_place.relative_to(root).as_posix()
    if true_path != file.src_uri and (selection.excluded(true_path) or selection.draft(true_path)):
        return False
    return selection.has(file.src_uri) and selection.has(true_path)


class Reiterable(Iterable[File]):
    """Files that are made anew each time they are gone through (``begin``), one after another."""

    def __init__(self, begin: Callable[[], Iterator[File]]) -> None:
        self._begin = begin

    def __iter__(self) -> Iterator[File]:
        return self._begin()
