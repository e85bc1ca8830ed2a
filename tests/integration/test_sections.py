"""A site without some of its sections: nothing of them is left, no link dead, no word lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml.html import HTMLParser, document_fromstring

from generator.addresses.sections import SECTIONS
from generator.publishing.site_checker import check_site
from tests.building import (
    EVERY_KEY,
    Built,
    as_typed,
    build,
    built_here_once,
    every_key_project,
    squeezed,
)

URL = "https://fiction.example/"
EDIT = "https://git.example/newsroom/site/edit/main/briefings/"
Sections = tuple[str, ...]
#: Where the files of each section are.
FOLDERS = {section: f"{section}/" for section in SECTIONS}
#: The pages that are there to lead to sections.
LEADING = [
    "index.html",
    "404.html",
    "search/index.html",
    "briefings/index.html",
    "data/index.html",
]
#: What a page says only to lead to a section, so that it goes with the section.
LEADS = [
    r"Everything on file for .*",
    r"Follow changes to this page: .*",
    r"Follow new briefings and corrections: .*",
    r".*You can find everything without it.*",
    r".*(This page is generated from one YAML file|All briefings, by year and status).*",
]

Make = Callable[[Sections], Built]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Builds the fictional site with these sections only, each once."""
    sites: dict[Sections, Built] = {}

    def make(sections: Sections) -> Built:
        if sections not in sites:

            def make_project(folder: Path) -> None:
                _configure(every_key_project(folder), {"sections": list(sections)})

            name = f"sections-{'-'.join(sections)}"
            sites[sections] = built_here_once(name, make_project, tmp_path_factory)
        return sites[sections]

    return make


def _configure(project: Path, options: dict[str, Any], **settings: Any) -> None:
    config = yaml.safe_load((project / "mkdocs.yml").read_text("utf-8"))
    config |= {"site_url": URL, "plugins": [{"briefings": options}], **settings}
    kept = {key: value for key, value in config.items() if value is not None}
    (project / "mkdocs.yml").write_text(yaml.safe_dump(kept), "utf-8")


def _without(section: str) -> Sections:
    return tuple(other for other in SECTIONS if other != section)


EACH = [*map(_without, SECTIONS), ()]
NAMES = [*(f"without-{section}" for section in SECTIONS), "with-none"]


@pytest.mark.slow
@pytest.mark.parametrize("sections", EACH, ids=NAMES)
def test_no_link_of_a_site_without_a_section_is_dead(made: Make, sections: Sections) -> None:
    site = made(sections)
    assert check_site(site.folder, URL) == []


@pytest.mark.slow
@pytest.mark.parametrize("sections", EACH, ids=NAMES)
def test_nothing_names_the_address_of_a_section_that_is_left_out(
    made: Make, sections: Sections
) -> None:
    site = made(sections)
    for section in SECTIONS:
        folder = site.folder / section
        assert folder.exists() == (section in sections)
        if section in sections:
            continue
        address = re.compile(rf"[\"'>/]{section}/(?!actors|topics|places)")
        for path in site.folder.rglob("*"):
            if path.suffix in (".html", ".xml", ".json", ".jsonl", ".csv"):
                text = path.read_text("utf-8").replace(EDIT, "")
                assert not address.search(text), (path, section)
    for record in site.search_index:
        assert record["location"].partition("/")[0] not in set(SECTIONS) - set(sections)


@pytest.mark.slow
@pytest.mark.parametrize("sections", EACH, ids=NAMES)
def test_the_pages_that_remain_say_what_they_said(made: Make, sections: Sections) -> None:
    site, whole = made(sections), made(SECTIONS)
    texts = sorted(_written(EVERY_KEY))
    assert len(texts) > 100
    for path in site.pages:
        if path in LEADING:
            continue
        here, before = _text(site.folder, path), _text(whole.folder, path)
        lost = [text for text in texts if text in before and text not in here]
        assert lost == [], path
        assert _lines(before) == _lines(here), path


@cache
def _written(project: Path) -> set[str]:
    """Every text in the files, as a page shows it if it has no markup."""
    texts: set[str] = set()

    def collect(value: Any) -> None:
        if isinstance(value, dict):
            for entry in value.values():
                collect(entry)
        elif isinstance(value, list):
            for entry in value:
                collect(entry)
        elif value:
            texts.add(squeezed(str(value)))

    for path in (*(project / "briefings").rglob("*.yml"), *(project / "data").glob("*.yml")):
        collect(as_typed(path))
    return texts


@cache
def _text(folder: Path, path: str) -> str:
    # Not with BeautifulSoup, which takes five times as long: words alone are compared.
    page = document_fromstring((folder / path).read_bytes(), parser=HTMLParser(encoding="utf-8"))
    article = next(page.iter("article"), page)  # a former address has no theme
    for script in list(article.iter("script")):
        script.drop_tree()  # linked data, in which entries without a page have no address
    for block in article.iter("p", "li", "div", "dt", "dd", "h2", "h3", "tr"):
        block.tail = f"\n{block.tail or ''}"
    return str(article.text_content())


def _lines(text: str) -> list[str]:
    lines = [squeezed(line) for line in text.splitlines()]
    return [line for line in lines if line and not any(re.fullmatch(lead, line) for lead in LEADS)]


@pytest.mark.slow
def test_names_without_a_page_are_plain_text(made: Make) -> None:
    page = made(_without("actors")).page("halden/")
    names = [name for name in page.select("bdi") if name.get_text() == "Norland"]
    assert names
    assert not any(name.find_parent("a", href=re.compile("actors")) for name in names)


@pytest.mark.slow
def test_a_link_to_an_actor_in_prose_keeps_its_words(made: Make) -> None:
    whole, site = made(SECTIONS), made(_without("actors"))
    link = whole.page("halden/").select_one('article p a[href="../actors/per-holm/"]')
    assert link
    paragraph = link.find_parent("p")
    assert paragraph
    sentence = squeezed(paragraph.get_text())
    assert sentence in squeezed(site.page("halden/").get_text())


@pytest.mark.slow
def test_home_menu_and_missing_page_name_only_what_a_site_has(made: Make) -> None:
    site = made(("actors", "sources"))
    home = site.page("")
    assert [way.get_text() for way in home.select("dl.ways-in dt")] == ["By actor"]
    menu = [link.get_text(strip=True) for link in home.select(".md-nav--primary > ul > li > a")]
    assert {"Actors", "Sources", "About"} < set(menu)
    assert not {"Briefings", "Topics", "Places", "Timeline", "Changes", "Data"} & set(menu)
    listed = site.pages["404.html"].select("article li a")
    assert [link.get_text() for link in listed] == ["Home", "Actors", "Sources", "About"]
    assert not home.select('link[rel="alternate"][type*="feed"], link[type="application/atom+xml"]')


def test_a_section_that_the_menu_leaves_out_is_not_built_and_named_once(tmp_path: Path) -> None:
    project = every_key_project(tmp_path / "project")
    _configure(project, {}, nav=[{"Home": "index.md"}, {"Who": [{"All": "actors/index.md"}]}])
    site = build(project, tmp_path / "site")
    assert site.code == 0, site.output
    assert (site.folder / "actors" / "esteria" / "index.html").exists()
    assert (site.folder / "feeds" / "all.xml").exists()
    assert not any((site.folder / name).exists() for name in ("topics", "timeline", "data"))
    assert check_site(site.folder, URL) == []
    sentence = (
        "`nav` has no line for `briefings`, `topics`, `places`, `timeline`, `sources`, `changes` "
        "or `data`, so the site is built without."
    )
    assert site.output.count(sentence) == 1, site.output


def test_sections_win_over_the_menu_and_each_difference_is_named(tmp_path: Path) -> None:
    project = every_key_project(tmp_path / "project")
    pages = ["index.md", "actors/index.md", "places/index.md", "about.md"]
    nav = [{path.removesuffix(".md"): path} for path in pages]
    _configure(project, {"sections": ["actors", "data"]}, nav=nav)
    site = build(project, tmp_path / "site")
    assert site.code == 0, site.output
    assert (site.folder / "data" / "index.html").exists()
    assert not (site.folder / "places").exists()
    assert "`sections` has `data`, but `nav` has no line for it. Add `- Data: data/index.md`" in (
        site.output
    )
    assert "`nav` names places/index.md, but `sections` leaves `places` out" in site.output
    assert "WARNING" not in site.output.replace("0 warnings", "")
    assert not site.page("").select('.md-nav a[href="places/"]')


def test_a_setting_that_names_no_section_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    project = every_key_project(tmp_path / "project")
    _configure(project, {"sections": ["actor"]})
    site = build(project, tmp_path / "site")
    assert site.code != 0
    assert "`actor` in `sections` is not a section. Did you mean `actors`?" in site.output


@pytest.mark.slow
def test_data_without_actors_name_them_without_an_address(made: Make) -> None:
    site = made(_without("actors"))
    record = json.loads((site.folder / "halden" / "index.json").read_text("utf-8"))
    party = record["positions"][0]["party"]
    assert party == {"id": "norland", "type": "state", "name": "Norland"}
