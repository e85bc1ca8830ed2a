"""A mistake in ``mkdocs.yml`` is shown with its line, its column and what to write instead."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.exceptions import ConfigurationError

from generator.cli.main import main
from generator.configuration import deprecations
from generator.configuration.config_file import ProjectError
from generator.configuration.deprecations import Deprecation
from generator.configuration.mkdocs_config import read_configuration
from generator.configuration.project import read_project
from generator.mkdocs_plugin.plugin import BriefingsPlugin

_LINES = """\
site_name: River
docs_dir: briefings
theme: {name: material}
plugins:
  - briefings:
      pdf: false
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "briefings").mkdir()
    return tmp_path


def _write(line: str, instead: str) -> None:
    assert line in _LINES
    Path("mkdocs.yml").write_text(_LINES.replace(line, instead), "utf-8")


@pytest.mark.parametrize(
    ("line", "instead", "expected"),
    [
        ("River", "River: news", 'mkdocs.yml:1:17: "River:" is read as a key, because of the'),
        ("pdf: false", "pdf: [", "mkdocs.yml:6:12: The list that opens here with [ isn't closed."),
        ("docs_dir: b", "docs_dir b", "mkdocs.yml:2:1: This line has no key: a colon is missing"),
        ("  - briefings", "\t- briefings", "mkdocs.yml:5:1: This line is indented with a tab"),
        ("docs_dir", "site_name: a\ndocs_dir", "mkdocs.yml:2:1: `site_name` is here again"),
        ("pdf", "pfd", "mkdocs.yml:6:7: The plugin `briefings` has no setting `pfd`. Did you mean"),
        ("false", "maybe", "mkdocs.yml:6:12: `pdf` of the plugin `briefings` must be `true`"),
        (
            "pdf: false",
            "untranslated: hide",
            "of the plugin `briefings` must be `show` or `leave_out`",
        ),
        ("pdf: false", "untranslatd: show", "has no setting `untranslatd`. Did you mean `untransl"),
        ("pdf: false", "rules: {singel-source: off}", "mkdocs.yml:6:15: `singel-source` is not"),
        ("pdf: false", "publisher: {nam: a}", "mkdocs.yml:6:19: `publisher` has no key `nam`. Did"),
        ("pdf: false", "publisher: {url: 'https://a.example'}", "`publisher` has no `name`."),
        ("pdf: false", "contact: desk@@a", "mkdocs.yml:6:16: `contact`: `desk@@a` is not a mail"),
        ("pdf: false", "contact: www.a.example", "Write the whole address: `https://www.a.example"),
        ("pdf: false", "report_error: 'https://a.example/{pag}'", "`{pag}` is not filled in."),
        ("pdf: false", "report_error: 'https://{page}.example/'", "the host can't be filled in."),
        ("pdf: false", "license: CC-BY-3.0", "Did you mean `CC-BY-4.0`?"),
        ("{name: material}", "{name: material, custom_dir: no}", "is not a folder"),
        ("{name: material}", "readthedocs", "mkdocs.yml:3:8: The theme is `readthedocs`, and the"),
        ("name: material", "name: materiel", "mkdocs.yml:3:15: The theme is `materiel`, and the"),
        ("- briefings:", "- breifings:", "mkdocs.yml:5:5: There is no plugin `breifings`. Did"),
        (
            "  - briefings:\n      pdf: false\n",
            "  [briefings, briefings]\n",
            "Remove one of the two.",
        ),
        ("plugins:", "plugins:\n  - briefings", "is in `plugins` twice. Remove one of the two."),
    ],
)
def test_a_command_and_a_build_refuse_it_in_the_same_words(
    line: str, instead: str, expected: str
) -> None:
    _write(line, instead)
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 2
    assert expected in result.output
    assert result.output.startswith("Error: mkdocs.yml:")
    assert "\n      | " in result.output  # the line, with a caret below it
    with pytest.raises(ConfigurationError) as refusal:
        read_configuration("mkdocs.yml")
    assert f"Error: {refusal.value}\n" == result.output


def test_what_only_mkdocs_accepts_is_no_mistake() -> None:
    _write("River\n", "&name River\nsite_author: *name\nsite_url: !ENV [NO_SUCH, '']\n")
    assert read_project(Path("mkdocs.yml")).briefings == Path("briefings")


def test_a_mistake_in_an_inherited_file_names_that_file(folder: Path) -> None:
    (folder / "base.yml").write_text("a: [\n", "utf-8")
    _write("site_name", "INHERIT: base.yml\nsite_name")
    with pytest.raises(ProjectError, match=r"base\.yml can't be read: .* in line 2, column 1"):
        read_project(Path("mkdocs.yml"))


def test_two_packages_with_a_plugin_of_this_name_are_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    information = folder / "packages" / "rival_site-1.0.dist-info"
    information.mkdir(parents=True)
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: rival-site\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text("[mkdocs.plugins]\nbriefings = rival:Plugin\n")
    # After our package, so that MkDocs takes ours.
    monkeypatch.setattr("sys.path", [*sys.path, str(information.parent)])
    _write("pdf", "pdf")
    message = "The package rival-site has a plugin `briefings` too, so MkDocs can't know which one"
    for command in ("build", "serve"):
        result = CliRunner().invoke(main, [command])
        assert result.exit_code == 1
        assert result.output.startswith(f"Error: {message}")
        assert result.output.endswith("Uninstall it: `pip uninstall rival-site`.\n")
    with pytest.raises(ConfigurationError, match=message):
        BriefingsPlugin().load_config({}, "mkdocs.yml")


def test_a_renamed_setting_works_and_its_new_name_and_last_version_are_said(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    renamed = (Deprecation("registries", "data_dir", "0.3"),)
    monkeypatch.setattr("generator.configuration.plugin_settings.SETTINGS", renamed)
    _write("pdf: false", "registries: lists")
    warning = (
        "The setting `registries` is called `data_dir` now. The old name works until version 0.3. "
        "Write `data_dir`."
    )
    project = read_project(Path("mkdocs.yml"))
    assert (project.data, project.warnings) == (Path("lists"), (warning,))
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 0, result.output
    assert f"Warning: {warning}\n" in result.output
    config = read_configuration("mkdocs.yml", strict=True)
    plugin = config.plugins["briefings"]
    assert plugin.config["data_dir"] == "lists"
    assert caplog.messages == [warning]


def test_a_renamed_command_works_and_its_new_name_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("generator.cli.main.COMMANDS", (Deprecation("lint", "check", "0.3"),))
    _write("pdf", "pdf")
    result = CliRunner().invoke(main, ["lint"])
    assert result.exit_code == 0, result.output
    assert "The command `lint` is called `check` now." in result.output
    assert "0 errors" in result.output


def test_a_setting_that_goes_is_named_with_the_version() -> None:
    assert Deprecation("old", "", "0.3").warning("setting") == (
        "The setting `old` will be removed in version 0.3. Stop using it."
    )


def test_no_deprecation_is_older_than_the_program() -> None:
    from importlib.metadata import version

    from packaging.version import Version

    for deprecation in (*deprecations.SETTINGS, *deprecations.COMMANDS):
        assert Version(deprecation.removed_in) > Version(version("briefing-site"))
