"""The menu, and what "Previous" and "Next" lead to.

MkDocs links each page in the menu with the next, so that readers would come from the list of actors
to the list of topics, and from the last page of a guide to the timeline. Here a page written by
hand leads to the next one of the same part of the menu. Sections have no neighbours. Those of a
briefing are its neighbours in the list of briefings (``PlaceholderPage.load``).
"""

from __future__ import annotations

from itertools import pairwise

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as MkDocsPage

from generator.addresses import urls
from generator.addresses.sections import SECTIONS, index_page
from generator.mkdocs_plugin.placeholder_page import PlaceholderPage

#: The order of generated pages in a menu that nobody wrote.
_ORDER = {path: number for number, path in enumerate([urls.HOME, *map(index_page, SECTIONS)])}


def tidy_navigation(nav: Navigation, config: MkDocsConfig) -> None:
    """Put the menu in order if no setting and no other plugin made it, and link its pages."""
    if config.nav is None and len(config.plugins.events["nav"]) == 1:
        nav.items[:] = sorted(map(_flattened, nav.items), key=_position)
        nav.pages[:] = [page for item in nav.items for page in _pages(item)]
    _link_neighbours(nav)


def _flattened(item: StructureItem) -> StructureItem:
    """The page of a section, instead of a part of the menu with this page alone."""
    if isinstance(item, Section):
        pages = _pages(item)
        if len(pages) == 1 and isinstance(pages[0], PlaceholderPage):
            pages[0].parent = None
            return pages[0]
    return item


def _position(item: StructureItem) -> int:
    paths = [page.file.src_uri for page in _pages(item)]
    return min((_ORDER.get(path, len(_ORDER)) for path in paths), default=len(_ORDER))


def _pages(item: StructureItem) -> list[MkDocsPage]:
    if isinstance(item, MkDocsPage):
        return [item]
    children = item.children if isinstance(item, Section) else ()
    return [page for child in children for page in _pages(child)]


def _link_neighbours(nav: Navigation) -> None:
    by_hand: dict[StructureItem | None, list[MkDocsPage]] = {}
    for page in nav.pages:
        page.previous_page = page.next_page = None
        if not isinstance(page, PlaceholderPage):
            part = list(page.ancestors)[-1] if page.parent else None
            by_hand.setdefault(part, []).append(page)
    for pages in by_hand.values():
        for before, after in pairwise(pages):
            before.next_page, after.previous_page = after, before
