"""The title and other front matter of a handwritten page: as text, and as HTML for the theme."""

from __future__ import annotations

from html import escape, unescape

from markupsafe import Markup
from mkdocs.structure.pages import Page as MkDocsPage

#: The theme puts these into elements and attributes as they are.
_TEXTS = ("title", "description", "author")


def title_text(page: MkDocsPage) -> str:
    """The title of a page as text.

    MkDocs has a title from the menu or a heading as HTML, and one from the front matter as typed.
    """
    title = str(page.title)
    return unescape(title) if page.meta.get("title") == page.title else Markup(title).striptags()


def escape_front_matter(page: MkDocsPage) -> None:
    """Escape what the theme doesn't: otherwise quotation marks would end a description."""
    for key in _TEXTS:
        if page.meta.get(key):
            page.meta[key] = escape(unescape(str(page.meta[key])))
