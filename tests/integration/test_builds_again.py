"""A build that uses earlier work, and a preview after edits, show what a fresh one shows."""

from __future__ import annotations

import json
import logging
import weakref
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer

from generator.build.cache import VARIABLE, Cache
from generator.build.pipeline import Pipeline
from generator.build.targets import all_targets
from generator.mkdocs_plugin.plugin import BriefingsPlugin
from generator.reading.source_files import SourceFiles
from tests.building import built_here_once, bytes_by_path, every_key_project
from tests.fiction import briefing
from tests.serving import soon

EDITS = {
    "a text": ("briefings/halden.yml", "turned the tap", "closed the tap"),
    "a name": ("data/actors.yml", "name: Norland", "name: Kingdom of Norland"),
    "a title in the navigation": ("mkdocs.yml", "Actors: actors", "Who: actors"),
    "the name of the site": ("mkdocs.yml", "site_name: ", "site_name: New "),
    "a page written by hand": ("briefings/about.md", "# ", "# New "),
    "a setting of the theme": ("mkdocs.yml", "content.action.edit", "navigation.top"),
}
#: Which edits are made before the next build. With `--torture` each edit is tried alone.
USUAL_EDITS = (("a text", "a page written by hand", "a name"), ("the name of the site",))
PREVIEWED_EDITS = (("a text", "a name"),)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    yield
    logging.getLogger("mkdocs").setLevel(logging.NOTSET)


def _config(project: Path, site: Path, *, new_plugins: bool = True) -> MkDocsConfig:
    """The configuration with plugins of its own: MkDocs gives all of a process the same ones."""
    if new_plugins:
        MkDocsConfig.plugins.plugin_cache.clear()
    return load_config(str(project / "mkdocs.yml"), site_dir=str(site))


def _built(project: Path, site: Path, *, new_plugins: bool = True) -> dict[str, bytes]:
    config = _config(project, site, new_plugins=new_plugins)
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
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, torture: bool
) -> None:
    project = every_key_project(tmp_path / "project")
    more = project / "briefings" / "more.yml"
    before: dict[str, bytes] = {}
    fresh: dict[str, dict[str, bytes]] = {}
    groups = [(edit,) for edit in EDITS] if torture else USUAL_EDITS
    # With the last edit a file is added, which is gone again at the next build.
    groups = [*groups[:-1], (*groups[-1], "a file more")]
    for edits in (("nothing yet",), *groups, ("a file is gone",), ("nothing",)):
        state = "as edited"
        for edit in edits:
            if edit in EDITS:
                _edit(project, edit)
                fresh.clear()
        if "a file more" in edits:
            more.write_text(json.dumps(briefing()), encoding="utf-8")
            state = "with a file more"
        elif edits == ("a file is gone",):
            more.unlink()
        monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
        warm = _built(project, tmp_path / "site")
        monkeypatch.setenv(VARIABLE, "off")
        if state not in fresh:
            fresh[state] = _built(project, tmp_path / "fresh")
        assert fresh[state] == warm, edits
        assert (warm == before) is (edits == ("nothing",)), edits
        before = warm
    assert {path.name for path in tmp_path.glob(".site.*")} == {".site.lock"}


def test_a_build_that_fails_and_one_with_a_mistake_leave_the_site_that_was_there(
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
    assert {path.name for path in tmp_path.glob(".site.*")} == {".site.lock"}

    monkeypatch.undo()
    path = project / "briefings" / "halden.yml"
    path.write_text(path.read_text("utf-8").replace("status: published", "status: publishd", 1))
    with pytest.raises(Abort):
        _built(project, tmp_path / "site")
    after = bytes_by_path(tmp_path / "site")
    assert {path: after[path] for path in after if not path.endswith(".gz")} == before


class Previews:
    """The builds of one `mkdocs serve`: plugins stay, and the configuration is read each time."""

    def __init__(self, project: Path, site: Path) -> None:
        self.project, self.site = project, site
        config = _config(project, site)
        self.plugins = config.plugins
        self.plugins.on_startup(command="serve", dirty=False)
        self.server = LiveReloadServer(lambda: None, "127.0.0.1", 0, root=str(site))
        self.plugins.on_serve(self.server, config=config, builder=lambda: None)

    def build(self) -> Path:
        """Build. Returns the folder of this build."""
        config = _config(self.project, self.site)
        config.plugins = self.plugins
        build(config, serve_url="http://127.0.0.1/")
        return Path(config.site_dir)

    def close(self) -> None:
        """End the server and the plugins."""
        self.server.server_close()
        self.plugins.on_shutdown()

    def request(self, path: str) -> bytes:
        """The body of the server's answer."""
        application = self.server.get_app()
        assert application
        environ = {"PATH_INFO": path, "REQUEST_METHOD": "GET"}
        return b"".join(application(environ, lambda *_: lambda body: None))

    def pages(self) -> dict[str, bytes]:
        """Build, and request every page. Returns the files of the build."""
        folder = self.build()
        with closing(Pipeline(Cache(), jobs=1)) as pipeline:
            sources = SourceFiles(self.project / "briefings", self.project / "data")
            targets = all_targets(pipeline.read(sources).graph)
        for target in targets:
            for path in target.page_paths:
                self.request(f"/{path.removesuffix('index.md')}")
        files = bytes_by_path(folder)
        return {path: files[path] for path in files if not path.endswith(".gz")}


def test_a_preview_after_edits_is_what_a_fresh_one_shows(tmp_path: Path, torture: bool) -> None:
    project = every_key_project(tmp_path / "project")
    files = {project / file: (project / file).read_bytes() for file, _, _ in EDITS.values()}
    preview = Previews(project, tmp_path / "site")
    first = before = preview.pages()
    assert "halden/index.html" in before
    alone = [(edit,) for edit in EDITS if "theme" not in edit]
    for edits in alone if torture else PREVIEWED_EDITS:
        for edit in edits:
            _edit(project, edit)
        after = preview.pages()
        fresh = Previews(project, tmp_path / "fresh")
        assert after == fresh.pages(), edits
        fresh.close()
        assert after != before, edits
        before = after
    for file, content in files.items():
        file.write_bytes(content)
    assert preview.pages() == first
    preview.close()


def test_a_long_preview_keeps_no_earlier_builds_in_memory(tmp_path: Path) -> None:
    project = every_key_project(tmp_path / "project")
    preview = Previews(project, tmp_path / "site")
    builds = []
    for number in range(4):
        path = project / "briefings" / "halden.yml"
        path.write_text(f"{path.read_text('utf-8')}\n# {number}\n", encoding="utf-8")
        preview.build()
        builds.append(weakref.ref(preview.plugins["briefings"].mode.build))
    assert soon(lambda: [build() is None for build in builds[:2]] == [True, True], 10)
    preview.close()


def test_an_edit_makes_no_page_that_nobody_asks_for(tmp_path: Path) -> None:
    project = every_key_project(tmp_path / "project")
    preview = Previews(project, tmp_path / "site")
    preview.build()
    site = preview.build()
    assert site.parent == preview.site
    assert not (site / "halden").exists()
    for path in ("halden", "halden-river/index.html", "halden/index.json", "data/events.csv"):
        preview.request(f"/{path}")
    for path in ("../../etc/passwd", "/etc/passwd"):
        assert b"root:" not in preview.request(f"/{path}")
    preview.request("/404.html")
    given = {path for path in bytes_by_path(site) if not path.startswith("assets/")}
    assert {"halden/index.html", "halden-river/index.html", "halden/index.json"} < given
    assert "data/events.csv" in given
    assert b"Norland accuses" in (site / "halden" / "index.html").read_bytes()
    assert b"There is no page at this address" in (site / "404.html").read_bytes()
    preview.close()


def test_a_build_reuses_the_files_of_the_previous_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, site = every_key_project(tmp_path / "project"), tmp_path / "site"
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    _built(project, site)
    before = {path: (site / path).stat().st_ino for path in bytes_by_path(site)}
    _edit(project, "a text")
    edited = site / "halden" / "index.html"
    edited.unlink()  # someone meddled with the site
    other = site / "river" / "flood" / "index.html"
    other.write_text("meddled with", encoding="utf-8")
    _built(project, site)
    after = {path: (site / path).stat().st_ino for path in bytes_by_path(site)}
    kept = {path for path in after if after[path] == before.get(path)}
    assert "actors/nordby-daily/index.html" in kept
    assert "feeds/actors/nordby-daily.xml" in kept
    assert not kept & {"halden/index.html", "river/flood/index.html", "data/briefings.json"}
    assert b"closed the tap" in edited.read_bytes()
    assert b"meddled" not in other.read_bytes()


def test_each_build_of_a_process_has_the_cache_of_its_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("first", "second"):
        monkeypatch.setenv(VARIABLE, str(tmp_path / name))
        project = every_key_project(tmp_path / f"project-{name}")
        _built(project, tmp_path / f"site-{name}", new_plugins=False)
        assert list((tmp_path / name).glob("*.sqlite"))


HOOK = """
def on_post_page(output, page, config):
    return output.replace("</body>", f"<!-- {page.file.src_uri} --></body>")
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A site with two pages in its menu, a hook and an address."""

    def make_project(folder: Path) -> None:
        project = every_key_project(folder)
        (project / "hook.py").write_text(HOOK, encoding="utf-8")
        config = project / "mkdocs.yml"
        named = "nav: [halden/index.md, {The flood: river/flood/index.md}, "
        text = config.read_text("utf-8").replace("nav: [", named)
        text = f"{text}\nhooks: [hook.py]\nsite_url: https://f.example/\n"
        config.write_text(text, encoding="utf-8")

    return bytes_by_path(built_here_once("again", make_project, tmp_path_factory).folder)


def test_a_menu_can_name_any_page(made: dict[str, bytes]) -> None:
    assert made["halden/index.html"].count(b"md-nav__link--active")
    for page in ("index.html", "river/flood/index.html", "actors/esteria/index.html"):
        menu = made[page].decode().partition('<nav class="md-nav md-nav--primary"')[2]
        assert "The flood" in menu
        assert "Halden" in menu
    assert b"Norland accuses" in made["halden/index.html"]


def test_links_from_a_page_written_by_hand_to_nothing_are_reported(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    project = every_key_project(tmp_path / "project")
    about = project / "briefings" / "about.md"
    about.write_text(
        "# About\n\n[nobody](actors/nobody/index.md) [nowhere](halden/index.md#nothing) "
        "[sound](halden/index.md)\n",
        encoding="utf-8",
    )
    logging.getLogger("mkdocs").setLevel(logging.NOTSET)
    _built(project, tmp_path / "site")
    warnings = [
        record.getMessage() for record in caplog.records if "about.md" in record.getMessage()
    ]
    assert len(warnings) == 2
    assert "'actors/nobody/index.md', but the target is not found" in warnings[0]
    assert "does not contain an anchor '#nothing'" in warnings[1]


def test_a_hook_sees_each_page_that_is_made(made: dict[str, bytes]) -> None:
    for path in (
        "index.html",
        "halden/index.html",
        "actors/esteria/index.html",
        "about/index.html",
    ):
        source = path.replace(".html", ".md").replace("about/index", "about")
        assert made[path].decode().count(f"<!-- {source} -->") == 1


def test_a_sitemap_lists_every_page_once_with_the_day_of_its_data(made: dict[str, bytes]) -> None:
    entries = made["sitemap.xml"].decode().split("<url>")[1:]
    listed = [entry.partition("<loc>https://f.example/")[2].partition("<")[0] for entry in entries]
    pages = {
        path.removesuffix("index.html")
        for path in made
        if path.endswith("index.html") and b'http-equiv="refresh"' not in made[path]
    }
    assert sorted(listed) == sorted(pages)
    days = {
        address: block for address, block in zip(listed, entries, strict=True) if "lastmod" in block
    }
    assert {"", "halden/", "actors/esteria/"} <= set(days)
    assert "about/" not in days
