"""Printing a briefing, citing a statement, and what a citation stands for, in a real browser."""

from __future__ import annotations

import json
import re

import bibtexparser
import pytest
from playwright.sync_api import Page, expect

BRIEFING = "halden/"


@pytest.fixture(scope="module")
def address(fictional_address: str) -> str:
    """The small site, whose first briefing has every key of the format."""
    return fictional_address


def test_on_paper_all_words_are_there_and_nothing_of_the_interface(
    reader: Page, address: str
) -> None:
    reader.goto(address + BRIEFING)
    reader.emulate_media(media="print")
    reader.evaluate("dispatchEvent(new Event('beforeprint'))")
    for hidden in (".md-header", ".md-sidebar--primary", ".md-footer", "details.cite"):
        expect(reader.locator(hidden).first).to_be_hidden()
    for seen in (".statement__text", "blockquote", ".sources li", ".events li", ".brief li"):
        for element in reader.locator(seen).all():
            expect(element).to_be_visible()
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
    own = statement.locator(".statement__heading").get_attribute("id")
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


def test_a_quotation_is_copied_with_whose_it_is_and_where_it_is(reader: Page, address: str) -> None:
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


def test_a_copied_translation_says_that_it_is_one_and_has_the_sources_of_all_words(
    reader: Page, address: str
) -> None:
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.goto(address + BRIEFING)
    statement = reader.locator("article.statement:has(#diversion)")
    statement.get_by_role("button", name="Copy quotation").click()
    expect(statement.get_by_role("button", name="Copied")).to_be_visible()
    copied = str(reader.evaluate("navigator.clipboard.readText()"))
    assert copied.splitlines()[:9] == [
        "They have turned the tap, and they know it.",
        "translation into English; translated by Parliament's reporters",
        "De har skrudd på kranen, og de vet det.",
        "Original in Norwegian",
        "",
        "Words of A clerk of parliament",
        "They shut the valve, knowingly.",
        "translation into English",
        "",
    ]
    # The last quotation cites nothing, so the statement's sources are among them.
    assert "Words of Upstream Works\nThe valve is ours.\n" in copied
    for source in ("Norland, https://norland.example/halden", "The Wire, ", "Nordby Daily"):
        assert f"\n{source}" in copied


def test_the_first_stop_skips_to_the_content(reader: Page, address: str) -> None:
    reader.goto(address + BRIEFING)
    reader.keyboard.press("Tab")
    skip = reader.locator("a.md-skip")
    expect(skip).to_be_focused()
    target = str(skip.get_attribute("href"))
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(re.compile(f"{re.escape(target)}$"))
    assert reader.locator(f"[id='{target[1:]}']").count() == 1
