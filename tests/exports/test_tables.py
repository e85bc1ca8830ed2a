"""The CSV tables, read by a validator of data packages and as a spreadsheet would read them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from frictionless import Package, Resource, Schema, system
from hypothesis import given
from hypothesis import strategies as st

from generator.collection.linker import link
from generator.exports.csv_files import cell
from generator.exports.tables import TABLES
from generator.model.briefing import Briefing
from generator.reading.source_files import read_tree
from tests.building import EVERY_KEY, ROOT
from tests.fiction import allegation, briefing, collected, response
from tests.published import SETTINGS, as_published, data, files_of, site, texts
from tests.reference import load

PUBLISHED = {
    key: briefing.model
    for key, briefing in link(
        load(read_tree(EVERY_KEY / "briefings", EVERY_KEY / "data")), drafts=False
    ).briefings.items()
}


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _table(name: str) -> list[dict[str, str]]:
    return _rows(site().assets[f"data/{name}.csv"])


def _written(folder: Path, project: Path) -> Path:
    for path, content in site(project).assets.items():
        if path.startswith("data/") and path.endswith((".csv", "datapackage.json")):
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(content)
    return folder / "data" / "datapackage.json"


@pytest.mark.parametrize("project", [EVERY_KEY, ROOT], ids=["every-key", "shipped"])
def test_the_data_package_is_valid_with_its_keys_and_references(
    project: Path, tmp_path: Path
) -> None:
    with system.use_context(trusted=True):
        report = Package(str(_written(tmp_path, project))).validate()
    assert report.flatten(["name", "rowNumber", "message"]) == []
    assert len(report.tasks) == len(TABLES)


def test_the_package_describes_every_column_in_its_order() -> None:
    package = data("data/datapackage.json")
    for described in package["resources"]:
        (header, *_) = site().assets[f"data/{described['path']}"].decode("utf-8-sig").splitlines()
        assert header.split(",") == [
            description["name"] for description in described["schema"]["fields"]
        ]
        assert all(description["description"] for description in described["schema"]["fields"])
        Schema.from_descriptor(described["schema"])


def test_a_validator_finds_what_is_wrong(tmp_path: Path) -> None:
    package = _written(tmp_path, EVERY_KEY)
    table = package.with_name("responses.csv")
    table.write_bytes(table.read_bytes().replace(b"halden,drought,", b"halden,nobody,"))
    assert not Package(str(package)).validate().valid


@pytest.mark.parametrize("key", PUBLISHED)
def test_every_text_of_a_briefing_is_in_a_cell(key: str) -> None:
    model: Briefing = PUBLISHED[key]
    cells = {
        value
        for path, content in site().assets.items()
        if path.endswith(".csv")
        for row in _rows(content)
        for value in row.values()
    }
    wanted = [cell(as_published(kind, words)) for kind, words in texts(model)]
    listed = {part for value in cells for part in value.split("; ")}
    assert [expected for expected in wanted if expected not in cells | listed] == []


def test_statements_have_who_what_when_and_where_in_columns_of_their_own() -> None:
    row = _table("statements")[0]
    assert {name: row[name] for name in ("id", "kind", "party_name", "speaker_name", "role")} == {
        "id": "diversion",
        "kind": "allegation",
        "party_name": "Norland",
        "speaker_name": "Per Holm",
        "role": "Minister of Water",
    }
    assert (row["date"], row["venue"], row["place"], row["against"]) == (
        "2025-02-14",
        "Parliament, question time",
        "nordby",
        "esteria; upstream-works",
    )
    assert (row["sources"], row["sources_counted"]) == (
        "norland-ministry; wire-copy; wire-reprint",
        "2",
    )


def test_each_pair_of_response_and_position_is_a_row() -> None:
    pairs = [(row["id"], row["to_briefing"], row["to_position"]) for row in _table("responses")]
    assert pairs == [
        ("joint-call", "halden", "diversion-demand"),
        ("drought", "halden", "diversion"),
        ("drought", "halden", "sundmark-echo"),
        ("drought", "river/flood", "old-claim"),
        ("earlier", "halden", "second"),
    ]


def test_each_accused_party_of_each_allegation_is_a_row_with_its_reply_status() -> None:
    replies = [(row["position"], row["accused"], row["status"]) for row in _table("replies")]
    assert ("diversion", "upstream-works", "no reply found") in replies
    assert ("second", "esteria", "earlier denial") in replies


@pytest.mark.parametrize(
    "begin", ["=", "+", "-", "@", "\t=", "\r", "＝", "＠", " =", "\u00a0=", "'"]
)
def test_a_text_that_a_spreadsheet_would_run_begins_with_an_apostrophe(begin: str) -> None:
    assert cell(f"{begin}HYPERLINK(1)") == f"'{begin}HYPERLINK(1)"


@given(st.text(max_size=20))
def test_no_cell_begins_as_a_formula_and_each_can_be_read_back(text: str) -> None:
    made = cell(text)
    assert not made.lstrip().startswith(("=", "+", "-", "@"))
    assert (made.removeprefix("'") if made.startswith("'") else made) == text


def test_numbers_stay_numbers() -> None:
    assert [cell(-3.25), cell(12), cell(True), cell(None)] == ["-3.25", "12", "true", ""]


def test_quotation_marks_line_breaks_and_other_scripts_survive() -> None:
    words = 'He said: "你好",\nمرحبا; =1+1'
    quoted = allegation(quotes=[{"text": words, "language": "zh"}])
    collection = collected({"x": briefing(quoted, responses=[response()])})
    files = files_of(collection, SETTINGS)
    assert _rows(files["data/quotations.csv"])[0]["text"] == words
    assert files["data/quotations.csv"].startswith(b"\xef\xbb\xbf")
    with (
        system.use_context(trusted=True),
        Resource(files["data/quotations.csv"], format="csv") as opened,
    ):
        assert next(iter(opened.row_stream))["text"] == words
