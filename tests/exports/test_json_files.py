"""The JSON files: what they hold, their schemas, and that nothing written is missing from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from generator.collection.linker import link
from generator.exports.json_records import VERSION
from generator.reading.source_files import read_tree
from tests.building import EVERY_KEY, ROOT, as_typed
from tests.fiction import ACTORS, allegation, briefing, collected, position, response
from tests.published import SETTINGS, URL, data, files_of, leaves, site
from tests.reference import load

SCHEMAS = ("briefing", "briefings", "statement")
LOADED = load(read_tree(EVERY_KEY / "briefings", EVERY_KEY / "data"))
PUBLISHED = list(link(LOADED, drafts=False).briefings)


def _schema(name: str) -> Any:
    return data(f"data/schema/{name}.schema.json")


def _lines() -> list[Any]:
    return [json.loads(line) for line in site().assets["data/statements.jsonl"].splitlines()]


def _strict(node: Any, *, merged: bool = False) -> Any:
    """A schema that forbids what it doesn't name, to find keys that it should name."""
    if isinstance(node, list):
        return [_strict(child) for child in node]
    if not isinstance(node, dict):
        return node
    made = {key: _strict(part) for key, part in node.items()}
    if node.get("type") == "object" and "properties" in node and "oneOf" not in node:
        made["unevaluatedProperties"] = False
    return made


def _errors(name: str, value: Any) -> list[str]:
    schema = _schema(name)
    parts = {key: part if key == "Link" else _strict(part) for key, part in schema["$defs"].items()}
    parts["Answer"] = schema["$defs"].get("Answer", {})
    whole = schema if name == "statement" else _strict({**schema, "$defs": {}})
    errors = Draft202012Validator({**whole, "$defs": parts}).iter_errors(value)
    return [f"{list(problem.path)}: {problem.message[:200]}" for problem in errors]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_of_the_data_is_a_json_schema(name: str) -> None:
    Draft202012Validator.check_schema(_schema(name))


@pytest.mark.parametrize("key", PUBLISHED)
def test_a_pages_data_fits_its_schema_and_has_no_key_that_it_does_not_name(key: str) -> None:
    assert _errors("briefing", data(f"{key}/index.json")) == []


def test_the_sites_data_fit_their_schema() -> None:
    assert _errors("briefings", data("data/briefings.json")) == []


def test_every_line_of_statements_fits_its_schema() -> None:
    lines = _lines()
    assert len(lines) == 8
    for line in lines:
        assert _errors("statement", line) == []


def test_the_schema_refuses_a_record_without_what_it_promises() -> None:
    whole = data("halden/index.json")
    del whole["positions"][0]["party"], whole["version"]
    assert len(_errors("briefing", whole)) == 2


@pytest.mark.parametrize("key", PUBLISHED)
def test_every_value_that_was_typed_is_in_the_pages_data(key: str) -> None:
    published = set(leaves(data(f"{key}/index.json")))
    typed = as_typed(EVERY_KEY / "briefings" / f"{key}.yml")
    wanted = [leaf.rstrip("\n") for leaf in leaves(typed)]
    assert [
        expected
        for expected in wanted
        if expected not in published and f"{expected}\n" not in published
    ] == []


def test_every_value_of_the_registries_is_in_the_sites_data() -> None:
    published = {str(leaf) for leaf in leaves(data("data/briefings.json"))}
    wanted = [
        leaf.rstrip("\n")
        for name in ("actors", "topics", "places", "sources", "style")
        for leaf in leaves(as_typed(EVERY_KEY / "data" / f"{name}.yml"))
    ]
    assert [
        expected
        for expected in wanted
        if expected not in published and f"{expected}\n" not in published
    ] == []


def test_ids_are_resolved() -> None:
    (position, *_) = data("halden/index.json")["positions"]
    assert position["party"] == {
        "id": "norland",
        "type": "state",
        "name": "Norland",
        "url": f"{URL}actors/norland/",
    }
    assert position["role"] == "Minister of Water"
    assert position["based_on"] == [
        {
            "ref": "low-water",
            "briefing": "halden",
            "id": "low-water",
            "date": "2025-02-10/2025-02-12",
            "url": f"{URL}halden/#low-water",
        }
    ]


def test_a_date_has_its_text_and_the_days_it_can_mean() -> None:
    events = data("halden/index.json")["background"]
    assert events[1]["date"] == {
        "edtf": "2025-02-10/2025-02-12",
        "earliest": "2025-02-10",
        "latest": "2025-02-12",
    }
    assert events[2]["date"] == {
        "edtf": "2008~",
        "earliest": "2008-01-01",
        "latest": "2008-12-31",
        "approximate": True,
    }


def test_an_allegation_shows_the_reply_status_of_each_accused_party() -> None:
    replies = data("halden/index.json")["positions"][0]["replies"]
    assert [(reply["accused"]["id"], reply["status"], reply.get("as_of")) for reply in replies] == [
        ("esteria", "answered", None),
        ("upstream-works", "no reply found", "2025-03-05"),
    ]
    assert replies[0]["responses"][0]["url"] == f"{URL}halden/#drought"


def test_a_statement_by_itself_has_its_briefing_and_its_sources_in_full() -> None:
    line = next(line for line in _lines() if line.get("id") == "drought")
    assert line["version"] == VERSION
    assert line["kind"] == "response"
    assert line["briefing"]["id"] == "halden"
    assert line["sources"][0]["url"] == "https://esteria.example/level"


def test_keys_with_the_formats_default_are_distinguished_from_those_that_were_written() -> None:
    position = data("halden/index.json")["positions"][2]["quotes"][0]
    assert (position["form"], position["implied"]) == ("verbatim", ["form"])


def test_without_the_sites_address_addresses_begin_at_its_root() -> None:
    from dataclasses import replace

    made = site(EVERY_KEY, replace(SETTINGS, url=""))
    page = json.loads(made.assets["halden/index.json"])
    assert page["url"] == "halden/"
    assert page["positions"][0]["url"] == "halden/#diversion"
    assert "url" not in page["site"]


def test_a_line_of_statements_is_one_line_whatever_was_quoted() -> None:
    words = "one\u2028two\u2029three\x85four"
    quoted = allegation(quotes=[{"text": words, "language": "en"}])
    collection = collected({"x": briefing(quoted, responses=[response()])})
    content = files_of(collection, SETTINGS)["data/statements.jsonl"].decode()
    assert len(content.splitlines()) == 2
    assert json.loads(content.splitlines()[0])["quotes"][0]["text"] == words


def test_the_shipped_briefings_data_fit_their_schema() -> None:
    made = site(ROOT)
    pages = [path for path in made.assets if path.endswith("/index.json")]
    assert len(pages) == 4
    for path in pages:
        assert _errors("briefing", json.loads(made.assets[path])) == []


def test_the_promise_of_stability_is_shown_with_the_version() -> None:
    (page,) = [page for page in site().pages if page.path == "data/index.md"]
    assert f"currently {VERSION}" in page.markdown
    assert Path(ROOT / "docs" / "data.md").is_file()


def test_those_whose_words_a_quotation_has_are_named_and_among_the_registries() -> None:
    quotes = [
        {"text": "The tap is shut.", "language": "en", "words_of": "sundmark"},
        {"text": "It is open.", "language": "en", "words_of": "A clerk"},
    ]
    actors = ACTORS | {"sundmark": {"name": "Sundmark", "type": "state"}}
    collection = collected({"x": briefing(position(quotes=quotes))}, actors=actors)
    record = json.loads(files_of(collection)["x/index.json"])
    by_actor, by_name = record["positions"][0]["quotes"]
    assert by_actor["words_of"] == "sundmark"
    assert by_actor["words_of_actor"]["name"] == "Sundmark"
    assert by_name["words_of"] == "A clerk"
    assert "words_of_actor" not in by_name
    assert record["registries"]["actors"]["sundmark"]["name"] == "Sundmark"
