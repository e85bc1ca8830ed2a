"""Features of the theme and other plugins that put scripts into pages work under the policy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.building import served
from tests.company import COMPANY, Companion, company_project, outcomes, together

#: What changes pages in the browser; the menus of other plugins and their pages don't.
_PLUGINS = ("glightbox", "search", "typeset")
_REST = ("header.autohide", "announce.dismiss", "content.code.copy", "content.tooltips")
_BEGIN = ("extra", "navigation", "toc", "search")
SHOWN = [
    companion
    for companion in COMPANY
    if not (companion.refused or companion.warned)
    and (companion.name in (*_PLUGINS, *_REST) or companion.name.startswith(_BEGIN))
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a site with all of these is served."""
    project = company_project(tmp_path_factory.mktemp("company") / "project")
    made = outcomes(project, {"shown": together(SHOWN)})
    assert made["shown"]["refused"] == ""
    with served(project / "sites" / "shown") as where:
        yield where


def test_what_is_tried_here_is_much() -> None:
    assert len(SHOWN) > 15
    assert all(isinstance(item, Companion) for item in SHOWN)


def test_no_script_is_blocked_and_nobody_else_is_asked(reader: Page, address: str) -> None:
    for path in ("", "halden/", "dated/"):
        reader.goto(address + path)
        expect(reader.locator(".md-tabs").first).to_be_attached()
        reader.keyboard.press("/")
        reader.keyboard.type("water")
        expect(reader.locator("[data-suggestions] a").first).to_be_visible()
    reader.keyboard.press("Enter")
    expect(reader.locator("article .search__result").first).to_be_visible()
