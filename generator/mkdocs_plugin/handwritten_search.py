"""Pages written by hand, as search finds them."""

from __future__ import annotations

from markupsafe import Markup

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
