"""Printing a briefing, citing a statement, and what a citation stands for, in a real browser."""

from __future__ import annotations

import itertools
import json
import re
from typing import NamedTuple

import bibtexparser
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_reading import _pages_of, address, reader, real_site
from tests.building import Built, as_typed

__all__ = ["address", "reader", "real_site"]  # fixtures
HREFS = "(all) => all.map((one) => one.getAttribute('href'))"
BRIEFING = "mali-ukraine-drone-allegations/"


def test_on_paper_all_words_are_there_and_nothing_of_the_interface(
    reader: Page, address: str
) -> None:
    reader.goto(address + BRIEFING)
    reader.emulate_media(media="print")
    reader.evaluate("dispatchEvent(new Event('beforeprint'))")
    for hidden in (".md-header", ".md-sidebar--primary", ".md-footer", "details.cite"):
        expect(reader.locator(hidden).first).to_be_hidden()
    for seen in (".statement__text", "blockquote", ".sources li", ".events li", ".brief li"):
        for one in reader.locator(seen).all():
            expect(one).to_be_visible()
    target = reader.evaluate(
        "getComputedStyle(document.querySelector('.sources a[href^=http]'), '::after').content"
    )
    assert "https://" in target
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_source_shows_on_focus_and_escape_hides_it(reader: Page, address: str) -> None:
    reader.goto(address + BRIEFING)
    citation = reader.locator(".statement a.citation").first
    box = reader.get_by_role("tooltip")
    citation.focus()
    expect(box).to_be_visible()
    source = reader.locator(str(citation.get_attribute("href"))).locator(".source__title")
    expect(box.locator(".source__title")).to_have_text(source.inner_text())
    assert citation.get_attribute("aria-describedby") == box.get_attribute("id")
    reader.keyboard.press("Escape")
    expect(box).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1440])
def test_the_source_shows_on_hover_and_can_be_pointed_at(
    reader: Page, address: str, width: int
) -> None:
    reader.set_viewport_size({"width": width, "height": 800})
    reader.goto(address + BRIEFING)
    reader.locator(".statement a.citation").first.hover()
    box = reader.get_by_role("tooltip")
    expect(box).to_be_visible()
    box.hover()
    expect(box).to_be_visible()
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")
    reader.mouse.move(1, 1)
    expect(box).to_have_count(0)


def test_a_statement_is_cited_in_four_ways_with_its_own_address(reader: Page, address: str) -> None:
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.goto(address + BRIEFING)
    statement = reader.locator("article.statement").first
    own = statement.locator("[id]").first.get_attribute("id")
    statement.get_by_text("Link and cite").click()
    link = statement.locator("[data-permalink]")
    expect(link).to_have_text(f"{address}{BRIEFING}#{own}")
    copied = {}
    for name in ("Permanent link", "Reference", "BibTeX", "RIS", "CSL-JSON"):
        entry = statement.locator("dl > div").filter(has=reader.get_by_text(name, exact=True))
        entry.get_by_role("button", name="Copy").click()
        expect(entry.get_by_role("button", name="Copied")).to_be_visible()
        copied[name] = reader.evaluate("navigator.clipboard.readText()")
    assert copied["Permanent link"] == f"{address}{BRIEFING}#{own}"
    assert copied["Reference"].startswith("“")
    assert bibtexparser.loads(copied["BibTeX"]).entries[0]["ID"].endswith(str(own))
    assert copied["RIS"].startswith("TY  - ELEC")
    assert json.loads(copied["CSL-JSON"])[0]["type"] == "webpage"
    with reader.expect_download() as download:
        statement.get_by_role("button", name="Save").first.click()
    assert download.value.suggested_filename == "reference.bib"


def test_without_script_every_word_link_picture_and_source_is_there(
    browser: Browser, address: str, real_site: Built
) -> None:
    """Compared with the page as it is with scripts, after they have run."""
    with (
        browser.new_context() as scripted,
        browser.new_context(java_script_enabled=False) as without,
    ):
        pages = (scripted.new_page(), without.new_page())
        for path in _pages_of("briefing"):
            with_scripts, plain = (_content(page, address + path) for page in pages)
            assert plain == with_scripts, path
            data = as_typed(real_site.folder / path / "briefing.yml")
            # Sources that several briefings share are in another file.
            assert plain.sources >= len(data["sources"]), path
            assert plain.pictures == 1, path


class _Content(NamedTuple):
    """What a page shows to readers."""

    words: list[str]
    links: list[str]
    pictures: int
    sources: int


def _content(page: Page, url: str) -> _Content:
    page.goto(url)
    content = page.locator(".md-content")
    # The buttons that copy are of no use without script.
    content.locator(".copy").evaluate_all("(all) => all.forEach((it) => it.remove())")
    return _Content(
        content.inner_text().split(),
        content.locator("a[href]").evaluate_all(HREFS),
        content.locator("svg.picture__drawing").count(),
        content.locator(".sources > li").count(),
    )


def test_each_claim_and_answer_is_a_link_in_the_list_of_what_happened(
    reader: Page, address: str
) -> None:
    for path in _pages_of("briefing"):
        reader.goto(address + path)
        targets = set(reader.locator(".event__link a").evaluate_all(HREFS))
        headings = reader.locator(".statement__heading").evaluate_all(
            "(all) => all.map((it) => it.id)"
        )
        assert targets == {f"#{heading}" for heading in headings}


def test_a_quotation_is_copied_with_whose_it_is_and_where_it_stands(
    reader: Page, address: str
) -> None:
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.goto(address + BRIEFING)
    statement = reader.locator("article.statement:has(.quotation)").first
    button = statement.get_by_role("button").first
    expect(button).to_have_text("Copy quotation")
    button.click()
    expect(button).to_have_text("Copied")
    copied = reader.evaluate("navigator.clipboard.readText()")
    words = statement.locator("blockquote p").first.text_content()
    assert copied.startswith(str(words))
    assert str(statement.locator(".statement__by a").first.text_content()) in copied
    own = statement.locator(".statement__heading").get_attribute("id")
    assert copied.endswith(f"{address}{BRIEFING}#{own}")
    assert "https://" in copied


def test_headings_go_down_step_by_step_and_tables_name_their_columns(
    reader: Page, address: str
) -> None:
    for path in _pages_of("briefing"):
        reader.goto(address + path)
        levels = reader.evaluate(
            "[...document.querySelectorAll('.md-content :is(h1,h2,h3,h4,h5,h6)')]"
            ".map((one) => Number(one.tagName[1]))"
        )
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
        for table in reader.locator(".md-content table").all():
            assert table.locator("thead th[scope=col]").count() >= 2


def test_the_first_stop_skips_to_the_content(reader: Page, address: str) -> None:
    reader.goto(address + BRIEFING)
    reader.keyboard.press("Tab")
    skip = reader.locator("a.md-skip")
    expect(skip).to_be_focused()
    target = str(skip.get_attribute("href"))
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(re.compile(f"{re.escape(target)}$"))
    assert reader.locator(f"[id='{target[1:]}']").count() == 1
