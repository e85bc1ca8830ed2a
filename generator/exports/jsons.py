"""The collection as JSON: a file beside each page, the whole site, and a statement a line."""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator import routes
from generator.collection import Collection
from generator.exports.record_schema import record_schemas
from generator.exports.records import Record, Recorder
from generator.view import Settings


def json_files(collection: Collection, settings: Settings) -> Iterator[tuple[str, bytes]]:
    """Every JSON file: path below the site's root, and content."""
    recorder = Recorder(collection, settings)
    whole: list[bytes] = []
    statements: list[bytes] = []
    for briefing in collection.briefings.values():
        record = recorder.briefing(briefing)
        yield routes.briefing_json(briefing.id), _line(recorder.page(briefing, record))
        whole.append(_line(record).rstrip(b"\n"))
        statements += map(_line, recorder.statements(briefing, record))
    # One briefing a line, so that a tool can read the file without holding it whole.
    opening = _line(recorder.site()).removesuffix(b"}\n") + b',"briefings":[\n'
    yield routes.BRIEFINGS_JSON, opening + b",\n".join(whole) + b"\n]}\n"
    yield routes.STATEMENTS_JSON_LINES, b"".join(statements)
    yield from record_schemas().items()


def _line(record: Record) -> bytes:
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    # Some readers of JSON Lines take these, too, for the end of a line.
    for letter in "\x85\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return f"{text}\n".encode()
