"""The command `briefings new`: what it makes, and what it refuses. All names are fictional."""

from __future__ import annotations

import errno
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.authoring.briefing_template import skeleton
from generator.cli.new import new
from tests.fiction import briefing, files


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "briefings").mkdir()
    return tmp_path


def _run(*arguments: str) -> Result:
    result = CliRunner().invoke(new, list(arguments))
    assert isinstance(result.exception, SystemExit | None)
    assert "Traceback" not in result.output
    return result


def _refusal(result: Result) -> list[str]:
    """The lines of a mistake of usage, after the word for it."""
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.partition("Error: ")[2].splitlines()


def _tree(folder: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def test_a_briefing_is_made_with_its_folders(folder: Path) -> None:
    result = _run("river/halden")
    assert (result.exit_code, result.stderr) == (0, "")
    path = folder / "briefings" / "river" / "halden.yml"
    assert path.read_bytes() == skeleton("river/halden").encode()


def test_the_new_file_and_the_next_commands_are_printed(folder: Path) -> None:
    assert _run("halden").stdout.splitlines() == [
        "Created briefings/halden.yml, a draft.",
        "",
        "What to do next:",
        "  1. Register whom it is about, unless data/actors.yml has them:",
        "       briefings add actor esteria --name Esteria --type state",
        "  2. Write. The lines that begin with ## explain what goes where. Then look for mistakes:",
        "       briefings check",
        "  3. See it as readers will:",
        "       briefings serve",
    ]


def test_the_next_commands_are_those_of_an_environment_that_is_not_activated(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.cli.new.own_command", lambda: ".venv/bin/briefings")
    lines = [line.strip() for line in _run("halden").stdout.splitlines()]
    assert ".venv/bin/briefings check" in lines
    assert ".venv/bin/briefings serve" in lines
    assert not any(line.startswith(("briefings ", "make ")) for line in lines)


def test_the_folders_can_be_named(folder: Path) -> None:
    (folder / "site" / "texts").mkdir(parents=True)
    result = _run("river/halden", "--briefings", "site/texts", "--data", "lists")
    assert result.stdout.startswith("Created site/texts/river/halden.yml")
    assert "unless lists/actors.yml has them" in result.stdout
    first = (folder / "site/texts/river/halden.yml").read_text("utf-8").partition("\n")[0]
    schema = "../../../lists/schema/briefing.schema.json"
    assert first == f"# yaml-language-server: $schema={schema}"
    # The path leads from the file's folder to where the schema is kept.
    schema_path = (folder / "site/texts/river" / schema).resolve()
    assert schema_path == (folder / "lists/schema/briefing.schema.json").resolve()


def test_nothing_is_made_where_there_is_no_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _refusal(_run("halden")) == [
        "There is no folder briefings/ here.",
        "Go to the project's folder first, or name the folder with `docs_dir` in mkdocs.yml or "
        "with --briefings.",
    ]
    assert _tree(tmp_path) == {}


@pytest.mark.parametrize(
    ("briefing_id", "message", "hint"),
    [
        (
            "Über Wasser",
            "The file's name becomes its address. `Über Wasser` is not an id.",
            "Use this id: `briefings new uber-wasser`.",
        ),
        (
            "river/halden.yml",
            "The file's name becomes its address. `halden.yml` is not an id.",
            "Use this id: `briefings new river/halden`.",
        ),
        (
            "briefings/halden.yml",
            "The file's name becomes its address. `halden.yml` is not an id.",
            "Use this id: `briefings new halden`.",
        ),
        (
            "../halden",
            "The file's name becomes its address. `..` is not an id.",
            "Use this id: `briefings new halden`.",
        ),
        (
            "/halden",
            "An ID is a path below the folder of the briefings: it can't begin with `/`.",
            "Use this id: `briefings new halden`.",
        ),
        (
            "actors/foo",
            "The site generates the pages under `actors/`.",
            "Use this id: `briefings new foo`.",
        ),
        (
            "Durra Gas.yml",
            "The file's name becomes its address. `Durra Gas.yml` is not an id.",
            "Use this id: `briefings new durra-gas`.",
        ),
        (
            "sources",
            "The site itself needs the name `sources`.",
            "Give the file another name.",
        ),
        (
            "con/halden",
            "`con` is a device's name on Windows.",
            "Give the file another name.",
        ),
    ],
)
def test_an_id_that_is_none_is_refused_with_one_that_is(
    folder: Path, briefing_id: str, message: str, hint: str
) -> None:
    assert _refusal(_run(briefing_id)) == [message, hint]
    assert _tree(folder) == {"briefings": None}


def test_the_name_of_a_translation_is_refused_with_the_command_for_it(folder: Path) -> None:
    assert _refusal(_run("river/halden.fr")) == [
        "`river/halden.fr` is the name of a translation, not an id.",
        "Run `briefings translate river/halden fr`.",
    ]
    assert _tree(folder) == {"briefings": None}


def test_a_path_that_begins_with_the_briefings_folder_is_no_id(folder: Path) -> None:
    assert _refusal(_run("briefings/halden")) == [
        "An ID is a path below briefings/, without the name of this folder.",
        "Use this id: `briefings new halden`.",
    ]
    (folder / "briefings" / "briefings").mkdir()
    assert _run("briefings/halden").stdout.startswith("Created briefings/briefings/halden.yml")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("river/halden.yml", "already exists."),
        ("river/halden.yaml", "already exists, which has the same address."),
        ("river/halden.md", "already exists, which has the same address."),
        ("river/halden/index.md", "already exists, which has the same address."),
    ],
)
def test_a_file_with_the_address_is_never_touched(folder: Path, name: str, reason: str) -> None:
    path = folder / "briefings" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\xff kept as it is")
    before = _tree(folder)
    assert _refusal(_run("river/halden")) == [
        f"briefings/{name} {reason}",
        "Give the new briefing another id.",
    ]
    assert _tree(folder) == before


def test_a_link_that_leads_nowhere_is_not_written_through(folder: Path) -> None:
    (folder / "briefings" / "halden.yml").symlink_to(folder / "elsewhere.yml")
    assert _refusal(_run("halden"))[0] == "briefings/halden.yml already exists."
    assert not (folder / "elsewhere.yml").exists()


def test_a_former_address_of_another_briefing_is_refused(folder: Path) -> None:
    (folder / "briefings" / "rivers.yml").write_bytes(
        files({"rivers": briefing(aliases=["halden"])})["briefings/rivers.yml"]
    )
    assert _refusal(_run("halden")) == [
        "`halden` is a former id of the briefing `rivers` (briefings/rivers.yml, line 1): "
        "its address redirects there.",
        "Give the new briefing another id.",
    ]
    assert not (folder / "briefings" / "halden.yml").exists()


def test_a_former_address_of_a_file_that_the_site_leaves_out_is_free(folder: Path) -> None:
    (folder / "mkdocs.yml").write_bytes(b"docs_dir: briefings\nexclude_docs: rivers.yml\n")
    (folder / "briefings" / "rivers.yml").write_bytes(
        files({"rivers": briefing(aliases=["halden"])})["briefings/rivers.yml"]
    )
    assert _run("halden").exit_code == 0
    assert (folder / "briefings" / "halden.yml").exists()


def test_a_file_in_place_of_a_folder_is_reported(folder: Path) -> None:
    (folder / "briefings" / "river").write_bytes(b"")
    result = _run("river/halden")
    assert result.exit_code == 2
    assert "briefings/river already exists" in result.stderr.replace("\\", "/")


@pytest.mark.skipif(sys.platform == "win32", reason="folders there have no such mode")
def test_a_folder_that_cannot_be_written_to_is_reported(folder: Path) -> None:
    (folder / "briefings").chmod(0o500)
    try:
        result = _run("halden")
    finally:
        (folder / "briefings").chmod(0o700)
    if result.exit_code:  # a superuser may write anyway
        assert result.exit_code == 1
        assert "'briefings/halden.yml'" in result.stderr


class _FullDisk(BytesIO):
    def write(self, _content: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_file_that_the_disk_has_no_room_for_is_removed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Path.open

    def open_on_full_disk(path: Path, *arguments: Any, **named: Any) -> Any:
        file = opened(path, *arguments, **named)
        if path.name != "halden.yml":
            return file
        file.close()
        return _FullDisk()

    monkeypatch.setattr(Path, "open", open_on_full_disk)
    result = _run("halden")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "briefings/halden.yml" in result.stderr
    assert "No space left on device" in result.stderr
    assert not (folder / "briefings" / "halden.yml").exists()
