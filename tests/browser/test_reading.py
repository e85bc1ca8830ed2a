"""What a reader does in a real browser: search, follow the glance table, read on a small screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.building import ROOT, Built, as_typed, briefing_files, served, shipped_in_english

KINDS = {
    "home": "",
    "briefing": None,
    "actors": "actors/",
    "actor": "actors/{actor}/",
    "topics": "topics/",
    "topic": "topics/{topic}/",
    "places": "places/",
    "place": "places/{place}/",
    "timeline": "timeline/",
    "sources": "sources/",
    "changes": "changes/",
    "written by hand": "method/",
    "not found": "404.html",
}


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The repository's own site."""
    built = shipped_in_english(tmp_path_factory)
    if built.code:
        pytest.fail(f"the site was not built:\n{built.output}", pytrace=False)
    return built


@pytest.fixture(scope="session")
def address(real_site: Built) -> Iterator[str]:
    """The site's address on this machine, `http://127.0.0.1:<port>/`."""
    with served(real_site.folder) as address:
        yield address


@pytest.fixture
def reader(page: Page, address: str) -> Iterator[Page]:
    """A page that minds its console and what it asks other hosts for."""
    complaints: list[str] = []
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda asked: (
            complaints.append(f"asked {asked.url}")
            if not asked.url.startswith((address, "data:", "blob:"))
            else None
        ),
    )
    page.set_default_timeout(10_000)
    yield page
    assert complaints == []


def _longest_word(text: str) -> str:
    return max(re.findall(r"[^\W\d_]+", text), key=len)


def _sought() -> Iterator[Any]:
    """A word to look for, and the address that one of its results leads to."""
    languages: set[str] = set()
    statement = title = False
    for name, path in briefing_files(ROOT):
        briefing = as_typed(path)
        if briefing.get("status", "draft") == "draft":
            continue
        for one in [*briefing["positions"], *briefing["responses"]]:
            place = f"{name}/#{one['id']}"
            if not statement:
                statement = True
                yield pytest.param(_longest_word(one["text"]), place, id="statement")
            for quote in one.get("quotes", []):
                for said in (quote, quote.get("original", {})):
                    language = said.get("language")
                    if language and language != "en" and language not in languages:
                        languages.add(language)
                        word = _longest_word(said["text"])
                        word = word[:4] if language.startswith(("zh", "ja")) else word
                        yield pytest.param(word, place, id=f"quotation-{language}")
        for source in briefing.get("sources", []):
            if not title and source.get("language", "en") != "en":
                title = True
                word = _longest_word(source["title"])
                yield pytest.param(word, f"{name}/#source--{source['id']}", id="source-title")
    for actor_id, actor in as_typed(ROOT / "data" / "actors.yml").items():
        foreign = [one for one in actor.get("also_known_as", []) if not one.isascii()]
        if foreign:
            yield pytest.param(_longest_word(foreign[0]), f"actors/{actor_id}/", id="other-name")
            break


@pytest.mark.parametrize(("word", "place"), list(_sought()))
def test_the_search_finds_a_word_and_leads_to_where_it_stands(
    reader: Page, address: str, word: str, place: str
) -> None:
    reader.goto(f"{address}search/?{urlencode({'q': word})}")
    results = reader.locator("[data-results]")
    expect(results.locator("a").first).to_be_attached()
    more = reader.locator("[data-more]")
    while more.is_visible():
        shown_before = results.locator("li").count()
        more.click()
        expect(results.locator("li").nth(shown_before)).to_be_attached()
    found = results.locator("a").evaluate_all("links => links.map(one => one.href)")
    wanted = [one for one in found if _without_query(one) == address + place]
    assert wanted, f"{word} was found at {found}"
    reader.goto(wanted[0])
    fragment = urlsplit(place).fragment
    shown = reader.locator(f"[id='{fragment}']" if fragment else "h1")
    expect(shown).to_be_in_viewport()
    assert word in reader.locator("article.md-content__inner").inner_text()


def _without_query(link: str) -> str:
    return re.sub(r"\?[^#]*", "", link)


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_is_wider_than_a_small_screen(reader: Page, address: str, kind: str) -> None:
    reader.set_viewport_size({"width": 320, "height": 640})
    for path in _pages_of(kind):
        # A server gives the page of missing addresses with status 404, which browsers complain of.
        reader.goto(address + path)
        width = reader.evaluate("document.scrollingElement.scrollWidth")
        assert width <= 320, f"{path} is {width} pixels wide"


def _pages_of(kind: str) -> list[str]:
    published = [
        (name, as_typed(path))
        for name, path in briefing_files(ROOT)
        if as_typed(path).get("status", "draft") != "draft"
    ]
    pattern = KINDS[kind]
    if pattern is None:
        return [f"{name}/" for name, _ in published]
    briefing = published[0][1]
    named = {
        "actor": briefing["positions"][0]["party"],
        "topic": briefing["topics"][0],
        "place": briefing["places"][0],
    }
    return [pattern.format(**named)]


def test_each_link_at_a_glance_leads_to_its_statement(
    reader: Page, address: str, torture: bool
) -> None:
    """On one briefing, or on all. That no anchor is missing is checked before each publication."""
    for path in _pages_of("briefing")[: None if torture else 1]:
        reader.goto(address + path)
        links = reader.locator(".brief a[href^='#']")
        targets = links.evaluate_all("links => links.map(one => one.getAttribute('href'))")
        for target in sorted(set(targets)):
            reader.evaluate("window.scrollTo(0, 0)")
            reader.locator(f".brief a[href='{target}']").first.click()
            expect(reader.locator(f"[id='{target.removeprefix('#')}']")).to_be_in_viewport()
            assert urlsplit(reader.url).fragment == target.removeprefix("#")


def test_a_quotation_runs_in_the_direction_of_its_language(reader: Page, address: str) -> None:
    seen = set()
    for path in _pages_of("briefing"):
        reader.goto(address + path)
        for said in reader.locator("blockquote p[lang]").all():
            language = str(said.get_attribute("lang"))
            seen.add(language)
            wanted = "rtl" if language in ("ar", "fa", "he", "ur") else "ltr"
            assert said.evaluate("one => getComputedStyle(one).direction") == wanted, language
    assert {"ar", "en"} <= seen
