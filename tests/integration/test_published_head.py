"""What programs elsewhere find in a built page: cards, feeds, canonical addresses, linked data."""

from __future__ import annotations

import gzip
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import extruct
import pytest
import yaml
from bs4 import BeautifulSoup, Tag

from tests.building import ROOT, Built, build_here, built_here_once, every_key_project

URL = "https://briefings.example/fiction/"
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The fictional site with an address of its own."""

    def make_project(folder: Path) -> None:
        path = every_key_project(folder) / "mkdocs.yml"
        config = path.read_text("utf-8")
        assert "custom_dir: " not in config
        config = config.replace("theme: {", f"theme: {{custom_dir: {ROOT / 'site_overrides'}, ")
        path.write_text(f"{config}\nsite_url: {URL}\n", "utf-8")

    return built_here_once("addressed", make_project, tmp_path_factory)


def test_the_interface_is_marked_as_english_on_a_site_in_an_untranslated_language(
    tmp_path: Path,
) -> None:
    project = every_key_project(tmp_path / "project")
    config = (project / "mkdocs.yml").read_text("utf-8")
    overrides = f"theme: {{language: fa, custom_dir: {ROOT / 'site_overrides'}, "
    (project / "mkdocs.yml").write_text(config.replace("theme: {", overrides), "utf-8")
    built = build_here(project, project / "site")
    for path, language in (("actors/", "en"), ("actors/esteria/", None), ("about/", None)):
        page = built.pages[f"{path}index.html"]
        assert page.html
        assert page.html["lang"] == "fa"
        assert page.title
        assert page.title.get("lang") == language, path
        entries = page.select("[data-md-component=toc] .md-ellipsis")
        marked = page.select("[data-md-component=toc] .md-ellipsis > [lang=en][dir=ltr]")
        assert len(marked) == (0 if path == "about/" else len(entries)), path
    assert built.pages["actors/index.html"].select("[data-md-component=toc] [lang=en]")
    assert built.pages["404.html"].select("[lang=en][dir=ltr] h1 ~ p")


def _address(path: str) -> str:
    return URL + path.removesuffix("index.html")


def _meta(page: BeautifulSoup) -> dict[str, str]:
    return {
        str(element.get("property") or element.get("name")): str(element["content"])
        for element in page.select("meta[content]")
    }


def _pages(built: Built) -> Iterator[tuple[str, BeautifulSoup]]:
    for path, page in built.pages.items():
        if path != "404.html" and not path.startswith("halden-river"):
            yield path, page


def test_every_page_has_its_canonical_address_and_a_card_that_is_there(addressed: Built) -> None:
    for path, page in _pages(addressed):
        (link,) = page.select("link[rel=canonical]")
        said = _meta(page)
        assert link["href"] == said["og:url"] == _address(path)
        assert said["og:title"]
        assert said["og:image"].startswith(URL)
        card = addressed.folder / said["og:image"].removeprefix(URL)
        assert card.read_bytes().startswith(b"\x89PNG"), path


def test_a_briefing_is_an_article_with_its_days_and_its_own_card(addressed: Built) -> None:
    said = _meta(addressed.page("halden/"))
    assert said["og:type"] == "article"
    assert said["og:image"] == f"{URL}halden/card.png"
    assert said["og:description"].startswith("Norland against Esteria: 2 allegations, 1 answered")
    assert said["og:description"].endswith("Replies checked to 5 March 2025.")
    assert said["og:image:alt"] == f"{said['og:title']}. {said['og:description']}"
    assert said["article:published_time"] == "2025-03-04"
    assert said["article:modified_time"] == "2025-03-06"
    assert said["og:title"].startswith("Norland accuses Esteria of diverting the *Halden* <b>river")


def test_feeds_are_found_from_the_pages(addressed: Built) -> None:
    for path, page in _pages(addressed):
        links = [
            element
            for element in page.select("link[rel=alternate]")
            if element["type"] in ("application/atom+xml", "application/feed+json")
        ]
        own = re.match(r"(actors|topics|places)/([^/]+)/index.html", path)
        names = {urljoin(_address(path), str(link["href"])).removeprefix(URL) for link in links}
        wanted = ["feeds/all", *([f"feeds/{own[1]}/{own[2]}"] if own else [])]
        assert names == {f"{expected}.{end}" for expected in wanted for end in ("xml", "json")}
        assert all((addressed.folder / name).is_file() for name in names)


def test_a_reader_of_linked_data_finds_it_in_every_page(addressed: Built) -> None:
    kinds = set()
    for path, page in _pages(addressed):
        html = (addressed.folder / path).read_text("utf-8")
        (linked_data,) = extruct.extract(html, base_url=_address(path), syntaxes=["json-ld"])[
            "json-ld"
        ]
        assert linked_data["@context"] == "https://schema.org"
        assert linked_data["@graph"][0]["@id"] == _address(path)
        assert page.select("script[type='application/ld+json']")
        kinds |= {str(item["@type"]) for item in linked_data["@graph"]}
        if path != "index.html":
            assert linked_data["@graph"][0]["breadcrumb"]["@type"] == "BreadcrumbList"
    assert {"Report", "Claim", "WebPage", "Person", "ProfilePage", "Place"} <= kinds


def test_the_sitemap_is_dated_by_the_data(addressed: Built) -> None:
    text = (addressed.folder / "sitemap.xml").read_text("utf-8")
    dates = {
        element.findtext(f"{_SITEMAP}loc"): element.findtext(f"{_SITEMAP}lastmod")
        for element in ET.fromstring(text)
    }
    assert dates[f"{URL}halden/"] == "2025-03-06"
    assert dates[f"{URL}river/flood/"] == "2016-01-10"
    assert dates[f"{URL}actors/nordby-daily/"] is None
    assert dates[f"{URL}about/"] is None
    assert dates[URL] == "2025-03-06"
    packed = gzip.decompress((addressed.folder / "sitemap.xml.gz").read_bytes())
    assert packed.decode("utf-8") == text


def test_a_former_address_leads_on_without_a_script_in_the_page(addressed: Built) -> None:
    page = addressed.page("halden-river/")
    (script,) = page.select("script")
    assert script.get_text() == ""
    assert (addressed.folder / "halden-river" / str(script["src"])).resolve().is_file()
    (canonical,) = page.select("link[rel=canonical]")
    assert canonical["href"] == f"{URL}halden/"
    link = page.select_one("a[data-moved]")
    assert isinstance(link, Tag)
    assert link["href"] == "../halden/"
    refresh = (addressed.folder / "halden-river" / "index.html").read_text("utf-8")
    assert '<noscript><meta http-equiv="refresh" content="0; url=../halden/"></noscript>' in refresh


def test_without_an_address_nothing_is_said_that_needs_one(every_key_site: Built) -> None:
    for path, page in _pages(every_key_site):
        said = _meta(page)
        assert not {"og:url", "og:image", "twitter:card"} & set(said), path
        assert said["og:title"], path
        assert page.select("link[rel=canonical]") == []
    assert not list(every_key_site.folder.rglob("card.png"))


NAME = 'L\'Observatoire & Cie "Île"'
DESCRIPTION = 'What "they" say, & why 5 < 6'


@pytest.fixture(scope="module")
def punctuated(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site with signs of HTML in its name, its description and its handwritten pages."""

    def make_project(folder: Path) -> None:
        path = every_key_project(folder) / "mkdocs.yml"
        config = yaml.safe_load(path.read_text("utf-8"))
        config |= {"site_name": NAME, "site_description": DESCRIPTION, "site_author": 'A "B" C'}
        config["nav"] = [*config["nav"], "own.md", "heading.md", {"R & D, l'avis": "menu.md"}]
        path.write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
        head = f"---\ntitle: 'The \"Halden\" case, 5 < 6'\ndescription: '{DESCRIPTION}'\n---\n"
        (folder / "briefings" / "own.md").write_text(f"{head}# Heading\n", "utf-8")
        (folder / "briefings" / "heading.md").write_text('# What\'s *new* & "old"\n', "utf-8")
        (folder / "briefings" / "menu.md").write_text("# Heading\n", "utf-8")

    return built_here_once("punctuated", make_project, tmp_path_factory)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("own/", 'The "Halden" case, 5 < 6'),
        ("heading/", 'What\'s new & "old"'),
        ("menu/", "R & D, l'avis"),
    ],
)
def test_a_handwritten_page_has_its_title_as_typed_wherever_it_is_named(
    punctuated: Built, path: str, title: str
) -> None:
    page = punctuated.page(path)
    assert page.title
    assert page.title.string == f"{title} – {NAME}"
    assert _meta(page)["og:title"] == title
    (script,) = page.select("script[type='application/ld+json']")
    data = json.loads(script.string or "")["@graph"][0]
    assert [data["name"], data["breadcrumb"]["itemListElement"][1]["name"]] == [title, title]
    entries = punctuated.page("about/").select(".md-nav--primary .md-ellipsis")
    assert title in [" ".join(entry.text.split()) for entry in entries]
    index = [gzip.decompress(path.read_bytes()) for path in punctuated.folder.rglob("*.idx")]
    assert any(json.dumps(title).encode() in content for content in index)


def test_quotation_marks_cut_no_description(punctuated: Built) -> None:
    for path in ("own/", "about/"):
        head = _meta(punctuated.page(path))
        assert [head["description"], head["og:description"]] == [DESCRIPTION, DESCRIPTION], path
        assert head["author"] == 'A "B" C'


def test_the_home_page_has_the_name_of_the_site_once_as_its_title(punctuated: Built) -> None:
    page = punctuated.page("")
    assert page.title
    assert page.title.string == NAME
