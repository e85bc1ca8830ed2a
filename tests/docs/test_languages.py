"""docs/languages.md, followed to the letter in a new site."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from tests.building import ROOT, build
from tests.docs.test_translate import _run
from tests.docs.test_tutorial import blocks

PAGE = ROOT / "docs" / "languages.md"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("languages")
    _run("briefings init site --name Fiction", folder)
    project = folder / "site"
    languages, registry, own, catalogue, _ = (
        block.text for block in blocks(PAGE) if block.language in ("yaml", "po")
    )
    settings = project / "mkdocs.yml"
    config = settings.read_text("utf-8")
    (plugin,) = yaml.safe_load(languages)["plugins"]
    line = f"      languages: {plugin['briefings']['languages']}"
    assert config.count("  - briefings:\n") == 1
    settings.write_text(config.replace("  - briefings:\n", f"  - briefings:\n{line}\n"), "utf-8")
    (name,) = (line for line in registry.splitlines() if "name:" in line)
    actors = project / "data" / "actors.yml"
    text = actors.read_text("utf-8")
    assert text.count("  name: Norland\n") == 1
    actors.write_text(text.replace("  name: Norland\n", f"{name}\n"), "utf-8")
    (project / "mkdocs.fr.yml").write_text(own, "utf-8")
    (project / "briefings" / "about.fr.md").write_text("# À propos\n\nUn essai.\n", "utf-8")
    words = project / "locale" / "fr" / "LC_MESSAGES" / "messages.po"
    words.parent.mkdir(parents=True)
    words.write_text(catalogue, "utf-8")
    built = build(project, folder / "built")
    assert built.code == 0, built.output
    return built.folder


def _page(site: Path, path: str) -> BeautifulSoup:
    return BeautifulSoup((site / path / "index.html").read_text("utf-8"), "lxml")


def test_each_page_is_in_both_languages(site: Path) -> None:
    english = {path.relative_to(site).as_posix() for path in site.glob("*/index.html")}
    english = {path for path in english if not path.startswith("fr/")}
    french = {path.relative_to(site / "fr").as_posix() for path in site.glob("fr/*/index.html")}
    assert english == french
    assert _page(site, "fr").html["lang"] == "fr"  # type: ignore[index]


def test_settings_pages_and_words_of_the_edition_are_its_own(site: Path) -> None:
    home = _page(site, "fr")
    assert home.h1 is not None
    assert home.h1.get_text(strip=True) == "Le fleuve Halden"
    assert _page(site, "fr/about").select_one("h1#a-propos, h1") is not None
    assert "Nos dossiers" in home.get_text()
    assert "Norlande" in _page(site, "fr/actors").get_text()
    assert "Norlande" not in _page(site, "actors").get_text()
    assert "Nos dossiers" not in _page(site, "").get_text()


def test_languages_that_the_page_names_are_those_that_have_a_catalogue() -> None:
    text = PAGE.read_text("utf-8")
    folders = (ROOT / "generator" / "locale").glob("*/LC_MESSAGES/messages.po")
    named = {path.parents[1].name for path in folders} | {"en"}
    assert all(f"(`{tag}`)" in text for tag in named)


def test_the_last_setting_leaves_out_what_is_not_translated(site: Path) -> None:
    project = site.with_name("site")
    *_, block = (block.text for block in blocks(PAGE) if block.language == "yaml")
    (plugin,) = yaml.safe_load(block)["plugins"]
    setting = f"      untranslated: {plugin['briefings']['untranslated']}\n"
    config = project / "mkdocs.yml"
    text = config.read_text("utf-8").replace("  - briefings:\n", f"  - briefings:\n{setting}")
    config.write_text(text, "utf-8")
    built = build(project, site.with_name("left-out"))
    assert built.code == 0, built.output
    assert (built.folder / "example" / "index.html").is_file()
    assert not (built.folder / "fr" / "example").exists()
    french = {path.parent.name for path in (built.folder / "fr").glob("*/index.html")}
    assert "about" in french
    assert "method" not in french
