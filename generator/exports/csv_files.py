"""The tables as CSV (RFC 4180), and their description as a Frictionless Data Package.

The files begin with a byte order mark, by which spreadsheets recognise UTF-8. A text that a
spreadsheet could take for a formula begins with an added apostrophe (OWASP, CSV Injection).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from generator.addresses import urls
from generator.collection.entries import BriefingEntry
from generator.collection.linker import Collection
from generator.exports.aggregate_files import AggregateFile, Fragment
from generator.exports.json_records import VERSION
from generator.exports.json_text import indented
from generator.exports.registry_tables import REGISTRY_TABLES
from generator.exports.table import Cell, Table
from generator.exports.tables import BRIEFING_TABLES, TABLES
from generator.rendering.settings import Settings
from generator.rendering.view import View

_BYTE_ORDER_MARK = "\ufeff"
#: Characters that can begin a formula in a spreadsheet, also in full width.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
_SPACES = " \u00a0\u3000"


def briefing_rows(briefing: BriefingEntry, view: View) -> Iterator[Fragment]:
    """A briefing's rows, as fragments of the tables."""
    for table in BRIEFING_TABLES:
        if content := _csv(table.rows(briefing, view)):
            yield Fragment(urls.table(table.name), briefing.id, content)


def shared_tables(collection: Collection, view: View) -> Iterator[AggregateFile]:
    """Every table without the briefings' rows."""
    entries = {table.name: _csv(table.rows(collection, view)) for table in REGISTRY_TABLES}
    for table in TABLES:
        head = _csv([[column.name for column in table.columns]])
        content = _BYTE_ORDER_MARK.encode() + head + entries.get(table.name, b"")
        yield AggregateFile(urls.table(table.name), content)


def package(settings: Settings) -> bytes:
    """The description of the tables."""
    members = {
        "profile": "tabular-data-package",
        "name": "briefings",
        "title": settings.name or "Briefings",
        "version": VERSION,
        "homepage": settings.url,
        **settings.imprint.package(),
        "resources": [_resource(table, settings) for table in TABLES],
    }
    filled = {key: value for key, value in members.items() if value}
    return indented(filled) + b"\n"


def cell(value: Cell) -> str:
    """A value as the text of a cell; a text that could be a formula begins with an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.lstrip(_SPACES).startswith(_FORMULA) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _csv(rows: Iterable[Iterable[Cell]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([cell(value) for value in row])
    return out.getvalue().encode()


def _resource(table: Table[Any], settings: Settings) -> dict[str, Any]:
    # What a response answers can be in a briefing that this edition has no row of.
    foreign = [
        key for key in table.foreign if not (settings.leaves_out and key[0][0] == "to_briefing")
    ]
    schema: dict[str, Any] = {
        "fields": [
            {"name": column.name, "type": column.type, "description": column.description}
            for column in table.columns
        ],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if foreign:
        schema["foreignKeys"] = [
            {"fields": list(own), "reference": {"resource": other, "fields": list(theirs)}}
            for own, other, theirs in foreign
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
