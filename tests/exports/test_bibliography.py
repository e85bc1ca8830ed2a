"""The source lists, read by a BibTeX reader and by a formatter of CSL."""

from __future__ import annotations

import json
import re
import warnings
from pathlib import Path
from typing import Any

import bibtexparser
import citeproc
import pytest
from bibtexparser.bparser import BibTexParser
from citeproc.source.json import CiteProcJSON

from tests.building import EVERY_KEY, ROOT, as_typed
from tests.fiction import SOURCE, briefing, collected
from tests.published import data, files_of, leaves, site

#: CSL's own grammar of names.
STANDARD = Path(citeproc.__file__).parent / "data" / "schema" / "schemas" / "styles"


def _entries(content: bytes) -> list[dict[str, str]]:
    parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    entries: list[dict[str, str]] = bibtexparser.loads(content.decode(), parser).entries
    return entries


def _item(**keys: Any) -> dict[str, Any]:
    collection = collected({"x": briefing(sources=[SOURCE | keys])})
    (item,) = json.loads(files_of(collection)["x/bibliography.json"])
    typed_item: dict[str, Any] = item
    return typed_item


@pytest.mark.parametrize("project", [EVERY_KEY, ROOT], ids=["every-key", "shipped"])
def test_bibtex_has_every_source_once(project: Path) -> None:
    assets = site(project).assets
    items = json.loads(assets["data/bibliography.json"])
    entries = _entries(assets["data/bibliography.bib"])
    assert [entry["ID"] for entry in entries] == [item["id"] for item in items]
    assert len({entry["ID"] for entry in entries}) == len(items)


def test_every_value_of_a_source_is_in_its_csl_item() -> None:
    published = {str(leaf) for leaf in leaves(data("halden/bibliography.json"))}
    shown = {
        "norland": "Norland", "esteria": "Esteria", "wire-copy": "Norland and Esteria at odds",
        "Hourly means, *not* peaks.": "Hourly means, not peaks.",
        "Reprint of the wire": "[Reprint of the wire]",
    }  # fmt: skip
    for source in as_typed(EVERY_KEY / "briefings" / "halden.yml")["sources"]:
        for key, value in source.items():
            if key in ("date", "accessed", "title_by"):
                continue
            wanted = f"halden.{value}" if key == "id" else shown.get(value, value)
            assert wanted in published, (key, value)


@pytest.mark.parametrize(
    ("typed", "issued"),
    [
        ("2024", {"date-parts": [[2024]]}),
        ("2024-08", {"date-parts": [[2024, 8]]}),
        ("2024-08-05", {"date-parts": [[2024, 8, 5]]}),
        ("2024-08~", {"date-parts": [[2024, 8]], "circa": True}),
        ("2024-08-05/2024-08-07", {"date-parts": [[2024, 8, 5], [2024, 8, 7]]}),
        ("2024/..", {"literal": "from 2024 on"}),
    ],
)
def test_a_date_has_the_precision_it_was_given_in(typed: str, issued: dict[str, Any]) -> None:
    assert _item(date=typed)["issued"] == issued


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        ("2024-08-05~", "about 5 August 2024"),
        ("2024-08?", "August 2024 (uncertain)"),
        ("2024%", "about 2024 (uncertain)"),
        ("2024-08-05/2024-08-07", "2024-08-05/2024-08-07"),
        ("../2024", "no later than 2024"),
    ],
)
def test_bibtex_says_whether_a_date_is_uncertain_or_approximate(typed: str, year: str) -> None:
    collection = collected({"x": briefing(sources=[SOURCE | {"date": typed}])})
    (entry,) = _entries(files_of(collection)["data/bibliography.bib"])
    assert entry["year"] == year


def test_a_formatter_of_csl_reads_every_source_list() -> None:
    assets = site().assets
    for path in [path for path in assets if path.endswith("/bibliography.json")]:
        items = json.loads(assets[path])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it has no use for `custom`
            read = CiteProcJSON(items)
        assert set(read) == {item["id"].lower() for item in items}, path


def test_a_publisher_of_news_is_what_citations_print_as_the_work() -> None:
    item = _item(type="article-newspaper", publisher="Nordby Daily", date="2025")
    assert item["container-title"] == item["publisher"] == "Nordby Daily"
    assert "container-title" not in _item(type="report", publisher="Nordby Daily", date="2025")


def test_two_briefings_sources_of_one_id_have_keys_of_their_own() -> None:
    pair = {"a/b": briefing(), "a-b": briefing()}
    items = json.loads(files_of(collected(pair))["data/bibliography.json"])
    assert [item["id"] for item in items] == ["a-b.gauge", "a--b.gauge"]


def test_signs_that_tex_reads_are_written_out() -> None:
    collection = collected({"x": briefing(sources=[SOURCE | {"title": r"50% & {x} \y_z"}])})
    content = files_of(collection)["data/bibliography.bib"]
    assert rb"{{50\% \& \textbraceleft{}x\textbraceright{} \textbackslash{}y\_z}}" in content
    assert len(_entries(content)) == 1


def test_every_item_has_variables_and_types_of_csl_only() -> None:
    named = {
        name: set(re.findall(r'"([\w-]+)"', (STANDARD / f"csl-{name}.rnc").read_text("utf-8")))
        for name in ("variables", "types")
    }
    assert "container-title" in named["variables"]
    items = json.loads(site(ROOT).assets["data/bibliography.json"]) + data("data/bibliography.json")
    for item in items:
        assert item["type"] in named["types"]
        assert set(item) - {"id", "type", "custom"} - named["variables"] == set()
