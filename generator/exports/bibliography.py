"""Sources as reference managers take them: CSL-JSON and BibTeX.

CSL-JSON follows csl-data.json of CSL 1.0.2: dates that it has no form for go in as ``literal``, and
what it has no field for stands under ``custom``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from generator import citations, dates, prose, routes
from generator.collection import Collection
from generator.dates import EdtfDate
from generator.entries import BriefingEntry, SourceEntry

#: Types whose publisher is what citations print as the work they stand in.
_IN_A_PERIODICAL = ("article-journal", "article-magazine", "article-newspaper", "post-weblog")


def bibliography_files(collection: Collection) -> Iterator[tuple[str, bytes]]:
    """Each briefing's source list and the site's: path below the site's root, and content."""
    every: dict[str, citations.Item] = {}
    for briefing in collection.briefings.values():
        items = [source_item(source, briefing) for source in briefing.bibliography.values()]
        yield routes.briefing_bibliography(briefing.id), _csl(items)
        every |= {item["id"]: item for item in items}
    yield routes.BIBLIOGRAPHY_CSL, _csl(every.values())
    yield routes.BIBLIOGRAPHY_BIBTEX, "\n".join(map(citations.bibtex, every.values())).encode()


def source_item(source: SourceEntry, briefing: BriefingEntry) -> dict[str, Any]:
    """A source as a CSL-JSON item; its key tells the briefing, unless briefings share it."""
    model = source.model
    key = f"{briefing.id}.{source.id}" if source.briefing else source.id
    if model is None:
        return {"id": citations.citation_key(key), "type": "document", "title": source.title}
    kind = model.type or ("webpage" if model.url else "document")
    archive = {"archive_url": model.archive_url} if model.archive_url else {}
    custom = {
        "nature": model.nature,
        "controlled_by": source.controlled_by.name if source.controlled_by else None,
        "carries": source.carries.title if source.carries else model.carries,
        **archive,
    }
    found = {
        "id": citations.citation_key(key),
        "type": kind,
        "title": model.title,
        "author": [{"literal": model.author}] if model.author else None,
        "publisher": source.publisher_name,
        "container-title": source.publisher_name if kind in _IN_A_PERIODICAL else None,
        "issued": _when(model.date) if model.date else None,
        "accessed": _day(model.accessed) if model.accessed else None,
        "language": model.language,
        "URL": model.url,
        "archive": model.archive_url,
        "note": prose.plain(model.note) if model.note else None,
        "custom": {name: value for name, value in custom.items() if value} or None,
    }
    return {name: value for name, value in found.items() if value}


def _when(when: EdtfDate) -> dict[str, Any]:
    """A date with the precision it was given in; an open interval in words."""
    start, mark, end = when.text.partition("/")
    if ".." in (start, end):
        return {"literal": dates.word(when)}
    parts = [_parts(point) for point in (start, end) if point]
    qualified = {"circa": True} if when.approximate or when.uncertain else {}
    return {"date-parts": parts if mark else parts[:1], **qualified}


def _parts(point: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", point)]


def _day(day: date) -> dict[str, Any]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _csl(items: Iterable[citations.Item]) -> bytes:
    return (json.dumps(list(items), ensure_ascii=False, indent=1) + "\n").encode()
