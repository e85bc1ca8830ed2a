"""A project that says nothing of the theme has all that pages need; its own settings stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig

from generator.configuration.mkdocs_config import read_configuration
from generator.configuration.theme_defaults import (
    SCRIPTS,
    STYLES,
    apply_defaults,
    contradictions,
    theme_folder,
)

SHORTEST = """\
site_name: Fiction
docs_dir: briefings
theme: {name: material}
plugins: [briefings]
"""


def _config(folder: Path, text: str = SHORTEST) -> MkDocsConfig:
    (folder / "briefings").mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text(text, "utf-8")
    return read_configuration(str(folder / "mkdocs.yml"))


def _added(config: MkDocsConfig) -> list[list[str]]:
    scripts = [str(script) for script in config.extra_javascript]
    return [list(config.theme.dirs), list(config.extra_css), scripts, config.markdown_extensions[:]]


def test_the_shortest_configuration_gets_theme_styles_scripts_and_anchors(tmp_path: Path) -> None:
    config = _config(tmp_path)
    apply_defaults(config)
    assert config.theme.dirs[0] == str(theme_folder())
    assert config.extra_css == [STYLES]
    assert [(str(script), script.type) for script in config.extra_javascript] == [
        (path, "module") for path in SCRIPTS
    ]
    assert "attr_list" in config.markdown_extensions
    assert config.mdx_configs["toc"]["permalink"] == ""
    assert config.theme["font"] is False


def test_every_file_that_is_named_is_in_the_package() -> None:
    for path in (STYLES, *SCRIPTS, "main.html", "404.html", "partials/header.html"):
        assert (theme_folder() / path).is_file(), path


def test_applying_it_twice_changes_nothing_more(tmp_path: Path) -> None:
    config = _config(tmp_path)
    apply_defaults(config)
    once = _added(config)
    apply_defaults(config)
    assert _added(config) == once


def test_a_projects_own_theme_folder_and_styles_take_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    text = SHORTEST.replace("name: material", "name: material, custom_dir: own")
    config = _config(tmp_path, f"{text}extra_css: [own.css, {STYLES}]\n")
    apply_defaults(config)
    assert config.theme.dirs[:2] == [str(tmp_path / "own"), str(theme_folder())]
    assert config.extra_css == [STYLES, "own.css"]


def test_a_projects_own_toc_and_font_stay(tmp_path: Path) -> None:
    text = SHORTEST.replace("name: material", "name: material, font: {text: Lato}")
    config = _config(tmp_path, f"{text}markdown_extensions: [{{toc: {{permalink: '#'}}}}]\n")
    apply_defaults(config)
    assert config.mdx_configs["toc"]["permalink"] == "#"
    assert config.mdx_configs["toc"]["toc_depth"] == 3
    assert config.theme["font"] == {"text": "Lato"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            SHORTEST.replace("theme: {name: material}\n", ""),
            "The theme is `mkdocs`, and the pages of briefings need Material. "
            "Write `theme: {name: material}`.",
        ),
        (
            f"{SHORTEST}markdown_extensions: [{{toc: {{permalink: false}}}}]\n",
            "`toc: permalink` is off, and readers cite statements by these links. Remove the line.",
        ),
    ],
)
def test_what_pages_cannot_work_with_is_refused_in_a_sentence(
    tmp_path: Path, text: str, message: str
) -> None:
    config = _config(tmp_path, text)
    apply_defaults(config)
    assert list(contradictions(config)) == [message]
