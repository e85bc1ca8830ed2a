"""Every page works under its policy, and asks nobody else for anything."""

from __future__ import annotations

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.browser.test_reading import KINDS, _pages_of, address, reader, real_site

__all__ = ["address", "reader", "real_site"]  # fixtures


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_breaks_its_policy(page: Page, address: str, kind: str) -> None:
    told: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            told.append(message.text)

    page.on("console", note)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in _pages_of(kind):
        page.goto(address + path)
        assert page.locator("meta[http-equiv='Content-Security-Policy']").count() == 1
        page.keyboard.press("/")
        page.keyboard.type("water")
        expect(page.locator("[data-suggestions] a").first).to_be_visible()
    assert told == []
    assert [url for url in asked if not url.startswith((address, "data:"))] == []


def test_a_script_that_is_not_the_sites_own_does_not_run(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate(
        """() => {
            const script = document.createElement("script")
            script.textContent = "document.title = 'hit'"
            document.body.append(script)
            const image = document.createElement("img")
            image.setAttribute("onerror", "document.title = 'hit'")
            image.src = "missing.png"
            document.body.append(image)
        }"""
    )
    page.wait_for_timeout(300)
    assert "hit" not in page.title()
