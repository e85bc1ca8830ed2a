"""A site whose editions leave out what isn't translated: no dead links, and nothing else of it.

All is fictional. In French there are the briefing `halden` and the page `method.md`, in Arabic
there is nothing but the page `only.md`.
"""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urljoin

import pytest
import yaml
from bs4 import BeautifulSoup
from click.testing import CliRunner
from mkdocs.config.defaults import MkDocsConfig

from generator.authoring.translation_file import new_translation
from generator.build.cache import VARIABLE
from generator.cli.main import main
from generator.publishing.site_checker import check_site
from generator.reading.loader import read_file
from tests.building import (
    Built,
    build_here,
    built_here_once,
    bytes_by_path,
    every_key_project,
    squeezed,
)
from tests.serving import serving

URL = "https://briefings.example/"
FOLDERS = {"en": "", "fr": "fr/", "ar": "ar/"}
SETTINGS = "plugins: [{briefings: {languages: [en, fr, ar], untranslated: leave_out}}]"
#: The briefing that isn't translated, words that only it has, and its former address.
LEFT_OUT, WORDS = "river/flood", ("The Halden flood", "gates were opened too late")
_METHOD = """\
# Méthode

Voir [à propos](about.md), [la crue](river/flood/index.md#old-claim) et
[la Halden](halden/index.md).
"""


def translate(project: Path, briefing: str, title: str) -> Path:
    """Publish a translation of a briefing's title and summary."""
    path = project / "briefings" / f"{briefing}.yml"
    reading = read_file(f"briefings/{briefing}.yml", path.read_bytes()).reading
    assert reading is not None
    new = path.with_suffix(".fr.yml")
    text = new_translation(f"briefings/{briefing}.fr.yml", briefing, reading.value, "fr")
    text = text.replace("\ntitle:", f"\ntitle: {title}").replace("draft", "published", 1)
    cited = "".join(
        f" [@{source}]"
        for to, source, in_prose in reading.references
        if to == "source" and in_prose
    )
    new.write_text(
        text.replace("\nsummary:", f"\nsummary: Voir [cela](briefing:{LEFT_OUT}#old-claim){cited}"),
        "utf-8",
    )
    return new


def make_project(folder: Path, settings: str = SETTINGS) -> Path:
    """The project, with the address of the site."""
    project = every_key_project(folder)
    config = project / "mkdocs.yml"
    text = config.read_text("utf-8").replace("plugins: [briefings]", settings)
    text = text.replace(
        "{About: about.md}",
        "{About: about.md}, {Method: method.md}, {Only: only.md}, {Flood: river/flood/index.md}",
    )
    config.write_text(f"{text}site_url: {URL}\n", "utf-8")
    translate(project, "halden", "Zutréfiant")
    pages = project / "briefings"
    (pages / "method.md").write_text("# Method\n\nFictional.\n", "utf-8")
    (pages / "method.fr.md").write_text(_METHOD, "utf-8")
    (pages / "only.md").write_text("---\nlanguage: ar\n---\n\n# Only\n\nFictional.\n", "utf-8")
    return project


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built_here_once("left-out", make_project, tmp_path_factory)


def _page(site: Built, language: str, path: str) -> BeautifulSoup:
    return site.pages[f"{FOLDERS[language]}{path}index.html"]


def _own_pages(site: Built, language: str) -> set[str]:
    folder = FOLDERS[language]
    others = tuple(other for other in FOLDERS.values() if other and other != folder)
    return {
        path.removeprefix(folder)
        for path in site.pages
        if path.startswith(folder) and not (folder == "" and path.startswith(others))
    }


def test_an_edition_lacks_what_is_not_translated_and_nothing_else(site: Built) -> None:
    main = _own_pages(site, "en")
    lacking = {language: main - _own_pages(site, language) for language in ("fr", "ar")}
    assert {"river/flood/index.html", "about/index.html", "only/index.html"} <= lacking["fr"]
    assert {path.partition("/")[0] for path in lacking["fr"]} <= {
        "river",
        "about",
        "only",
        "briefings",
    }
    assert {"halden/index.html", "about/index.html", "method/index.html"} <= lacking["ar"]
    assert "only/index.html" not in lacking["ar"]
    for language in ("fr", "ar"):
        assert _own_pages(site, language) <= main
        assert not (site.folder / language / LEFT_OUT).exists()
        for path in ("actors/ana-lind/", "topics/water/", "places/halden/", "search/"):
            if f"{path}index.html" in main:
                assert f"{language}/{path}index.html" in site.pages


def test_no_link_within_or_between_editions_is_dead(site: Built) -> None:
    assert check_site(site.folder) == []
    known = {path.removesuffix("index.html") for path in site.pages}
    for path, page in site.pages.items():
        for link in page.select("head link[hreflang], .editions a"):
            target = urljoin(f"{URL}{path}", str(link["href"]))
            assert target.removeprefix(URL) in known, (path, link)


def test_words_of_it_are_in_no_page_file_or_index_of_the_edition(site: Built) -> None:
    for language in ("fr", "ar"):
        files = bytes_by_path(site.folder / language)
        for path, content in files.items():
            if path.startswith("assets/") or path.endswith((".png", ".gz")):
                continue
            assert WORDS[1].encode() not in content, path
        index = Built(0, "", site.folder / language).search_index
        locations = [part["location"] for part in index]
        assert not [place for place in locations if LEFT_OUT in place or "about" in place]
        for word in WORDS:
            assert not [part for part in index if word in part["text"]]
        data = json.loads(files["data/briefings.json"])
        listed = [briefing["id"] for briefing in data["briefings"]]
        assert listed == (["halden"] if language == "fr" else [])
        for path in ("sitemap.xml", "feeds/all.xml", "feeds/all.json"):
            assert f"{language}/{LEFT_OUT}".encode() not in files[path], path
        for path in ("index.html", "briefings/index.html", "timeline/index.html"):
            assert WORDS[0].encode() not in files[path], path


def test_links_to_it_lead_to_the_main_edition_and_say_in_which_language(site: Built) -> None:
    page = _page(site, "fr", "halden/")
    links = page.select('article a[href*="river/flood"]')
    assert len(links) >= 4
    for link in links:
        address = urljoin(f"{URL}fr/halden/", str(link["href"]))
        assert address.startswith(f"{URL}{LEFT_OUT}/")
        assert link["hreflang"] == "en"
    by_hand = _page(site, "fr", "method/").select("article a[hreflang]")
    assert [urljoin(f"{URL}fr/method/", str(link["href"])) for link in by_hand] == [
        f"{URL}about/",
        f"{URL}{LEFT_OUT}/#old-claim",
    ]
    assert [link["hreflang"] for link in by_hand] == ["en", "en"]
    assert not _page(site, "en", "halden/").select("article a[hreflang]")


def test_the_menu_names_the_pages_of_the_edition(site: Built) -> None:
    for language, has in (("en", True), ("fr", False)):
        menu = _page(site, language, "timeline/").select(".md-nav--primary a")
        addresses = [urljoin(f"{URL}timeline/", str(link.get("href", ""))) for link in menu]
        assert (f"{URL}about/" in addresses) is has
        assert (f"{URL}{LEFT_OUT}/" in addresses) is has


def _alternates(page: BeautifulSoup) -> dict[str, str]:
    links = page.select("link[rel=alternate][hreflang]")
    return {str(link["hreflang"]): str(link["href"]) for link in links}


def _locales(page: BeautifulSoup) -> list[str]:
    return [str(meta["content"]) for meta in page.select('meta[property="og:locale:alternate"]')]


def test_search_engines_are_led_only_to_pages_that_exist(site: Built) -> None:
    for path, languages in (("halden/", ("en", "fr")), ("timeline/", ("en", "fr", "ar"))):
        wanted = {tag: f"{URL}{FOLDERS[tag]}{path}" for tag in languages}
        wanted["x-default"] = f"{URL}{path}"
        for language in languages:
            assert _alternates(_page(site, language, path)) == wanted
    for path in (f"{LEFT_OUT}/", "about/"):
        page = _page(site, "en", path)
        assert _alternates(page) == {}
        assert _locales(page) == []
    assert _locales(_page(site, "en", "halden/")) == ["fr_FR"]
    sitemap = BeautifulSoup((site.folder / "sitemap.xml").read_text("utf-8"), "xml")
    listed = {
        entry.loc.get_text(): [link["hreflang"] for link in entry.find_all("link")]
        for entry in sitemap.find_all("url")
    }
    assert listed[f"{URL}halden/"] == ["en", "fr"]
    assert listed[f"{URL}{LEFT_OUT}/"] == []
    assert listed[f"{URL}only/"] == ["en", "ar"]


def test_the_switch_leads_to_the_home_page_of_an_edition_without_the_page(site: Built) -> None:
    links = _page(site, "en", "halden/").select(".editions a")
    shown = [(str(link["href"]), squeezed(link.get_text())) for link in links]
    assert shown[0][0] == "../halden/"
    assert shown[1] == ("../fr/halden/", "français")
    assert shown[2] == ("../ar/", "العربية – الرئيسية")
    assert [link.has_attr("data-edition") for link in links] == [True, True, False]


def test_the_original_names_its_translations(site: Built) -> None:
    def report(language: str, path: str) -> dict[str, object]:
        for script in _page(site, language, path).select('script[type="application/ld+json"]'):
            for node in json.loads(str(script.string))["@graph"]:
                if node["@type"] == "Report":
                    return dict(node)
        raise AssertionError(path)

    original, translation = report("en", "halden/"), report("fr", "halden/")
    assert original["workTranslation"] == [
        {"@type": "Report", "@id": translation["@id"], "inLanguage": "fr"}
    ]
    assert translation["translationOfWork"] == {"@type": "Report", "@id": original["@id"]}
    assert "workTranslation" not in translation
    assert "workTranslation" not in report("en", f"{LEFT_OUT}/")


@pytest.mark.parametrize("setting", ["leave_out", pytest.param("show", marks=pytest.mark.torture)])
def test_publishing_a_translation_adds_it_at_the_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    settings = SETTINGS.replace("leave_out", setting).replace("[en, fr, ar]", "[en, fr]")
    project = make_project(tmp_path / "project", settings)
    (project / "briefings" / "method.fr.md").unlink()
    build_here(project, tmp_path / "site")
    page = (tmp_path / "site" / "fr" / "halden" / "index.html").read_text("utf-8")
    link = '../method/"' if setting == "show" else '../../method/" hreflang="en"'
    assert f'<a href="{link}>' in page
    for path in (LEFT_OUT, "about"):
        assert (tmp_path / "site" / "fr" / path).exists() is (setting == "show")
    translate(project, LEFT_OUT, "La crue")
    again = bytes_by_path(build_here(project, tmp_path / "site").folder)
    assert b"La crue" in again[f"fr/{LEFT_OUT}/index.html"]
    original = again[f"{LEFT_OUT}/index.html"]
    assert f'hreflang="fr" href="{URL}fr/{LEFT_OUT}/'.encode() in original
    assert b'"workTranslation":[' in original
    monkeypatch.setenv(VARIABLE, str(tmp_path / "empty"))
    assert again == bytes_by_path(build_here(project, tmp_path / "fresh").folder)


def test_the_preview_leaves_the_same_out_and_adds_it_after_an_edit(tmp_path: Path) -> None:
    with serving(make_project(tmp_path / "project")) as preview:
        assert preview.shows("fr/halden/", "Zutréfiant"), preview.printed()
        assert not preview.page(f"fr/{LEFT_OUT}/")
        assert not preview.page("fr/about/")
        assert not preview.page("fr/unfinished/")
        page = BeautifulSoup(preview.page("halden/"), "html5lib")
        links = {str(link["hreflang"]): str(link["href"]) for link in page.select(".editions a")}
        assert links == {"en": "../halden/", "fr": "../fr/halden/", "ar": "../ar/"}
        translate(preview.project, LEFT_OUT, "Crufiant")
        assert preview.shows(f"fr/{LEFT_OUT}/", "Crufiant"), preview.printed()
        assert preview.shows("fr/", "Crufiant")
        assert preview.shows(f"{LEFT_OUT}/", f'href="../../fr/{LEFT_OUT}/"')
        assert preview.shows("fr/halden/", 'href="../river/flood/#old-claim"')


def _exported(project: Path, *options: str) -> str:
    MkDocsConfig.plugins.plugin_cache.clear()
    result = CliRunner().invoke(main, ["export", *options, str(project.with_name("tree"))])
    return result.output


def test_an_export_of_an_edition_has_what_the_edition_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, tree = make_project(tmp_path / "project"), tmp_path / "tree"
    (project / "mkdocs.fr.yml").write_text("site_name: Dossiers fictifs\n", "utf-8")
    monkeypatch.chdir(project)
    assert _exported(project, "--language", "fr").startswith("Exported: ")
    files = bytes_by_path(tree / "docs")
    assert "halden/index.md" in files
    assert not [path for path in files if path.startswith(f"{LEFT_OUT}/") or ".fr." in path]
    assert not {"about.md", "only.md"} & files.keys()
    listed = json.loads(files["data/briefings.json"])["briefings"]
    assert [briefing["title"] for briefing in listed] == ["Zutréfiant"]
    method = files["method.md"].decode()
    assert f"({URL}about/), [la crue]({URL}{LEFT_OUT}/#old-claim)" in method
    assert "[la Halden](halden/index.md)" in method
    config = yaml.safe_load((tree / "mkdocs.yml").read_text("utf-8"))
    assert (config["site_name"], config["theme"]["language"]) == ("Dossiers fictifs", "fr")
    assert config["site_url"] == f"{URL}fr/"
    assert {"Accueil": "index.md"} in config["nav"]
    assert "about.md" not in str(config["nav"])
    built = build_here(tree, tree / "site")  # strictly: no link is dead
    assert built.pages["halden/index.html"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_an_export_names_the_buttons_between_light_and_dark_in_its_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    project, tree = make_project(tmp_path / "project"), tmp_path / "tree"
    path = project / "mkdocs.yml"
    config = yaml.safe_load(path.read_text("utf-8"))
    names = ("Switch to dark mode", "Switch to light mode", "Fictional mode")
    palette = [{"scheme": "default", "toggle": {"icon": "material/x", "name": n}} for n in names]
    config["theme"]["palette"] = palette
    path.write_text(yaml.safe_dump(config), encoding)
    monkeypatch.chdir(project)
    assert _exported(project, "--language", "fr").startswith("Exported: ")
    theme = yaml.safe_load((tree / "mkdocs.yml").read_text("utf-8"))["theme"]
    assert theme["font"] is False
    assert [scheme["toggle"] for scheme in theme["palette"]] == [
        {"icon": "material/x", "name": name}
        for name in ("Passer au mode sombre", "Passer au mode clair", "Fictional mode")
    ]


def test_an_export_of_the_main_edition_has_no_page_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_project(tmp_path / "project")
    monkeypatch.chdir(project)
    for option in ((), ("--language", "en")):
        assert _exported(project, *option).startswith("Exported: ")
        files = bytes_by_path(tmp_path / "tree" / "docs")
        assert files["method.md"] == b"# Method\n\nFictional.\n"
        assert not [path for path in files if ".fr." in path]
        assert f"{LEFT_OUT}/index.md" in files


def test_an_edition_that_the_site_lacks_can_not_be_exported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_project(tmp_path / "project")
    monkeypatch.chdir(project)
    assert _exported(project, "--language", "frr") == (
        "Error: The site has no edition in `frr`. Its languages are `en`, `fr`, `ar`. "
        "Did you mean `fr`?\n"
    )
    assert not (tmp_path / "tree").exists()
