"""A build that uses earlier work, and a preview after edits, show what a fresh one shows."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from generator.cache import VARIABLE
from generator.plugin import BriefingsPlugin
from generator.units import page_paths
from tests.building import bytes_by_path, every_key_project
from tests.fiction import briefing

EDITS = {
    "a text": ("briefings/halden.yml", "turned the tap", "closed the tap"),
    "a name": ("data/actors.yml", "name: Norland", "name: Kingdom of Norland"),
    "a title in the navigation": ("mkdocs.yml", "Actors: actors", "Who: actors"),
    "the name of the site": ("mkdocs.yml", "site_name: ", "site_name: New "),
    "a page written by hand": ("briefings/about.md", "# ", "# New "),
    "a setting of the theme": ("mkdocs.yml", "content.action.edit", "navigation.top"),
}
PLUGIN = "briefings"


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    yield
    logging.getLogger("mkdocs").setLevel(logging.NOTSET)


def _config(project: Path, site: Path) -> MkDocsConfig:
    return load_config(str(project / "mkdocs.yml"), site_dir=str(site))


def _built(project: Path, site: Path) -> dict[str, bytes]:
    config = _config(project, site)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()
    made = bytes_by_path(site)
    # It carries the time of its making.
    return {path: content for path, content in made.items() if not path.endswith(".gz")}


def _edit(project: Path, edit: str) -> None:
    file, old, new = EDITS[edit]
    text = (project / file).read_text(encoding="utf-8")
    assert old in text
    (project / file).write_text(text.replace(old, new), encoding="utf-8")


def test_a_build_after_edits_is_what_a_fresh_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = every_key_project(tmp_path / "project")
    more = project / "briefings" / "more.yml"
    before: dict[str, bytes] = {}
    for edit in ("nothing yet", *EDITS, "a file more", "a file is gone", "nothing"):
        if edit in EDITS:
            _edit(project, edit)
        elif edit == "a file more":
            more.write_text(json.dumps(briefing()), encoding="utf-8")
        elif edit == "a file is gone":
            more.unlink()
        monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
        warm = _built(project, tmp_path / "site")
        monkeypatch.setenv(VARIABLE, "off")
        assert _built(project, tmp_path / "fresh") == warm, edit
        assert (warm == before) is (edit == "nothing"), edit
        before = warm
    assert not (tmp_path / ".site.before").exists()


def test_a_build_that_fails_leaves_the_site_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = every_key_project(tmp_path / "project")
    before = _built(project, tmp_path / "site")

    def fail(self: BriefingsPlugin, config: MkDocsConfig) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(BriefingsPlugin, "on_post_build", fail)
    with pytest.raises(OSError, match="the disk is full"):
        _built(project, tmp_path / "site")
    after = bytes_by_path(tmp_path / "site")
    assert {path: after[path] for path in after if not path.endswith(".gz")} == before
    assert not (tmp_path / ".site.before").exists()


def test_a_mistake_leaves_the_site_that_was_there(tmp_path: Path) -> None:
    project = every_key_project(tmp_path / "project")
    before = _built(project, tmp_path / "site")
    path = project / "briefings" / "halden.yml"
    path.write_text(path.read_text("utf-8").replace("status: published", "status: publishd", 1))
    with pytest.raises(Abort):
        _built(project, tmp_path / "site")
    after = bytes_by_path(tmp_path / "site")
    assert {path: after[path] for path in after if not path.endswith(".gz")} == before


class Previews:
    """The builds of one `mkdocs serve`: the plugins live on, the configuration is read anew."""

    def __init__(self, project: Path, site: Path) -> None:
        self.project, self.site = project, site
        self.plugins = _config(project, site).plugins
        self.plugins.on_startup(command="serve", dirty=False)

    def build(self) -> dict[str, bytes]:
        """Build, and ask for every page."""
        config = _config(self.project, self.site)
        config.plugins = self.plugins
        build(config, serve_url="http://127.0.0.1/")
        plugin = self.plugins[PLUGIN]
        assert isinstance(plugin, BriefingsPlugin)
        assert plugin.preview
        assert plugin.known
        for unit in plugin.known.outlines.units():
            for path in page_paths(unit):
                plugin.preview.give(path.removesuffix("index.md"))
        made = bytes_by_path(Path(config.site_dir))  # each build has a folder of its own
        return {path: made[path] for path in made if not path.endswith(".gz")}


@pytest.mark.parametrize("edit", [edit for edit in EDITS if "theme" not in edit])
def test_a_preview_after_an_edit_is_what_a_fresh_one_shows(tmp_path: Path, edit: str) -> None:
    project = every_key_project(tmp_path / "project")
    file = project / EDITS[edit][0]
    text = file.read_text(encoding="utf-8")
    preview = Previews(project, tmp_path / "site")
    before = preview.build()
    assert "halden/index.html" in before
    _edit(project, edit)
    after = preview.build()
    fresh = Previews(project, tmp_path / "fresh").build()
    assert after == fresh
    assert after != before
    file.write_text(text, encoding="utf-8")
    assert preview.build() == before
    preview.plugins.on_shutdown()


def test_an_edit_makes_no_page_that_nobody_asks_for(tmp_path: Path) -> None:
    project = every_key_project(tmp_path / "project")
    preview = Previews(project, tmp_path / "site")
    preview.build()
    config = _config(project, preview.site)
    config.plugins = preview.plugins
    build(config, serve_url="http://127.0.0.1/")
    site = Path(config.site_dir)
    assert site.parent == preview.site
    assert not (site / "halden").exists()
    plugin = preview.plugins[PLUGIN]
    assert isinstance(plugin, BriefingsPlugin)
    assert plugin.preview
    plugin.preview.give("halden")
    plugin.preview.give("halden-river/index.html")
    plugin.preview.give("halden/index.json")
    plugin.preview.give("data/events.csv")
    plugin.preview.give("../../etc/passwd")
    plugin.preview.give("/etc/passwd")
    plugin.preview.give("404.html")
    given = {path for path in bytes_by_path(site) if not path.startswith("assets/")}
    assert {"halden/index.html", "halden-river/index.html", "halden/index.json"} < given
    assert "data/events.csv" in given
    assert b"Norland accuses" in (site / "halden" / "index.html").read_bytes()
    assert b"404" in (site / "404.html").read_bytes()
