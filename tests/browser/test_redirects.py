"""Links to a briefing's former address, followed in a real browser."""

from __future__ import annotations

from playwright.sync_api import Browser, Page


def test_a_link_to_a_statement_leads_to_that_statement(page: Page, fictional_address: str) -> None:
    page.goto(f"{fictional_address}halden-river/#drought")
    page.wait_for_url(f"{fictional_address}halden/#drought")
    assert page.locator("#drought").is_visible()


def test_a_link_to_the_briefing_leads_to_it_and_back_again(
    page: Page, fictional_address: str
) -> None:
    page.goto(f"{fictional_address}about/")
    page.goto(f"{fictional_address}halden-river/")
    page.wait_for_url(f"{fictional_address}halden/")
    page.go_back()
    page.wait_for_url(f"{fictional_address}about/")


def test_without_scripts_the_page_leads_on_too(browser: Browser, fictional_address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{fictional_address}halden-river/")
        page.wait_for_url(f"{fictional_address}halden/")
