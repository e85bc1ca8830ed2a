"""A preview uses again what did not change; what readers see is what a fresh one would show."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from generator.reuse import ReusablePage
from tests.building import bytes_by_path, every_key_project

EDITS = {
    "a text": ("briefings/halden.yml", "turned the tap", "closed the tap"),
    "a name": ("data/actors.yml", "name: Norland", "name: Kingdom of Norland"),
    "a mistake": ("briefings/river/flood.yml", "status: archived", "status: archivd"),
    "a title in the navigation": ("mkdocs.yml", "Actors: actors", "Who: actors"),
    "the name of the site": ("mkdocs.yml", "site_name: ", "site_name: New "),
    "a page written by hand": ("briefings/about.md", "# ", "# New "),
}


class Previews:
    """The builds of one `mkdocs serve`: the plugins live on, the configuration is read anew."""

    def __init__(self, project: Path, site: Path) -> None:
        self.project, self.site = project, site
        self.plugins = self.config().plugins
        self.plugins.on_startup(command="serve", dirty=False)

    def config(self) -> MkDocsConfig:
        return load_config(str(self.project / "mkdocs.yml"), site_dir=str(self.site))

    def build(self) -> dict[str, bytes]:
        config = self.config()
        config.plugins = self.plugins
        build(config, serve_url="http://127.0.0.1/")
        made = bytes_by_path(self.site)
        return {path: made[path] for path in made if "pagefind" not in path and path[-3:] != ".gz"}


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    yield
    logging.getLogger("mkdocs").setLevel(logging.NOTSET)


@pytest.mark.parametrize("edit", EDITS)
def test_a_preview_after_an_edit_is_what_a_fresh_one_shows(tmp_path: Path, edit: str) -> None:
    project = every_key_project(tmp_path / "project")
    file, old, new = EDITS[edit]
    preview = Previews(project, tmp_path / "site")
    before = preview.build()
    text = (project / file).read_text(encoding="utf-8")
    assert old in text
    (project / file).write_text(text.replace(old, new), encoding="utf-8")
    after = preview.build()
    fresh = Previews(project, tmp_path / "fresh").build()
    assert after == fresh
    assert after != before
    (project / file).write_text(text, encoding="utf-8")
    assert preview.build() == before


def test_only_what_changed_is_converted_and_laid_out_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = every_key_project(tmp_path / "project")
    preview = Previews(project, tmp_path / "site")
    preview.build()
    laid_out: list[str] = []
    keep = ReusablePage.keep_output

    def noting(page: ReusablePage, output: str) -> None:
        if page.layout != page.kept.layout:
            laid_out.append(page.file.src_uri)
        keep(page, output)

    monkeypatch.setattr(ReusablePage, "keep_output", noting)
    preview.build()
    assert laid_out == []
    actors = project / "data" / "places.yml"
    text = actors.read_text(encoding="utf-8")
    actors.write_text(f"{text}\nnew-place: {{name: A new place}}\n", encoding="utf-8")
    preview.build()
    assert set(laid_out) == {"places/index.md", "places/new-place/index.md"}
