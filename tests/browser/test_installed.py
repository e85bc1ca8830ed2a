"""A new site of the installed program, in a browser: no page complains or keeps anyone out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.building import served
from tests.distribution import site_once

#: An entry of a list has a page like those of the other entries.
_ENTRY = re.compile(r"(actors|topics|places)/[^/]+/")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site_once(tmp_path_factory) / "site"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of the new site on this machine."""
    with served(site) as address:
        yield address


@pytest.fixture
def heard(page: Page, address: str) -> list[str]:
    """All that the console says, and what a page asks of other hosts."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: heard.append(f"{page.url}: {error}"))
    own = (address, "data:", "blob:")
    page.on("request", lambda sent: None if sent.url.startswith(own) else heard.append(sent.url))
    return heard


def _pages(site: Path, *, whole: bool) -> list[str]:
    """The addresses of all pages, or of one of each kind."""
    pages = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html"))]
    by_kind: dict[str, str] = {}
    for path in pages:
        page = path.removesuffix("index.html")
        by_kind.setdefault(page if whole else _ENTRY.sub(r"\1/*", page), page)
    return list(by_kind.values())


def test_no_page_of_a_new_site_complains(
    page: Page, site: Path, address: str, heard: list[str], torture: bool
) -> None:
    pages = _pages(site, whole=torture)
    assert len(pages) > 12
    for path in pages:
        page.goto(address + path)
        policy = page.locator("meta[http-equiv='Content-Security-Policy']")
        assert policy.count() == 1, path
    assert heard == []


def test_no_page_of_a_new_site_keeps_anyone_out(
    browser: Browser, site: Path, address: str, torture: bool
) -> None:
    # axe is put into the page as a script, which the page's policy would not let run.
    context = browser.new_context(viewport={"width": 320, "height": 900}, bypass_csp=True)
    page = context.new_page()
    for path in _pages(site, whole=torture):
        page.goto(address + path)
        violations = Axe().run(page).response["violations"]
        assert [
            (path, violation["id"], violation["nodes"][0]["html"]) for violation in violations
        ] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    context.close()


def test_the_search_of_a_new_site_finds_and_leads_to_a_statement(
    page: Page, address: str, heard: list[str]
) -> None:
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("treaty")
    expect(page.locator("[data-suggestions] a").first).to_be_visible()
    page.goto(f"{address}search/?q=treaty")
    result = page.locator("[data-results] a[href*='example/']").first
    result.click()
    expect(page.locator("article.md-content__inner")).to_contain_text("treaty")
    assert "/example/" in page.url
    assert heard == []
