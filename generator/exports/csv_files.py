"""The tables as CSV (RFC 4180), and their description as a Frictionless Data Package.

The files begin with a byte order mark, by which spreadsheets know UTF-8, and no cell of theirs is
taken for a formula (OWASP, CSV Injection): one that could be begins with an apostrophe instead.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from generator.addresses import urls
from generator.collection.entries import BriefingEntry
from generator.collection.linker import Collection
from generator.exports.aggregate_files import AggregateFile, Fragment
from generator.exports.json_records import VERSION
from generator.exports.table_rows import Cell
from generator.exports.tables import TABLES, Table
from generator.rendering.settings import Settings
from generator.rendering.view import View

_MARK = "\ufeff"
#: What a spreadsheet can take for the beginning of a formula, in full width too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
_TRIMMED = " \u00a0\u3000"


def briefing_rows(briefing: BriefingEntry, view: View) -> Iterator[Fragment]:
    """A briefing's rows, as its shares of the tables."""
    for table in TABLES:
        rows = table.rows(briefing, view) if table.rows else ()
        if content := _csv(rows):
            yield Fragment(urls.table(table.name), briefing.id, content)


def shared_tables(collection: Collection, view: View) -> Iterator[AggregateFile]:
    """Every table without the briefings' rows."""
    for table in TABLES:
        head = _csv([[column.name for column in table.columns]])
        entries = _csv(table.entries(collection, view)) if table.entries else b""
        yield AggregateFile(urls.table(table.name), _MARK.encode() + head + entries)


def package(settings: Settings) -> bytes:
    """The description of the tables."""
    described = {
        "profile": "tabular-data-package",
        "name": "briefings",
        "title": settings.name or "Briefings",
        "version": VERSION,
        "homepage": settings.url,
        "resources": [_resource(table) for table in TABLES],
    }
    kept = {key: value for key, value in described.items() if value}
    return (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode()


def cell(value: Cell) -> str:
    """A value as it stands in a cell; a text that could be a formula begins with an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    return f"'{text}" if text.lstrip(_TRIMMED).startswith(_FORMULA) else text


def _csv(rows: Iterable[Iterable[Cell]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([cell(value) for value in row])
    return out.getvalue().encode()


def _resource(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [
            {"name": one.name, "type": one.type, "description": one.description}
            for one in table.columns
        ],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.foreign:
        schema["foreignKeys"] = [
            {"fields": list(own), "reference": {"resource": other, "fields": list(theirs)}}
            for own, other, theirs in table.foreign
        ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }
