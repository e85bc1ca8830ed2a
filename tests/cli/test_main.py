"""The command `briefings`: what it prints and how it exits."""

from __future__ import annotations

import errno
import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from generator.cli.main import main
from generator.reading.syntax_rules import SYNTAX_RULES, SyntaxRule
from generator.rules import RULES
from generator.rules.base import Rule
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


def test_valid_files_print_nothing_but_the_count(folder: Path) -> None:
    _write(folder, files({"x": briefing(), "river/y": briefing()}))
    result = _run("check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "2 briefings checked: 0 errors, 0 warnings\n"


def test_an_error_is_reported_with_its_place_and_exits_with_1(folder: Path) -> None:
    _write(folder, files({}) | {"briefings/x.yml": b"title: Norland\nsummary: [open\n"})
    result = _run("check")
    assert result.exit_code == 1
    assert result.stdout.startswith("briefings/x.yml:2:10: error: The list that opens here")
    assert result.stderr.endswith(": 1 error, 0 warnings\n")


def test_each_problem_starts_a_line_of_its_own(folder: Path) -> None:
    _write(folder, files({"a": briefing(position(party="sundmark")), "b": briefing(title="")}))
    result = _run("check")
    lines = [line for line in result.stdout.splitlines() if line and line[0] != " "]
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
    assert result.stderr.endswith(": 0 errors, 2 warnings\n")
    assert _run("check", "--fail-on", "warning").exit_code == 1


def test_a_language_without_translations_is_a_note_and_no_fault_of_a_file(folder: Path) -> None:
    config = b"docs_dir: briefings\ntheme: {name: material, language: nl}\n"
    _write(folder, files({"x": briefing()}) | {"mkdocs.yml": config})
    result = _run("check", "--format", "json")
    assert (result.exit_code, result.stdout) == (0, "[]\n")
    assert result.stderr.startswith("Note: `theme: language` is `nl`, but")
    assert result.stderr.endswith("1 briefing checked: 0 errors, 0 warnings\n")
    assert _run("check", "--fail-on", "warning").exit_code == 0


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


WRONG = {"briefings/x.yml": "title: Norland\nsummary: 川の水 [@guage].\n".encode()}


def test_the_offending_line_is_shown_with_a_caret_below_the_place(folder: Path) -> None:
    _write(folder, files({}) | WRONG)
    lines = _run("check").stdout.splitlines()
    at = next(i for i, line in enumerate(lines) if "`guage` is not the id of a source" in line)
    assert lines[at].startswith("briefings/x.yml:2:16: error: ")
    assert lines[at + 1] == "    2 | summary: 川の水 [@guage]."
    # Chinese characters are two columns wide.
    assert lines[at + 2] == "      | " + " " * 18 + "^"


def test_only_the_problems_of_the_named_files_are_reported(folder: Path) -> None:
    _write(folder, files({"a": briefing(title=""), "b/c": briefing(title="")}))
    assert _run("check", "briefings/b").stdout.count("error:") == 1
    assert "briefings/b/c.yml" in _run("check", "briefings/b/c.yml").stdout
    assert _run("check", "data/actors.yml").exit_code == 0
    assert _run("check", "briefings").stdout.count("error:") == 2
    result = _run("check", "b/c")
    assert result.exit_code == 2
    assert "There is no file or folder b/c. Did you mean briefings/b/c.yml?" in result.stderr
    result = _run("check", "briefings/d.yml")
    assert result.exit_code == 2
    assert "There is no file or folder briefings/d.yml." in result.stderr


def test_a_file_from_elsewhere_is_checked_as_a_briefing_of_the_project(folder: Path) -> None:
    _write(folder, files({"a": briefing()}))
    other = files({"b": briefing(position(party="norlnd"))})["briefings/b.yml"]
    _write(folder, {"drafts/b.yml": other})
    result = _run("check", "drafts/b.yml")
    assert result.stdout.startswith("drafts/b.yml:1:")
    assert "Did you mean `norland`?" in result.stdout


def test_problems_are_reported_as_json(folder: Path) -> None:
    _write(folder, files({}) | WRONG)
    result = _run("check", "--format", "json")
    data = json.loads(result.stdout)
    assert result.exit_code == 1
    assert data[-1] == {
        "rule": "unknown-id",
        "severity": "error",
        "path": "briefings/x.yml",
        "line": 2,
        "column": 16,
        "field": "summary",
        "message": "`guage` is not the id of a source.",
        "hint": "Declare it in this briefing's `sources` or data/sources.yml.",
        "fix": None,
    }
    _write(folder, files({"x": briefing()}))
    assert json.loads(_run("check", "--format", "json").stdout) == []


def test_problems_are_reported_as_annotations(folder: Path) -> None:
    _write(folder, files({}) | {"briefings/100%,x.yml": WRONG["briefings/x.yml"]})
    lines = _run("check", "--format", "github").stdout.splitlines()
    assert lines[-1] == (
        "::error file=briefings/100%25%2Cx.yml,line=2,col=16,title=unknown-id::`guage` is not the "
        "id of a source.%0ADeclare it in this briefing's `sources` or data/sources.yml."
    )


def test_the_day_of_judgement_can_be_named(folder: Path) -> None:
    _write(folder, files({"x": briefing(review_by="2025-06-01")}))
    assert _run("check", "--today", "2025-06-01").stdout == ""
    assert "2 days ago" in _run("check", "--today", "2025-06-03").stdout
    assert "review-due" in _run("check").stdout
    assert _run("check", "--today", "June").exit_code == 2


CONFIG = """
docs_dir: texts
theme: {name: material, language: fr}
plugins:
  - search
  - briefings: {data_dir: lists, rules: {review-due: error, event-without-source: off}}
"""


def test_the_configuration_names_folders_and_sets_rules(folder: Path) -> None:
    event = {"date": "2025-01", "text": "The regime falls."}
    given = files({"x": briefing(review_by="2025-01-01", background=[event])})
    style = {"fr": {"loaded": [{"term": "regime", "instead": "government"}]}}
    _write(
        folder,
        {
            "mkdocs.yml": CONFIG.encode(),
            "texts/x.yml": given["briefings/x.yml"],
            "lists/actors.yml": given["data/actors.yml"],
            "lists/style.yml": json.dumps(style).encode(),
        },
    )
    result = _run("check")
    assert result.exit_code == 1
    lines = [line for line in result.stdout.splitlines() if line.startswith("texts/x.yml:")]
    assert [line.rpartition("[")[2] for line in lines] == ["loaded-term]", "review-due]"]
    assert " error: " in lines[1]


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ("{review-du: off}", "Did you mean `review-due`?"),
        ("{review-due: loud}", "must be `off`, `warning` or `error`"),
        ("{yaml-tab: off}", "`yaml-tab` is not a rule that can be set."),
        ("{address-taken: off}", "The rule `address-taken` must be an error"),
        ("[review-due]", "`rules` must be lines"),
    ],
)
def test_a_wrong_setting_is_a_mistake_of_usage(folder: Path, rules: str, message: str) -> None:
    _write(folder, files({"x": briefing()}))
    _write(folder, {"mkdocs.yml": f"plugins: [briefings: {{rules: {rules}}}]".encode()})
    result = _run("check")
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_configuration_that_does_not_exist_is_a_mistake_of_usage(folder: Path) -> None:
    result = _run("rules", "--config", "nowhere/mkdocs.yml")
    assert result.exit_code == 2
    assert "There is no file nowhere/mkdocs.yml." in result.stderr
    assert _run("rules").exit_code == 0


def _git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def test_silent_edits_are_reported_against_a_revision(folder: Path) -> None:
    project = folder / "project"  # not the repository's root, as may be
    _write(project, files({"x": briefing(), "old": briefing(), "é": briefing()}))
    _git(folder, "init", "--quiet")
    _git(folder, "add", ".")
    _git(folder, "commit", "--quiet", "--message", "First")
    (project / "briefings" / "old.yml").unlink()
    _write(project, files({"x": briefing(position(text="The water rises."))}))
    where = ["--briefings", "project/briefings", "--data", "project/data"]
    result = _run("check", "--since", "HEAD", *where)
    assert result.exit_code == 1
    assert "This changed since HEAD, where it was `The water falls.`." in result.stdout
    assert "project/briefings/old.yml:1:1: error: The briefing `old` was pub" in result.stdout
    change = {"date": "2025-03-06", "kind": "correction", "text": "The water rises."}
    _write(project, files({"x": briefing(position(text="The water rises."), changes=[change])}))
    assert "silent-edit" not in _run("check", "--since", "HEAD", *where).stdout
    result = _run("check", "--since", "nowhere", *where)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "git knows no revision `nowhere` here." in result.stderr


def test_comparing_outside_of_a_repository_is_a_mistake_of_usage(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    _write(folder, files({"x": briefing()}))
    result = _run("check", "--since", "HEAD")
    assert result.exit_code == 2
    assert "is not in a git repository" in result.stderr


def test_rules_are_listed_as_they_are_set(folder: Path) -> None:
    _write(folder, {"mkdocs.yml": b"plugins: [briefings: {rules: {review-due: off}}]"})
    listed = _run("rules").stdout
    assert "off      review-due  (default: warning)\n" in listed
    assert "error    reply-not-recorded\n" in listed
    assert all(rule.id in listed for rule in RULES)


@pytest.mark.parametrize("rule", [*RULES, *SYNTAX_RULES], ids=lambda rule: rule.id)
def test_every_rule_can_be_explained(rule: Rule | SyntaxRule) -> None:
    output = _run("explain", rule.id).stdout
    assert output.startswith(f"{rule.id} ({rule.severity})\n")
    assert " ".join(rule.reason.split()) in " ".join(output.split())
    for example in (rule.passing, rule.failing):
        assert all(line.strip() in output for line in example.splitlines())


def test_an_unknown_rule_is_a_mistake_of_usage() -> None:
    result = _run("explain", "reply-recorded")
    assert result.exit_code == 2
    assert "Did you mean `reply-not-recorded`?" in result.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["check", "-h"], ["rules", "-h"]])
def test_help_is_given(arguments: list[str]) -> None:
    result = _run(*arguments)
    assert result.exit_code == 0
    assert "Usage:" in result.output


def test_every_command_is_described_in_the_readme() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    undocumented = [
        command
        for command in main.list_commands(click.Context(main))
        if f"briefings {command}" not in readme
    ]
    assert undocumented == []


@pytest.mark.parametrize("name", ["mkdocs.yml", "mkdocs.fr.yml"])
def test_settings_are_not_checked_as_a_briefing(folder: Path, name: str) -> None:
    _write(folder, files(briefing()))
    (folder / name).write_text("site_name: Test\ndocs_dir: briefings\n", "utf-8")
    result = _run("check", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{name} has settings, and no briefing. `briefings build` checks them." in result.stderr


def test_an_unknown_command_is_a_mistake_of_usage() -> None:
    assert _run("publish").exit_code == 2


def test_a_mistyped_command_is_refused_with_the_nearest() -> None:
    result = _run("chek")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "There is no command `chek`. Did you mean `check`?" in result.stderr


def test_schemas_are_not_written_outside_of_a_project(folder: Path) -> None:
    result = _run("schema")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "There is no folder briefings/ here." in result.stderr
    assert list(folder.iterdir()) == []


def test_a_schema_that_is_no_text_is_written_again(folder: Path) -> None:
    (folder / "briefings").mkdir()
    _run("schema")
    path = folder / "data" / "schema" / "briefing.schema.json"
    content = path.read_bytes()
    for damaged in (b"\xff\xfe", content[:100]):
        path.write_bytes(damaged)
        assert _run("schema").stdout == "Wrote: data/schema/briefing.schema.json\n"
        assert path.read_bytes() == content
    path.write_bytes(content.replace(b"\n", b"\r\n"))
    assert _run("schema", "--check").stdout == "The schemas are up to date.\n"


def test_a_schema_that_cannot_be_written_is_named(folder: Path) -> None:
    (folder / "briefings").mkdir()
    (folder / "data").mkdir()
    (folder / "data" / "schema").write_text("", "utf-8")
    result = _run("schema")
    assert result.exit_code == 1
    assert "data/schema/" in result.stderr


@pytest.mark.parametrize(
    "address", ["8001", "127.0.0.1", "127.0.0.1:99999", "host:", ":8000", "a b:1"]
)
def test_a_wrong_address_of_the_preview_is_refused(folder: Path, address: str) -> None:
    (folder / "mkdocs.yml").write_text("site_name: Test\n", "utf-8")
    result = _run("serve", "--address", address)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"`{address}` is not a host and a port. Write, for example," in result.stderr


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EADDRINUSE, "Another program, such as another preview, is at 127.0.0.1:80 already."),
        (errno.EADDRNOTAVAIL, "127.0.0.1:80 is not an address of this computer."),
        (errno.EACCES, "The system doesn't let you use 127.0.0.1:80."),
    ],
)
def test_an_address_that_the_preview_cannot_have_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    def refuse(**_options: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("generator.cli.serve.serve_pages", refuse)
    config = "site_name: Test\ndev_addr: 127.0.0.1:80\ndocs_dir: briefings\n"
    (folder / "mkdocs.yml").write_text(f"{config}theme: material\nplugins: [briefings]\n", "utf-8")
    (folder / "briefings").mkdir()
    result = _run("serve")
    assert result.exit_code == 1
    assert f"Error: {reason} Name another address, for example" in result.stderr


@pytest.mark.parametrize("jobs", ["many", "0", "-1", "1.5"])
def test_an_invalid_number_of_processes_is_reported(
    folder: Path, monkeypatch: pytest.MonkeyPatch, jobs: str
) -> None:
    monkeypatch.setenv("BRIEFINGS_JOBS", jobs)
    _write(folder, files(briefing()))
    result = _run("check")
    assert (
        f"Warning: BRIEFINGS_JOBS is ignored: `{jobs}` is not a number from 1 on." in result.stderr
    )
    assert "briefings checked" in result.stderr


def test_a_valid_number_of_processes_is_not_reported(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFINGS_JOBS", "2")
    _write(folder, files(briefing()))
    assert "BRIEFINGS_JOBS" not in _run("check").output


@pytest.mark.parametrize("command", ["", *main.list_commands(click.Context(main))])
def test_the_help_names_no_command_that_only_the_repository_has(command: str) -> None:
    text = " ".join(_run(*command.split(), "--help").stdout.split())
    assert "`make " not in text
