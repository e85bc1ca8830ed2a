"""A briefing on paper: printed with a browser, read back by a reader of PDF files."""

from __future__ import annotations

import re
from io import BytesIO

from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.pages import pages_of
from tests.building import Built, as_typed

#: Half of what the longest shipped briefing took before, on A4.
MOST_PAGES = 14


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_a_briefing_is_printed_with_every_quotation_on_few_numbered_pages(
    reader: Page, address: str, real_site: Built, torture: bool
) -> None:
    """The longest shipped briefing, or all."""
    paths = pages_of(real_site.folder, "briefing")
    for path in paths if torture else paths[:1]:
        _check_print(reader, address, real_site, path)


def _check_print(reader: Page, address: str, real_site: Built, path: str) -> None:
    reader.goto(address + path)
    pages = PdfReader(BytesIO(reader.pdf(format="A4", prefer_css_page_size=True))).pages
    texts = [page.extract_text() for page in pages]
    assert len(pages) <= MOST_PAGES, path
    for number, text in enumerate(texts, 1):
        assert f"{number} / {len(pages)}" in text, path
    text = _squeezed("".join(texts))
    briefing = as_typed(real_site.folder / path / "briefing.yml")
    for statement in [*briefing["positions"], *briefing["responses"]]:
        for quotation in statement.get("quotes", []):
            # A page break puts the margins into a text, and a font of this machine may lack others.
            if quotation["text"].isascii() and len(quotation["text"]) < 100:
                assert _squeezed(quotation["text"]) in text, path
    assert "Linkandcite" not in text
    assert "BibTeX" not in text


def test_a_claim_and_its_answer_are_on_the_same_page(page: Page, fictional_address: str) -> None:
    """No exchange that fits on a page is broken, and no heading is left at the end of one."""
    page.goto(f"{fictional_address}halden/")
    page.emulate_media(media="print")
    for selector, wanted in ((".exchange", "break-inside"), (".md-content h2", "break-after")):
        values = page.locator(selector).evaluate_all(
            f"all => all.map((element) => getComputedStyle(element).getPropertyValue('{wanted}'))"
        )
        assert set(values) == {"avoid"}


def test_notes_are_smaller_than_the_text_on_paper(page: Page, fictional_address: str) -> None:
    page.goto(f"{fictional_address}halden/")
    page.emulate_media(media="print")

    def size(selector: str) -> float:
        element = page.locator(selector).first
        return float(element.evaluate("(it) => parseFloat(getComputedStyle(it).fontSize)"))

    text = size(".exchange .statement__text p")
    for selector in (".statement__by", ".quotation__label", ".sources .source", ".event__meta"):
        assert size(selector) < text
