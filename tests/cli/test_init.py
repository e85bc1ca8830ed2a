"""``briefings init``: a new site that builds at once, or one sentence and nothing written."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.authoring.site_scaffold import RECORD, read_record
from generator.cli.main import main
from generator.configuration.mkdocs_config import read_configuration


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _run(*arguments: str, answers: str = "") -> Result:
    return CliRunner().invoke(main, ["init", *arguments], input=answers)


def _paths(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def _settings(folder: Path) -> dict[str, object]:
    text = (folder / "mkdocs.yml").read_text("utf-8").replace("!ENV SITE_URL", "''")
    settings: dict[str, object] = yaml.safe_load(text)
    return settings


def test_a_new_site_has_no_problems_and_a_configuration_that_mkdocs_accepts(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = _run("here", "--name", "River news")
    assert result.exit_code == 0, result.output
    monkeypatch.chdir(folder / "here")
    checked = CliRunner().invoke(main, ["check"])
    assert checked.output.strip() == "1 briefing checked: 0 errors, 0 warnings"
    assert CliRunner().invoke(main, ["schema", "--check"]).exit_code == 0
    assert read_configuration("mkdocs.yml").site_name == "River news"


def test_the_next_commands_are_printed(folder: Path) -> None:
    result = _run("here", "--name", "River news")
    assert "  cd here\n" in result.output
    assert "briefings serve     shows the site at http://127.0.0.1:8000\n" in result.output
    assert "briefings new ID    creates a briefing\n" in result.output


def test_without_an_example_there_is_no_briefing_and_no_entry(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _run("here", "--name", "River news", "--no-example").exit_code == 0
    assert not (folder / "here" / "briefings" / "example.yml").exists()
    monkeypatch.chdir(folder / "here")
    checked = CliRunner().invoke(main, ["check"])
    assert checked.exit_code == 0, checked.output
    assert "norland" not in Path("data/actors.yml").read_text("utf-8")


@pytest.mark.parametrize(
    "name",
    [
        'Vatten & "El" <Nord> 🌊',
        "It's: a #name",
        "- 'a' {b} [c]",
        "نهر هالدن",
        "../up/../down",
        "off",
    ],
)
def test_any_name_is_kept_as_typed(folder: Path, name: str) -> None:
    assert _run("here", "--name", name).exit_code == 0
    assert _settings(folder / "here")["site_name"] == name


def test_name_and_address_are_asked_for_at_a_terminal(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.cli.init.at_a_terminal", lambda: True)
    result = _run("here", answers="River news\nhttps://b.example/news\n")
    assert result.exit_code == 0, result.output
    settings = _settings(folder / "here")
    assert (settings["site_name"], settings["site_url"]) == (
        "River news",
        "https://b.example/news/",
    )


@pytest.mark.parametrize(
    ("path", "name"),
    [("river-news", "River news"), ("news/River_2", "River 2"), ("نهر-هالدن", "نهر هالدن")],
)
def test_nothing_is_asked_elsewhere_and_the_site_is_named_after_its_folder(
    folder: Path, path: str, name: str
) -> None:
    result = _run(path, answers="Other news\n")
    assert result.exit_code == 0, result.output
    assert f"Its name is '{name}': `site_name` in mkdocs.yml.\n" in result.output
    assert _settings(folder / path)["site_name"] == name


def test_the_name_of_the_folder_is_proposed_at_a_terminal(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.cli.init.at_a_terminal", lambda: True)
    result = _run("river-news", answers="\n\n")
    assert "Name of the site [River news]: " in result.output
    assert _settings(folder / "river-news")["site_name"] == "River news"


def test_a_folder_whose_name_has_no_letters_needs_a_name_for_the_site(folder: Path) -> None:
    result = _run("_")
    assert result.exit_code == 2
    assert "Give the site a name: --name 'Briefings on the Halden'." in result.output
    assert _paths(folder) == set()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--name", "  "], "The name of the site is empty. Give it one with --name."),
        (["--name", "a\x07b"], "The name of the site has a character that can't be shown."),
        (["--name", "a" * 201], "The name of the site has more than 200 characters."),
        (["--language", "frr"], "The theme has no texts in the language `frr`. Did you mean `fr`?"),
        (["--url", "b.example"], "--url: "),
        (["--url", "https://b.example/?a"], "--url: "),
        (["--license", "MIT"], "Invalid value for '--license'"),
    ],
)
def test_a_wrong_answer_is_one_sentence_and_nothing_is_written(
    folder: Path, arguments: list[str], message: str
) -> None:
    given = arguments if "--name" in arguments else ["--name", "River news", *arguments]
    result = _run("here", *given)
    assert result.exit_code == 2
    assert message in result.output
    assert _paths(folder) == set()


@pytest.mark.parametrize(
    ("language", "written"), [("pt-br", "pt-BR"), ("zh_hant", "zh-Hant"), ("FR", "fr")]
)
def test_a_language_is_written_as_the_theme_has_it(
    folder: Path, language: str, written: str
) -> None:
    assert _run("here", "--name", "N", "--language", language).exit_code == 0
    theme = _settings(folder / "here")["theme"]
    assert isinstance(theme, dict)
    assert theme["language"] == written


@pytest.mark.parametrize(("language", "is_marked"), [("en", False), ("ar", True)])
def test_the_example_says_that_it_is_english_on_a_site_in_another_language(
    folder: Path, language: str, is_marked: bool
) -> None:
    assert _run("here", "--name", "N", "--language", language).exit_code == 0
    example = (folder / "here" / "briefings" / "example.yml").read_text("utf-8")
    assert ("\nlanguage: en\n" in example) == is_marked


def test_a_folder_with_files_is_refused_and_stays(folder: Path) -> None:
    (folder / "here").mkdir()
    (folder / "here" / "notes.txt").write_text("mine")
    result = _run("here", "--name", "River news")
    assert result.exit_code == 2
    assert "here is not empty: it has notes.txt. Name a new folder." in result.output
    assert _paths(folder) == {"here", "here/notes.txt"}


def test_a_folder_with_a_site_is_refused(folder: Path) -> None:
    assert _run("here", "--name", "River news").exit_code == 0
    before = _paths(folder)
    result = _run("here", "--name", "Another")
    assert result.exit_code == 2
    assert "here has a site already: there is a mkdocs.yml in it. Name a new folder." in (
        result.output
    )
    assert _paths(folder) == before


def test_a_file_in_place_of_the_folder_is_refused(folder: Path) -> None:
    (folder / "here").write_text("mine")
    result = _run("here", "--name", "River news")
    assert result.exit_code == 2
    assert "here is a file. Name a new folder." in result.output


def test_a_repository_and_an_environment_may_be_there(folder: Path) -> None:
    for name in (".git", ".venv"):
        (folder / name).mkdir()
    result = _run(".", "--name", "River news")
    assert result.exit_code == 0, result.output
    assert "  cd " not in result.output
    assert (folder / "mkdocs.yml").is_file()


def test_a_disk_that_fails_half_way_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Path.open

    def fails(path: Path, *arguments: object, **options: object) -> object:
        if path == Path("deep/here/mkdocs.yml"):
            raise OSError(28, "No space left on device", str(path))
        return opened(path, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", fails)
    result = _run("deep/here", "--name", "River news")
    assert result.exit_code == 1
    assert result.output == (
        "Error: The site can't be created: deep/here/mkdocs.yml: No space left on device.\n"
    )
    assert _paths(folder) == set()


def test_what_was_written_is_recorded(folder: Path) -> None:
    assert _run("here", "--name", "River news", "--license", "cc-by-4.0").exit_code == 0
    record = read_record((folder / "here" / RECORD).read_text("utf-8"))
    assert record.version == version("briefing-site")
    assert (record.answers.name, record.answers.licence) == ("River news", "CC-BY-4.0")
    for path, text in record.texts.items():
        assert (folder / "here" / path).read_text("utf-8") == text


def test_the_licence_is_shown_on_every_page_and_in_about(folder: Path) -> None:
    assert _run("here", "--name", "A <b> & co", "--license", "CC-BY-4.0").exit_code == 0
    link = '<a href="https://creativecommons.org/licenses/by/4.0/" rel="license">CC BY 4.0</a>'
    assert _settings(folder / "here")["copyright"].endswith(f"A &lt;b&gt; &amp; co, {link}")  # type: ignore[attr-defined]
    about = (folder / "here" / "briefings" / "about.md").read_text("utf-8")
    assert "under [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/)." in about


def test_workflows_name_actions_by_commit_and_may_not_write(folder: Path) -> None:
    assert _run("here", "--name", "River news").exit_code == 0
    for path in (folder / "here" / ".github" / "workflows").iterdir():
        workflow = yaml.safe_load(path.read_text("utf-8"))
        assert workflow["permissions"] == {}
        for job in workflow["jobs"].values():
            writes = {key for key, value in job["permissions"].items() if value == "write"}
            assert not writes or writes == {"pages", "id-token"}
            for step in job["steps"]:
                assert "@" not in step.get("uses", "") or len(step["uses"].split("@")[1]) == 40
    assert json.loads((folder / "here" / ".vscode" / "extensions.json").read_text("utf-8"))
