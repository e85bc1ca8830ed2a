"""A new site in Arabic in a browser: no date and no address has its parts in another order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.building import new_site, served

#: Where the first and the last character of each label are, from the left.
_ENDS_OF_LABELS = """(labels) => labels.map((label) => [
  label.textContent,
  label.getStartPositionOfChar(0).x,
  label.getStartPositionOfChar(label.getNumberOfChars() - 1).x,
])"""
#: Where the first and the last character of each address are, from the left.
_ENDS_OF_ADDRESSES = """(addresses) => addresses.map((address) => {
  const text = document.createTreeWalker(address, NodeFilter.SHOW_TEXT).nextNode()
  const left = (index) => {
    const range = document.createRange()
    range.setStart(text, index)
    range.setEnd(text, index + 1)
    return range.getBoundingClientRect().left
  }
  return [text.data, left(0), left(text.data.length - 1)]
})"""


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site on this machine."""
    site = new_site(tmp_path_factory.mktemp("arabic"), "ar")
    with served(site.folder) as address:
        yield address


@pytest.mark.parametrize("width", [320, 1440])
def test_dates_below_a_chart_begin_with_the_day_on_the_right(
    page: Page, arabic: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{arabic}example/")
    labels = page.locator(".picture__tick").evaluate_all(_ENDS_OF_LABELS)
    assert [text for text, _, _ in labels][-1].startswith("15 ")
    assert [text for text, first, last in labels if first <= last] == []


def test_addresses_run_from_left_to_right(page: Page, arabic: str) -> None:
    page.goto(f"{arabic}example/")
    page.locator("details.cite").last.evaluate("(details) => { details.open = true }")
    elements = page.locator(".reference bdi[dir=ltr], details[open] dd bdi[dir=ltr]")
    addresses = elements.evaluate_all(_ENDS_OF_ADDRESSES)
    assert len(addresses) == 3
    for text, first, last in addresses:
        assert text.startswith("http")
        assert text.endswith("/")
        assert first < last, text
