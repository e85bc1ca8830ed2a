"""The schemas for editors: made from the model, current, and never stricter than the check."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from generator.authoring.editor_schema import schema_files, schemas
from generator.cli.main import main
from generator.reading.loader import LoadedProject
from generator.reading.source_files import read_tree
from tests.building import EVERY_KEY, ROOT
from tests.examples import example
from tests.reference import load

NAMES = ["briefing", "actors", "topics", "places", "sources", "style"]
KNOWN = {"actor": {"norland": "Norland", "esteria": "Esteria"}}


class AsEditorsRead(yaml.SafeLoader):
    """YAML 1.2 as an editor reads it: numbers and booleans are such, dates and `no` are text."""


AsEditorsRead.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    AsEditorsRead.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", yaml.resolver.re.compile(rf"(?:{pattern})$"), list(first)
    )


def problems(schema: dict[str, Any], text: str) -> list[str]:
    data = yaml.load(text, Loader=AsEditorsRead)
    return [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(data)]


def test_the_committed_schemas_are_current() -> None:
    _, made = _loaded(ROOT)
    for name, text in made.items():
        assert (ROOT / name).read_text("utf-8") == text, "run `briefings schema`"
    schemas = [path for path in (ROOT / "data" / "schema").rglob("*") if path.is_file()]
    assert {path.relative_to(ROOT).as_posix() for path in schemas} == set(made)


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one_of_draft_2020_12(name: str) -> None:
    schema = schemas(KNOWN)[name]
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)


def _properties(node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "properties" and list(value) != ["kind"]:  # which is a condition
                yield from value.items()
            yield from _properties(value)
    elif isinstance(node, list):
        for child in node:
            yield from _properties(child)


@pytest.mark.parametrize("name", NAMES)
def test_every_key_is_explained_in_a_sentence(name: str) -> None:
    properties = list(_properties(schemas({})[name]))
    assert properties
    for key, schema in properties:
        text = schema.get("description", "")
        assert text.strip().endswith("."), f"`{key}` has no description"
        assert "\n" not in text


def test_examples_are_given_and_fit() -> None:
    whole = schemas({})["briefing"]
    shown = 0
    for _, schema in _properties(whole):
        for sample in schema.get("examples", ()):
            shown += 1
            jsonschema.Draft202012Validator({**schema, "$defs": whole["$defs"]}).validate(sample)
    assert shown > 10


FILES = [
    (folder, path.relative_to(folder).as_posix())
    for folder in (ROOT, EVERY_KEY)
    for path in (*sorted(folder.glob("briefings/**/*.yml")), *sorted(folder.glob("data/*.yml")))
]


@cache
def _loaded(folder: Path) -> tuple[LoadedProject, Mapping[str, str]]:
    """What a folder holds, and its schemas: many files are of one folder."""
    loaded = load(read_tree(folder / "briefings", folder / "data"))
    return loaded, schema_files(loaded)


@pytest.mark.parametrize(("folder", "path"), FILES, ids=[path for _, path in FILES])
def test_what_the_check_accepts_is_accepted(folder: Path, path: str) -> None:
    loaded, files = _loaded(folder)
    name = "briefing" if path.startswith("briefings/") else Path(path).stem
    if path in loaded.translation_files:
        translation = loaded.translations[path.removeprefix("briefings/").removesuffix(".yml")]
        name = f"translations/{translation.value.translation_of}"
    schema = json.loads(files[f"data/schema/{name}.schema.json"])
    assert problems(schema, (folder / path).read_text("utf-8")) == []


SOUND = example("title: Norland").files["briefings/halden.yml"].decode()


@pytest.mark.parametrize(
    "line",
    [
        "title: 1986", "title: true", "title: 1.10", "language: no", "aliases: [2024]",
        "topics: [2024, water]", "topics:", "background:", "related:", "as_of: 2025-03-04",
        "background: [{date: 2024, text: 12:30}]", "background: [{date: 2024-08%/.., text: x}]",
    ],
)  # fmt: skip
def test_bare_words_that_editors_take_for_numbers_are_accepted(line: str) -> None:
    key = line.partition(":")[0]
    data = yaml.load(SOUND, Loader=yaml.CBaseLoader)
    data.pop(key, None)
    text = f"{yaml.safe_dump(data)}\n{line}\n"
    assert load({"briefings/x.yml": text.encode()}).problems == ()
    assert problems(schemas({})["briefing"], text) == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("statsu: draft", "'statsu' was unexpected"),
        ("status: drafted", "'drafted' is not one of"),
        ("published: March", "does not match"),
        ("background: [{date: 2024}]", "'text' is a required property"),
        ("background: [{date: 24, text: x}]", ""),
    ],
)
def test_what_is_wrong_is_refused(line: str, message: str) -> None:
    key = line.partition(":")[0]
    data = yaml.load(SOUND, Loader=yaml.CBaseLoader)
    data.pop(key, None)
    text = f"{yaml.safe_dump(data)}\n{line}\n"
    assert message in " ".join(problems(schemas({})["briefing"], text))


def test_known_ids_are_offered_with_their_names_and_others_accepted() -> None:
    schema = schemas(KNOWN)["briefing"]
    assert schema["$defs"]["known-actor"] == {
        "enum": ["norland", "esteria"],
        "enumDescriptions": ["Norland", "Esteria"],
    }
    party = schema["$defs"]["Position"]["properties"]["party"]
    single, several = party["anyOf"]
    assert single["anyOf"][0] == several["items"]["anyOf"][0] == {"$ref": "#/$defs/known-actor"}
    newer = '{"positions": [{"id": "a", "party": "sundmark", "text": "b"}]}'
    assert not [problem for problem in problems(schema, newer) if "sundmark" in problem]


def test_nothing_in_a_schema_leads_elsewhere() -> None:
    for schema in schemas(KNOWN).values():
        text = json.dumps({key: value for key, value in schema.items() if key != "$schema"})
        assert "x-refers-to" not in text
        assert all(reference.startswith("#/") for reference in _references(schema))


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (value for key, value in node.items() if key == "$ref")
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for child in node:
            yield from _references(child)


def test_the_command_writes_them_and_lists_which_are_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for path, content in example("title: Norland").files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    run = CliRunner().invoke
    result = run(main, ["schema", "--check"])
    assert result.exit_code == 1
    assert "Out of date: data/schema/briefing.schema.json" in result.stdout
    assert not (tmp_path / "data" / "schema").exists()
    assert "Wrote: data/schema/briefing.schema.json" in run(main, ["schema"]).stdout
    assert run(main, ["schema"]).stdout == "The schemas are up to date.\n"
    assert run(main, ["add", "topic", "water", "--name", "Water"]).exit_code == 0
    assert run(main, ["schema", "--check"]).exit_code == 0
    assert "water" in (tmp_path / "data" / "schema" / "briefing.schema.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "valid"),
    [
        ("Norland", True),
        ({"en": "Norland", "fr": "Norlande"}, True),
        ({}, False),
        (["Norland"], False),
        ({"en": ["Norland"]}, False),
    ],
)
def test_an_editor_accepts_names_as_a_line_and_by_language(name: object, valid: bool) -> None:
    schema = schemas({})["actors"]
    entry = {"norland": {"name": name, "type": "state"}}
    assert jsonschema.Draft202012Validator(schema).is_valid(entry) is valid
