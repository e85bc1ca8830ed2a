"""JSON files: one for each briefing, one for the site, and one with a statement on each line."""

from __future__ import annotations

from collections.abc import Iterator

from generator.addresses import urls
from generator.collection.entries import BriefingEntry
from generator.exports.aggregate_files import AggregateFile, Fragment
from generator.exports.json_records import Record, Recorder
from generator.exports.json_text import compact


def briefing_json(
    briefing: BriefingEntry, recorder: Recorder
) -> tuple[dict[str, bytes], list[Fragment]]:
    """A briefing's own file, path to content, and its fragments of the site's files."""
    record = recorder.briefing(briefing)
    statements = enumerate(recorder.statements(briefing, record))
    return {urls.briefing_json(briefing.id): _line(recorder.page(briefing, record))}, [
        Fragment(urls.BRIEFINGS_JSON, briefing.id, _line(record).rstrip(b"\n")),
        *(
            Fragment(urls.STATEMENTS_JSON_LINES, f"{briefing.id}#{number}", _line(statement))
            for number, statement in statements
        ),
    ]


def shared_json(recorder: Recorder) -> Iterator[AggregateFile]:
    """The files of the site without the briefings' fragments."""
    # One briefing a line, so that a tool can read the file piece by piece.
    opening = _line(recorder.site()).removesuffix(b"}\n") + b',"briefings":[\n'
    yield AggregateFile(urls.BRIEFINGS_JSON, opening, b",\n", b"\n]}\n")
    yield AggregateFile(urls.STATEMENTS_JSON_LINES)


def _line(record: Record) -> bytes:
    text = compact(record)
    # Some readers of JSON Lines take these for line ends too.
    for letter in "\x85\u2028\u2029":
        text = text.replace(letter.encode(), f"\\u{ord(letter):04x}".encode())
    return text + b"\n"
