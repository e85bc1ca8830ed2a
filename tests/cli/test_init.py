"""``briefings init``: a new site that builds at once, or one sentence and nothing written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import cast

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.authoring.site_scaffold import RECORD, read_record
from generator.cli.main import main
from generator.configuration.mkdocs_config import read_configuration
from generator.locale.catalogues import catalogue_languages
from generator.locale.interface import interface_in
from generator.locale.terms import replies, sections
from tests import warm_start


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
    assert "  briefings serve    shows the site at http://127.0.0.1:8000\n" in result.output
    assert "  briefings new ID   creates a briefing\n" in result.output
    assert "  briefings build    builds what readers get, in site/\n" in result.output


def test_what_a_command_does_lines_up_however_long_the_command_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "generator.cli.init.own_command", lambda _: "/opt/environment/bin/briefings"
    )
    lines = _run("here", "--name", "River news").output.splitlines()
    effects = [
        line.index(word)
        for line in lines
        for word in ("shows", "creates", "builds w")
        if word in line
    ]
    assert len(effects) == 3
    assert len(set(effects)) == 1


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
        (
            ["--language", "french"],
            "The theme has no texts in the language `french`. Did you mean `fr`?",
        ),
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
        if path.name == "mkdocs.yml" and path.parts[0] == "deep":
            raise OSError(28, "No space left on device", str(path))
        return opened(path, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", fails)
    result = _run("deep/here", "--name", "River news")
    assert result.exit_code == 1
    assert result.output == (
        "Error: The site can't be created in deep/here: No space left on device. "
        "Nothing was written.\n"
    )
    assert _paths(folder) == set()


def test_what_was_written_is_recorded(folder: Path) -> None:
    assert _run("here", "--name", "River news", "--license", "cc-by-4.0").exit_code == 0
    record = read_record((folder / "here" / RECORD).read_text("utf-8"))
    assert record.version == version("briefing-site")
    assert (record.answers.name, record.answers.licence) == ("River news", "CC-BY-4.0")
    for path, text in record.texts.items():
        assert (folder / "here" / path).read_text("utf-8") == text


def test_the_licence_is_a_setting_and_in_about(folder: Path) -> None:
    assert _run("here", "--name", "A <b> & co", "--license", "CC-BY-4.0").exit_code == 0
    settings = _settings(folder / "here")
    assert str(settings["copyright"]).endswith("A &lt;b&gt; &amp; co")
    assert settings["plugins"] == [{"briefings": {"rules": {}, "license": "CC-BY-4.0"}}]
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


def test_a_file_above_the_folder_is_refused_before_anything_is_asked(folder: Path) -> None:
    (folder / "notes.txt").write_text("mine")
    result = _run("notes.txt/site")
    assert result.exit_code == 2
    assert "notes.txt is a file, so no folder can be created in it. Name another folder." in (
        result.output
    )
    assert _paths(folder) == {"notes.txt"}


def test_without_permission_there_is_one_sentence_and_nothing_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "mkdir", refuses)
    result = _run("deep/here", "--name", "River news")
    assert result.exit_code == 1
    assert result.output == (
        "Error: The site can't be created in deep/here: Permission denied. Nothing was written.\n"
    )
    assert _paths(folder) == set()


@pytest.mark.parametrize("existing", [True, False])
def test_an_interruption_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, existing: bool
) -> None:
    if existing:
        (folder / "here" / ".git").mkdir(parents=True)
    before = _paths(folder)
    renamed = Path.rename

    def interrupted(path: Path, target: Path) -> Path:
        # In an existing folder, some files have been moved before this one.
        if path.name == "mkdocs.yml" or not existing:
            raise KeyboardInterrupt
        return renamed(path, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    result = _run("here", "--name", "River news")
    assert result.exit_code == 1
    assert result.output.strip() == "Aborted!"
    assert _paths(folder) == before


def test_a_disk_that_is_really_full_is_one_sentence(folder: Path) -> None:
    code = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1500)); "
        "from generator.cli.main import main; main(['init', 'here', '--name', 'N'])"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr == (
        "Error: The site can't be created in here: File too large. Nothing was written.\n"
    )
    assert _paths(folder) == set()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("\u200b\u200e", "The name of the site is empty. Give it one with --name."),
        ("abc\u202edef", "The name of the site has an invisible character, U+202E, that can"),
        ("abc\ufdd0", "The name of the site has an invisible character, U+FDD0, that can"),
    ],
)
def test_a_name_that_would_disturb_other_texts_is_refused(
    folder: Path, name: str, message: str
) -> None:
    result = _run("here", "--name", name)
    assert result.exit_code == 2
    assert message in result.output
    assert _paths(folder) == set()


def test_line_ends_in_a_name_are_spaces(folder: Path) -> None:
    assert _run("here", "--name", "River\nnews\u2028today\r\n").exit_code == 0
    assert _settings(folder / "here")["site_name"] == "River news today"


def test_the_printed_command_works_for_a_folder_with_a_space(folder: Path) -> None:
    result = _run("my site", "--name", "N")
    assert result.exit_code == 0
    assert "  cd 'my site'\n" in result.output


def test_without_the_theme_there_is_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "material", None)
    result = _run("here", "--name", "N", "--language", "fr")
    assert result.exit_code == 1
    assert result.output == (
        "Error: The theme Material for MkDocs is not installed. Install it with "
        "`pip install mkdocs-material`.\n"
    )


def test_an_old_python_is_named_in_one_sentence() -> None:
    code = "import sys; sys.version_info = (3, 9, 1); import generator"
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr == (
        "Briefings need Python 3.11 or newer, and this is Python 3.9. Install a newer Python, "
        "and create the environment with it.\n"
    )


def test_a_site_in_a_language_without_texts_has_english_pages_that_say_so(folder: Path) -> None:
    result = _run("here", "--name", "Rivier", "--language", "nl")
    assert "briefings/method.md are in English and marked as English." in result.output
    for page in ("about", "method"):
        text = (folder / "here" / "briefings" / f"{page}.md").read_text("utf-8")
        assert "\nlanguage: en\n---\n" in text
    example = (folder / "here" / "briefings" / "example.yml").read_text("utf-8")
    assert "\nlanguage: en\n" in example
    assert "site_description" not in _settings(folder / "here")
    assert "Water" not in (folder / "here" / "data" / "topics.yml").read_text("utf-8")


@pytest.mark.parametrize("language", ["en", "fr", "ar", "pt-BR"])
def test_nothing_is_said_of_english_on_a_site_in_a_language_with_texts(
    folder: Path, language: str
) -> None:
    result = _run("here", "--name", "River news", "--language", language)
    assert "English" not in result.output
    for path in ("about.md", "method.md", "example.yml"):
        text = (folder / "here" / "briefings" / path).read_text("utf-8")
        assert "\nlanguage:" not in text


@pytest.mark.parametrize("language", sorted(catalogue_languages()))
def test_a_site_in_each_language_has_its_texts_and_passes_the_check(
    folder: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    assert _run("here", "--name", "N", "--language", language).exit_code == 0
    monkeypatch.chdir(folder / "here")
    checked = CliRunner().invoke(main, ["check"])
    assert checked.output.strip() == "1 briefing checked: 0 errors, 0 warnings"
    interface = interface_in(language)
    method = Path("briefings/method.md").read_text("utf-8")
    for status in replies(interface).values():
        assert f"| {status} |" in method
    settings = _settings(Path.cwd())
    names = [name for entry in cast(list[dict[str, str]], settings["nav"]) for name in entry]
    assert set(names) >= set(sections(interface).values()) - {sections(interface)["search"]}
    quotation = yaml.safe_load(Path("briefings/example.yml").read_text("utf-8"))["positions"][0]
    assert quotation["quotes"][0]["language"] == language


def test_lines_of_the_example_are_as_an_author_would_write_them(folder: Path) -> None:
    assert _run("here", "--name", "N", "--language", "fr").exit_code == 0
    example = (folder / "here" / "briefings" / "example.yml").read_text("utf-8")
    assert 'title: "Exemple\xa0: la Norlande accuse l’Estérie de détourner la Halden"\n' in example
    assert "    venue: Déclaration du gouvernement\n" in example
    assert max(map(len, example.splitlines())) <= 100
    about = (folder / "here" / "briefings" / "about.md").read_text("utf-8")
    assert max(map(len, about.splitlines())) <= 100


def test_a_site_in_dutch_builds_and_marks_its_english_pages(folder: Path) -> None:
    assert _run("here", "--name", "Rivier", "--language", "nl").exit_code == 0
    command = [str(Path(sys.executable).with_name("briefings")), "build"]
    done = warm_start.run(command, cwd=folder / "here", env=os.environ, apart=True)
    assert done.returncode == 0, done.stderr
    page = (folder / "here" / "site" / "about" / "index.html").read_text("utf-8")
    assert '<html lang="nl"' in page
    assert '<title lang="en">' in page
    assert '<div lang="en" dir="ltr"><h1 id="about">' in page
    assert "the words of the site itself exist only in English" in done.stderr
    assert "Press / to search." in page
    assert '<span lang="en" dir="ltr">No verdicts</span>' in page
