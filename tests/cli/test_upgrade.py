"""``briefings upgrade``: a newer version's changes, with an owner's own kept."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.authoring import site_scaffold
from generator.authoring.site_scaffold import RECORD, read_record, scaffold
from generator.cli.main import main
from tests import warm_start

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def new_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that this version created."""
    folder = tmp_path_factory.mktemp("upgrade") / "site"
    assert CliRunner().invoke(main, ["init", str(folder), "--name", "River news"]).exit_code == 0
    return folder


@pytest.fixture(autouse=True)
def site(new_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site that an earlier version created: its ``requirements.txt`` names another version."""
    shutil.copytree(new_site, tmp_path / "site")
    monkeypatch.chdir(tmp_path / "site")
    _change_record(lambda record: record.update(version="0.0.1"))
    _generated("requirements.txt", "briefing-site==0.0.1\n")
    return tmp_path / "site"


def _change_record(change: Any) -> None:
    record = json.loads(Path(RECORD).read_text("utf-8"))
    change(record)
    Path(RECORD).write_text(json.dumps(record), "utf-8")


def _generated(path: str, text: str) -> None:
    """Let a file be as the earlier version wrote it."""
    Path(path).write_text(text, "utf-8")
    _change_record(lambda record: record["files"].update({path: text}))


def _without(path: str, line: str) -> None:
    """Let the earlier version have written a file without this line."""
    text = Path(path).read_text("utf-8")
    assert line in text
    _generated(path, text.replace(line, ""))


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["upgrade", *arguments])


def test_a_change_is_shown_as_a_diff_and_not_made(site: Path) -> None:
    before = Path("requirements.txt").read_text("utf-8")
    result = _run()
    assert result.exit_code == 0, result.output
    assert "--- a/requirements.txt\n+++ b/requirements.txt\n" in result.output
    assert "-briefing-site==0.0.1\n" in result.output
    assert "Nothing was changed. To apply this: briefings upgrade --apply\n" in result.output
    assert Path("requirements.txt").read_text("utf-8") == before


def test_it_is_made_when_asked_for_and_then_nothing_is_left(site: Path) -> None:
    result = _run("--apply")
    assert result.exit_code == 0, result.output
    assert "0.0.1" not in Path("requirements.txt").read_text("utf-8")
    assert "Nothing to change." in _run().output
    assert CliRunner().invoke(main, ["check"]).exit_code == 0


def test_new_lines_of_a_site_in_french_are_in_french(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["init", str(tmp_path / "halden"), "--name", "Le Halden", "--language", "fr"]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    monkeypatch.chdir(tmp_path / "halden")
    assert "Nothing to change." in _run().output
    text = Path("mkdocs.yml").read_text("utf-8")
    description = text[text.index("site_description: >-\n") : text.index("\n# Where readers")]
    earlier = text.replace(description, "# site_description:\n").replace("Accueil", "Home")
    _generated("mkdocs.yml", earlier)
    Path("mkdocs.yml").write_text(earlier.replace("Lieux", "Endroits"), "utf-8")
    assert _run("--apply").exit_code == 0
    assert Path("mkdocs.yml").read_text("utf-8") == text.replace("Lieux", "Endroits")


def test_an_owners_changes_stay_next_to_the_new_lines(site: Path) -> None:
    _without("mkdocs.yml", "    - toc.follow\n")
    text = Path("mkdocs.yml").read_text("utf-8").replace("River news", "River and sea news")
    Path("mkdocs.yml").write_text(text.replace("  - About: about.md\n", ""), "utf-8")
    assert _run("--apply").exit_code == 0
    upgraded = Path("mkdocs.yml").read_text("utf-8")
    assert "River and sea news" in upgraded
    assert "    - toc.follow\n" in upgraded
    assert "About: about.md" not in upgraded


def test_lines_that_both_changed_stay_as_the_owner_has_them_and_the_new_ones_are_shown(
    site: Path,
) -> None:
    Path("requirements.txt").write_text("briefing-site @ file:///own.whl\n", "utf-8")
    result = _run("--apply")
    assert "requirements.txt: you changed these lines. The new version would have:" in result.output
    assert f"    briefing-site=={site_version()}\n" in result.output
    assert Path("requirements.txt").read_text("utf-8") == "briefing-site @ file:///own.whl\n"


def site_version() -> str:
    """The version that this program writes."""
    from importlib.metadata import version

    return version("briefing-site")


def test_a_file_that_the_owner_deleted_stays_deleted_and_a_new_one_is_added(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(".gitlab-ci.yml").unlink()
    templates = {**site_scaffold._templates(), "NEW.md": "# {{ name }}\n"}
    monkeypatch.setattr(site_scaffold, "_templates", lambda: templates)
    assert _run("--apply").exit_code == 0
    assert not Path(".gitlab-ci.yml").exists()
    assert Path("NEW.md").read_text("utf-8") == "# River news\n"


@pytest.mark.parametrize("arguments", [(), ("--apply",)])
def test_it_ends_with_the_sections_that_the_menu_leaves_out(
    site: Path, arguments: tuple[str, ...]
) -> None:
    text = Path("mkdocs.yml").read_text("utf-8")
    without = text.replace("  - Data: data/index.md\n", "").replace(
        "  - Places: places/index.md\n", ""
    )
    Path("mkdocs.yml").write_text(without, "utf-8")
    sentence = (
        "`nav` has no line for `places` or `data`, so the site is built without. To have a "
        "section that is not in the menu, list all sections that you want under `sections` of "
        "the plugin `briefings`.\n"
    )
    assert _run(*arguments).output.endswith(f"\n\n{sentence}")
    assert _run(*arguments).output.endswith(f"\n\n{sentence}")  # nothing is left to change
    listed = without.replace("      rules: {}\n", "      rules: {}\n      sections: [actors]\n")
    assert listed != without
    for complete in (listed, text):
        Path("mkdocs.yml").write_text(complete, "utf-8")
        assert "`nav` has no line" not in _run(*arguments).output


def test_a_slip_in_the_settings_does_not_stop_an_upgrade(site: Path) -> None:
    Path("mkdocs.yml").write_text("nav: [\n", "utf-8")
    result = _run()
    assert result.exit_code == 0, result.output
    assert "Nothing was changed." in result.output


def test_briefings_and_registries_are_never_touched(site: Path) -> None:
    for path in ("briefings/about.md", "data/style.yml", "briefings/example.yml"):
        _generated(path, "as an earlier version wrote it\n")
    assert _run("--apply").exit_code == 0
    for path in ("briefings/about.md", "data/style.yml", "briefings/example.yml"):
        assert Path(path).read_text("utf-8") == "as an earlier version wrote it\n"


def test_a_site_of_a_newer_version_is_refused(site: Path) -> None:
    _change_record(lambda record: record.update(version="99.0"))
    result = _run()
    assert result.exit_code == 2
    assert "Install briefing-site==99.0 or newer." in result.output


@pytest.mark.parametrize("text", ["", "[]", "{", '{"version": 1, "answers": {}, "files": {}}'])
def test_a_record_that_is_damaged_is_one_sentence(site: Path, text: str) -> None:
    Path(RECORD).write_text(text, "utf-8")
    result = _run()
    assert result.exit_code == 2
    assert f"{RECORD} can't be read: " in result.output
    assert "Restore it from your version control." in result.output


def test_a_folder_without_a_record_is_refused(site: Path) -> None:
    Path(RECORD).unlink()
    result = _run()
    assert result.exit_code == 2
    assert "Only a site that `briefings init` created can be upgraded." in result.output


def test_the_wording_list_of_a_new_site_is_that_of_this_one() -> None:
    own = (ROOT / "data" / "style.yml").read_text("utf-8")
    assert site_scaffold._templates()["data/style.yml"] == own


def test_line_ends_of_windows_stay(site: Path) -> None:
    for path in ("requirements.txt", RECORD, "README.md"):
        Path(path).write_bytes(Path(path).read_bytes().replace(b"\n", b"\r\n"))
    readme = Path("README.md").read_bytes()
    result = _run("--apply")
    assert result.exit_code == 0, result.output
    assert Path("requirements.txt").read_bytes().endswith(f"=={site_version()}\r\n".encode())
    assert Path("README.md").read_bytes() == readme


def test_a_renamed_file_stays_under_its_new_name(site: Path) -> None:
    Path("requirements.txt").rename("needed.txt")
    assert _run("--apply").exit_code == 0
    assert Path("needed.txt").read_text("utf-8") == "briefing-site==0.0.1\n"
    assert not Path("requirements.txt").exists()


def test_a_file_that_is_no_text_is_one_sentence_and_nothing_is_changed(site: Path) -> None:
    Path("README.md").write_bytes(b"\xff\xfe")
    result = _run("--apply")
    assert result.exit_code == 1
    assert result.output == (
        "Error: README.md is not UTF-8 text. Save it as UTF-8. Nothing was changed.\n"
    )
    assert "0.0.1" in Path("requirements.txt").read_text("utf-8")


def test_a_disk_that_fails_half_way_leaves_the_site_as_it_was(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _without("README.md", "## Publish\n")
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    replaced = Path.replace

    def fails(path: Path, target: Path) -> Path:
        if target.name == "requirements.txt":
            raise OSError(28, "No space left on device", str(target))
        return replaced(path, target)

    monkeypatch.setattr(Path, "replace", fails)
    result = _run("--apply")
    assert result.exit_code == 1
    assert "requirements.txt" in result.output
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_conflicts_are_named_at_the_end(site: Path) -> None:
    Path("requirements.txt").write_text("briefing-site @ file:///own.whl\n", "utf-8")
    assert (
        "Lines that you had changed stay as they are in requirements.txt. Look above for what the "
        "new version would have there.\n"
    ) in _run("--apply").output


def test_a_newer_record_of_another_form_names_its_version(site: Path) -> None:
    Path(RECORD).write_text('{"version": "99.0", "parts": []}', "utf-8")
    result = _run()
    assert result.exit_code == 2
    assert "The files of this site are of version 99.0, and this is version" in result.output


@pytest.mark.parametrize("answers", [{}, {"name": 3}, {"name": "N", "example": "yes"}])
def test_answers_that_cannot_be_are_one_sentence(site: Path, answers: dict[str, object]) -> None:
    _change_record(lambda record: record.update(answers=answers))
    result = _run()
    assert result.exit_code == 2
    assert f"{RECORD} can't be read: `" in result.output
    assert "Restore it from your version control." in result.output


def test_a_site_of_version_0_1_0_becomes_one_of_this_version_with_its_owners_edits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "old"
    shutil.copytree(ROOT / "tests" / "sites" / "0.1.0", old)
    monkeypatch.chdir(old)
    text = Path("mkdocs.yml").read_text("utf-8")
    edited = text.replace("  - Places: places/index.md\n", "").replace(
        "rules: {}", "rules: {single-source: error}"
    )
    assert edited.count("\n") == text.count("\n") - 1
    Path("mkdocs.yml").write_text(edited, "utf-8")
    Path(".gitlab-ci.yml").unlink()
    about = Path("briefings/about.md").read_bytes()
    result = _run("--apply")
    assert result.exit_code == 0, result.output
    record = read_record(Path(RECORD).read_text("utf-8"))
    current = scaffold(record.answers, site_version())
    for path in current:
        if not path.startswith(("briefings/", "data/", "mkdocs.yml", ".gitlab")):
            assert Path(path).read_text("utf-8") == current[path], path
    upgraded = Path("mkdocs.yml").read_text("utf-8")
    assert "rules: {single-source: error}" in upgraded
    assert "places/index.md" not in upgraded
    assert not Path(".gitlab-ci.yml").exists()
    assert Path("briefings/about.md").read_bytes() == about
    assert "Nothing to change." in _run().output
    assert CliRunner().invoke(main, ["check"]).exit_code == 0
    command = [str(Path(sys.executable).with_name("briefings")), "build"]
    built = warm_start.run(command, cwd=Path.cwd(), env=os.environ, apart=True)
    assert built.returncode == 0, built.stderr
    assert "Briefings on the Halden" in Path("site/index.html").read_text("utf-8")
