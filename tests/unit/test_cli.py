"""The command `briefings`: what it prints and how it exits."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from tests.fiction import allegation, briefing, files, position


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _write(folder: Path, given: Mapping[str, bytes]) -> None:
    for path, content in given.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def _run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert isinstance(result.exception, SystemExit | None)
    assert "Traceback" not in result.output
    return result


def test_sound_files_print_nothing_but_the_count(folder: Path) -> None:
    _write(folder, files({"x": briefing(), "river/y": briefing()}))
    result = _run("check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "2 briefings: 0 errors, 0 warnings\n"


def test_an_error_is_told_with_its_place_and_exits_with_1(folder: Path) -> None:
    _write(folder, files({}) | {"briefings/x.yml": b"title: Norland\nsummary: [open\n"})
    result = _run("check")
    assert result.exit_code == 1
    assert result.stdout.startswith("briefings/x.yml:2:10: error: The list that opens here")
    assert result.stderr.endswith(": 1 error, 0 warnings\n")


def test_each_problem_starts_a_line_of_its_own(folder: Path) -> None:
    _write(folder, files({"a": briefing(position(party="sundmark")), "b": briefing(title="")}))
    result = _run("check")
    lines = [line for line in result.stdout.splitlines() if not line.startswith("  ")]
    assert [line.split(": ")[0].split(":")[0] for line in lines] == [
        "briefings/a.yml",
        "briefings/b.yml",
    ]
    assert all(": error: " in line for line in lines)


def test_warnings_alone_exit_with_0(folder: Path) -> None:
    _write(folder, files({"x": briefing(allegation(), status="draft")}))
    result = _run("check")
    assert result.exit_code == 0
    assert ": warning: " in result.stdout
    assert result.stderr.endswith(": 0 errors, 1 warning\n")


def test_the_folders_can_be_named(folder: Path) -> None:
    _write(folder, {"texts/x.yml": files({"x": briefing()})["briefings/x.yml"]})
    _write(folder, {"lists/actors.yml": files({})["data/actors.yml"]})
    result = _run("check", "--briefings", "texts", "--data", "lists")
    assert (result.exit_code, result.stdout) == (0, "")


def test_a_missing_folder_is_a_mistake_of_usage(folder: Path) -> None:
    result = _run("check")
    assert result.exit_code == 2
    assert "There is no folder briefings/ here." in result.stderr


@pytest.mark.parametrize(
    "content",
    [b"", b"\0", b"\xff\xfe", b"- a", b"a: *b", b"{" * 100, b"a: " + b"x" * (2 << 20), b"\xed\xa0"],
)
def test_no_file_ends_in_a_traceback(folder: Path, content: bytes) -> None:
    _write(folder, {"briefings/x.yml": content, "data/actors.yml": content})
    assert _run("check").exit_code == 1


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["check", "-h"]])
def test_help_is_given(arguments: list[str]) -> None:
    result = _run(*arguments)
    assert result.exit_code == 0
    assert "Usage:" in result.output


def test_an_unknown_command_is_a_mistake_of_usage() -> None:
    assert _run("publish").exit_code == 2
