"""A site in several languages: each edition has every page, and leads to it in the others."""

from __future__ import annotations

from multiprocessing import active_children
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from mkdocs.exceptions import Abort, ConfigurationError, PluginError

from tests.building import (
    Built,
    build_here,
    built_here_once,
    bytes_by_path,
    every_key_project,
    squeezed,
)

URL = "https://briefings.example/"
LANGUAGES = ("en", "fr", "ar")
_FOLDERS = {"en": "", "fr": "fr/", "ar": "ar/"}
_FRENCH_NAME = "Dossiers fictifs"
_FRENCH_PAGE = """\
# À propos

Page de test, entièrement fictive. {#fictive}
"""
_BRIEFING = """\
title: The gauge at Orm
summary: Norland describes a gauge. (Fictional.)
status: published
published: 2025-03-04
background:
  - {id: low-water, date: 2025-02-10, text: The gauge falls., sources: [gauge]}
responses: []
positions:
  - {id: gauge-note, party: norland, date: 2025-02-14, text: The gauge falls., sources: [gauge]}
sources:
  - {id: gauge, title: Gauge readings, url: https://halden.example/gauge}
"""


def _project(folder: Path, languages: str = "[en, fr, ar]") -> Path:
    project = every_key_project(folder)
    config = project / "mkdocs.yml"
    text = config.read_text("utf-8").replace(
        "plugins: [briefings]", f"plugins: [{{briefings: {{languages: {languages}}}}}]"
    )
    config.write_text(f"{text}site_url: {URL}\n", "utf-8")
    return project


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The fictional site in three languages."""

    def make_project(folder: Path) -> None:
        project = _project(folder)
        (project / "briefings" / "about.fr.md").write_text(_FRENCH_PAGE, "utf-8")
        (project / "mkdocs.fr.yml").write_text(f"site_name: {_FRENCH_NAME}\n", "utf-8")

    return built_here_once("editions", make_project, tmp_path_factory)


def _main_pages(built: Built) -> list[str]:
    return [path for path in built.pages if not path.startswith(("fr/", "ar/"))]


def _page(built: Built, language: str, path: str) -> BeautifulSoup:
    return built.pages[f"{_FOLDERS[language]}{path}"]


def test_each_edition_has_every_page_in_its_language(editions: Built) -> None:
    pages = _main_pages(editions)
    assert len(pages) > 20
    for path in pages:
        for language in LANGUAGES:
            page = _page(editions, language, path)
            assert page.html
            assert page.body
            direction = page.html.get("dir") or page.body.get("dir", "ltr")
            assert page.html["lang"] == language, path
            assert direction == ("rtl" if language == "ar" else "ltr"), path


def test_the_editions_have_no_page_more_than_the_main_one(editions: Built) -> None:
    pages = _main_pages(editions)
    for folder in ("fr/", "ar/"):
        below = [path.removeprefix(folder) for path in editions.pages if path.startswith(folder)]
        assert below == pages


def test_search_engines_are_led_to_the_page_in_each_language(editions: Built) -> None:
    for path in ("index.html", "halden/index.html", "actors/esteria/index.html"):
        address = path.removesuffix("index.html")
        wanted = {tag: f"{URL}{_FOLDERS[tag]}{address}" for tag in LANGUAGES}
        wanted["x-default"] = f"{URL}{address}"
        for language in LANGUAGES:
            page = _page(editions, language, path)
            links = page.select("link[rel=alternate][hreflang]")
            assert {str(link["hreflang"]): link["href"] for link in links} == wanted
            (canonical,) = page.select("link[rel=canonical]")
            assert canonical["href"] == wanted[language]


def test_the_header_leads_to_the_same_page_in_each_language(editions: Built) -> None:
    names = {"en": "English", "fr": "français", "ar": "العربية"}
    for path in ("index.html", "halden/index.html", "actors/esteria/index.html", "404.html"):
        for language in LANGUAGES:
            links = _page(editions, language, path).select(".editions a[data-edition]")
            assert [link["lang"] for link in links] == list(LANGUAGES)
            named = {str(link["hreflang"]): squeezed(link.get_text()).casefold() for link in links}
            assert named == {tag: name.casefold() for tag, name in names.items()}
            current = [link["lang"] for link in links if link.get("aria-current")]
            assert current == [language]
            if path == "404.html":  # is shown at any address
                assert all(str(link["href"]).startswith(("/", "http")) for link in links)
                continue
            folder = editions.folder / _FOLDERS[language] / Path(path).parent
            for link in links:
                target = (folder / str(link["href"]) / "index.html").resolve()
                wanted = editions.folder / _FOLDERS[str(link["hreflang"])] / path
                assert target == wanted.resolve(), (path, language, link)


def test_without_an_address_the_page_for_missing_addresses_leads_to_its_own_edition(
    tmp_path: Path,
) -> None:
    project = _project(tmp_path / "project", "[en, fr]")
    config = project / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace(f"site_url: {URL}\n", ""), "utf-8")
    site = build_here(project, project / "site")
    for path, root in (("404.html", "/"), ("fr/404.html", "/fr/")):
        page = site.pages[path]
        links = {str(link["hreflang"]): str(link["href"]) for link in page.select(".editions a")}
        assert {tag: urljoin(URL, link) for tag, link in links.items()} == {
            "en": URL,
            "fr": f"{URL}fr/",
        }
        addresses = [link["href"] for link in page.select(".md-nav--primary a[href], .md-logo")]
        addresses += [link["href"] for link in page.select("link[rel=stylesheet]")]
        inner = [str(address) for address in addresses if not str(address).startswith("http")]
        assert len(inner) > 10
        assert not [address for address in inner if not address.startswith((root, "#"))]


def test_texts_of_the_interface_are_in_the_language_and_those_of_authors_are_marked(
    editions: Built,
) -> None:
    for language, title in (("en", "Actors"), ("fr", "Acteurs"), ("ar", "الجهات")):
        heading = _page(editions, language, "actors/index.html").select_one("h1")
        assert heading
        assert title in heading.get_text()
    main = _page(editions, "en", "halden/index.html")
    title = main.select_one("h1")
    assert title
    for language in ("fr", "ar"):
        heading = _page(editions, language, "halden/index.html").select_one("h1")
        assert heading
        assert squeezed(title.get_text()) == squeezed(heading.get_text())
        marked = [heading, *heading.parents, *heading.select("[lang]")]
        assert "en" in [element.get("lang") for element in marked][:4]


def test_a_page_by_hand_is_replaced_by_its_translation(editions: Built) -> None:
    french = _page(editions, "fr", "about/index.html")
    assert "entièrement fictive" in french.get_text()
    assert "about.fr" not in " ".join(editions.pages)
    english = _page(editions, "en", "about/index.html").get_text()
    assert "entièrement fictive" not in english
    assert not french.select("article [lang]")
    arabic = _page(editions, "ar", "about/index.html")
    assert "entièrement fictive" not in arabic.get_text()
    (marked,) = arabic.select("article > [lang=en][dir=ltr]")
    assert "Written by hand" in marked.get_text()
    assert arabic.title
    assert arabic.title["lang"] == "en"


def test_an_edition_can_have_a_name_of_its_own(editions: Built) -> None:
    for language, name in (
        ("en", "Fictional briefings"),
        ("fr", _FRENCH_NAME),
        ("ar", "Fictional briefings"),
    ):
        title = _page(editions, language, "timeline/index.html").title
        assert title
        assert title.get_text().endswith(f" – {name}")


def test_each_edition_lists_its_pages_in_a_sitemap(editions: Built) -> None:
    main = (editions.folder / "sitemap.xml").read_text("utf-8")
    assert f"<loc>{URL}halden/</loc>" in main
    assert f'hreflang="fr" href="{URL}fr/halden/"' in main
    for folder in ("fr/", "ar/"):
        sitemap = (editions.folder / folder / "sitemap.xml").read_text("utf-8")
        assert f"<loc>{URL}{folder}halden/</loc>" in sitemap
        assert f"<loc>{URL}halden/</loc>" not in sitemap


def test_the_search_page_offers_each_language_its_own_first(editions: Built) -> None:
    names = {"en": "English", "fr": "français", "ar": "العربية"}
    all_languages = {"en": "All languages", "fr": "Toutes les langues", "ar": "كل اللغات"}
    for language in LANGUAGES:
        options = _page(editions, language, "search/index.html").select("#search--edition option")
        others = [tag for tag in LANGUAGES if tag != language]
        assert [option["value"] for option in options] == ["", *others, "*"]
        assert [option.get("lang") for option in options] == [language, *others, None]
        texts = [names[tag] for tag in (language, *others)]
        assert [option.get_text() for option in options] == [*texts, all_languages[language]]
        root = editions.folder / _FOLDERS[language]
        for option in options[:-1]:
            folder = (root / str(option["data-path"]) / "search-index").resolve()
            assert folder == (editions.folder / _FOLDERS[str(option["lang"])] / "search-index")


def test_the_texts_of_scripts_are_those_of_the_edition(editions: Built) -> None:
    path = "assets/javascripts/texts.js"
    assert '"All results"' in (editions.folder / path).read_text("utf-8")
    french = (editions.folder / "fr" / path).read_text("utf-8")
    assert '"All results"' not in french
    assert 'LANGUAGE = "fr"' in french


def test_the_main_edition_has_the_files_of_a_site_in_one_language(
    editions: Built, tmp_path: Path
) -> None:
    project = _project(tmp_path / "project", "[]")
    alone = bytes_by_path(build_here(project, project / "site").folder)
    main = {
        path: content
        for path, content in bytes_by_path(editions.folder).items()
        if not path.startswith(("fr/", "ar/"))
    }
    assert set(alone) == set(main)
    unlike = {path for path in alone if alone[path] != main[path]}
    # Pages have the links to the other editions, and the list of files has theirs.
    assert {path for path in unlike if not path.endswith(".html")} <= {
        ".briefings-site.json",
        "sitemap.xml",
        "sitemap.xml.gz",
    }
    pages = [content for path, content in alone.items() if path.endswith(".html")]
    assert not any(b"data-edition" in page or b"hreflang" in page for page in pages)


def _refusal(project: Path) -> str:
    with pytest.raises((PluginError, ConfigurationError)) as refusal:
        build_here(project, project / "site")
    return str(refusal.value)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            "site_nam: Dossiers\n",
            "mkdocs.fr.yml has `site_nam`. It can have `site_name`, `site_description`, "
            "`site_author`, `copyright`, `nav`. Did you mean `site_name`?",
        ),
        (
            "plugins: []\n",
            "mkdocs.fr.yml has `plugins`. It can have `site_name`, `site_description`, "
            "`site_author`, `copyright`, `nav`. Write `plugins` in mkdocs.yml.",
        ),
    ],
)
def test_a_mistake_in_the_settings_of_an_edition_is_one_sentence(
    tmp_path: Path, settings: str, message: str
) -> None:
    project = _project(tmp_path / "project", "[en, fr]")
    (project / "mkdocs.fr.yml").write_text(settings, "utf-8")
    assert _refusal(project) == message


def test_a_briefing_with_the_address_of_an_edition_is_refused_and_no_indexer_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFINGS_JOBS", "2")  # so that another process makes the index
    project = _project(tmp_path / "project")
    (project / "briefings" / "ar.yml").write_text(_BRIEFING, "utf-8")
    with pytest.raises(Abort):
        build_here(project, project / "site")
    assert not active_children()
    assert caplog.messages[-1] == (
        "The pages in the language `ar` can't be in `ar/`, because the site has other pages or "
        "files there. Give those another name."
    )
    assert not (project / "site").exists()


@pytest.mark.parametrize("languages", ["[en, en]", "[en, 3]", "[en, english]", "fr"])
def test_a_list_of_languages_with_a_mistake_is_refused(tmp_path: Path, languages: str) -> None:
    message = _refusal(_project(tmp_path / "project", languages))
    assert "languages" in message
