"""The command `briefings add`: what it writes, and what it refuses. All names are fictional."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pydantic import BaseModel

from generator.authoring.registry_editor import HEADERS
from generator.cli import model_options
from generator.cli.add import add
from generator.model.introspection import keys
from generator.reading.source_files import read_tree
from generator.reading.validation import REGISTRIES
from generator.rules import ERRORS_ONLY
from tests.reference import check_site

ACTORS = """\
# The actors of this project.

esteria:
  name: Esteria
  type: state
"""
SUNDMARK = ("actor", "sundmark", "--name", "Sundmark", "--type", "state")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "briefings").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "actors.yml").write_bytes(ACTORS.encode())
    return tmp_path


def _run(*arguments: str, answers: str = "") -> Result:
    result = CliRunner().invoke(add, list(arguments), input=answers)
    assert isinstance(result.exception, SystemExit | None)
    assert "Traceback" not in result.output
    return result


def _actors(folder: Path) -> str:
    return (folder / "data" / "actors.yml").read_bytes().decode()


def _assert_nothing_written(folder: Path) -> None:
    assert _actors(folder) == ACTORS
    assert [path.name for path in (folder / "data").iterdir()] == ["actors.yml"]


@pytest.mark.parametrize("kind", ["actor", "topic", "place"])
def test_nothing_is_added_whose_feed_would_be_the_empty_sitemap(folder: Path, kind: str) -> None:
    more = ("--type", "state") if kind == "actor" else ()
    result = _run(kind, "sitemap", "--name", "Map", *more)
    assert result.exit_code == 1
    assert "address-taken" in result.stdout
    assert result.stderr == f"`sitemap` was not added to data/{kind}s.yml.\n"
    _assert_nothing_written(folder)


def test_an_actor_is_added_after_those_there_are(folder: Path) -> None:
    result = _run(
        "actor", "ana-lind", "--name", "Ana Lind", "--type", "person", "--country", "XE",
        "--also-known-as", "A. Lind", "--also-known-as", "Lind, Ana", "--wikidata", "Q1",
        "--role", "Foreign Minister", "--of", "esteria", "--from", "2023-05", "--until", "2025-01",
    )  # fmt: skip
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "Added `ana-lind` at the end of data/actors.yml.\n"
    assert _actors(folder) == (
        f"{ACTORS}\n"
        "ana-lind:\n"
        "  name: Ana Lind\n"
        "  type: person\n"
        "  country: XE\n"
        '  also_known_as: [A. Lind, "Lind, Ana"]\n'
        "  wikidata: Q1\n"
        "  roles:\n"
        "    - role: Foreign Minister\n"
        "      of: esteria\n"
        "      from: 2023-05\n"
        "      until: 2025-01\n"
    )
    assert check_site(read_tree(folder / "briefings", folder / "data"), ERRORS_ONLY) == []


def test_a_topic_a_place_and_a_source_are_added_to_files_of_their_own(folder: Path) -> None:
    assert _run("topic", "water", "--name", "Water", "--description", "Rivers.").exit_code == 0
    assert _run("topic", "rivers", "--name", "Rivers", "--parent", "water").exit_code == 0
    assert _run("place", "orm", "--name", "Orm", "--latitude", "-8.0").exit_code == 0
    source = ("--title", "Gauge", "--type", "dataset", "--url", "https://halden.example/gauge")
    assert _run("source", "gauge", *source, "--controlled-by", "esteria").exit_code == 0
    assert (folder / "data" / "topics.yml").read_text("utf-8") == (
        "# What briefings are about: id -> topic.\n\n"
        "water:\n  name: Water\n  description: Rivers.\n\n"
        "rivers:\n  name: Rivers\n  parent: water\n"
    )
    assert (folder / "data" / "places.yml").read_text("utf-8") == (
        "# Where things happened or were said: id -> place.\n\n"
        "orm:\n  name: Orm\n  latitude: -8.0\n"
    )
    assert (folder / "data" / "sources.yml").read_text("utf-8") == (
        "# Sources that several briefings cite: id -> source.\n\n"
        "gauge:\n  type: dataset\n  title: Gauge\n  controlled_by: esteria\n"
        "  url: https://halden.example/gauge\n"
    )
    assert check_site(read_tree(folder / "briefings", folder / "data"), ERRORS_ONLY) == []


def test_the_folder_of_the_registries_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "texts").mkdir()
    result = _run(*SUNDMARK, "--briefings", "texts", "--data", "lists/all")
    assert result.stdout == "Added `sundmark` at the end of lists/all/actors.yml.\n"
    assert (tmp_path / "lists" / "all" / "actors.yml").is_file()


def test_nothing_is_made_where_there_is_no_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = _run(*SUNDMARK)
    assert result.exit_code == 2
    assert "There is neither a folder briefings/ nor data/ here." in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_id_that_is_taken_is_refused_with_its_line(folder: Path) -> None:
    result = _run("actor", "esteria", "--name", "Esteria", "--type", "state")
    assert result.exit_code == 2
    assert result.stderr.endswith("Error: data/actors.yml has `esteria` already, in line 3.\n")
    _assert_nothing_written(folder)


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (
            ("actor", "Ana Lind", "--name", "Ana Lind", "--type", "person"),
            "data/actors.yml:7:1: error: `Ana Lind` is not an id. [value]",
            "write `ana-lind`.",
        ),
        (
            (*SUNDMARK, "--country", "Sundmark"),
            "data/actors.yml:10:12: error: `Sundmark` is not a two-letter country code "
            "(ISO 3166-1). [value]",
            "Write it like `ML`.",
        ),
        (
            ("actor", "a", "--name", "A", "--type", "person", "--role", "Envoy", "--of", "estera"),
            "data/actors.yml:12:11: error: `estera` is not the id of an actor. [unknown-id]",
            "Did you mean `esteria`?",
        ),
        (
            ("actor", "a", "--name", "A", "--type", "person", "--from", "2025"),
            "data/actors.yml:11:7: error: The key `role` is missing. [missing-key]",
            "in a.roles[0].role",
        ),
        (
            ("actor", "a", "--name", "A\u202eB", "--type", "person"),
            "data/actors.yml:8:11: error: An invisible character that reverses the reading "
            "direction, written \\u202E, is here: right-to-left override (U+202E). "
            "[yaml-bidi-control]",
            "Delete it",
        ),
        (
            ("source", "gauge", "--title", "Gauge"),
            "data/sources.yml:4:3: error: A source needs `url`, or `publisher` together with "
            "`date`. [source-not-findable]",
            "Readers must be able to find it.",
        ),
    ],
)
def test_what_is_wrong_is_reported_and_nothing_is_written(
    folder: Path, arguments: tuple[str, ...], message: str, hint: str
) -> None:
    result = _run(*arguments)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == message
    assert hint in result.stdout
    assert result.stderr.startswith(f"`{arguments[1]}` was not added")
    _assert_nothing_written(folder)


def test_a_registry_with_mistakes_is_left_alone(folder: Path) -> None:
    broken = b"esteria: [open\n"
    (folder / "data" / "actors.yml").write_bytes(broken)
    result = _run(*SUNDMARK)
    assert result.exit_code == 1
    assert result.stdout.startswith("data/actors.yml:1:10: error: The list that opens here")
    assert result.stderr == "`sundmark` was not added.\n"
    assert (folder / "data" / "actors.yml").read_bytes() == broken


def test_a_registry_in_brackets_is_left_alone_and_the_entry_shown(folder: Path) -> None:
    brackets = b"{esteria: {name: Esteria, type: state}}\n"
    (folder / "data" / "actors.yml").write_bytes(brackets)
    result = _run(*SUNDMARK)
    assert result.exit_code == 1
    assert result.stderr.endswith("by hand:\nsundmark:\n  name: Sundmark\n  type: state\n")
    assert (folder / "data" / "actors.yml").read_bytes() == brackets


def test_mistakes_elsewhere_do_not_stop_an_entry(folder: Path) -> None:
    (folder / "briefings" / "halden.yml").write_bytes(b"title: [open\n")
    (folder / "data" / "topics.yml").write_bytes(b"water: {}\n")
    result = _run(*SUNDMARK)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "Added `sundmark` at the end of data/actors.yml.\n"


def test_the_files_mode_is_kept_and_nothing_else_is_left(folder: Path) -> None:
    path = folder / "data" / "actors.yml"
    path.chmod(0o640)
    before = stat.S_IMODE(path.stat().st_mode)
    assert _run(*SUNDMARK).exit_code == 0
    assert stat.S_IMODE(path.stat().st_mode) == before
    assert list((folder / "data").iterdir()) == [path]


def test_a_link_to_another_file_stays_a_link(folder: Path) -> None:
    path = folder / "data" / "actors.yml"
    moved = path.rename(folder / "data" / "everybody.yml")
    path.symlink_to(moved)
    assert _run(*SUNDMARK).exit_code == 0
    assert path.is_symlink()
    assert "sundmark:" in moved.read_text("utf-8")


def test_a_file_outside_the_folder_is_not_replaced(folder: Path) -> None:
    path = folder / "data" / "actors.yml"
    outside = path.rename(folder / "actors.yml")
    path.symlink_to(outside)
    result = _run(*SUNDMARK)
    assert result.exit_code == 1
    assert "'data/actors.yml': it can't be read" in result.stderr
    assert (path.is_symlink(), outside.read_bytes()) == (True, ACTORS.encode())


def test_what_is_needed_must_be_given(folder: Path) -> None:
    result = _run("actor", "sundmark", "--type", "state")
    assert result.exit_code == 2
    assert "Missing option '--name'." in result.stderr
    _assert_nothing_written(folder)


def test_what_is_needed_is_asked_for_at_a_terminal(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_options, "at_a_terminal", lambda: True)
    result = _run("actor", "sundmark", answers="Sundmark\nking\nstate\n")
    assert result.exit_code == 0
    assert "Name: " in result.stdout
    assert "Error: 'king' is not one of" in result.output
    assert _actors(folder).endswith("\nsundmark:\n  name: Sundmark\n  type: state\n")


@pytest.mark.parametrize("kind", HEADERS)
def test_every_key_of_an_entry_has_an_option(kind: str) -> None:
    model = REGISTRIES[f"{kind}s"].model
    names = [option.name for option in add.commands[kind].params]
    assert len(names) == len(set(names)), "two options of one name: rename one"
    assert set(_names(model)) == set(names) - {"key", "config", "briefings", "data"}


def test_words_that_a_key_accepts_are_offered(folder: Path) -> None:
    result = _run("source", "gauge", "--title", "Gauge", "--type", "gossip")
    assert result.exit_code == 2
    assert "'gossip' is not one of 'article'" in result.stderr
    text = " ".join(_run("source", "--help").stdout.split())
    assert "One of: article," in text
    assert "--nature [primary|secondary]" in text


@pytest.mark.parametrize("kind", HEADERS)
def test_help_is_given(kind: str) -> None:
    result = _run(kind, "--help")
    assert result.exit_code == 0
    assert f"Usage: add {kind} [OPTIONS] ID" in result.stdout
    assert f"Register a{'n' if kind == 'actor' else ''} {kind}" in result.stdout
    assert "Required." in result.stdout


def _names(model: type[BaseModel]) -> list[str]:
    return [
        name for key in keys(model) for name in (_names(key.model) if key.model else [key.name])
    ]
