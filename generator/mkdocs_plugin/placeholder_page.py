"""MkDocs' page objects of generated pages, which MkDocs itself neither converts nor renders.

This uses two documented features of MkDocs: a subclass of its page, and a page's own template.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents

from generator.addresses import urls
from generator.model.languages import direction
from generator.rendering.escaping import meta
from generator.rendering.pages import Page, PageLink

#: The template with which MkDocs writes a placeholder, and the placeholder itself.
TEMPLATE = "briefings-placeholder.html"
PLACEHOLDER = "<!doctype html>"


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A finished page: its output path, its HTML, and the anchors in it.

    ``content`` is the page without the theme, for a PDF file; empty if none is wanted.
    """

    path: str
    html: str
    anchors: frozenset[str]
    title: str = ""
    content: str = ""


class _NoDate(str):
    """The absence of a date, in a form that MkDocs can sort among the dates of other pages."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


#: The date of a page whose data have none. As a time stamp of gzip it means "none" (RFC 1952).
NO_DATE = _NoDate("1970-01-01")


class LinkedPage:
    """A page that "Previous" or "Next" leads to, as the theme needs it.

    ``title`` is HTML, ``url`` is relative to the site's root. ``language`` is the title's (BCP 47)
    and ``direction`` that of its script; both are empty if it is in the language of the page.
    """

    def __init__(self, link: PageLink, *, directory_urls: bool) -> None:
        self.url = urls.relative_url(link.path, urls.HOME, directory_urls=directory_urls)
        self.title = Markup(meta(link.title))
        self.language = link.language
        self.direction = direction(link.language) if link.language else ""


class PlaceholderPage(MkDocsPage):
    """A generated page, for which MkDocs writes a placeholder.

    ``default_title`` is its title in menus. ``rendered`` returns the finished page, or None if it
    has not been rendered yet.
    """

    def __init__(
        self,
        file: File,
        config: MkDocsConfig,
        default_title: str,
        rendered: Callable[[], RenderedPage | None],
    ) -> None:
        super().__init__(_title_in_nav(config.nav, file.src_uri), file, config)
        self.default_title, self.rendered = default_title, rendered
        self._directory_urls = config.use_directory_urls
        self.read_source(config)  # other plugins need a title while they build the menu

    def read_source(self, config: MkDocsConfig) -> None:
        """Set the title and the template. There is no source to read."""
        self.markdown, self.meta = "", {"title": self.default_title, "template": TEMPLATE}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Leave the content empty. There is nothing to convert."""
        self.content, self.toc = "", TableOfContents([])

    def load(self, page: Page) -> None:
        """Take a generated page's text and metadata, for the theme to render."""
        self.markdown, self.meta = page.body, dict(page.head)
        self.update_date = page.modified.isoformat() if page.modified else NO_DATE
        self._set_neighbours(page.previous_page, page.next_page)

    def reset(self, config: MkDocsConfig, files: Files) -> None:
        """Become a placeholder again."""
        self._set_neighbours(None, None)
        self.read_source(config)
        self.render(config, files)

    def _set_neighbours(self, previous_page: PageLink | None, next_page: PageLink | None) -> None:
        """Set the pages that "Previous" and "Next" in the theme lead to."""
        neighbours: list[Any] = [
            link and LinkedPage(link, directory_urls=self._directory_urls)
            for link in (previous_page, next_page)
        ]
        self.previous_page, self.next_page = neighbours

    @property
    def present_anchor_ids(self) -> set[str] | None:
        """The anchors of the finished page, with which MkDocs checks links."""
        page = self.rendered()
        return set(page.anchors) if page else None

    @present_anchor_ids.setter
    def present_anchor_ids(self, anchors: set[str] | None) -> None:
        raise AttributeError("The anchors of a generated page can't be set.")


def _title_in_nav(nav: object, path: str) -> str | None:
    """The title that the configured navigation gives to the page at ``path``."""
    for entry in nav if isinstance(nav, list) else [nav]:
        for title, value in entry.items() if isinstance(entry, dict) else ():
            match = title if value == path else _title_in_nav(value, path)
            if match:
                return str(match)
    return None
