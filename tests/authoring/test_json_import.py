"""Published data read back: every key comes back as it was written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.authoring.json_import import ImportDataError, import_json, merged
from generator.authoring.yaml_writer import to_yaml
from generator.cli.main import main
from generator.collection.linker import link
from generator.reading.source_files import read_tree
from generator.reading.yaml_parser import read
from tests.building import EVERY_KEY, ROOT, every_key_project
from tests.fiction import briefing, collected
from tests.published import SETTINGS, files_of, site
from tests.reference import load


@cache
def _everything(project: Path) -> bytes:
    """All data of a project, drafts too: every key of the format is in it."""
    loaded = load(read_tree(project / "briefings", project / "data"))
    return files_of(link(loaded), SETTINGS)["data/briefings.json"]


@cache
def _imported(project: Path) -> Mapping[str, bytes]:
    """The files that a project's data become."""
    return import_json(_everything(project)).files()


@pytest.mark.parametrize("project", [EVERY_KEY, ROOT], ids=["every-key", "shipped"])
def test_a_sites_data_become_files_that_say_the_same(project: Path) -> None:
    before = load(read_tree(project / "briefings", project / "data"))
    after = load(_imported(project))
    assert after.problems == ()
    assert set(after.briefings) == set(before.briefings)
    for key, reading in before.briefings.items():
        assert after.briefings[key].value == reading.value
        assert after.briefings[key].value.model_fields_set == reading.value.model_fields_set
    for name, registry in before.registries.items():
        assert after.registries[name].value == registry.value


def test_what_was_written_is_what_was_typed() -> None:
    before = load(read_tree(ROOT / "briefings", ROOT / "data"))
    after = load(_imported(ROOT))
    for key, reading in before.briefings.items():
        assert after.briefings[key].document.data == reading.document.data


@pytest.mark.parametrize("project", [EVERY_KEY, ROOT], ids=["every-key", "shipped"])
def test_data_of_the_files_that_were_written_are_the_same_data(project: Path) -> None:
    files = _imported(project)
    again = files_of(link(load(files)), SETTINGS)["data/briefings.json"]
    assert json.loads(again) == json.loads(_everything(project))
    assert import_json(again).files() == files


def test_one_pages_data_become_its_file_and_the_entries_it_names() -> None:
    made = import_json(site().assets["river/flood/index.json"])
    assert set(made.briefings) == {"river/flood"}
    assert "norland" in made.registries["actors"]
    assert "per-holm" not in made.registries["actors"]
    assert load(made.files()).problems == ()


def test_a_briefing_from_a_site_in_another_language_names_its_language() -> None:
    french = replace(SETTINGS, language="fr")
    files = files_of(collected({"x": briefing()}), french)
    of_today = json.loads(files["x/index.json"])
    assert (of_today["language"], of_today["implied"]) == ("fr", ["language", "as_of"])
    older = {key: value for key, value in of_today.items() if key != "language"}
    for data in (of_today, older, json.loads(files["data/briefings.json"])):
        content = json.dumps(data).encode()
        assert import_json(content, "ar").briefings["x"]["language"] == "fr"
        assert "language" not in import_json(content, "fr").briefings["x"]


def test_the_data_of_an_edition_say_in_which_language_an_untranslated_briefing_is() -> None:
    edition = replace(SETTINGS, language="fr", languages=("en", "fr"))
    data = files_of(collected({"x": briefing()}), edition)["x/index.json"]
    assert json.loads(data)["site"]["language"] == "fr"
    assert json.loads(data)["language"] == "en"
    assert import_json(data, "fr").briefings["x"]["language"] == "en"


def test_the_files_are_written_as_an_author_would() -> None:
    text = import_json(site().assets["halden/index.json"]).files()["briefings/halden.yml"].decode()
    assert text.startswith("title: ")
    assert "\ntopics: [water]\n" in text
    assert "      - party: esteria\n        as_of: 2025-03-05\n" in text
    assert "  - id: diversion\n    party: norland\n    speaker: per-holm\n    kind: all" in text
    assert max(map(len, text.splitlines())) <= 120


@pytest.mark.parametrize(
    ("content", "location", "reason"),
    [
        (b"{", "", "It is not JSON: "),
        (b"[]", "", "It is `[]`, but must be an object."),
        (b"{}", "", "The key `version` is missing, so this is other data. Give a page's"),
        (b'{"version": null}', "version", "It is `null`, but must be 1.x. Give a page's index"),
        (b'{"version": "2.0"}', "version", 'It is `"2.0"`, but must be 1.x.'),
        (b'{"version": "1.0"}', "id", "`null` is not a briefing's id."),
        (b'{"version": "1.0", "id": "../x"}', "id", '`"../x"` is not a briefing\'s id.'),
        (b'{"version": "1.7", "id": "x", "title": 3}', "title", "It is `3`, but must be a text."),
        (
            b'{"version": "1.0", "id": "x", "positions": [{"party": "norland"}]}',
            "positions[0].party",
            'It is `"norland"`, but must be an object.',
        ),
        (
            b'{"version": "1.0", "briefings": [{"id": "x", "summary": {}}]}',
            "briefings[0].summary.markdown",
            "It is `null`, but must be a text.",
        ),
        (b'{"version": "1.0", "briefings": 1}', "briefings", "It is `1`, but must be a list."),
        (b'{"version": "1.0", "briefings": [], "registries": []}', "registries", "It is `[]`"),
        (b'{"version": "1.0", "id": "x", "implied": "title"}', "implied", 'It is `"title"`,'),
        (b'{"version": "1.0", "id": "x", "implied": null}', "implied", "It is `null`,"),
        (
            b'{"version": "1.0", "id": "x", "sources": [{"shared": true, "id": 5}]}',
            "sources[0].id",
            "It is `5`, but must be a text.",
        ),
        (
            b'{"version": "1.0", "briefings": [],'
            b' "registries": {"places": {"p": {"latitude": 1e999}}}}',
            "registries.places.p.latitude",
            "It is `Infinity`, but must be a number.",
        ),
        (b'{"a": ' + b"[" * 100_000, "", "It is not JSON: "),
        (b"\xff\xfe", "", "It is not JSON: "),
    ],
)
def test_anything_else_is_refused_at_its_place(content: bytes, location: str, reason: str) -> None:
    with pytest.raises(ImportDataError) as refused:
        import_json(content)
    assert refused.value.location == location
    assert refused.value.reason.startswith(reason)


TEXTS = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=60
)
PLAIN = st.text("ab :#-'\"[]{}|>&*!%@`,?\\\n\t é漢ا", min_size=1, max_size=200)


@given(st.dictionaries(st.sampled_from("abcdefg"), st.one_of(TEXTS, PLAIN, st.lists(PLAIN))))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_written_as_yaml_is_read_back_as_it_was(data: dict[str, Any]) -> None:
    document, problems = read("x.yml", to_yaml(data).encode())
    if document is None or problems:  # signs that no briefing may hold, or a file without entries
        assert problems
    else:
        assert document.data == data


@given(st.lists(PLAIN, min_size=1, max_size=4))
def test_any_quotation_survives_the_way_out_and_back(words: list[str]) -> None:
    kept = [word for word in words if word.strip()]
    quotes = [{"text": item, "language": "en"} for item in kept]
    position = {"id": "a", "party": "norland", "text": "It says so.", "quotes": quotes}
    collection = collected({"x": briefing(position | {"sources": ["gauge"]})})
    path, content = "x/index.json", files_of(collection, SETTINGS)["x/index.json"]
    assert path == "x/index.json"
    back = load(import_json(content).files()).briefings["x"].value
    assert back == collection.briefings["x"].model


def test_a_briefing_that_says_the_same_keeps_its_text_and_comments() -> None:
    files = read_tree(EVERY_KEY / "briefings", EVERY_KEY / "data")
    after, left = merged(files, import_json(_everything(EVERY_KEY)))
    assert (after, left) == (files, [])


def _import(folder: Path, *arguments: str) -> tuple[int, str]:
    config = folder / "mkdocs.yml"
    done = CliRunner().invoke(
        main,
        ["import", *arguments, *(["--config", str(config)] if config.exists() else []),
         "--briefings", str(folder / "briefings"), "--data", str(folder / "data")],
    )  # fmt: skip
    return done.exit_code, done.output


def test_the_command_writes_a_whole_site(tmp_path: Path) -> None:
    source = tmp_path / "briefings.json"
    source.write_bytes(_everything(EVERY_KEY))
    code, output = _import(tmp_path / "new", str(source))
    assert (code, output.splitlines()[-1][:8]) == (0, "Wrote 8 ")
    made = load(read_tree(tmp_path / "new" / "briefings", tmp_path / "new" / "data"))
    assert len(made.briefings) == 3
    assert set(made.registries) == {"actors", "topics", "places", "sources", "style"}


def test_the_command_writes_over_nothing_unless_asked_to(tmp_path: Path) -> None:
    project = every_key_project(tmp_path / "project")
    source = tmp_path / "index.json"
    data = json.loads(site().assets["halden/index.json"])
    data["title"] = "Another title"
    data["registries"]["actors"]["new-one"] = {"name": "New One", "type": "person"}
    source.write_text(json.dumps(data), "utf-8")
    before = (project / "briefings" / "halden.yml").read_bytes()
    code, output = _import(project, str(source))
    assert code == 1
    assert output.splitlines()[0].endswith("halden.yml already exists, and differs.")
    assert (project / "briefings" / "halden.yml").read_bytes() == before
    code, _ = _import(project, str(source), "--replace")
    assert code == 0
    assert "title: Another title" in (project / "briefings" / "halden.yml").read_text("utf-8")
    assert "new-one:\n  name: New One\n" in (project / "data" / "actors.yml").read_text("utf-8")


def test_the_command_reports_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    source = tmp_path / "x.json"
    source.write_text('{"version": "1.0", "id": "CON"}', "utf-8")
    code, output = _import(tmp_path, str(source))
    assert code == 1
    assert 'x.json: id: `"CON"` is not a briefing\'s id.' in output
    assert _import(tmp_path, str(tmp_path / "none.json"))[0] == 1
