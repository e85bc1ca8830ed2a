"""A first visit costs a reader on a poor line little, however many briefings there are."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Browser, Response

from tests.browser.test_reading import _pages_of, address, real_site

__all__ = ["address", "real_site"]  # fixtures
FIRST_VISIT_BYTES = 150_000


@pytest.mark.parametrize("path", _pages_of("briefing"))
def test_a_first_visit_to_a_briefing_is_light(browser: Browser, address: str, path: str) -> None:
    answers: list[Response] = []
    page = browser.new_page()  # with an empty cache
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    assert any(answer.url == address + path for answer in answers)
    assert sum(len(gzip.compress(answer.body())) for answer in answers) <= FIRST_VISIT_BYTES
    page.close()
