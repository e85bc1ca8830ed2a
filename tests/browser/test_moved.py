"""Links to a briefing's former address, followed in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.building import EVERY_KEY, built_once, served


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The fictional site, served."""
    built = built_once("every-key", EVERY_KEY, tmp_path_factory)
    with served(built.folder) as address:
        yield address


def test_a_link_to_a_statement_leads_to_that_statement(page: Page, address: str) -> None:
    page.goto(f"{address}halden-river/#drought")
    page.wait_for_url(f"{address}halden/#drought")
    assert page.locator("#drought").is_visible()


def test_a_link_to_the_briefing_leads_to_it_and_back_again(page: Page, address: str) -> None:
    page.goto(f"{address}about/")
    page.goto(f"{address}halden-river/")
    page.wait_for_url(f"{address}halden/")
    page.go_back()
    page.wait_for_url(f"{address}about/")


def test_without_scripts_the_page_leads_on_too(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}halden-river/")
        page.wait_for_url(f"{address}halden/")
