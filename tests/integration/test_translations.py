"""A file of a translation changes nothing of a site, and can't break one. All is fictional."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.exceptions import Abort, BuildError

from generator.authoring.translation_file import new_translation
from generator.build.cache import VARIABLE
from generator.reading.loader import read_file
from tests.building import build_here, bytes_by_path, every_key_project

PLUGINS = "plugins: [briefings]"
LEFT_OUT = "plugins: [{briefings: {leave_out_broken_translations: true}}]"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setenv("BRIEFINGS_JOBS", "1")
    return every_key_project(tmp_path / "project")


def _translate(project: Path) -> Path:
    """A published translation of the briefing `halden`, with a title and a summary."""
    content = (project / "briefings" / "halden.yml").read_bytes()
    reading = read_file("briefings/halden.yml", content).reading
    assert reading is not None
    path = project / "briefings" / "halden.fr.yml"
    text = new_translation(path.as_posix(), "halden", reading.value, "fr")
    text = text.replace("\ntitle:", "\ntitle: Zutréfiant").replace("draft", "published", 1)
    path.write_text(text.replace("\nsummary:", "\nsummary: Bref [@joint-gauge]"), "utf-8")
    return path


def test_a_translation_changes_no_file_of_the_site(project: Path, tmp_path: Path) -> None:
    without = bytes_by_path(build_here(project, tmp_path / "without").folder)
    _translate(project)
    assert bytes_by_path(build_here(project, tmp_path / "with").folder) == without


def test_a_broken_translation_stops_a_build_unless_it_is_left_out(
    project: Path, tmp_path: Path
) -> None:
    without = bytes_by_path(build_here(project, tmp_path / "site").folder)
    path = _translate(project)
    path.write_text(f"{path.read_text('utf-8')}published: 2025-03-04\n", "utf-8")
    with pytest.raises((Abort, BuildError)):
        build_here(project, tmp_path / "site")
    assert bytes_by_path(tmp_path / "site") == without
    config = project / "mkdocs.yml"
    text = config.read_text("utf-8")
    assert PLUGINS in text
    config.write_text(text.replace(PLUGINS, LEFT_OUT), "utf-8")
    assert bytes_by_path(build_here(project, tmp_path / "site").folder) == without
