"""Pages written by hand, as search finds them."""

from __future__ import annotations

from markupsafe import Markup
from mkdocs.structure.pages import Page as MkDocsPage

from generator.locale.interface import Interface
from generator.search.pages import kinds_found
from generator.search.records import SearchPage, SearchRecord, texts_of


def search_page(page: MkDocsPage, html: str, interface: Interface) -> SearchPage:
    """The search page of a handwritten page, whose content MkDocs converted to ``html``."""
    kind = kinds_found(interface)["page"]
    record = SearchRecord(
        page.url,
        str(page.title),
        tuple(texts_of(Markup(html).striptags())),
        "page",
        (kind,),
        filters={"kind": {"page": kind}},
    )
    return SearchPage((record,))
