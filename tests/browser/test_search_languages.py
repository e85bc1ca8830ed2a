"""On a site in several languages, a search finds the words of each, those of the page first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from tests.building import ROOT, build_here, served
from tests.fiction import allegation, as_json, briefing, files, response

_CONFIG = f"""\
site_name: Fiction
docs_dir: briefings
theme: {{name: material, language: en, font: false, custom_dir: '{ROOT / "site_overrides"}'}}
plugins: [{{briefings: {{languages: [en, fr, ar]}}}}]
nav: [{{Home: index.md}}, {{Search: search/index.md}}]
extra_javascript: [{{path: assets/javascripts/search.js, type: module}}]
"""
_FRENCH = {
    "translation_of": "river",
    "language": "fr",
    "status": "published",
    "title": "Fiction : la Norlande accuse l’Estérie",
    "summary": "Fiction : les deux États s’opposent au sujet du Halden.",
    "positions": {"claim": {"text": "Le barrage fictif retient les eaux de l’Orvane."}},
    "responses": {"denial": {"text": "Les eaux de l’Orvane montent."}},
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A fictional site in three languages with a briefing in French, and a page only in French."""
    project = tmp_path_factory.mktemp("languages")
    river = briefing(
        allegation(text="The fictional dam holds the Orvane back.", speaker_role="Minister"),
        responses=[response(text="The water rises.")],
    )
    for path, content in files({"river": river}).items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_bytes(content)
    (project / "briefings" / "river.fr.yml").write_text(as_json(_FRENCH), "utf-8")
    (project / "briefings" / "note.fr.md").write_text("# Remarque\n\nPage fictive.\n", "utf-8")
    (project / "mkdocs.yml").write_text(_CONFIG, "utf-8")
    built = build_here(project, Path(project / "site"))
    with served(built.folder) as address:
        yield address


def _links(page: Page) -> list[str | None]:
    links = page.locator("[data-results] a")
    expect(links.first).to_be_visible()
    return [link.get_attribute("href") for link in links.all()]


def test_a_search_fetches_the_index_of_the_page_alone(reader: Page, address: str) -> None:
    fetched: list[str] = []

    def note(request: Request) -> None:
        fetched.append(urlsplit(request.url).path)

    reader.on("request", note)
    reader.goto(f"{address}search/?q=dam&kind=allegation")
    assert _links(reader) == ["/river/", "/river/#claim"]
    reader.wait_for_load_state("networkidle")
    reader.remove_listener("request", note)
    assert any(path.startswith("/search-index/") for path in fetched)
    assert not [path for path in fetched if path.startswith(("/fr/", "/ar/"))]
    select = reader.get_by_label("Language", exact=True)
    names = ["English", "français", "العربية", "All languages"]
    expect(select.locator("option")).to_have_text(names)
    expect(select).to_have_value("")


def test_where_nothing_is_found_links_lead_to_results_in_other_languages(
    reader: Page, address: str
) -> None:
    reader.goto(f"{address}search/?q=barrage&kind=allegation")
    expect(reader.locator("[data-status]")).to_have_text("Nothing with “barrage”.")
    near = reader.locator(".search__near")
    expect(near.get_by_role("link")).to_have_text(["français: 1 result on 1 page"])
    near.get_by_role("link").click()
    assert _links(reader) == ["/fr/river/", "/fr/river/#claim"]
    expect(reader.get_by_label("Language", exact=True)).to_have_value("fr")
    asked = {"q": ["barrage"], "kind": ["allegation"], "edition": ["fr"]}
    assert parse_qs(urlsplit(reader.url).query) == asked
    result = reader.locator("[data-results] > li")
    assert [result.get_attribute(name) for name in ("lang", "dir")] == ["fr", "ltr"]
    expect(result.locator("a[hreflang=fr]")).to_have_count(2)
    expect(result).to_contain_text("Accusation portée par")
    # What narrows the results down is in the language of the page.
    expect(reader.get_by_label("Kind").locator("option:checked")).to_have_text("Allegation")
    result.locator("a").last.click()
    reader.wait_for_url("**/fr/river/#claim")
    reader.go_back()
    expect(reader.locator(":focus")).to_have_attribute("href", "/fr/river/#claim")
    expect(reader.get_by_label("Language", exact=True)).to_have_value("fr")
    # A page that only one edition has.
    reader.goto(f"{address}search/?q=Remarque")
    expect(near.get_by_role("link")).to_have_text(["français: 1 result on 1 page"])


def test_a_search_in_all_languages_lists_each_statement_once(reader: Page, address: str) -> None:
    reader.goto(f"{address}search/?q=Orvane")
    assert _links(reader) == ["/river/", "/river/#claim"]
    reader.get_by_label("Language", exact=True).select_option("All languages")
    expected = ["/river/", "/river/#claim", "/fr/river/", "/fr/river/#denial"]
    expect(reader.locator("[data-results] a")).to_have_count(len(expected))
    assert _links(reader) == expected
    expect(reader.locator("[data-status]")).to_have_text("2 results on 2 pages")
    assert parse_qs(urlsplit(reader.url).query)["edition"] == ["*"]


def test_results_in_another_direction_are_marked_on_a_page_from_right_to_left(
    reader: Page, address: str
) -> None:
    reader.goto(f"{address}ar/search/?q=dam&edition=fr")
    links = reader.locator(".search__near").get_by_role("link")
    expect(links.first).to_have_attribute("href", "?q=dam")  # of the page's language
    expect(links.last.locator("bdi[lang=en][dir=ltr]")).to_have_text("English")
    links.last.click()
    assert _links(reader) == ["/river/", "/river/#claim"]
    expect(reader.locator("[data-results] > li[lang=en][dir=ltr]")).to_have_count(1)
    kinds = reader.locator("#search--kind option[value=allegation]")
    expect(kinds).to_have_text("اتهام")
    assert kinds.get_attribute("lang") is None


def test_suggestions_lead_to_a_search_in_all_languages_where_nothing_is_found(
    reader: Page, address: str
) -> None:
    reader.set_viewport_size({"width": 320, "height": 600})
    reader.goto(address)
    reader.keyboard.press("/")
    reader.keyboard.type("barrage")
    status = reader.locator("[data-search-bar] [role=status]")
    expect(status).to_contain_text("Nothing with “barrage”. 1 suggestion")
    # The button of languages next to the field leaves the suggestions on the screen.
    box = reader.locator("[data-suggestions]").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    reader.keyboard.press("ArrowDown")
    expect(reader.locator(":focus")).to_have_text("Search in all languages")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/search/?q=barrage&edition=*")
    assert _links(reader) == ["/fr/river/", "/fr/river/#claim"]


def test_on_an_arabic_page_the_first_of_those_who_speak_is_on_the_right(
    reader: Page, address: str
) -> None:
    reader.goto(f"{address}ar/search/?q=dam&kind=allegation")
    about = reader.locator(".search__parts .search__about").first
    expect(about).to_contain_text("Minister، Norland")
    lefts = about.locator("bdi").evaluate_all(
        "(names) => names.map((name) => name.getBoundingClientRect().left)"
    )
    assert len(lefts) == 3  # the last is the date
    assert lefts == sorted(lefts, reverse=True)
