"""Pages written by hand, as search finds them."""

from __future__ import annotations

from markupsafe import Markup
from mkdocs.structure.pages import Page as MkDocsPage

from generator.locale.interface import Interface
from generator.search.pages import kinds_found
from generator.search.records import SearchPage, SearchRecord, texts_of


def search_page(url: str, title: str, html: str, language: str, interface: Interface) -> SearchPage:
    """The search page of a handwritten page, whose content MkDocs converted to ``html``.

    ``language`` is the page's (BCP 47), empty if it is the site's.
    """
    kind = kinds_found(interface)["page"]
    record = SearchRecord(
        url,
        title,
        tuple(texts_of(Markup(html).striptags(), language=language)),
        "page",
        (kind,),
        filters={"kind": {"page": kind}},
        language=language,
    )
    return SearchPage((record,))


def title_text(page: MkDocsPage) -> str:
    """The title of a page as text.

    MkDocs has a title from the menu or a heading as HTML, and one from the front matter as typed.
    """
    title = str(page.title)
    return title if page.meta.get("title") == page.title else Markup(title).striptags()
