"""Searching in a real browser: the header, the search page, without script, and bad words."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.pages import complaints
from tests.building import Built

FIRST_RESULT_BYTES = 300_000
# Searches with these values, all others empty, on the page that is shown: a visit takes longer.
_SEARCH = """async (values) => {
  const form = document.querySelector("[data-search] form")
  const status = document.querySelector("[data-status]")
  for (const element of form.elements) if (element.name) element.value = values[element.name] ?? ""
  status.textContent = ""
  form.requestSubmit()
}"""


@pytest.fixture(scope="module")
def searching(browser: Browser, address: str) -> Iterator[Page]:
    """The search page, visited once for all tests that only search again on it."""
    with browser.new_context(reduced_motion="reduce") as context:
        tab = context.new_page()
        with complaints(tab, address) as heard:
            tab.goto(f"{address}search/")
            _count(tab)
            yield tab
    assert heard == []


def _count(reader: Page) -> int:
    status = reader.locator("[data-status]")
    expect(status).to_contain_text("result")
    return int(status.inner_text().split()[0])


def _search(reader: Page, query: str, **filters: str) -> int:
    """How much is found on the search page that is shown, which searches again."""
    reader.evaluate(_SEARCH, {"q": query} | filters)
    return _count(reader)


def test_a_key_leads_to_the_field_and_words_to_suggestions(reader: Page, address: str) -> None:
    reader.goto(address)
    box = reader.get_by_role("searchbox", name="Search")
    for keys in ("/", "Control+k"):
        reader.evaluate("document.activeElement.blur()")
        reader.keyboard.press(keys)
        expect(box).to_be_focused()
    reader.keyboard.type("dam")
    links = reader.locator("[data-suggestions] a")
    expect(links.first).to_contain_text("dam", ignore_case=True)
    reader.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    reader.keyboard.press("Escape")
    expect(links).to_have_count(0)
    expect(box).to_be_focused()
    expect(box).to_have_value("dam")


def test_suggestions_are_announced(reader: Page, address: str) -> None:
    reader.goto(address)
    status = reader.locator("[data-search-bar] [role=status]")
    expect(status).to_be_empty()
    reader.keyboard.press("/")
    reader.keyboard.type("dam")
    expect(status).to_have_text(re.compile(r"^\d suggestions\. The arrow keys lead to them\.$"))
    reader.keyboard.press("Escape")
    expect(status).to_be_empty()
    reader.get_by_role("searchbox", name="Search").fill("xyzzyxyzzy")
    expect(status).to_have_text("Nothing with “xyzzyxyzzy”.")


def test_suggestions_are_names_like_it_where_nothing_is_found(reader: Page, address: str) -> None:
    reader.goto(address)
    reader.keyboard.press("/")
    reader.keyboard.type("Ethiopa")
    links = reader.locator("[data-suggestions] a")
    expect(links.first).to_have_text("Ethiopia")
    status = reader.locator("[data-search-bar] [role=status]")
    expect(status).to_contain_text(re.compile("Nothing with “Ethiopa”. . suggestions"))
    reader.keyboard.press("ArrowDown")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/actors/ethiopia/")


def test_enter_leads_to_the_search_page_with_the_words(reader: Page, address: str) -> None:
    reader.goto(f"{address}actors/")
    reader.keyboard.press("/")
    reader.keyboard.type("drone")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/search/?q=drone")
    assert _count(reader) > 5
    expect(reader.locator("[data-search] [name=q]")).to_have_value("drone")


def test_filters_narrow_and_are_in_the_address(reader: Page, address: str) -> None:
    reader.goto(f"{address}search/?q=drone")
    everything = _count(reader)
    reader.get_by_label("Kind").select_option("Allegation")
    expect(reader.locator("[data-status]")).not_to_contain_text(f"{everything} ")
    fewer = _count(reader)
    assert 0 < fewer < everything
    reader.get_by_label("Reply status").select_option("Answered")
    reader.wait_for_function("location.search.includes('answered')")
    assert parse_qs(urlsplit(reader.url).query) == {
        "q": ["drone"], "kind": ["allegation"], "reply": ["answered"],
    }  # fmt: skip
    kept = reader.url
    titles = reader.locator("[data-results] a").all_inner_texts()
    parts = reader.locator(".search__parts a").all_inner_texts()
    assert parts
    assert all(title.startswith("Allegation by") for title in parts)
    reader.goto(address)
    reader.goto(kept)
    expect(reader.locator("[data-results] a").first).to_be_visible()
    assert reader.locator("[data-results] a").all_inner_texts() == titles


def test_each_filter_offers_what_is_on_file(searching: Page) -> None:
    _search(searching, "")
    for label, value in (
        ("Actor", "Mali"), ("Topic", "Water"), ("Place", "Guba"), ("Kind", "Response"),
        ("Reply status", "No reply found"), ("Year", "2024"), ("Original language", "French"),
    ):  # fmt: skip
        options = searching.get_by_label(label, exact=True).locator("option")
        expect(options.filter(has_text=re.compile(f"^{value}$"))).to_have_count(1)


def test_results_are_sorted_by_date(searching: Page) -> None:
    days = {}
    for order in ("newest", "oldest"):
        _search(searching, "dam", kind="allegation", sort=order)
        expect(searching.locator(".search__parts .search__about").first).to_be_visible()
        about = searching.locator(".search__parts .search__about").all_inner_texts()
        days[order] = [text[-4:] for text in about]
    assert days["newest"] == sorted(days["newest"], reverse=True)
    assert days["oldest"] == sorted(days["oldest"])


def test_no_result_is_lost_by_an_order(searching: Page) -> None:
    counts = [_search(searching, "Ethiopia", sort=order) for order in ("", "newest", "oldest")]
    assert counts[0] > 1
    assert len(set(counts)) == 1


def test_an_allegation_never_appears_without_its_reply_status(
    searching: Page, reader: Page, address: str
) -> None:
    for query, kind in (("drone", ""), ("", "allegation")):
        _search(searching, query, kind=kind)
        accusing = searching.locator(
            ".search__result", has_not=searching.locator(".search__parts")
        ).filter(has_text="Allegation by")
        assert accusing.count() > 2
        with_status = accusing.filter(has=searching.locator(".reply"))
        assert with_status.count() == accusing.count()
    reader.goto(address)
    reader.keyboard.press("/")
    reader.keyboard.type("leading source of attack drones")
    suggestion = reader.locator("[data-suggestions] > li").first
    expect(suggestion).to_contain_text(
        "Allegation by Mali, Confederation of Sahel States against Ukraine"
    )
    expect(suggestion).to_contain_text("Abdoulaye Maïga, Prime Minister, Mali")
    expect(suggestion).to_contain_text("26 September 2025")
    expect(suggestion.locator(".reply")).to_contain_text("Ukraine: Undated reply")


def test_statements_come_before_sources(searching: Page) -> None:
    _search(searching, "drone")
    for group in searching.locator("[data-results] > li").all():
        links = group.locator(".search__parts a").evaluate_all("links => links.map((a) => a.href)")
        sources = ["#source--" in link for link in links]
        assert sources == sorted(sources)
        assert len(set(sources)) == 2


def test_filters_without_words_list_statements_with_their_texts(searching: Page) -> None:
    _search(searching, "", actor="mali", year="2024")
    first = searching.locator(".search__parts > li").first
    expect(first).to_contain_text("by")
    assert len(first.locator(".search__claim").inner_text()) > 40
    links = searching.locator("[data-results] a").evaluate_all("links => links.map((a) => a.href)")
    assert not any("#source--" in link for link in links)


def test_years_are_not_those_of_publication(searching: Page) -> None:
    _search(searching, "")
    years = searching.locator("#search--year option")
    expect(years.filter(has_text="2025")).to_have_count(1)
    # The briefings were changed in 2026.
    expect(years.filter(has_text="2026")).to_have_count(0)
    searching.evaluate(_SEARCH, {"kind": "source", "year": "2025"})
    expect(searching.locator("[data-status]")).to_contain_text("Nothing")


def test_results_have_headings(searching: Page) -> None:
    _search(searching, "drone")
    levels = searching.locator("[data-results] :is(h2, h3)").evaluate_all(
        "headings => headings.map((heading) => heading.tagName)"
    )
    assert levels[:2] == ["H2", "H3"]
    assert len(levels) == searching.locator("[data-results] li:has(> .search__title)").count()


def test_what_was_open_is_open_and_focused_on_the_way_back(reader: Page, address: str) -> None:
    reader.goto(f"{address}search/?q=drone")
    _count(reader)
    reader.get_by_text("more in this briefing").first.click()
    link = reader.locator("details[open] a").nth(3)
    href = link.get_attribute("href")
    link.click()
    reader.wait_for_url(f"**{href}")
    reader.go_back()
    _count(reader)
    expect(reader.locator("details[open]")).to_have_count(1)
    expect(reader.locator(":focus")).to_have_attribute("href", str(href))
    reader.locator("[data-search] [name=q]").fill("dam")
    reader.wait_for_url("**/search/?q=dam")
    expect(reader.locator("details").first).to_be_visible()
    expect(reader.locator("details[open]")).to_have_count(0)


def test_words_in_other_languages_are_marked_as_such(searching: Page) -> None:
    _search(searching, "الإثيوبي")
    quotation = searching.locator(".search__excerpt--quote", has_text="الإثيوبي").first
    expect(quotation).to_have_attribute("lang", "ar")
    expect(quotation).to_have_attribute("dir", "rtl")


def test_words_that_every_page_holds_are_not_looked_up_next_to_others(searching: Page) -> None:
    searches = []
    for query in ("dam", "the dam", "of the dam"):
        count = _search(searching, query)
        searches.append((count, searching.locator("[data-results] a").all_inner_texts()))
    assert searches[0] == searches[1] == searches[2]
    assert _search(searching, "the") > searches[0][0]
    assert 0 < _search(searching, '"the dam"') < searches[0][0]


def test_nothing_found_is_said(searching: Page) -> None:
    searching.evaluate(_SEARCH, {"q": "xyzzyxyzzy"})
    expect(searching.locator("[data-status]")).to_have_text("Nothing with “xyzzyxyzzy”.")


def test_a_search_that_failed_works_when_it_is_tried_again(page: Page, address: str) -> None:
    page.route("**/search-index/words/*", lambda route: route.abort())
    page.goto(f"{address}search/?q=dam")
    expect(page.locator("[data-status]")).to_contain_text("isn't ready")
    page.unroute("**/search-index/words/*")
    page.locator("[data-search] [name=q]").press("Enter")
    assert _count(page) > 0


def test_a_first_result_costs_little(reader: Page, address: str, real_site: Built) -> None:
    """Compressed as a host would send them; most files of the index are compressed already."""
    fetched: list[str] = []

    def note(request: Request) -> None:
        fetched.append(urlsplit(request.url).path.lstrip("/"))

    reader.on("request", note)
    reader.goto(f"{address}search/?q=dam")
    expect(reader.locator("[data-results] a").first).to_be_visible()
    reader.remove_listener("request", note)
    files = [real_site.folder / path for path in fetched if path.startswith("search-index/")]
    assert 0 < sum(map(_compressed, files)) < FIRST_RESULT_BYTES


def _compressed(file: Path) -> int:
    content = file.read_bytes()
    return len(gzip.compress(content)) if file.suffix in (".js", ".json") else len(content)


def test_without_script_the_page_says_so_and_leads_on(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}search/")
    expect(page.get_by_text("Search needs JavaScript")).to_be_visible()
    page.locator("[data-search]").get_by_role("link", name="actor").click()
    expect(page.locator("h1")).to_contain_text("Actors")
    page.get_by_role("searchbox", name="Search").press("Enter")
    assert urlsplit(page.url).path == "/search/"
    context.close()


def test_words_that_look_like_markup_stay_words(page: Page, fictional_address: str) -> None:
    page.goto(f"{fictional_address}search/?q=hostileword")
    results = page.locator("[data-results]")
    expect(results.locator("a").first).to_be_visible()
    assert results.locator("img, b, script").count() == 0
    assert "<img src=x onerror=" in results.inner_text()
    assert "&lt;b&gt;" in results.inner_text()
    assert "hit" not in page.title()
