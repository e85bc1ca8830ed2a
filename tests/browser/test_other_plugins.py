"""Features of the theme and other plugins that put scripts into pages work under the policy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.building import served
from tests.other_plugins import FIRST, built_once

#: What changes pages in the browser, by the beginning of its name.
_SHOWN = ("glightbox", "search", "typeset", "header.autohide", "announce.dismiss",
          "content.code.copy", "content.tooltips", "extra", "navigation", "toc")  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, torture: bool) -> Iterator[str]:
    """Where a site with all that works together is served."""
    site, outcomes = built_once(tmp_path_factory, torture)
    assert outcomes["first"]["refused"] == ""
    with served(site) as where:
        yield where


def test_what_is_tried_here_is_much() -> None:
    assert len([item for item in FIRST if item.name.startswith(_SHOWN)]) > 15


def test_no_script_is_blocked_and_nobody_else_is_asked(reader: Page, address: str) -> None:
    for path in ("", "halden/", "dated/"):
        reader.goto(address + path)
        expect(reader.locator(".md-tabs").first).to_be_attached()
        reader.keyboard.press("/")
        reader.keyboard.type("water")
        expect(reader.locator("[data-suggestions] a").first).to_be_visible()
    reader.keyboard.press("Enter")
    expect(reader.locator("article .search__result").first).to_be_visible()
