"""A new site of the installed program, in a browser: no page complains or keeps anyone out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import axe, by_kind, complaints, too_wide
from tests.building import served
from tests.distribution import site_once

#: All kinds of pages of a site with the same templates: `test_kinds_of_pages.py`.
OPENED = ("", "example/", "timeline/")
#: axe looks at the words of a new site.
FOR_AXE = ("", "example/")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site_once(tmp_path_factory) / "site"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of the new site on this machine."""
    with served(site) as address:
        yield address


def test_no_page_of_a_new_site_has_a_fault(
    page: Page, site: Path, address: str, torture: bool
) -> None:
    """Some, or all: under their policy they work, and keep nobody out. Each has a policy."""
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    kinds = by_kind([path.removesuffix("index.html") for path in files])
    assert len(kinds) > 12
    assert set(OPENED) <= kinds.keys()
    faults = [
        f"/{path}: no policy"
        for path in files
        if (site / path).read_text("utf-8").count('http-equiv="Content-Security-Policy"') != 1
    ]
    every = [path for paths in kinds.values() for path in paths]
    with complaints(page, address) as heard:
        for path in every if torture else OPENED:
            page.goto(address + path)
            page_faults = [*too_wide(page), *(axe(page) if torture or path in FOR_AXE else [])]
            faults += [f"/{path}: {fault}" for fault in page_faults]
    faults += heard
    assert not faults, "\n".join(faults)


def test_the_search_of_a_new_site_finds_and_leads_to_a_statement(
    reader: Page, address: str
) -> None:
    reader.goto(address)
    reader.keyboard.press("/")
    reader.keyboard.type("treaty")
    expect(reader.locator("[data-suggestions] a").first).to_be_visible()
    reader.goto(f"{address}search/?q=treaty")
    result = reader.locator("[data-results] a[href*='example/']").first
    result.click()
    expect(reader.locator("article.md-content__inner")).to_contain_text("treaty")
    assert "/example/" in reader.url
