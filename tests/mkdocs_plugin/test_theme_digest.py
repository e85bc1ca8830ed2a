"""The digest changes with everything outside the briefings that can change a page."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import Files
from mkdocs.structure.nav import get_navigation

from generator.mkdocs_plugin.theme_digest import theme_digest

CONFIG = """\
site_name: Fiction
docs_dir: briefings
theme: {name: material, custom_dir: overrides}
plugins: [search, briefings]
markdown_extensions: [fictional_marks]
hooks: [fictional_hook.py]
extra: {a: [1, 2]}
"""
FILES = {
    "mkdocs.yml": CONFIG,
    "overrides/partial.html": "one",
    "fictional_hook.py": "def on_env(env, config, files):\n    return env\n",
    "fictional_marks.py": (
        "from markdown.extensions import Extension\n"
        "import fictional_helper\n"
        "class Marks(Extension):\n"
        "    def extendMarkdown(self, md): pass\n"
        "def makeExtension(**kwargs): return Marks(**kwargs)\n"
    ),
    "fictional_helper.py": "A = 1\n",
    "briefings/index.md": "# Fiction\n",
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    for name in ("fictional_marks", "fictional_helper", "fictional_hook.py"):
        sys.modules.pop(name, None)
    importlib.invalidate_caches()


def _digest(project: Path) -> bytes | None:
    config = load_config(str(project / "mkdocs.yml"))
    nav = get_navigation(Files([]), config)
    env = config.theme.get_env()
    return theme_digest(config, nav, env, config.plugins["briefings"])


def _written(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        path = project / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return change


def test_the_digest_stays_the_same_if_nothing_changes(project: Path) -> None:
    key = _digest(project)
    assert key is not None
    assert _digest(project) == key


@pytest.mark.parametrize(
    "change",
    [
        _written("mkdocs.yml", "[search,", "[{search: {lang: de}},"),
        _written("mkdocs.yml", "plugins: [search, ", "plugins: ["),
        _written("mkdocs.yml", "[1, 2]", "[2, 1]"),
        _written("mkdocs.yml", "[fictional_marks]", "[fictional_marks, {toc: {toc_depth: 2}}]"),
        _written("mkdocs.yml", "{name: material,", "{name: material, logo: logo.svg,"),
        _written("overrides/partial.html", "one", "two"),
        _written("fictional_hook.py", "return env", "return env  # another"),
        _written("fictional_marks.py", "Marks(**kwargs)", "Marks(**dict(kwargs))"),
        _written("fictional_helper.py", "1", "2"),
    ],
    ids=[
        "an option of another plugin", "another plugin", "the order of extra values",
        "an extension's option", "an option of the theme", "an override", "a hook",
        "a project's own extension", "what that imports",
    ],
)  # fmt: skip
def test_a_change_of_anything_changes_the_digest(
    project: Path, change: Callable[[Path], None]
) -> None:
    before = _digest(project)
    change(project)
    assert before is not None
    assert _digest(project) not in (before, None)


def test_our_own_options_are_not_part_of_the_digest(project: Path) -> None:
    before = _digest(project)
    _written("mkdocs.yml", "briefings]", "{briefings: {rules: {single-source: off}}}]")(project)
    assert _digest(project) == before


def test_without_a_canonical_form_there_is_no_digest(project: Path) -> None:
    config = load_config(str(project / "mkdocs.yml"))
    config.extra["lock"] = iter([1])
    nav, env = get_navigation(Files([]), config), config.theme.get_env()
    assert theme_digest(config, nav, env, config.plugins["briefings"]) is None
