"""`briefings translate` and `briefings translations`. All names are fictional."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from generator.cli.main import main
from generator.reading.yaml_parser import read
from tests.fiction import as_json, briefing, files, position, response

HALDEN = briefing(
    position(venue="Parliament", quotes=[{"text": "It falls.", "language": "en"}]),
    responses=[response()],
)
PATH = Path("briefings/river/halden.fr.yml")
ORIGINAL = Path("briefings/river/halden.yml")
SCHEMA = Path("data/schema/translations/river/halden.schema.json")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for path, content in files({"river/halden": HALDEN}).items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(content)
    return tmp_path


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert isinstance(result.exception, SystemExit | None)
    return result


def refusal(*arguments: str) -> str:
    before = {path: path.read_bytes() for path in Path("briefings").rglob("*.yml")}
    result = run(*arguments)
    assert result.exit_code in (1, 2)
    assert {path: path.read_bytes() for path in Path("briefings").rglob("*.yml")} == before
    return result.output.rpartition("Error: ")[2].strip()


def fill(*names: str) -> None:
    text = PATH.read_text("utf-8")
    for name in names:
        text = text.replace(f"{name}:\n", f"{name}: Des mots\n", 1)
    PATH.write_text(text, "utf-8")


def change(**keys: object) -> None:
    ORIGINAL.write_text(as_json(HALDEN | keys), "utf-8")


def test_a_file_and_its_schema_are_created_and_what_comes_next_is_said() -> None:
    result = run("translate", "river/halden", "fr")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "Created briefings/river/halden.fr.yml, a draft with 5 texts to translate.",
        "",
        "Write each text after its key, then look for mistakes:",
        "  briefings check briefings/river/halden.fr.yml",
        "When it is finished, write `status: published` in it.",
    ]
    first, *_ = PATH.read_text("utf-8").splitlines()
    assert first == f"# yaml-language-server: $schema=../../{SCHEMA.as_posix()}"
    assert SCHEMA.is_file()
    checked = run("check", PATH.as_posix(), "--fail-on", "warning")
    assert checked.exit_code == 0
    assert "1 translation checked: 0 errors, 0 warnings" in checked.stderr
    assert run("schema", "--check").stdout.count("translations") == 0


def test_a_second_run_changes_nothing() -> None:
    run("translate", "river/halden", "fr")
    fill("title")
    before = PATH.read_bytes()
    result = run("translate", "river/halden", "fr")
    assert result.stdout == "briefings/river/halden.fr.yml needs no update.\n"
    assert PATH.read_bytes() == before


def test_what_changed_in_the_original_is_marked_reported_and_accepted() -> None:
    run("translate", "river/halden", "fr")
    fill("title", "summary")
    change(title="Norland accuses both", changes=[
        {"date": "2025-03-05", "kind": "correction", "text": "Both."}
    ])  # fmt: skip
    checked = run("check", PATH.as_posix())
    assert "warning: 1 of 6 texts changed since this translation. [stale-translation]" in (
        checked.stdout
    )
    assert "It now says `Norland accuses both`" in checked.stdout
    assert "briefings translate river/halden fr --accept title" in checked.stdout
    updated = run("translate", "river/halden", "fr")
    assert updated.stdout.splitlines() == [
        "Updated briefings/river/halden.fr.yml.",
        "  1 added, to be translated: changes.2025-03-05",
        "  1 changed in the original since they were translated: title",
    ]
    assert "#- Norland accuses Esteria\n#+ Norland accuses both\ntitle: Des mots\n" in (
        PATH.read_text("utf-8")
    )
    accepted = run("translate", "river/halden", "fr", "--accept", "title")
    assert accepted.stdout.splitlines() == [
        "Updated briefings/river/halden.fr.yml.",
        "  1 recorded as translated from what the original says now: title",
    ]
    assert "#: Norland accuses both\ntitle: Des mots\n" in PATH.read_text("utf-8")
    assert "stale-translation" not in run("check", PATH.as_posix()).stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["river/haldn", "fr"], "`river/haldn` is not the id of a briefing. Did you mean "
         "`river/halden`?"),
        (["lake", "fr"], "`lake` is not the id of a briefing. There is no briefings/lake.yml."),
        (["briefings/river/halden.yml", "fr"], "`briefings/river/halden.yml` is not the id of a "
         "briefing. Did you mean `river/halden`?"),
        (["river/halden", "French"], "`French` is not a language tag: write `fr`."),
        (["river/halden", "en"], "`river/halden` is in English (`en`) already."),
        (["river/halden", "fr", "--accept", "all"],
         "There is no briefings/river/halden.fr.yml yet, so nothing can be accepted."),
    ],
)  # fmt: skip
def test_what_cannot_be_translated_is_refused(arguments: list[str], message: str) -> None:
    assert refusal("translate", *arguments) == message
    assert not PATH.exists()


def test_a_former_id_is_answered_with_the_present_one() -> None:
    change(aliases=["old/halden"])
    assert refusal("translate", "old/halden", "fr") == (
        "`old/halden` is a former id of `river/halden`. Write `river/halden`."
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("titel", "The original has no text `titel`. Did you mean `title`?"),
        ("summary", "`summary` is not translated yet, so it can't be accepted."),
    ],
)
def test_only_a_translated_text_can_be_accepted(name: str, message: str) -> None:
    run("translate", "river/halden", "fr")
    assert refusal("translate", "river/halden", "fr", "--accept", name) == message


def test_a_file_with_mistakes_is_left_alone_and_the_mistake_is_shown() -> None:
    run("translate", "river/halden", "fr")
    PATH.write_text(f"{PATH.read_text('utf-8')}published: 2025-03-04\n", "utf-8")
    assert "The key `published` is not known here." in refusal("translate", "river/halden", "fr")


def test_an_original_with_mistakes_is_not_translated() -> None:
    change(title=None)
    output = refusal("translate", "river/halden", "fr")
    assert "`river/halden` has mistakes. Correct them first." in output


def test_the_table_has_all_translations_with_numbers() -> None:
    assert run("translations").stdout.startswith("There are no translations.")
    for language in ("fr", "ar", "de"):
        run("translate", "river/halden", language)
    fill("title", "summary")
    change(title="Norland accuses both")
    PATH.write_text(PATH.read_text("utf-8").replace("\nposit", "\nsources: {x: {note: M}}\nposit"))
    Path("briefings/river/halden.de.yml").write_text("translation_of: [\n")
    assert run("translations").stdout.splitlines() == [
        "original      language  status        texts  translated  changed  unrecorded  missing"
        "  unknown",
        "river/halden  ar        draft             5           0        0           0        5"
        "        0",
        "river/halden  de        has mistakes      –           –        –           –        –"
        "        –",
        "river/halden  fr        draft             5           1        1           0        3"
        "        1",
    ]
    rows = json.loads(run("translations", "--format", "json").stdout)
    assert rows[2] == {
        "file": "briefings/river/halden.fr.yml", "original": "river/halden", "language": "fr",
        "status": "draft", "texts": 5, "translated": 1, "changed": 1, "unrecorded": 0,
        "missing": 3, "unknown": 1,
    }  # fmt: skip
    assert rows[1]["texts"] is None


def test_the_schema_knows_the_ids_and_texts_of_the_original() -> None:
    run("translate", "river/halden", "fr")
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    claim = schema["properties"]["positions"]["properties"]["claim"]["properties"]
    assert claim["venue"]["description"] == "Parliament"
    assert claim["quotes"]["properties"]["0"]["description"] == "It falls."
    document, _ = read(PATH.as_posix(), PATH.read_bytes())
    assert document is not None
    validator = jsonschema.Draft202012Validator(schema)
    assert list(validator.iter_errors(document.data)) == []
    for wrong in ({"published": "2025"}, {"positions": {"claim": {"party": "norland"}}}):
        assert list(validator.iter_errors({**document.data, **wrong})) != []
    change(title="Norland accuses both")
    assert f"Out of date: {SCHEMA.as_posix()}" in run("schema", "--check").stdout


def test_errors_in_a_translation_stop_a_check_unless_it_is_to_be_left_out() -> None:
    run("translate", "river/halden", "fr")
    PATH.write_text(f"{PATH.read_text('utf-8')}published: 2025-03-04\n", "utf-8")
    assert run("check").exit_code == 1
    setting = "plugins: [{briefings: {leave_out_broken_translations: true}}]"
    Path("mkdocs.yml").write_text(f"docs_dir: briefings\n{setting}\n")
    result = run("check")
    assert result.exit_code == 0
    assert "halden.fr.yml:41:1: warning: The key `published` is not known here." in result.stdout
