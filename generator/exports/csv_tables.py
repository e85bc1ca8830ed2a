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

from generator import routes
from generator.collection import Collection
from generator.exports.records import VERSION
from generator.exports.tables import Cell, Row, Table, tables
from generator.view import Settings

_MARK = "\ufeff"
#: What a spreadsheet can take for the beginning of a formula, in full width too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
_TRIMMED = " \u00a0\u3000"


def csv_files(collection: Collection, settings: Settings) -> Iterator[tuple[str, bytes]]:
    """Every table and the package's description: path below the site's root, and content."""
    resources = []
    for table, rows in tables(collection, settings):
        content = _csv(table, rows)
        yield routes.table(table.name), content
        resources.append(_resource(table))
    package = {
        "profile": "tabular-data-package",
        "name": "briefings",
        "title": settings.name or "Briefings",
        "version": VERSION,
        "homepage": settings.url,
        "resources": resources,
    }
    described = {key: value for key, value in package.items() if value}
    yield (
        routes.DATA_PACKAGE,
        (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode(),
    )


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


def _csv(table: Table, rows: Iterable[Row]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    for row in rows:
        writer.writerow([cell(value) for value in row])
    return (_MARK + out.getvalue()).encode()


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
