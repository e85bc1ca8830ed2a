"""Sources for reference managers: CSL-JSON and BibTeX.

CSL-JSON follows csl-data.json of CSL 1.0.2. Dates that it can't express are ``literal``, and values
that it has no field for are under ``custom``.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from generator.addresses import urls
from generator.collection.entries import BriefingEntry, SourceEntry
from generator.exports.aggregate_files import AggregateFile, Fragment, joined
from generator.exports.json_text import indented
from generator.locale.interface import Interface
from generator.model import prose_markdown
from generator.model.edtf import EdtfDate
from generator.rendering import citations
from generator.rendering.text_language import title_as_cited

#: Types whose publisher citations print as the work that contains the source.
_IN_A_PERIODICAL = ("article-journal", "article-magazine", "article-newspaper", "post-weblog")
_CSL = AggregateFile(urls.BIBLIOGRAPHY_CSL, b"[\n", b",\n", b"\n]\n", b"[]\n")


def briefing_bibliography(
    briefing: BriefingEntry, interface: Interface
) -> tuple[dict[str, bytes], list[Fragment]]:
    """A briefing's source list, path to content, and its fragments of the site's."""
    items = [
        (source_item(source, briefing, interface), _in_words(source, interface))
        for source in briefing.bibliography.values()
    ]
    fragments = [
        Fragment(path, item["id"], content)
        for item, words in items
        for path, content in (
            (urls.BIBLIOGRAPHY_CSL, _item(item)),
            (urls.BIBLIOGRAPHY_BIBTEX, citations.bibtex(item, words).encode()),
        )
    ]
    own = joined(_CSL, fragments)
    return {urls.briefing_bibliography(briefing.id): own}, fragments


def shared_bibliographies() -> list[AggregateFile]:
    """The lists of all sources, without the sources."""
    return [_CSL, AggregateFile(urls.BIBLIOGRAPHY_BIBTEX, between=b"\n")]


def source_item(
    source: SourceEntry, briefing: BriefingEntry, interface: Interface
) -> dict[str, Any]:
    """A source as a CSL-JSON item; its key names the briefing, unless several share it."""
    model = source.model
    key = f"{briefing.id}.{source.id}" if source.briefing else source.id
    if model is None:
        return {"id": citations.citation_key(key), "type": "document", "title": source.title}
    kind = model.type or ("webpage" if model.url else "document")
    custom = {
        "nature": model.nature,
        "controlled_by": source.controlled_by.name if source.controlled_by else None,
        "carries": source.carries.title if source.carries else model.carries,
        "archive_url": model.archive_url,
    }
    fields = {
        "id": citations.citation_key(key),
        "type": kind,
        "title": title_as_cited(source),
        "author": [{"literal": model.author}] if model.author else None,
        "publisher": source.publisher_name,
        "container-title": source.publisher_name if kind in _IN_A_PERIODICAL else None,
        "issued": _when(model.date, interface) if model.date else None,
        "accessed": _day(model.accessed) if model.accessed else None,
        "language": model.language,
        "URL": model.url,
        "archive": model.archive_url,
        "note": prose_markdown.plain(model.note) if model.note else None,
        "custom": {name: value for name, value in custom.items() if value} or None,
    }
    return {name: value for name, value in fields.items() if value}


def _in_words(source: SourceEntry, interface: Interface) -> str:
    date = source.model.date if source.model else None
    return interface.date(date) if date else ""


def _when(when: EdtfDate, interface: Interface) -> dict[str, Any]:
    """A date with its precision; an open interval in words."""
    start, mark, end = when.text.partition("/")
    if ".." in (start, end):
        return {"literal": interface.date(when)}
    parts = [_parts(point) for point in (start, end) if point]
    qualified = {"circa": True} if when.approximate or when.uncertain else {}
    return {"date-parts": parts if mark else parts[:1], **qualified}


def _parts(point: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", point)]


def _day(day: date) -> dict[str, Any]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _item(item: citations.Item) -> bytes:
    return b" " + indented(item).replace(b"\n", b"\n ")
