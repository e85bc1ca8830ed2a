"""Builds whose cache is locked, taken away or out of date: the site is what a fresh one is."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from generator.build import artifacts, store
from generator.build.artifacts import ArtifactStore
from generator.build.cache import VARIABLE
from generator.mkdocs_plugin import publication
from generator.publishing import site_writer
from tests.building import bytes_by_path
from tests.fiction import allegation, briefing, files, response

CONFIG = """\
site_name: Fiction
docs_dir: briefings
theme: {name: material, font: false}
plugins: [briefings]
markdown_extensions: [fictional_headings]
hooks: [fictional_hook.py]
"""
HEADINGS = """
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

class Headings(Treeprocessor):
    def run(self, root):
        for heading in root.iter("h2"):
            heading.set("class", "first-version")

class HeadingsExtension(Extension):
    def extendMarkdown(self, md):
        md.treeprocessors.register(Headings(md), "fictional", 1)

def makeExtension(**kwargs):
    return HeadingsExtension(**kwargs)
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "project"
    claim = briefing(allegation(), responses=[response()])
    texts = {
        "mkdocs.yml": CONFIG,
        "fictional_headings.py": HEADINGS,
        "fictional_hook.py": "",
        "briefings/about.md": "# About\n",
    }
    for path, content in files({"claim": claim, "other": briefing()}).items():
        texts[path] = content.decode()
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    yield folder
    logging.getLogger("mkdocs").setLevel(logging.NOTSET)


def _built(project: Path) -> dict[str, bytes]:
    MkDocsConfig.plugins.plugin_cache.clear()
    MkDocsConfig.hooks._load_hook.cache_clear()
    for name in ("fictional_headings", "fictional_hook.py"):
        sys.modules.pop(name, None)
    site = project.with_name("site")
    config = load_config(str(project / "mkdocs.yml"), site_dir=str(site))
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()
    made = bytes_by_path(site)
    return {path: content for path, content in made.items() if not path.endswith(".gz")}


def _file(project: Path) -> Path:
    (file,) = project.with_name("cache").glob("*.sqlite")
    return file


def _entries(project: Path) -> int:
    database = sqlite3.connect(_file(project))
    try:
        (count,) = database.execute("SELECT count(*) FROM made").fetchone()
    finally:
        database.close()
    return int(count)


def test_a_cache_that_is_deleted_during_a_build_is_done_without(
    project: Path, tmp_path: Path
) -> None:
    expected = _built(project)
    # A hook comes after the plugins: by then all parts are made, and few are written.
    (project / "fictional_hook.py").write_text(
        "import shutil\n\n\n"
        "def on_env(env, config, files):\n"
        f"    shutil.rmtree({str(tmp_path / 'cache')!r})\n",
        "utf-8",
    )
    for _ in range(2):
        assert _built(project) == expected


def test_processes_that_find_the_cache_gone_make_again_what_they_write(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = _built(project)
    shutil.rmtree(tmp_path / "site")

    def make(*given: Any, **named: Any) -> ArtifactStore:
        built = artifacts.build_targets(*given, **named)
        shutil.rmtree(tmp_path / "cache")
        return built

    monkeypatch.setattr(publication, "build_targets", make)
    monkeypatch.setattr(site_writer, "_BATCH", 3)
    monkeypatch.setenv("BRIEFINGS_JOBS", "2")
    assert _built(project) == expected


@pytest.mark.parametrize("mode", ["NORMAL", "EXCLUSIVE"])
def test_while_the_cache_stays_locked_builds_go_on_without_it(
    project: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    monkeypatch.setattr(store, "WAIT", 0.2)
    expected = _built(project)
    entries = _entries(project)
    holder = sqlite3.connect(_file(project), isolation_level=None)
    holder.execute(f"PRAGMA locking_mode = {mode}")
    holder.execute("BEGIN EXCLUSIVE")
    path = project / "briefings" / "claim.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("Norland accuses", "Norland still accuses"), "utf-8")
    edited = _built(project)
    holder.execute("COMMIT")
    holder.close()
    assert edited != expected
    assert b"Norland still accuses" in edited["claim/index.html"]
    assert _entries(project) == entries
    path.write_text(text, "utf-8")
    assert _built(project) == expected


def test_a_projects_own_extension_that_changed_is_seen_on_every_page(project: Path) -> None:
    before = _built(project)
    assert b'class="first-version"' in before["claim/index.html"]
    path = project / "fictional_headings.py"
    path.write_text(HEADINGS.replace("first-version", "second-version"), "utf-8")
    after = _built(project)
    assert b'class="second-version"' in after["claim/index.html"]
    assert not [page for page, html in after.items() if b"first-version" in html]


def test_a_hook_for_pages_leaves_nothing_in_the_cache_that_no_build_can_use(project: Path) -> None:
    (project / "fictional_hook.py").write_text(
        "count = 0\n\n\n"
        "def on_post_page(output, page, config):\n"
        "    global count\n"
        "    count += 1\n"
        "    return f'{output}<!-- page {count} -->'\n",
        "utf-8",
    )
    first = _built(project)
    entries = _entries(project)
    assert _built(project).keys() == first.keys()
    assert _entries(project) == entries
    assert b"<!-- page " in first["claim/index.html"]
