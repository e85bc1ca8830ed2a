"""Shipped pages as a reader has them, on one visit each."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.pages import pages_of, too_small, too_wide
from tests.building import ROOT, Built, as_typed, briefing_files

BRIEFINGS = [
    f"{name}/"
    for name, path in briefing_files(ROOT)
    if as_typed(path).get("status", "draft") != "draft"
]
#: Half of the height that the longest shipped briefing had, in CSS pixels, by the screen's width.
MOST_HEIGHT = {320: 24_428, 390: 21_546, 768: 14_786, 1440: 15_120}
# What a page shows to readers. The buttons that copy are of no use without script.
_CONTENT = """() => {
  const content = document.querySelector(".md-content")
  content.querySelectorAll(".copy").forEach((element) => element.remove())
  return {
    words: content.innerText.split(/\\s+/),
    links: [...content.querySelectorAll("a[href]")].map((link) => link.getAttribute("href")),
    sources: content.querySelectorAll(".sources > li").length,
    pictures: content.querySelectorAll("svg.picture__drawing").length,
  }
}"""
_LOOK = """() => {
  const all = (selector) => [...document.querySelectorAll(selector)]
  return {
    levels: all(".md-content :is(h1,h2,h3,h4,h5,h6)").map((heading) => Number(heading.tagName[1])),
    columns: all(".md-content table[class]")
      .map((table) => table.querySelectorAll("thead th[scope=col]").length),
    events: all(".event__link a").map((link) => link.hash),
    statements: all(".statement__heading").map((heading) => `#${heading.id}`),
    quotations: all("blockquote p").map((p) => [p.lang, p.dir, getComputedStyle(p).direction]),
  }
}"""


def _faults(page: Page) -> Iterator[str]:
    """What is wrong with the page that is shown, by its words and by its size."""
    seen = page.evaluate(_LOOK)
    if seen["levels"][0] != 1 or any(b - a > 1 for a, b in itertools.pairwise(seen["levels"])):
        yield f"headings skip a level: {seen['levels']}"
    if any(columns < 2 for columns in seen["columns"]):
        yield f"a table does not name its columns: {seen['columns']}"
    if set(seen["events"]) != set(seen["statements"]):
        yield "the list of what happened does not have a link to each statement"
    for language, direction, shown in seen["quotations"]:
        wanted = "rtl" if language in ("ar", "fa", "he", "ur") else "ltr"
        if direction not in ("ltr", "rtl", "auto") or (language and shown != wanted):
            yield f"a quotation in {language} runs {shown}, its direction is {direction}"
    yield from too_wide(page)
    for width, most in MOST_HEIGHT.items():
        page.set_viewport_size({"width": width, "height": 900})
        height = page.evaluate("document.documentElement.scrollHeight")
        if height > most:
            yield f"{height} pixels high on a screen of {width}"


@pytest.mark.parametrize("path", ["", "method/", *BRIEFINGS])
def test_a_shipped_page_has_no_fault(reader: Page, address: str, path: str) -> None:
    reader.set_viewport_size({"width": 320, "height": 900})
    reader.goto(address + path)
    faults = [*too_small(reader), *_faults(reader)]
    assert not faults, "\n".join(faults)


def test_shipped_quotations_run_in_both_directions(real_site: Built) -> None:
    pages = [(real_site.folder / path / "index.html").read_text("utf-8") for path in BRIEFINGS]
    for wanted in ('<p lang="ar" dir="rtl">', '<p lang="en" dir="ltr">'):
        assert any(wanted in page for page in pages)


def test_without_script_every_word_link_picture_and_source_is_there(
    reader: Page, browser: Browser, address: str, real_site: Built, torture: bool
) -> None:
    """Compared with the page as it is with scripts, after they have run."""
    paths = pages_of(real_site.folder, "briefing")
    with browser.new_context(java_script_enabled=False) as context:
        without_script = context.new_page()
        for path in paths if torture else paths[:1]:
            plain, scripted = (_content(tab, address + path) for tab in (without_script, reader))
            assert plain == scripted, path
            data = as_typed(real_site.folder / path / "briefing.yml")
            # Sources that several briefings share are in another file.
            assert plain["sources"] >= len(data["sources"]), path
            assert plain["pictures"] == 1, path


def _content(page: Page, url: str) -> dict[str, Any]:
    page.goto(url)
    content: dict[str, Any] = page.evaluate(_CONTENT)
    return content
