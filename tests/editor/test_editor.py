"""What authors get in VS Code and other editors, from the language server that these run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from generator.authoring.briefing_template import skeleton
from generator.authoring.editor_schema import schema_files
from generator.authoring.translation_file import new_translation
from generator.reading.source_files import read_tree
from tests.building import EVERY_KEY, ROOT
from tests.editor.language_server import LanguageServer
from tests.reference import load

_numbers = count()
START = "title: Norland accuses Esteria\n"


def new_briefing() -> Path:
    """The path of a briefing that no test has opened; nothing is written there."""
    return ROOT / "briefings" / f"test-of-the-editor-{next(_numbers)}.yml"


def _schemas() -> dict[str, list[str]]:
    """The schemas and files that the repository's settings for VS Code name."""
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))
    return {(ROOT / schema).as_uri(): [files] for schema, files in settings["yaml.schemas"].items()}


@pytest.fixture(scope="module")
def editor() -> Iterator[LanguageServer]:
    server = LanguageServer(_schemas())
    yield server
    server.close()


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("status: |", {"draft", "published", "archived"}),
        ("positions:\n  - kind: |", {"allegation", "demand", "statement"}),
        ("responses:\n  - stance: |", {"denies", "accepts_in_part", "declines_to_comment"}),
        ("sources:\n  - type: |", {"article-newspaper", "treaty", "webpage"}),
        ("positions:\n  - party: |", {"mali", "ukraine", "japan"}),
        ("positions:\n  - against:\n      - |", {"mali", "ukraine", "japan"}),
        ("positions:\n  - against: [|]", {"mali", "ukraine", "japan"}),
        ("topics:\n  - |", {"water", "diplomacy"}),
        ("places: [|]", {"guba", "tin-zaouatine"}),
        ("positions:\n  - quotes:\n      - form: |", {"verbatim", "translation"}),
        ("|", {"summary", "positions", "review_by"}),
        ("positions:\n  - id: claim\n    |", {"party", "speaker_role", "no_response"}),
    ],
)
def test_accepted_words_known_ids_and_keys_are_offered(
    editor: LanguageServer, text: str, offered: set[str]
) -> None:
    completions = editor.completions(new_briefing(), START + text)
    assert offered <= {label.strip() for label in completions}


def test_shared_sources_are_offered(tmp_path: Path) -> None:
    loaded = load(read_tree(EVERY_KEY / "briefings", EVERY_KEY / "data"))
    for name, text in schema_files(loaded).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    schema = tmp_path / "data" / "schema" / "briefing.schema.json"
    server = LanguageServer({schema.as_uri(): ["*.yml"]})
    completions = server.completions(tmp_path / "x.yml", "positions:\n  - sources: [|]")
    server.close()
    assert "wire-copy" in completions
    assert "wire-copy" in loaded.sources


def test_the_name_is_shown_next_to_an_id(editor: LanguageServer) -> None:
    completions = editor.completions(new_briefing(), f"{START}positions:\n  - party: |")
    assert "International Atomic Energy Agency" in json.dumps(
        completions["iaea"], ensure_ascii=False
    )


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("status", "shown in the preview only"),
        ("based_on", "says it is based on"),
        ("stance", "How it answers"),
    ],
)
def test_a_key_is_explained(editor: LanguageServer, word: str, words: str) -> None:
    text = f"{START}status: draft\npositions:\n  - based_on: []\nresponses:\n  - stance: denies\n"
    assert words in editor.hover(new_briefing(), text, word)


WHOLE = f"{START}summary: The two states differ.\nbackground: []\npositions: []\nresponses: []\n"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (f"{WHOLE}statsu: draft\n", 5, "statsu"),
        (f"{WHOLE}status: drafted\n", 5, "draft"),
        (f"{WHOLE}published: 4 March 2025\n", 5, "pattern"),
        (f"{WHOLE}sources:\n  - {{id: gauge, title: Gauge}}\n", 6, "url"),
        (WHOLE.replace("summary:", "summary_:"), 0, "summary"),
        (
            WHOLE.replace("s: []\nr", "s: [{id: a, party: mali, text: b, kind: allegation}]\nr"),
            3,
            "against",
        ),
    ],
)
def test_a_mistake_is_underlined(editor: LanguageServer, text: str, line: int, words: str) -> None:
    problems = editor.problems(new_briefing(), text)
    assert any(
        problem["range"]["start"]["line"] == line and words in problem["message"]
        for problem in problems
    ), problems


FILES = [
    *sorted((ROOT / "briefings").rglob("*.yml")),
    *sorted((ROOT / "data").glob("*.yml")),
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_is_underlined_in_the_shipped_files(editor: LanguageServer, path: Path) -> None:
    assert editor.problems(path, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", sorted((EVERY_KEY / "briefings").rglob("*.yml")), ids=str)
def test_nothing_is_underlined_in_files_with_every_key(editor: LanguageServer, path: Path) -> None:
    assert editor.problems(new_briefing(), path.read_text(encoding="utf-8")) == []


def test_nothing_is_underlined_in_registries_with_every_key() -> None:
    """In another server: each file is opened once."""
    server = LanguageServer(_schemas())
    problems = {
        name: server.problems(
            ROOT / "data" / f"{name}.yml", (EVERY_KEY / "data" / f"{name}.yml").read_text("utf-8")
        )
        for name in ("actors", "topics", "places", "sources", "style")
    }
    server.close()
    assert {name: underlined for name, underlined in problems.items() if underlined} == {}


def test_a_new_briefing_names_its_schema_itself() -> None:
    """Editors without our settings find the schema by the file's first line."""
    server = LanguageServer({})
    text = skeleton("test-of-the-editor")
    assert server.problems(new_briefing(), text) == []
    problems = server.problems(new_briefing(), f"{text}\nstatsu: draft\n")
    server.close()
    assert [problem["message"] for problem in problems] == ["Property statsu is not allowed."]


@pytest.fixture(scope="module")
def translation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LanguageServer, Path]]:
    """An editor in a site with a translation, whose settings have a schema for all briefings."""
    folder = tmp_path_factory.mktemp("site")
    files = read_tree(EVERY_KEY / "briefings", EVERY_KEY / "data")
    original = load(files).briefings["halden"].value
    schema = "../data/schema/translations/halden.schema.json"
    text = new_translation("briefings/halden.fr.yml", "halden", original, "fr", schema)
    files["briefings/halden.fr.yml"] = text.encode()
    for name, content in schema_files(load(files)).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    path = folder / "briefings" / "halden.fr.yml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    briefings = folder / "data" / "schema" / "briefing.schema.json"
    server = LanguageServer({briefings.as_uri(): ["**/*.yml"]})
    yield server, path
    server.close()


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("|", {"summary", "translators", "changes"}),
        ("positions:\n  |", {"diversion", "second"}),
        ("positions:\n  diversion:\n    |", {"venue", "claim", "quotes"}),
        ("background:\n  |", {"treaty", "low-water"}),
        ("changes:\n  |", {"2025-03-05", "2025-03-06#2"}),
    ],
)
def test_the_originals_ids_are_offered_in_a_translation(
    translation: tuple[LanguageServer, Path], text: str, offered: set[str]
) -> None:
    server, path = translation
    line = path.read_text("utf-8").splitlines()[0]
    start = f"{line}\ntranslation_of: halden\nlanguage: fr\n"
    completions = server.completions(path.with_name(f"{next(_numbers)}.fr.yml"), start + text)
    names = {label.strip().strip('"') for label in completions}
    assert offered <= names
    assert not {"published", "party", "sources: "} & names


def test_nothing_is_underlined_in_a_new_translation(
    translation: tuple[LanguageServer, Path],
) -> None:
    server, path = translation
    text = path.read_text("utf-8")
    assert server.problems(path.with_name(f"{next(_numbers)}.fr.yml"), text) == []
    wrong = server.problems(path.with_name(f"{next(_numbers)}.fr.yml"), f"{text}published: 2025\n")
    assert any("published" in problem["message"] for problem in wrong)
