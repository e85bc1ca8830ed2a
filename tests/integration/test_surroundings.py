"""Whatever surrounds a project: its settings, its folders, the system, git. All is fictional.

Where the surroundings can't be used, a command says so in one sentence; none ends in a traceback.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.build.cache import VARIABLE
from generator.cli.main import main
from generator.configuration.plugin_settings import PluginConfig
from tests import warm_start
from tests.building import every_key_project
from tests.fiction import allegation, briefing, files, position

BIN = Path(sys.executable).parent
MINIMAL = "site_name: Fiction\ndocs_dir: briefings\ntheme: {name: material, font: false}\n"
Lay = Callable[[Mapping[str, bytes]], None]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _lay(folder: Path, given: Mapping[str, bytes | str]) -> None:
    for path, content in given.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        content = content.encode() if isinstance(content, str) else content
        (folder / path).write_bytes(content)


def _run(*arguments: str) -> Result:
    """A command in this process."""
    result = CliRunner().invoke(main, list(arguments))
    assert isinstance(result.exception, SystemExit | None), result.exc_info
    assert "Traceback" not in result.output
    return result


def _process(
    *command: str, cwd: Path, stdout: int | None = None, **environment: str | None
) -> subprocess.CompletedProcess[bytes]:
    """A command in a process of its own; None takes a variable out of its environment."""
    set_or_not = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment}
    done = warm_start.run_bytes(
        [str(BIN / command[0]), *command[1:]],
        cwd=cwd,
        env={name: value for name, value in set_or_not.items() if value is not None},
        stdout=stdout,
        apart=True,
    )
    assert b"Traceback" not in done.stderr + done.stdout, done.stderr.decode()
    return done


# Files that ``check`` is given


def test_files_of_one_name_from_two_folders_are_each_checked(folder: Path) -> None:
    _lay(folder, files({"x": briefing()}))
    for other, name in (("a", "anna"), ("b", "bert")):
        made = files({"x": briefing(position(party=name))})["briefings/x.yml"]
        _lay(folder, {f"{other}/x.yml": made})
    result = _run("check", "a/x.yml", "b/x.yml", "a/../a/x.yml", "briefings/x.yml")
    lines = [line for line in result.stdout.splitlines() if "error:" in line]
    assert [line.partition(":")[0] for line in lines] == ["a/x.yml", "b/x.yml"]
    assert ["`anna`" in lines[0], "`bert`" in lines[1]] == [True, True]
    assert result.stderr.startswith("3 briefings checked: 2 errors")


def test_files_from_elsewhere_are_read_together(folder: Path) -> None:
    _lay(folder, files({"own": briefing()}))
    made = files({"x": briefing(related=[{"briefing": "y"}]), "y": briefing()})
    for name in ("x", "y"):
        _lay(folder, {f"other/{name}.yml": made[f"briefings/{name}.yml"]})
    result = _run("check", "other")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "2 briefings checked: 0 errors, 0 warnings\n"


def test_a_name_that_is_no_text_is_shown_and_refused(folder: Path) -> None:
    _lay(folder, files({"x": briefing()}))
    (folder / "briefings" / os.fsdecode(b"\xff.md")).write_text("# Fiction\n")
    result = _run("check")
    assert result.exit_code == 1
    assert r"briefings/\udcff.md:1:1: error: The file's name becomes its address" in result.stdout


# Settings


#: Commands that read the settings. By default `check` reads all settings below, and the others
#: those of one kind each: what is no mapping, inherits nothing, and has no such setting.
COMMANDS = (
    ["check"], ["rules"], ["schema", "--check"], ["new", "y"], ["links"],
    ["add", "topic", "y", "--name", "Y"], ["import", "briefings/x.yml"], ["build"],
    ["export", "out"],
)  # fmt: skip
READ_BY_ALL = {"3\n", "INHERIT: nowhere.yml\n", "plugins: [{briefings: {dat_dir: x}}]\n"}


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("3\n", "mkdocs.yml must consist of keys and values."),
        ("- a\n", "mkdocs.yml must consist of keys and values."),
        ("site_name: [x\n", "mkdocs.yml:1:12: The list that opens here with [ isn't closed."),
        ("x:\n\ty: 1\n", "mkdocs.yml:2:1: This line is indented with a tab"),
        ("INHERIT: mkdocs.yml\n", "it holds or inherits itself again and again."),
        ("INHERIT: nowhere.yml\n", "'nowhere.yml' does not exist"),
        ("docs_dir: 3\n", "`docs_dir` in mkdocs.yml is not a folder. Write `docs_dir: briefings`."),
        ("plugins: [{briefings: {language: fr}}]\n", "has no setting `language`."),
        ("plugins: [{briefings: {dat_dir: x}}]\n", "Did you mean `data_dir`?"),
        ("plugins: [{briefings: {1: x}}]\n", "has no setting `1`."),
        ("plugins: [{briefings: x}]\n", "under `briefings` in mkdocs.yml must be keys and values."),
        ("plugins: [{briefings: {data_dir: [x]}}]\n", "`data_dir` of the plugin `briefings`"),
        ('plugins: [{briefings: {data_dir: "a\\0b"}}]\n', "is not a folder."),
        ("plugins: [{briefings: {pdf: maybe}}]\n", "must be `true` or `false`."),
        ("plugins: [{briefings: {card_fonts: x}}]\n", "must be a list of the names of font files"),
        ("plugins: [{briefings: {rules: [x]}}]\n", "`rules` must be lines"),
        ("plugins: [{briefings: {rules: {1: off}}}]\n", "`1` is not a rule that can be set."),
        ("theme: {name: material, language: [x]}\n", "`language` in mkdocs.yml is not a text"),
        ("theme: {name: material, language: xx}\n", "`xx` is not a known language tag"),
        ("theme: {name: material, custom_dir: 3}\n", "`custom_dir` in mkdocs.yml is not a folder."),
        ("theme: {name: material, custom_dir: }\n", "`custom_dir` in mkdocs.yml is not a folder."),
        ("theme: {name: material, custom_dir: x}\n", "there is no folder `x`. Create it, or"),
        ('theme: {name: material, custom_dir: "a\\0b"}\n', "`custom_dir` in mkdocs.yml: there is"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_alike_by_every_command(
    folder: Path, settings: str, message: str, torture: bool
) -> None:
    _lay(folder, files({"x": briefing()}) | {"mkdocs.yml": settings.encode()})
    for command in COMMANDS if torture or settings in READ_BY_ALL else COMMANDS[:1]:
        result = _run(*command)
        assert result.exit_code in (1, 2), command
        assert message in result.output, command
        assert "<class" not in result.output
    assert not (folder / "site").exists()


def test_every_setting_of_the_plugin_has_words_for_a_wrong_type(folder: Path) -> None:
    for name, _ in PluginConfig._schema:
        _lay(folder, {"mkdocs.yml": f"plugins: [{{briefings: {{{name}: !!set {{a}}}}}}]\n"})
        result = _run("check")
        assert result.exit_code == 2
        assert f"`{name}`" in result.output


def test_the_check_runs_nothing_that_the_settings_name(folder: Path) -> None:
    _lay(folder, files({"x": briefing()}))
    _lay(folder, {"mkdocs.yml": f"{MINIMAL}x: !!python/object/apply:os.mkdir [made]\n"})
    assert _run("check").exit_code == 0
    assert not (folder / "made").exists()


def test_a_check_from_another_folder_and_a_build_share_the_cache(tmp_path: Path) -> None:
    project, cache = tmp_path / "project", tmp_path / "cache"
    _lay(project, files({"x": briefing()}) | {"mkdocs.yml": f"{MINIMAL}plugins: [briefings]\n"})
    environment = {VARIABLE: str(cache)}
    for command in (
        ("briefings", "check", "--config", "project/mkdocs.yml"),
        ("mkdocs", "build", "-f", "project/mkdocs.yml"),
    ):
        done = _process(*command, cwd=tmp_path, **environment)
        assert done.returncode == 0, done.stderr.decode()
        assert len(list(cache.glob("*.sqlite"))) == 1


def test_without_docs_dir_the_check_reads_the_folder_that_the_build_reads(folder: Path) -> None:
    _lay(folder, files({"x": briefing(position(party="sundmark"))}))
    _lay(folder, {"mkdocs.yml": "site_name: Fiction\nplugins: [briefings]\n"})
    result = _run("check")
    assert result.exit_code == 2
    assert "There is no folder docs/ here." in result.output
    assert "`docs_dir` in mkdocs.yml" in result.output
    (folder / "docs").mkdir()
    assert _run("check").stderr == "0 briefings checked: 0 errors, 0 warnings\n"


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("https://b.example/a b/", "is not a web address"),
        ("https://b.example:99999/", "is not a web address"),
        ("ftp://b.example/", "is not a web address"),
        ("https://[x", "can't be used: Invalid IPv6 URL."),
        ("https://b.example/?x=1", "is not the address of a site"),
        ("https://u:p@b.example/", "is not the address of a site"),
        ("https://b.example//x/", "is not the address of a site"),
        ("https://b.example/a/../b/", "is not the address of a site"),
        ("https://b.example/%2e%2e/", "is not the address of a site"),
        ("https://b.example/a/.%2E/b/", "is not the address of a site"),
        ("https://b.example/%2e/", "is not the address of a site"),
    ],
)
def test_an_address_that_no_site_can_have_is_refused(
    folder: Path, address: str, message: str, caplog: pytest.LogCaptureFixture
) -> None:
    _lay(folder, {"mkdocs.yml": f"{MINIMAL}plugins: [briefings]\nsite_url: '{address}'\n"})
    (folder / "briefings").mkdir()
    result = _run("build")
    assert result.exit_code == 1
    assert message in result.output + caplog.text


def test_a_site_is_built_for_an_address_with_escaped_and_other_letters(tmp_path: Path) -> None:
    address = "https://bücher.example/a%20b/%C3%BC/ü"
    project = every_key_project(tmp_path / "project")
    with (project / "mkdocs.yml").open("a") as settings:
        settings.write("site_url: !ENV SITE_URL\n")
    done = _process("briefings", "build", cwd=project, SITE_URL=address)
    assert done.returncode == 0, done.stderr.decode()
    assert address.rstrip("/") in (project / "site" / "halden" / "index.html").read_text("utf-8")


# Collections of little or nothing


def test_a_project_of_one_draft_and_nothing_else_is_built(folder: Path) -> None:
    _lay(folder, {"mkdocs.yml": f"{MINIMAL}plugins: [briefings]\n"})
    (folder / "briefings").mkdir()
    assert _run("new", "x").exit_code == 0
    for command in (["build"], ["export", "out"]):
        done = _process("briefings", *command, cwd=folder)
        assert done.returncode == 0, done.stderr.decode()
    assert (folder / "site" / "index.html").is_file()
    assert (folder / "site" / "sitemap.xml.gz").is_file()
    assert "lastmod" not in (folder / "site" / "sitemap.xml").read_text("utf-8")


def test_build_and_check_count_the_same_problems(tmp_path: Path) -> None:
    """Also those that follow from the day; with an error, so that the build ends there."""
    project = every_key_project(tmp_path / "project")
    path = project / "briefings" / "halden.yml"
    text = path.read_text("utf-8").replace("stance: denies", "stance: nods")
    path.write_text(text.replace("review_by: 2030-09-01", "review_by: 2025-09-01"), "utf-8")
    checked = _process("briefings", "check", cwd=project)
    assert b"[review-due]" in checked.stdout
    counted = checked.stderr.decode().split(": ", 1)[1].strip()
    built = _process("mkdocs", "build", cwd=project).stderr.decode()
    assert f"{counted}; `briefings check` lists them" in built


# The system


def test_no_home_and_no_user_entry_are_no_hindrance(folder: Path) -> None:
    _lay(folder, files({"x": briefing(allegation())}))
    code = (
        "import os, pwd\n"
        "def unknown(*_): raise KeyError('no entry')\n"
        "pwd.getpwuid = pwd.getpwnam = unknown\n"
        "from generator.cli.main import main\n"
        "main(['check'])\n"
    )
    names = ("HOME", "XDG_CACHE_HOME", "USER", "LOGNAME", "BRIEFINGS_CACHE")
    nowhere: dict[str, str | None] = dict.fromkeys(names)
    done = _process(Path(sys.executable).name, "-c", code, cwd=folder, **nowhere)
    assert done.stderr.startswith(b"1 briefing checked: 1 error")


def test_an_output_without_the_letters_shows_them_escaped(folder: Path) -> None:
    _lay(folder, files({"x": briefing(position(text="نهر 😀 [x](y) …"))}))
    done = _process("briefings", "check", cwd=folder, PYTHONIOENCODING="latin-1")
    assert done.returncode == 1
    assert b"prose-link" in done.stdout
    assert rb"\u0646\u0647\u0631 \ud83d\ude00" in done.stdout
    for encoding, form in (("cp1252", "json"), ("ascii", "github")):
        result = CliRunner(charset=encoding).invoke(main, ["check", "--format", form])
        assert result.exit_code == 1, result.exc_info
        assert b"prose-link" in result.stdout_bytes
        if form == "json":
            assert json.loads(result.stdout_bytes.decode(encoding))[0]["rule"] == "prose-link"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_an_output_that_takes_nothing_is_reported_in_one_sentence(folder: Path) -> None:
    _lay(folder, files({"x": briefing(position(party="sundmark"))}))
    full = os.open("/dev/full", os.O_WRONLY)
    for command in (["check"], ["rules"]):
        done = _process("briefings", *command, cwd=folder, stdout=full)
        assert done.returncode == 1
        assert done.stderr.endswith(b"Error: No space left on device.\n")
    os.close(full)


def test_a_folder_that_is_none_is_reported_and_not_taken_for_an_empty_one(folder: Path) -> None:
    _lay(folder, {**files({"x": briefing()}), "registries": b""})
    result = _run("check", "--config", "mkdocs.yml", "--briefings", "briefings/x.yml")
    assert result.exit_code == 2
    (folder / "data" / "actors.yml").unlink()
    (folder / "data").rmdir()
    (folder / "data").write_bytes(b"")
    result = _run("check")
    assert result.exit_code == 1
    assert result.stderr == "Error: data: Not a directory.\n"


# Git


def _git(folder: Path, *arguments: str, **environment: str) -> str:
    settings = ("-c", "user.name=Fiction", "-c", "user.email=fiction@b.example")
    return subprocess.run(
        ["git", *settings, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.fixture
def edited(folder: Path) -> Path:
    """A linked worktree, with the project in a folder of it, in which a published text changed."""
    whole = folder / "repository"
    _lay(whole / "texts", files({"x": briefing(), "y": briefing()}))
    _git(folder, "init", "--quiet", "repository")
    _git(whole, "add", ".")
    _git(whole, "commit", "--quiet", "--message", "Fiction")
    _git(whole, "worktree", "add", "--quiet", str(folder / "linked"))
    project = folder / "linked" / "texts"
    path = project / "briefings" / "x.yml"
    path.write_text(path.read_text("utf-8").replace("The water falls.", "The water rises."))
    return project


def _expect_one_edit(output: str) -> None:
    assert output.count("error:") == 1
    assert "briefings/x.yml:1:" in output
    assert "This changed since HEAD, where it was `The water falls.`." in output


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"GIT_DIR": ".git"},
        {"GIT_DIR": "nowhere", "GIT_WORK_TREE": "/", "GIT_INDEX_FILE": "nowhere"},
        {"GIT_PREFIX": "elsewhere/", "GIT_OBJECT_DIRECTORY": "/nowhere"},
    ],
    ids=str,
)
def test_the_repository_is_that_of_the_folder_whatever_the_environment_names(
    edited: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(edited)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    result = _run("check", "--since", "HEAD")
    _expect_one_edit(result.stdout)
    assert "2 briefings checked: 1 error" in result.stderr


def test_a_hook_of_a_linked_worktree_compares_with_its_own_repository(edited: Path) -> None:
    hook = edited.parents[1] / "repository" / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    command = f"'{BIN / 'briefings'}' check --since HEAD"
    hook.write_text(f"#!/bin/sh\ncd texts\n{command} > ../told 2>&1\nexit 1\n")
    hook.chmod(0o755)
    _git(edited, "add", ".")
    with pytest.raises(subprocess.CalledProcessError):
        _git(edited, "commit", "--message", "Edited")
    _expect_one_edit((edited.parent / "told").read_text("utf-8"))


def test_a_repository_that_only_the_environment_names_is_taken(
    edited: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = edited.parents[1] / "repository"
    (whole / ".git").rename(edited.parents[1] / "apart")
    path = whole / "texts" / "briefings" / "x.yml"
    path.write_text(path.read_text("utf-8").replace("The water falls.", "The water rises."))
    monkeypatch.chdir(whole)
    monkeypatch.setenv("GIT_DIR", "../apart")
    monkeypatch.setenv("GIT_WORK_TREE", ".")
    where = ("--briefings", "texts/briefings", "--data", "texts/data")
    _expect_one_edit(_run("check", "--since", "HEAD", *where).stdout)


@pytest.mark.parametrize(
    ("revision", "message"),
    [
        ("", "A revision has no name: write for example `--since HEAD`."),
        (" ", "A revision has no name: write for example `--since HEAD`."),
        ("nonsense", "git knows no revision `nonsense` here."),
        ("-h", "git knows no revision `-h` here."),
        ("HEAD~9", "git knows no revision `HEAD~9` here."),
    ],
)
def test_what_is_no_revision_is_refused(
    edited: Path, revision: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(edited)
    result = _run("check", "--since", revision)
    assert result.exit_code == 2
    assert message in result.output


def test_without_a_repository_or_git_a_comparison_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _lay(folder, files({"x": briefing()}))
    output = " ".join(_run("check", "--since", "HEAD").output.split())
    assert "This folder is not in a git repository, so there is no revision" in output
    assert "fatal" not in output
    monkeypatch.setenv("PATH", str(folder))
    output = " ".join(_run("check", "--since", "HEAD").output.split())
    assert "git must be installed. Install git, or check without `--since`." in output


def test_files_with_names_that_are_no_text_are_compared_too(
    edited: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(edited)
    path = edited / "briefings" / os.fsdecode(b"\xff.yml")
    path.write_bytes((edited / "briefings" / "y.yml").read_bytes())
    _git(edited, "add", ".")
    _git(edited, "commit", "--quiet", "--no-verify", "--message", "Named")
    path.unlink()
    result = _run("check", "--since", "HEAD")
    assert r"The briefing `\udcff` was published in HEAD and is gone." in result.stdout
