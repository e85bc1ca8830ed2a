"""MkDocs' list of files, in which most generated pages appear only when something looks them up.

MkDocs keeps two objects for each page that it knows. For ten thousand generated pages these would
take more memory than the pages' data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from generator.build.snapshot import Snapshot
from generator.build.targets import Target, section_targets, target_of_page
from generator.configuration.site_sections import paths_in_nav
from generator.reading.selection import Selection, is_source


class LazyFiles(Files):
    """MkDocs' files. ``make_file`` adds a generated page when something looks for its path.

    ``elsewhere`` returns the file of a page that only the main edition has.
    """

    def __init__(
        self,
        files: list[File],
        snapshot: Snapshot,
        make_file: Callable[[Target, str], File],
        elsewhere: Callable[[str], File | None],
    ) -> None:
        super().__init__(files)
        self._snapshot, self._make_file = snapshot, make_file
        self._elsewhere = elsewhere

    def get_file_from_path(self, path: str) -> File | None:
        """The file with this path, which can be a page that is not in the list: a generated one, or
        one of the main edition.
        """
        file = super().get_file_from_path(path)
        if file is None and (target := target_of_page(path, self._snapshot)):
            return self._make_file(target, path)
        return self._elsewhere(path) if file is None else file


def nav_pages(nav: object, snapshot: Snapshot) -> Iterator[tuple[Target, str]]:
    """Target and path of each generated page in the menu.

    These are the site's own pages, the first pages of its lists, and all that ``nav`` names.
    """
    targets = {
        path: target
        for target in section_targets(snapshot.graph.sections)
        for path in target.page_paths
    }
    for path in dict.fromkeys(paths_in_nav(nav)):
        named = target_of_page(path, snapshot)
        if named and named.id:
            targets.setdefault(path, named)
    for path, target in targets.items():
        yield target, path


def is_published(file: File, config: MkDocsConfig, selection: Selection) -> bool:
    """Whether readers get this file as it is: one of the theme, or one that ``selection`` has.

    A link must not publish a file from outside the folder, or a file that is not selected under
    its own name.
    """
    source = file.abs_src_path
    if source is None or file.src_dir != config.docs_dir:
        return not is_source(file.src_uri)
    if not selection.has(file.src_uri):  # most files are sources: to resolve each path takes time
        return False
    root = Path(config.docs_dir).resolve()
    resolved = Path(source).resolve()
    if not resolved.is_relative_to(root):
        return False
    path = resolved.relative_to(root).as_posix()
    if path != file.src_uri and (selection.excluded(path) or selection.draft(path)):
        return False
    return selection.has(path)


class Reiterable(Iterable[File]):
    """Files that ``make_iterator`` creates again for each loop over them."""

    def __init__(self, make_iterator: Callable[[], Iterator[File]]) -> None:
        self._make_iterator = make_iterator

    def __iter__(self) -> Iterator[File]:
        return self._make_iterator()
