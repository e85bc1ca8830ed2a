"""The document on the look of a site, followed to the letter in a new site."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from tests import warm_start
from tests.building import ENVIRONMENT, ROOT

_TITLED = re.compile(r'^```(?:yaml|css|html) title="([^"]+)"\n(.*?)^```$', re.DOTALL | re.MULTILINE)
_LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>\n'


def _briefings(folder: Path, *arguments: str) -> None:
    done = warm_start.run(
        [str(Path(sys.executable).with_name("briefings")), *arguments],
        cwd=folder,
        env={**ENVIRONMENT, "SITE_URL": "https://briefings.river.example/"},
    )
    assert done.returncode == 0, done.stdout


def _with_block(text: str, block: str) -> str:
    """The settings ``text`` with those of ``block``, each in the place of the old ones."""
    settings, new = yaml.load(text, _Loader), yaml.load(block, _Loader)
    for key, value in new.items():
        if key == "plugins":
            settings["plugins"][0]["briefings"] |= value[0]["briefings"]
        elif isinstance(value, dict):
            settings[key] |= value
        else:
            settings[key] = value
    return yaml.dump(settings, Dumper=_Dumper, sort_keys=False, allow_unicode=True)


class _Tagged(str):
    """A value with MkDocs' tag `!ENV`."""

    __slots__ = ()


class _Loader(yaml.SafeLoader):
    pass


class _Dumper(yaml.SafeDumper):
    pass


_Loader.add_constructor("!ENV", lambda loader, node: _Tagged(loader.construct_scalar(node)))
_Dumper.add_representer(_Tagged, lambda dumper, value: dumper.represent_scalar("!ENV", str(value)))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site, changed by every step of the document, and built."""
    folder = tmp_path_factory.mktemp("look")
    _briefings(folder, "init", "site", "--name", "River news", "--example")
    site = folder / "site"
    for path, text in _TITLED.findall((ROOT / "docs" / "look.md").read_text("utf-8")):
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        is_settings = path == "mkdocs.yml"
        new = _with_block(file.read_text("utf-8"), text) if is_settings else text
        file.write_text(new, "utf-8")
    (site / "overrides" / "assets" / "logo.svg").write_text(_LOGO, "utf-8")
    _briefings(site, "build")
    return site / "site"


def _page(site: Path, path: str) -> BeautifulSoup:
    return BeautifulSoup((site / path / "index.html").read_text("utf-8"), "html.parser")


def test_each_step_is_seen_on_the_pages(site: Path) -> None:
    for path in ("", "about", "example"):
        page = _page(site, path)
        footer = page.select_one(".md-copyright")
        assert footer
        assert "River Institute" in footer.text
        assert "Printed on the Halden." in footer.text
        logo = page.select_one("header .md-logo img")
        assert logo
        assert str(logo["src"]).endswith("assets/logo.svg")
        styles = [str(link["href"]) for link in page.select('link[rel="stylesheet"]')]
        assert styles[-1].endswith("assets/stylesheets/site.css")
        assert any(style.endswith("briefings.css") for style in styles[:-1])
    assert page.select_one('a[href^="https://river.example/report?page="]')
    assert (site / "assets" / "logo.svg").read_text("utf-8") == _LOGO


def test_the_colours_are_those_of_a_palette_that_a_new_site_has(site: Path) -> None:
    body = _page(site, "").body
    assert body
    styles = (site / "assets" / "stylesheets" / "site.css").read_text("utf-8")
    for attribute in ("data-md-color-primary", "data-md-color-accent"):
        assert f'[{attribute}="{body[attribute]}"]' in styles


def test_only_the_sections_that_are_listed_are_built(site: Path) -> None:
    for section in ("briefings", "actors", "sources", "changes", "feeds"):
        assert (site / section).is_dir(), section
    for section in ("topics", "places", "timeline", "data"):
        assert not (site / section).exists(), section
    assert not _page(site, "").select('a[href*="timeline"]')
